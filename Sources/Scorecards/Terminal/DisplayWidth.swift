// SPDX-License-Identifier: Apache-2.0

/// How many columns of a terminal a text takes.
///
/// Ideographs, kana, Hangul, full-width forms and emoji take two, combining marks none (after Unicode's
/// East Asian Width, UAX 11).
package enum DisplayWidth {
  package static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text cut to a width, with `…` where something is missing, and filled up with spaces.
  package static func fit(_ text: String, _ width: Int, trailing: Bool = false) -> String {
    var result = text
    if of(text) > width {
      var kept = String.UnicodeScalarView()
      var used = 0
      for scalar in text.unicodeScalars {
        guard used + self.width(scalar) <= width - 1 else { break }
        kept.append(scalar)
        used += self.width(scalar)
      }
      result = String(kept) + "…"
    }
    let padding = String(repeating: " ", count: max(0, width - of(result)))
    return trailing ? padding + result : result + padding
  }

  /// Lines of at most a width, broken at spaces; a longer word is broken anywhere.
  package static func wrap(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for part in text.split(separator: " ") {
      var word = String(part)
      if !line.isEmpty, of(line) + 1 + of(word) > width {
        lines.append(line)
        line = ""
      }
      while of(word) > width {
        let head = prefix(of: word, width)
        lines.append(head)
        word = String(word.unicodeScalars.dropFirst(head.unicodeScalars.count))
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func prefix(of text: String, _ width: Int) -> String {
    var kept = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      guard used + self.width(scalar) <= width || kept.isEmpty else { break }
      kept.append(scalar)
      used += self.width(scalar)
    }
    return String(kept)
  }
}
