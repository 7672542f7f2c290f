// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import EvenhandTabular
import Foundation
import Glibc

/// Keys as files.
enum KeyFile {
  /// A private key; a warning if others can read it.
  static func signing(_ path: String) throws -> SigningKey {
    let text = try text(path)
    do {
      let key = try SigningKey(pem: text)
      let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      if let mode, mode & 0o077 != 0 {
        warn("\(path): others can read this private key; chmod 600 keeps it to you")
      }
      return key
    } catch {
      throw Failure(.data, "\(path): \(error.description)")
    }
  }

  static func verification(_ path: String) throws -> VerificationKey {
    let text = try text(path)
    do {
      return try VerificationKey(pem: text)
    } catch {
      throw Failure(.data, "\(path): \(error.description)")
    }
  }

  /// Writes a new key pair, FILE for its owner alone and FILE.pub, or neither.
  static func make(at path: String) throws -> VerificationKey {
    let published = path + ".pub"
    for file in [path, published] where FileManager.default.fileExists(atPath: file) {
      throw exists(file)
    }
    let key = SigningKey()
    try create(Data(key.pem.utf8), at: path, mode: 0o600)
    do {
      try create(Data(key.verificationKey.pem.utf8), at: published, mode: 0o644)
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
    return key.verificationKey
  }

  private static func text(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      let isDirectory = FileManager.default.isDirectory(path)
      throw Failure(
        .missingInput,
        "\(path): \(isDirectory ? "this is a directory, not a key" : "no key can be read there")")
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw Failure(.data, "\(path): there is no PEM text in it")
    }
    return text
  }

  private static func exists(_ path: String) -> Failure {
    Failure(.cannotCreate, "\(path): this file exists; a key is never overwritten")
  }

  /// Writes a file that is not there yet: complete under another name, then linked to its own, which
  /// fails where a file came between.
  private static func create(_ data: Data, at path: String, mode: mode_t) throws {
    let place = URL(fileURLWithPath: path)
    let draft = place.deletingLastPathComponent()
      .appendingPathComponent(".\(place.lastPathComponent).\(getpid())").path
    // Unsafe: open, link and unlink take C strings, which live for the call. With O_EXCL nothing that
    // is there is written to, a link included, and nobody reads the key before its mode is set.
    let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL, mode)
    guard descriptor >= 0 else {
      throw Failure(
        .cannotCreate, "\(path): cannot create the file; is the directory there and writable?")
    }
    defer { _ = unsafe unlink(draft) }
    do {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      try handle.write(contentsOf: data)
      try handle.close()
    } catch {
      throw Failure(.writeFailed, "\(path): writing failed: \(SystemError.reason(error))")
    }
    guard unsafe link(draft, path) == 0 else {
      guard errno != EEXIST else { throw exists(path) }
      throw Failure(.cannotCreate, "\(path): cannot create the file in this file system")
    }
  }

  private static func warn(_ message: String) {
    let line = "evenhand: warning: \(message.escapingControls())\n"
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }
}
