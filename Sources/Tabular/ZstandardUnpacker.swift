// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandZstd

/// Unpacks Zstandard data (RFC 8878) of one or more frames, with libzstd.
///
/// A class, because libzstd's state must be released exactly once.
@safe final class ZstandardUnpacker: Unpacker {
  // Why unsafe: libzstd is C; its context lives as long as this object, and the buffers of a call
  // are valid during the call.
  private let context: OpaquePointer?
  private var isInFrame = false

  init() { unsafe context = ZSTD_createDCtx() }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  func unpack(
    _ packed: Span<UInt8>, at offset: Int, into contents: inout GrowingBytes
  ) throws(DataError) {
    guard unsafe context != nil else { throw Packing.zstd.isCorrupt(at: offset, "no memory") }
    var used = 0
    var isFull = false
    while used < packed.count || isFull {
      let (status, taken, made) = try step(packed.extracting(used..<packed.count), &contents)
      if ZSTD_isError(status) != 0 {
        let reason = unsafe String(cString: ZSTD_getErrorName(status))
        throw Packing.zstd.isCorrupt(at: offset + used, reason)
      }
      used += taken
      // 0: a frame is complete and all of it written.
      isInFrame = status != 0
      isFull = isInFrame && made == Self.outputSize
    }
  }

  func finish(at count: Int) throws(DataError) {
    if isInFrame { throw Packing.zstd.endsEarly(at: count) }
  }

  /// Bytes that a call of libzstd writes at most.
  private static let outputSize = 1 << 18

  /// One call of libzstd: its status, the bytes it took and those it appended to `contents`.
  private func step(
    _ packed: Span<UInt8>, _ contents: inout GrowingBytes
  ) throws(DataError) -> (status: Int, taken: Int, made: Int) {
    var (status, taken) = (0, 0)
    let before = contents.count
    try unsafe contents.append(room: Self.outputSize) { target throws(DataError) in
      unsafe packed.withUnsafeBufferPointer { source in
        var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var result = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        status = unsafe Int(ZSTD_decompressStream(context, &result, &input))
        taken = unsafe input.pos
        return unsafe result.pos
      }
    }
    return (status, taken, contents.count - before)
  }
}
