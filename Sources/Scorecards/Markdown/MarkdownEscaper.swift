// SPDX-License-Identifier: Apache-2.0

/// Escapes text for GitHub-flavoured Markdown, in paragraphs, lists and table cells.
///
/// Besides the language's own signs it breaks what a code forge turns into links or notifications by
/// itself: addresses, `@name`, `#12`.
package enum MarkdownEscaper {
  /// Splits a word for the forge's own link finder; nothing of it is seen.
  private static let gap = "<!-- -->"

  package static func escape(_ text: String) -> String {
    let scalars = Array(Visible.spelledOut(text).unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "{", "}", "|", "~", "!", "$": result += "\\\(scalar)"
      case "@", "#": result += "\\\(scalar)\(gap)"
      case "+", "-", "=": result += index == 0 ? "\\\(scalar)" : String(scalar)
      case ".", ")": result += endsNumber(scalars, index) ? "\\\(scalar)" : String(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return breakLinks(result)
  }

  /// Whether the sign makes the start of the text the number of a list: `1. `.
  private static func endsNumber(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard index > 0, index + 1 == scalars.count || scalars[index + 1] == " " else { return false }
    return scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
  }

  private static func breakLinks(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "w")) else {
      return text
    }
    return text.replacing("://", with: ":\(gap)//").replacing("www.", with: "www\(gap).")
  }
}
