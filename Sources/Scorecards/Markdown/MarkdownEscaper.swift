// SPDX-License-Identifier: Apache-2.0

/// Escapes text for GitHub-flavoured Markdown, in paragraphs, lists and table cells.
///
/// Besides the language's own signs it breaks what a code forge turns into links or notifications by
/// itself: addresses, `@name`, `#12`.
package enum MarkdownEscaper {
  /// Splits a word for the forge's own link finder; nothing of it is seen.
  private static let gap = "<!-- -->"

  package static func escape(_ text: String) -> String {
    var result = ""
    var atStart = true
    for scalar in Visible.spelledOut(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "{", "}", "|", "~", "!", "$": result += "\\\(scalar)"
      case "@", "#": result += "\\\(scalar)\(gap)"
      case "+", "-", "=": result += atStart ? "\\\(scalar)" : String(scalar)
      case ".", ")":
        // `1.` at the start of a line begins a list.
        result += result.allSatisfy { "0"..."9" ~= $0 } && !atStart ? "\\\(scalar)" : String(scalar)
      default: result.unicodeScalars.append(scalar)
      }
      atStart = false
    }
    // A combining mark after a sign must not keep the forge from finding or us from breaking a link.
    return breakLinks(result)
  }

  private static func breakLinks(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "w")) else {
      return text
    }
    return text.replacing("://", with: ":\(gap)//").replacing("www.", with: "www\(gap).")
  }
}
