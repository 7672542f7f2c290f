// SPDX-License-Identifier: Apache-2.0

/// The number that `text[start ..< end]` stands for if it is one to eight bytes of digits, of which
/// one may be a point: what most scores and labels are. Nil for everything else.
///
/// All bytes are handled at once, as the bytes of one integer.
@inline(__always)
func shortDecimal(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Double? {
  let count = end &- start
  guard count >= 1 && count <= 8 && start <= text.count &- 8 else { return nil }
  // The last digit in the top byte; leading zeros below.
  let unused = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
  var digits = (text.word(at: start) << unused) ^ (eachByte(0x30) << unused)
  var fractionCount = 0
  let points = zeroBytes(digits ^ eachByte(0x2E ^ 0x30))
  if points != 0 {
    guard count > 1 else { return nil }
    // The digits before the point move up into its byte.
    let place = UInt64(truncatingIfNeeded: points.trailingZeroBitCount &- 7)
    let before = ((1 as UInt64) &<< place) &- 1
    let behind = ~before & ~((0xFF as UInt64) &<< place)
    fractionCount = 7 &- Int(truncatingIfNeeded: place >> 3)
    digits = (digits & before) << 8 | (digits & behind)
  }
  guard areDigits(digits) else { return nil }
  // Both are exact, so that the quotient is rounded correctly.
  return Double(valueOfDigits(digits)) / PowersOfTen.exact[fractionCount]
}

/// Whether all bytes are at most 9.
@inline(__always)
func areDigits(_ digits: UInt64) -> Bool {
  (digits | (digits &+ eachByte(0x76))) & eachByte(0x80) == 0
}

/// The number of eight decimal digits, the first in the lowest byte: adds up neighbours, then pairs,
/// then fours.
@inline(__always)
func valueOfDigits(_ digits: UInt64) -> UInt64 {
  let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
  let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
  return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
}

@inline(__always)
func eachByte(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

/// 0x80 in the lowest byte that is zero, and perhaps in some above it.
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- eachByte(0x01)) & ~word & eachByte(0x80)
}
