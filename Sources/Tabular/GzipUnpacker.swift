// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandZlib

/// Unpacks gzip data (RFC 1952) of one or more members, with zlib.
///
/// A class, because zlib's state must be released exactly once.
@safe final class GzipUnpacker: Unpacker {
  // Why unsafe: zlib is C; its stream lives as long as this object, and the pointers in it are set
  // for each call to memory that is valid during the call.
  private var stream = unsafe z_stream()
  private var isInMember = false
  private var isOpen = false

  init() {
    // 16: gzip with its checksum; 15: the largest window.
    isOpen =
      unsafe inflateInit2_(
        &stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isOpen { _ = unsafe inflateEnd(&stream) }
  }

  func unpack(
    _ packed: Span<UInt8>, at offset: Int, into contents: inout GrowingBytes
  ) throws(DataError) {
    guard isOpen else { throw Packing.gzip.isCorrupt(at: offset, "zlib cannot start") }
    var used = 0
    var isFull = false
    while used < packed.count || isFull {
      let (status, taken, made) = try step(packed.extracting(used..<packed.count), &contents)
      used += taken
      isFull = made == Self.outputSize
      switch status {
      case Z_OK: isInMember = true
      // Full output and nothing behind it.
      case Z_BUF_ERROR where taken == 0 && made == 0: isFull = false
      case Z_STREAM_END:
        // Another member may follow.
        (isInMember, isFull) = (false, false)
        _ = unsafe inflateReset(&stream)
      default:
        let reason = unsafe stream.msg.map { unsafe String(cString: $0) } ?? "code \(status)"
        throw Packing.gzip.isCorrupt(at: offset + used, reason)
      }
    }
  }

  func finish(at count: Int) throws(DataError) {
    if isInMember { throw Packing.gzip.endsEarly(at: count) }
  }

  /// Bytes that a call of zlib writes at most.
  private static let outputSize = 1 << 18

  /// One call of zlib: its status, the bytes it took and those it appended to `contents`.
  private func step(
    _ packed: Span<UInt8>, _ contents: inout GrowingBytes
  ) throws(DataError) -> (status: Int32, taken: Int, made: Int) {
    let limit = min(packed.count, 1 << 30)
    var status = Z_OK
    let before = contents.count
    try unsafe contents.append(room: Self.outputSize) { target throws(DataError) in
      unsafe packed.withUnsafeBufferPointer { source in
        unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.avail_in = UInt32(limit)
        unsafe stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        status = unsafe inflate(&stream, Z_NO_FLUSH)
      }
      return unsafe target.count - Int(stream.avail_out)
    }
    return unsafe (status, limit - Int(stream.avail_in), contents.count - before)
  }
}
