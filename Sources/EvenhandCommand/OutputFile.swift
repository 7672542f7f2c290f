// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Writes a single file that an option names.
enum OutputFile {
  /// A regular file is replaced whole or not at all; devices, pipes and links are written to.
  static func write(_ data: Data, to path: String) throws {
    try check(path)
    do {
      try data.write(to: URL(fileURLWithPath: path), options: isReplaceable(path) ? .atomic : [])
    } catch {
      throw failure(error, path)
    }
  }

  /// Adds to the end of a file, which is made if it is not there.
  static func append(_ data: Data, to path: String) throws {
    try check(path)
    let files = FileManager.default
    guard files.fileExists(atPath: path) || files.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw Failure(
        .cannotCreate, "\(path): cannot write to the file; is the directory there and writable?")
    }
    defer { try? handle.close() }
    do {
      try handle.seekToEnd()
      try handle.write(contentsOf: data)
    } catch {
      throw failure(error, path)
    }
  }

  private static func check(_ path: String) throws {
    guard !FileManager.default.isDirectory(path) else {
      throw Failure(.cannotCreate, "\(path): this is a directory; choose a file")
    }
  }

  private static func failure(_ error: any Error, _ path: String) -> Failure {
    switch (error as? CocoaError)?.code {
    case .fileWriteOutOfSpace:
      Failure(.writeFailed, "\(path): writing failed: no space is left; free some")
    case .fileWriteUnknown:
      Failure(.writeFailed, "\(path): writing failed; choose another file with --output")
    default:
      Failure(
        .cannotCreate,
        "\(path): cannot create the file; is the directory there and writable?")
    }
  }

  private static func isReplaceable(_ path: String) -> Bool {
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return kind == nil || kind == .typeRegular
  }
}
