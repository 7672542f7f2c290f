// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension InputFile {
  /// Opens and takes in the file at `path`; "-" is standard input.
  ///
  /// Throws `.missingInput` if there is no such file, it is a directory or it cannot be read;
  /// `.data` if it is packed and damaged.
  public static func open(path: String) throws(DataError) -> InputFile {
    try open(path: path, mappingAbove: 16 << 20)
  }

  /// `limit`: the size in bytes above which a regular file is mapped, a parameter for the tests.
  package static func open(path: String, mappingAbove limit: Int) throws(DataError) -> InputFile {
    let name = path == "-" ? "standard input" : path
    do throws(DataError) {
      if path == "-" { return try reading(STDIN_FILENO, expecting: 0, name) }
      #if canImport(Darwin)
      let descriptor = unsafe Darwin.open(path, O_RDONLY | O_CLOEXEC)
      #elseif canImport(Musl)
      let descriptor = unsafe Musl.open(path, O_RDONLY | O_CLOEXEC)
      #else
      let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
      #endif
      guard descriptor >= 0 else { throw unreadable(errno) }
      defer { _ = close(descriptor) }
      var info = stat()
      guard unsafe fstat(descriptor, &info) == 0 else { throw unreadable(errno) }
      let kind = info.st_mode & S_IFMT
      if kind == S_IFDIR { throw unreadable(EISDIR) }
      let size = kind == S_IFREG ? Int(info.st_size) : 0
      if size > limit, let file = mapped(descriptor, size, name),
        file.withBytes({ Packing($0) == nil })
      {
        return file
      }
      return try reading(descriptor, expecting: size, name)
    } catch {
      throw error.inFile(name)
    }
  }

  /// Nil where the file system cannot map; the file is then read.
  private static func mapped(_ descriptor: Int32, _ size: Int, _ name: String) -> InputFile? {
    let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else { return nil }
    return unsafe InputFile(
      name: name, mapping: UnsafeRawBufferPointer(start: address, count: size))
  }

  /// Reads to the end: `size` is a hint only, for a pipe has none and a file may grow.
  private static func reading(
    _ descriptor: Int32, expecting size: Int, _ name: String
  ) throws(DataError) -> InputFile {
    let pieceSize = 1 << 18
    var contents = GrowingBytes()
    // The first four bytes tell; a pipe may give fewer of them at first.
    while contents.count < 4, try contents.read(descriptor, atMost: pieceSize) > 0 {}
    guard let packing = contents.withBytes({ Packing($0) }) else {
      // One byte more, so that the read that finds the end needs no more room.
      while try contents.read(
        descriptor, atMost: max(pieceSize, size + 1 - contents.count)) > 0
      {}
      return InputFile(name: name, contents: contents)
    }
    var unpacked = UnpackedFile(packing)
    repeat {
      try contents.withBytes { (piece) throws(DataError) in try unpacked.append(piece) }
      contents.removeAll()
    } while try contents.read(descriptor, atMost: pieceSize) > 0
    return try unpacked.finish(named: name)
  }

  /// Says what the code of a failed system call means.
  fileprivate static func unreadable(_ code: Int32) -> DataError {
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
    return DataError(kind: .missingInput, problem: problem, remedy: remedy)
  }
}

extension GrowingBytes {
  /// Appends what one read gives; returns its size, which is 0 at the end only.
  fileprivate mutating func read(
    _ descriptor: Int32, atMost limit: Int
  ) throws(DataError) -> Int {
    let before = count
    try unsafe append(room: limit) { room throws(DataError) in
      while true {
        #if canImport(Darwin)
        let count = unsafe Darwin.read(descriptor, room.baseAddress, room.count)
        #elseif canImport(Musl)
        let count = unsafe Musl.read(descriptor, room.baseAddress, room.count)
        #else
        let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
        #endif
        if count >= 0 { return count }
        if errno != EINTR { throw InputFile.unreadable(errno) }
      }
    }
    return count - before
  }
}
