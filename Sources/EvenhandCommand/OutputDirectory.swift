// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A directory that results are written to.
struct OutputDirectory {
  let path: String

  /// Writes files by their names: all of them, or everything stays as it was.
  func replace(_ files: [(name: String, data: Data)]) throws {
    let created = Self.firstMissing(above: path)
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      if let created { try? FileManager.default.removeItem(atPath: created) }
      throw Failure(
        .cannotCreate, "\(path): cannot create the directory; choose another with --output")
    }
    do {
      try writeAndRename(files)
    } catch {
      if let created { try? FileManager.default.removeItem(atPath: created) }
      throw error
    }
  }

  /// The topmost directory of the path that is not there yet, to be removed with all below it if
  /// writing fails.
  private static func firstMissing(above path: String) -> String? {
    var missing: String?
    var current = path
    while !current.isEmpty && !FileManager.default.fileExists(atPath: current) {
      missing = current
      current = String(current[..<(current.lastIndex(of: "/") ?? current.startIndex)])
    }
    return missing
  }

  /// Writes all files under temporary names, then renames them.
  private func writeAndRename(_ files: [(name: String, data: Data)]) throws {
    for (name, _) in files {
      let target = "\(path)/\(name)"
      if FileManager.default.isDirectory(target) {
        throw Failure(.cannotCreate, "\(target): this is a directory; remove it or choose --output")
      }
    }
    var temporary: [(from: String, to: String)] = []
    defer {
      for file in temporary { try? FileManager.default.removeItem(atPath: file.from) }
    }
    for (name, data) in files {
      let target = "\(path)/\(name)"
      let draft = "\(path)/.\(name).\(ProcessInfo.processInfo.processIdentifier)"
      temporary.append((draft, target))
      guard FileManager.default.createFile(atPath: draft, contents: nil),
        let handle = FileHandle(forWritingAtPath: draft)
      else {
        throw Failure(
          .cannotCreate, "\(target): cannot create the file; is the directory writable?")
      }
      defer { try? handle.close() }
      do {
        try handle.write(contentsOf: data)
      } catch {
        throw Failure(.writeFailed, "\(target): writing failed: \(SystemError.reason(error))")
      }
    }
    for file in temporary {
      do {
        try Self.rename(file.from, to: file.to)
      } catch {
        throw Failure(
          .cannotCreate, "\(file.to): cannot replace the file: \(SystemError.reason(error))")
      }
    }
  }

  /// Renames in place of what is there, at once.
  private static func rename(_ from: String, to target: String) throws {
    // Unsafe: rename takes C strings, which live for the call. FileManager would refuse to replace.
    guard unsafe Glibc.rename(from, target) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }
}
