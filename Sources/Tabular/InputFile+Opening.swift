// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

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
  ///
  /// - Parameters:
  ///   - path: of the file, absolute or from the working directory.
  ///   - threads: how many read a large file; as many as there are processors if nil.
  public static func open(path: String, threads: Int? = nil) throws(DataError) -> InputFile {
    try open(path: path, mappingAbove: 64 << 20, over: Parallel(threads: threads))
  }

  /// `limit`: the size in bytes above which a regular file is mapped, a parameter for the tests.
  package static func open(
    path: String, mappingAbove limit: Int, over parallel: Parallel = Parallel(threads: nil)
  ) throws(DataError) -> InputFile {
    let name = path == "-" ? "standard input" : path
    do throws(DataError) {
      if path == "-" { return try reading(STDIN_FILENO, expecting: 0, name, parallel) }
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
      return try reading(descriptor, expecting: size, name, parallel)
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
    _ descriptor: Int32, expecting size: Int, _ name: String, _ parallel: Parallel
  ) throws(DataError) -> InputFile {
    let pieceSize = 1 << 18
    var contents = GrowingBytes()
    // The first four bytes tell; a pipe may give fewer of them at first.
    while contents.count < 4, try contents.read(descriptor, atMost: pieceSize) > 0 {}
    guard let packing = contents.withBytes({ Packing($0) }) else {
      if contents.count < size { try contents.read(descriptor, upTo: size, over: parallel) }
      while try contents.read(descriptor, atMost: pieceSize) > 0 {}
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

  /// Appends what a regular file holds up to offset `size`, over threads, for the system's copying
  /// takes long; less if the file ends before.
  ///
  /// An error ends it too: the next read meets it again.
  fileprivate mutating func read(
    _ descriptor: Int32, upTo size: Int, over parallel: Parallel
  ) throws(DataError) {
    let (start, pieceSize) = (count, 4 << 20)
    try unsafe append(room: size - start) { room throws(DataError) in
      // Why unsafe: each thread writes to a piece of its own.
      nonisolated(unsafe) let room = unsafe room
      let size = size - start
      let pieceCount = (size + pieceSize - 1) / pieceSize
      let counts = parallel.map(pieceCount) { index in
        let range = index * pieceSize..<min((index + 1) * pieceSize, size)
        let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: room[range])
        return unsafe Self.fill(piece, descriptor, at: start + range.lowerBound)
      }
      let whole = counts.prefix { $0 == pieceSize }.count
      return whole * pieceSize + (whole < pieceCount ? counts[whole] : 0)
    }
    _ = lseek(descriptor, off_t(count), SEEK_SET)
  }

  /// The number of bytes that could be read.
  private static func fill(
    _ piece: UnsafeMutableRawBufferPointer, _ descriptor: Int32, at offset: Int
  ) -> Int {
    var count = 0
    while count < piece.count {
      let more = unsafe pread(
        descriptor, piece.baseAddress.map { unsafe $0 + count }, piece.count - count,
        off_t(offset + count))
      if more < 0 && errno == EINTR { continue }
      if more <= 0 { break }
      count += more
    }
    return count
  }
}
