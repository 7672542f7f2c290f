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
  private var output = [UInt8](repeating: 0, count: 1 << 18)

  init() { unsafe context = ZSTD_createDCtx() }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  func unpack(
    _ packed: Span<UInt8>, at offset: Int, into contents: inout [UInt8]
  ) throws(DataError) {
    guard unsafe context != nil else { throw Packing.zstd.isCorrupt(at: offset, "no memory") }
    var used = 0
    var isFull = false
    while used < packed.count || isFull {
      let (status, taken, made) = step(packed.extracting(used..<packed.count))
      if ZSTD_isError(status) != 0 {
        let reason = unsafe String(cString: ZSTD_getErrorName(status))
        throw Packing.zstd.isCorrupt(at: offset + used, reason)
      }
      used += taken
      contents.append(contentsOf: output[..<made])
      // 0: a frame is complete and all of it written.
      isInFrame = status != 0
      isFull = isInFrame && made == output.count
    }
  }

  func finish(at count: Int) throws(DataError) {
    if isInFrame { throw Packing.zstd.endsEarly(at: count) }
  }

  /// One call of libzstd: its status, the bytes it took and those it wrote to `output`.
  private func step(_ packed: Span<UInt8>) -> (status: Int, taken: Int, made: Int) {
    unsafe packed.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var result = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &result, &input)
        return unsafe (Int(status), input.pos, result.pos)
      }
    }
  }
}
