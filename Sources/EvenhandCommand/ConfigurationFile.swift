// SPDX-License-Identifier: Apache-2.0
import EvenhandGates
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
    return try YAMLText.root(of: data, file: path)
  }

  private static func unreadable(_ path: String) -> String {
    let files = FileManager.default
    if !files.fileExists(atPath: path) { return "there is no such configuration file" }
    return files.isDirectory(path) ? "this is a directory, not a file" : "the file cannot be read"
  }
}

extension FileManager {
  func isDirectory(_ path: String) -> Bool { (try? contentsOfDirectory(atPath: path)) != nil }
}
