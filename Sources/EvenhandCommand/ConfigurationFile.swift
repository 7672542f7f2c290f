// SPDX-License-Identifier: Apache-2.0
import Foundation
import Yams

/// The YAML text of a configuration.
enum ConfigurationFile {
  /// The document's root; nil if there is nothing but comments.
  static func root(of path: String) throws -> Node? {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .missingInput,
        "\(path): \(unreadable(path)). 'evenhand inspect TABLE --yaml' prints a file to start from."
      )
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw Failure(.usage, "\(path): not UTF-8 text")
    }
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Failure(.usage, explain(error, in: text, path))
    }
  }

  private static func unreadable(_ path: String) -> String {
    let files = FileManager.default
    if !files.fileExists(atPath: path) { return "there is no such configuration file" }
    return files.isDirectory(path) ? "this is a directory, not a file" : "the file cannot be read"
  }

  private static func explain(_ error: YamlError, in text: String, _ path: String) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return "\(path):\(mark.line): not valid YAML: \(problem)"
    case .duplicatedKeysInMapping(let keys, _):
      let key = keys.first ?? ""
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .filter { $0.element.trimmingCharacters(in: .whitespaces).hasPrefix("\(key):") }
      let line = lines.dropFirst().first.map { "\($0.offset + 1):" } ?? ""
      return "\(path):\(line) the key '\(key)' is given twice"
    default:
      return "\(path): not valid YAML: \(error)".replacingOccurrences(of: "\n", with: " ")
    }
  }
}

extension FileManager {
  func isDirectory(_ path: String) -> Bool { (try? contentsOfDirectory(atPath: path)) != nil }
}
