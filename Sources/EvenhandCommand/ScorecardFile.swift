// SPDX-License-Identifier: Apache-2.0
import Evenhand
import Foundation

/// A scorecard.json that is read back.
enum ScorecardFile {
  static func read(path: String) throws -> Scorecard {
    try read(try InputFile.open(path: path))
  }

  static func read(_ file: InputFile) throws -> Scorecard {
    let read: Scorecard
    do {
      read = try Scorecard(json: file.data)
    } catch {
      throw Failure(
        .data,
        "\(file.name): not a scorecard: \(explain(error)). "
          + "Give the scorecard.json that 'evenhand evaluate' wrote.")
    }
    guard read.schema == Scorecard.currentSchema else {
      throw Failure(
        .data, "\(file.name): schema '\(read.schema)' is not \(Scorecard.currentSchema)")
    }
    return read
  }

  private static func explain(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "there is no '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of another type"
    default: "it is no valid JSON"
    }
  }
}

extension InputFile {
  /// A copy of the file's bytes.
  var data: Data {
    withBytes { bytes in
      // Unsafe: copies the file's bytes; the pointer is used within this call only.
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe Data(buffer: buffer)
      }
    }
  }
}
