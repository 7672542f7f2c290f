// SPDX-License-Identifier: Apache-2.0
import Foundation
import Yams

/// YAML text as a tree of nodes, with what is wrong with it in one line.
package enum YAMLText {
  /// Brackets and lines nested deeper than this are no policy and no configuration.
  private static let deepest = 100

  /// The document's root; `nil` if there is nothing but comments.
  ///
  /// - Throws: `PolicyError` with the file's name and the line.
  package static func root(of bytes: Data, file: String) throws(PolicyError) -> Node? {
    guard let text = String(bytes: bytes, encoding: .utf8) else {
      throw PolicyError("not UTF-8 text", file: file)
    }
    guard depth(text) <= deepest else {
      throw PolicyError("nested more than \(deepest) deep", file: file)
    }
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw explain(error, in: text, file)
    } catch {
      throw PolicyError("not valid YAML", file: file)
    }
  }

  /// How deep brackets and indentation can nest at most: the parser recurses, and so do its readers.
  private static func depth(_ text: String) -> Int {
    var (brackets, deepest) = (0, 0)
    var lineStart = true
    var (indent, marks) = (0, 0)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        (lineStart, indent, marks) = (true, 0, 0)
        continue
      }
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      case UInt8(ascii: " ") where lineStart: indent += 1
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
        marks += 1
      default: lineStart = false
      }
      // A line of "- - - -" nests once a mark.
      deepest = max(deepest, brackets, lineStart ? marks + indent / 2 : 0)
    }
    return deepest
  }

  private static func explain(_ error: YamlError, in text: String, _ file: String) -> PolicyError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return PolicyError("not valid YAML: \(problem)", file: file, line: mark.line)
    case .duplicatedKeysInMapping(let keys, _):
      let key = keys.first ?? ""
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .filter {
          $0.element.drop { " -".contains($0) }.hasPrefix("\(key):")
        }
      return PolicyError(
        "the key '\(key)' is given twice", file: file,
        line: lines.dropFirst().first.map { $0.offset + 1 })
    default:
      let words = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
      return PolicyError("not valid YAML: \(words)", file: file)
    }
  }
}
