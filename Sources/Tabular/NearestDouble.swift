// SPDX-License-Identifier: Apache-2.0

/// The double nearest to `digits · 10^exponent`, ties to even, for `digits` above 0; nil if it is
/// infinite, or if the top 128 bits of the power do not tell.
///
/// The algorithm of Eisel and Lemire (Lemire 2021, doi:10.1002/spe.2984): the top bits of the product
/// of the digits with a truncated power of five are those of the exact product, unless a carry from
/// the bits left out could run through all bits below the ones kept.
func nearestDouble(_ digits: UInt64, _ exponent: Int) -> Double? {
  if exponent < PowersOfTen.exponents.lowerBound { return 0 }
  guard exponent <= PowersOfTen.exponents.upperBound else { return nil }
  let leadingZeros = digits.leadingZeroBitCount
  let normalized = digits << UInt64(leadingZeros)
  let five = PowersOfTen.fives[exponent - PowersOfTen.exponents.lowerBound]
  var (high, low) = normalized.multipliedFullWidth(by: five.high)
  // 55 bits are kept: 53, one to round by, and one because the highest may be zero.
  if high & 0x1FF == 0x1FF {
    let (sum, overflow) = low.addingReportingOverflow(
      normalized.multipliedFullWidth(by: five.low).high)
    low = sum
    if overflow { high &+= 1 }
    // Powers that 128 bits hold, or whose reciprocals are short, are safe.
    if low == .max && !(-27...55).contains(exponent) { return nil }
  }
  let top = Int(high >> 63)
  let shift = UInt64(top + 9)
  var significand = high >> shift
  // log2(10) · 2^16 = 217706; 1023 is the bias of a double's exponent.
  let power = (217_706 * exponent) >> 16 + 63 + top - leadingZeros + 1023
  if power <= 0 { return subnormal(significand, 1 - power) }
  // Only small powers can make the product end exactly halfway between two doubles; then the even
  // one is below if its last bit is zero.
  if low <= 1 && (-4...23).contains(exponent) && significand & 3 == 1
    && significand << shift == high
  {
    significand &= ~1
  }
  significand = (significand + (significand & 1)) >> 1
  let carry = Int(significand >> 53)
  guard power + carry < 0x7FF else { return nil }
  let fraction = (significand >> UInt64(carry)) & (1 << 52 - 1)
  return Double(bitPattern: UInt64(power + carry) << 52 | fraction)
}

/// The double for a significand of 54 bits that lies `shift` bits too low for a normal one.
///
/// No decimal of 19 digits lies halfway between two subnormal numbers.
private func subnormal(_ significand: UInt64, _ shift: Int) -> Double {
  guard shift < 64 else { return 0 }
  let shifted = significand >> UInt64(shift)
  // A carry into the exponent's bits gives the least normal number, as it must.
  return Double(bitPattern: (shifted + (shifted & 1)) >> 1)
}
