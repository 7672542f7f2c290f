// SPDX-License-Identifier: Apache-2.0

/// The contents of a file that comes in pieces, unpacked if they are packed.
struct UnpackedContents {
  private var contents: [UInt8] = []
  private var unpacker: (any Unpacker)?
  private var isKnown = false
  /// Bytes that came, packed or not.
  private var count = 0

  init(expecting size: Int) { contents.reserveCapacity(size) }

  mutating func append(_ piece: Span<UInt8>) throws(DataError) {
    if let unpacker {
      try unpacker.unpack(piece, at: count, into: &contents)
    } else {
      unsafe piece.withBytes { unsafe contents.append(contentsOf: $0) }
    }
    count += piece.count
    if !isKnown && count >= 4 { try unpackIfPacked() }
  }

  /// All contents.
  consuming func finish() throws(DataError) -> [UInt8] {
    try unpacker?.finish(at: count)
    return contents
  }

  /// The first four bytes tell; a pipe may give fewer of them at first.
  private mutating func unpackIfPacked() throws(DataError) {
    isKnown = true
    unpacker = Packing(contents.span)?.unpacker()
    guard let unpacker else { return }
    let packed = contents
    contents = []
    try unpacker.unpack(packed.span, at: 0, into: &contents)
  }
}

extension Span<UInt8> {
  /// Why unsafe: arrays take no spans at once; the buffer is read within the call only.
  fileprivate func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    unsafe withUnsafeBufferPointer { unsafe body($0) }
  }
}
