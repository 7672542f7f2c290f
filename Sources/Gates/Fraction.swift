// SPDX-License-Identifier: Apache-2.0

/// A ratio of whole numbers, held against a decimal limit without rounding: 3/5 over 6/8 is exactly 0.8.
struct Fraction: Sendable, Equatable {
  let numerator: Int128
  /// Positive.
  let denominator: Int128

  /// `nil` unless both are whole, exact as doubles, and the denominator is positive.
  init?(_ numerator: Double, _ denominator: Double) {
    guard denominator > 0, let above = Int128(exactly: numerator),
      let below = Int128(exactly: denominator), abs(numerator) <= 0x1p53, denominator <= 0x1p53
    else { return nil }
    (self.numerator, self.denominator) = (above, below)
  }

  private init?(
    _ numerator: (partialValue: Int128, overflow: Bool),
    _ denominator: (partialValue: Int128, overflow: Bool)
  ) {
    guard !numerator.overflow, !denominator.overflow, denominator.partialValue > 0 else {
      return nil
    }
    (self.numerator, self.denominator) = (numerator.partialValue, denominator.partialValue)
  }

  /// self − other; `nil` where the numbers grow too large.
  func minus(_ other: Fraction) -> Fraction? {
    let left = numerator.multipliedReportingOverflow(by: other.denominator)
    let right = other.numerator.multipliedReportingOverflow(by: denominator)
    guard !left.overflow, !right.overflow else { return nil }
    return Fraction(
      left.partialValue.subtractingReportingOverflow(right.partialValue),
      denominator.multipliedReportingOverflow(by: other.denominator))
  }

  /// self ÷ other; `nil` where that is not positive, or the numbers grow too large.
  func over(_ other: Fraction) -> Fraction? {
    Fraction(
      numerator.multipliedReportingOverflow(by: other.denominator),
      denominator.multipliedReportingOverflow(by: other.numerator))
  }

  /// −1, 0 or 1 as the fraction is below, at or above the decimal number that the limit is written as;
  /// `nil` where the numbers grow too large.
  func sign(against limit: Double) -> Int? {
    guard let decimal = Self.decimal(limit) else { return nil }
    var left = (partialValue: numerator, overflow: false)
    var right = decimal.digits.multipliedReportingOverflow(by: denominator)
    for _ in 0..<decimal.power.magnitude {
      guard !left.overflow, !right.overflow else { return nil }
      if decimal.power < 0 {
        left = left.partialValue.multipliedReportingOverflow(by: 10)
      } else {
        right = right.partialValue.multipliedReportingOverflow(by: 10)
      }
    }
    guard !left.overflow, !right.overflow else { return nil }
    return left.partialValue == right.partialValue
      ? 0 : left.partialValue < right.partialValue ? -1 : 1
  }

  /// The shortest decimal that reads as the number: digits · 10^power.
  private static func decimal(_ value: Double) -> (digits: Int128, power: Int)? {
    guard value.isFinite else { return nil }
    let parts = value.description.split(separator: "e", maxSplits: 1)
    guard let mantissa = parts.first else { return nil }
    var power = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let pieces = mantissa.split(separator: ".", maxSplits: 1)
    let decimals = pieces.count == 2 && pieces[1] != "0" ? String(pieces[1]) : ""
    power -= decimals.count
    guard let whole = pieces.first, let digits = Int128(whole + decimals) else { return nil }
    return (digits, power)
  }
}
