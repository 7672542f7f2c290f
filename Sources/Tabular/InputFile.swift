// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The bytes of an input, taken once: a regular file over 16 MB is memory-mapped, all else (small
/// files, pipes, standard input, `/dev/fd/…`) is read. Gzip and Zstandard data are unpacked while
/// they are read; the bytes are then the unpacked ones.
///
/// A class, because memory must be released exactly once. A mapped file must not be truncated by
/// another process while it is in use: the system then ends this process with SIGBUS.
@safe public final class InputFile: Sendable {
  @unsafe private enum Storage {
    case array([UInt8])
    case mapped(UnsafeRawBufferPointer)
    case allocated(UnsafeRawBufferPointer)
  }

  /// Display name: the path as given, or "standard input".
  public let name: String
  // Why unsafe: the memory is never written to, never handed out beyond `withBytes`, and released
  // in `deinit`, so that sharing it between threads is sound.
  private nonisolated(unsafe) let storage: Storage
  /// The file as it is stored, if its bytes are not those here.
  private let packed: InputFile?

  private init(name: String, storage: Storage, packed: InputFile? = nil) {
    self.name = name
    unsafe self.storage = unsafe storage
    self.packed = packed
  }

  /// Takes over a mapping.
  convenience init(name: String, mapping: UnsafeRawBufferPointer) {
    unsafe self.init(name: name, storage: .mapped(mapping))
  }

  /// `packed`: the file as it is stored, if `contents` were unpacked.
  convenience init(name: String, contents: consuming GrowingBytes, packed: InputFile? = nil) {
    unsafe self.init(name: name, storage: .allocated(contents.release()), packed: packed)
  }

  /// Contents that are in memory already, under a display name.
  public convenience init(name: String, bytes: [UInt8]) {
    unsafe self.init(name: name, storage: .array(bytes))
  }

  deinit {
    switch unsafe storage {
    case .array: break
    case .mapped(let bytes):
      _ = unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    case .allocated(let bytes):
      unsafe free(UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
  }

  /// The number of bytes that `withBytes` gives, which are more than the file's if it is packed.
  public var byteCount: Int { withBytes { $0.count } }

  /// The bytes as they are stored: those of the packed file, if it is one.
  public var stored: InputFile { packed ?? self }

  /// Calls `body` with all bytes, which are valid during the call only.
  public func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    // Why: the last use of `self` precedes the last use of the span, and `deinit` frees the memory.
    defer { withExtendedLifetime(self) {} }
    switch unsafe storage {
    case .array(let bytes): return try body(bytes.span)
    case .mapped(let bytes), .allocated(let bytes):
      return try body(unsafe bytes.bindMemory(to: UInt8.self).span)
    }
  }
}
