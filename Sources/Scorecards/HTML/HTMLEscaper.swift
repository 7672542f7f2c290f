// SPDX-License-Identifier: Apache-2.0

/// Escapes text for HTML and SVG, in content and in quoted attributes.
///
/// It works on bytes: what Swift calls a character may be a quotation mark together with a combining
/// accent, which no comparison of characters finds.
package enum HTMLEscaper {
  package static func escape(_ text: String) -> String {
    String(decoding: escape(Array(Visible.spelledOut(text).utf8)), as: UTF8.self)
  }

  /// The bytes with `&`, `<`, `>`, `"` and `'` as entities; all others as they are.
  package static func escape(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&"): result += Array("&amp;".utf8)
      case UInt8(ascii: "<"): result += Array("&lt;".utf8)
      case UInt8(ascii: ">"): result += Array("&gt;".utf8)
      case UInt8(ascii: "\""): result += Array("&quot;".utf8)
      case UInt8(ascii: "'"): result += Array("&#39;".utf8)
      default: result.append(byte)
      }
    }
    return result
  }
}
