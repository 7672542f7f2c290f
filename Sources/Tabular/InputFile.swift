// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The bytes of an input, taken once: a regular file over 64 MB is memory-mapped, all else (small
/// files, pipes, standard input, `/dev/fd/…`) is read. Gzip and Zstandard data are unpacked while
/// they are read; the bytes are then the unpacked ones.
///
/// A class, because a mapping must be unmapped exactly once. A mapped file must not be truncated by
/// another process while it is in use: the system then ends this process with SIGBUS.
@safe public final class InputFile: Sendable {
  /// Display name: the path as given, or "standard input".
  public let name: String
  private let contents: [UInt8]
  // Why unsafe: the mapping is made in `open`, read-only, never handed out beyond `withBytes`, and
  // released in `deinit`, so that sharing it between threads is sound.
  private nonisolated(unsafe) let mapping: UnsafeRawBufferPointer?

  private init(name: String, contents: [UInt8]) {
    self.name = name
    self.contents = contents
    unsafe self.mapping = nil
  }

  private init(name: String, mapping: UnsafeRawBufferPointer) {
    self.name = name
    self.contents = []
    unsafe self.mapping = unsafe mapping
  }

  deinit {
    if let mapping = unsafe mapping {
      _ = unsafe munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count)
    }
  }

  public var byteCount: Int { unsafe mapping?.count ?? contents.count }

  /// Calls `body` with all bytes, which are valid during the call only.
  public func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    // Why: the last use of `self` precedes the last use of the span, and `deinit` unmaps it.
    defer { withExtendedLifetime(self) {} }
    guard let mapping = unsafe mapping else {
      let contents = contents
      return try body(contents.span)
    }
    let bytes = unsafe mapping.bindMemory(to: UInt8.self)
    return try body(unsafe bytes.span)
  }

  /// Opens and takes in the file at `path`; "-" is standard input.
  ///
  /// Throws `.missingInput` if there is no such file, it is a directory or it cannot be read.
  public static func open(path: String) throws(DataError) -> InputFile {
    try open(path: path, mappingAbove: 64 << 20)
  }

  /// Contents that are in memory already, under a display name.
  public convenience init(name: String, bytes: [UInt8]) {
    self.init(name: name, contents: bytes)
  }

  /// `limit`: the size in bytes above which a regular file is mapped, a parameter for the tests.
  package static func open(path: String, mappingAbove limit: Int) throws(DataError) -> InputFile {
    if path == "-" {
      let name = "standard input"
      return InputFile(name: name, contents: try readAll(STDIN_FILENO, expecting: 0, name))
    }
    #if canImport(Darwin)
    let descriptor = unsafe Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
    let descriptor = unsafe Musl.open(path, O_RDONLY | O_CLOEXEC)
    #else
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { _ = close(descriptor) }
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else { throw unreadable(path, errno) }
    let kind = info.st_mode & S_IFMT
    if kind == S_IFDIR { throw unreadable(path, EISDIR) }
    let size = kind == S_IFREG ? Int(info.st_size) : 0
    if size > limit, let file = mapped(descriptor, size, name: path),
      file.withBytes({ Packing($0) == nil })
    {
      return file
    }
    return InputFile(name: path, contents: try readAll(descriptor, expecting: size, path))
  }

  /// Nil where the file system cannot map; the file is then read.
  private static func mapped(_ descriptor: Int32, _ size: Int, name: String) -> InputFile? {
    let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else { return nil }
    let mapping = unsafe UnsafeRawBufferPointer(start: address, count: size)
    return unsafe InputFile(name: name, mapping: mapping)
  }

  /// Reads to the end: `size` is a hint only, for a pipe has none and a file may grow.
  private static func readAll(
    _ descriptor: Int32, expecting size: Int, _ name: String
  ) throws(DataError) -> [UInt8] {
    var contents = UnpackedContents(expecting: size)
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      // Why unsafe: the system call writes at most `chunk.count` bytes into the array's storage.
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw unreadable(name, errno) }
      do {
        if count == 0 { return try contents.finish() }
        try contents.append(chunk.span.extracting(first: count))
      } catch {
        throw error.inFile(name)
      }
    }
  }

  private static func unreadable(_ name: String, _ code: Int32) -> DataError {
    let problem: String
    var remedy: String?
    switch code {
    case ENOENT, ENOTDIR:
      problem = "there is no such file"
      remedy = "Check the path; - reads standard input."
    case EISDIR:
      problem = "this is a directory, not a file"
      remedy = "Name a CSV or JSON Lines file in it."
    case EACCES, EPERM:
      problem = "permission to read the file is denied"
    default:
      // Why unsafe: strerror returns a C string, copied here at once.
      problem = "the file cannot be read: " + (unsafe String(cString: strerror(code)))
    }
    return DataError(kind: .missingInput, problem: problem, file: name, remedy: remedy)
  }
}
