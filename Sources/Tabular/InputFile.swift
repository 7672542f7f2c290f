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
  /// What identifies the file, if its bytes are not those here.
  private let packed: Fingerprint?

  private init(name: String, storage: Storage, packed: Fingerprint? = nil) {
    self.name = name
    unsafe self.storage = unsafe storage
    self.packed = packed
  }

  /// Takes over a mapping.
  convenience init(name: String, mapping: UnsafeRawBufferPointer) {
    unsafe self.init(name: name, storage: .mapped(mapping))
  }

  /// `packed`: what identifies the file, if `contents` were unpacked.
  convenience init(name: String, contents: consuming GrowingBytes, packed: Fingerprint? = nil) {
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

  /// Size and SHA-256 of the file as it is stored.
  public var fingerprint: Fingerprint {
    if let packed { return packed }
    var stored = Fingerprinting()
    withBytes { stored.add($0) }
    return stored.fingerprint
  }

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
