// SPDX-License-Identifier: Apache-2.0

extension Span<UInt8> {
  /// The eight bytes at `offset` as one integer, the first byte the lowest.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    // Why unsafe: only because a type might have invalid bit patterns, which UInt64 has not; the
    // bounds are checked.
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Up to eight bytes at `offset` as one integer, the first byte the lowest, the rest zero.
  @inline(__always)
  func word(at offset: Int, count: Int) -> UInt64 {
    if count >= 8 { return word(at: offset) }
    let mask = ((1 as UInt64) &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
    if offset <= self.count &- 8 { return word(at: offset) & mask }
    var word: UInt64 = 0
    for i in 0..<count { word |= UInt64(self[offset + i]) &<< UInt64(8 * i) }
    return word
  }
}
