// SPDX-License-Identifier: Apache-2.0

/// Makes characters visible that would hide, reorder or control what is shown.
///
/// Control characters, line and paragraph separators, invisible and bidirectional formatting characters
/// are spelled as `⟨U+202E⟩`. What is spelled out once stays as it is.
package enum Visible {
  package static func spelledOut(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isConcealed) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isConcealed(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        result.append(contentsOf: "⟨U+\(padding)\(digits)⟩".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  package static func isConcealed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E: true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0xFEFF, 0xFFF9...0xFFFB, 0xFFFE, 0xFFFF, 0xE0000...0xE007F: true
    default: false
    }
  }
}
