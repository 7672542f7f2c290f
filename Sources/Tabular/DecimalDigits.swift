// SPDX-License-Identifier: Apache-2.0

/// The magnitude `mantissa · 10^exponent` while its digits are read.
struct DecimalDigits {
  private var mantissa: UInt64 = 0
  private var exponent = 0
  /// Digits that count against the 19 that always fit into 64 bits: leading zeros do not.
  private var significantCount = 0
  private(set) var digitCount = 0

  mutating func read(
    _ bytes: Span<UInt8>, from position: inout Int, to end: Int, isFraction: Bool
  ) {
    let start = position
    while position &+ 8 <= end && readEight(bytes.word(at: position)) { position &+= 8 }
    while position < end {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      // Not by the mantissa, which wraps to 0 at 2^64.
      if significantCount > 0 || digit != 0 { significantCount += 1 }
      position += 1
    }
    digitCount += position - start
    if isFraction { exponent -= position - start }
  }

  /// Takes in eight digits at once; false if the bytes are not that.
  @inline(__always)
  private mutating func readEight(_ word: UInt64) -> Bool {
    let digits = word ^ eachByte(0x30)
    guard areDigits(digits) else { return false }
    mantissa = mantissa &* 100_000_000 &+ valueOfDigits(digits)
    significantCount += significantCount > 0 ? 8 : 8 - digits.trailingZeroBitCount / 8
    return true
  }

  /// Reads what follows "e"; false if there is no digit.
  mutating func readExponent(_ bytes: Span<UInt8>, from position: inout Int, to end: Int) -> Bool {
    var isNegative = false
    if position < end {
      isNegative = bytes[position] == UInt8(ascii: "-")
      if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
    }
    let start = position
    var value = 0
    while position < end {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      // Larger ones are out of range anyway; this only keeps the sum from overflowing.
      if value < 1_000_000 { value = value * 10 + Int(digit) }
      position += 1
    }
    exponent += isNegative ? -value : value
    return position > start
  }

  /// The nearest double, ties to even; nil if there are too many digits, if it is infinite, or if
  /// 128 bits of the power of ten do not tell.
  func rounded() -> Double? {
    guard significantCount <= 19 else { return nil }
    if mantissa == 0 { return 0 }
    // Both operands are exact, so one operation rounds correctly (Clinger 1990,
    // doi:10.1145/93542.93557).
    if mantissa <= 1 << 53 && exponent >= -22 && exponent <= 22 {
      let power = PowersOfTen.exact[abs(exponent)]
      return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    }
    return nearestDouble(mantissa, exponent)
  }
}
