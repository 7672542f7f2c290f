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
      // Larger ones are out of the fast range anyway; this only keeps the sum from overflowing.
      if value < 1_000_000 { value = value * 10 + Int(digit) }
      position += 1
    }
    exponent += isNegative ? -value : value
    return position > start
  }

  /// The nearest double, ties to even; nil if out of the range that is exact here.
  func rounded() -> Double? {
    guard significantCount <= 19 else { return nil }
    if mantissa == 0 { return 0 }
    // Both operands are exact, so one operation rounds correctly (Clinger 1990,
    // doi:10.1145/93542.93557).
    if mantissa <= 1 << 53 && exponent >= -22 && exponent <= 22 {
      let power = Self.powersOfTen[abs(exponent)]
      return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    }
    guard exponent >= -27 && exponent <= 27 else { return nil }
    return exponent < 0 ? roundedQuotient() : roundedProduct()
  }

  /// The quotient mantissa / 5^k · 2^−k, k = −exponent.
  ///
  /// Divisor and dividend are shifted to their top bits, so that the quotient has 63 or 64 bits. A
  /// remainder is recorded in its last bit, at least ten below the last one of a double, so that the
  /// conversion sees on which side of a tie it is.
  private func roundedQuotient() -> Double {
    let power = Self.powersOfFive[-exponent]
    let divisorShift = power.leadingZeroBitCount
    let mantissaShift = mantissa.leadingZeroBitCount
    let divisor = power << UInt64(divisorShift)
    // Halved, so that it is below the divisor, as the division demands.
    let high = (mantissa << UInt64(mantissaShift)) >> 1
    let low = (mantissa << UInt64(mantissaShift)) << 63
    var (quotient, remainder) = divisor.dividingFullWidth((high, low))
    if remainder != 0 { quotient |= 1 }
    let scale = divisorShift - mantissaShift + 1 - 64 + exponent
    return Double(sign: .plus, exponent: scale, significand: Double(quotient))
  }

  /// The product mantissa · 5^k · 2^k, k = exponent, from its exact 128 bits.
  private func roundedProduct() -> Double {
    let (high, low) = mantissa.multipliedFullWidth(by: Self.powersOfFive[exponent])
    guard high != 0 else {
      return Double(sign: .plus, exponent: exponent, significand: Double(low))
    }
    let shift = high.leadingZeroBitCount
    var top = (high << UInt64(shift)) | (shift == 0 ? 0 : low >> UInt64(64 - shift))
    if low << UInt64(shift) != 0 { top |= 1 }
    return Double(sign: .plus, exponent: 64 - shift + exponent, significand: Double(top))
  }

  /// 10^0 … 10^22, the powers of ten that a double holds exactly.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// 5^0 … 5^27, those that 64 bits hold.
  private static let powersOfFive: [UInt64] = (0..<27).reduce(into: [1]) { powers, _ in
    powers.append((powers.last ?? 1) * 5)
  }
}
