// SPDX-License-Identifier: Apache-2.0

/// Powers of ten, as far as decimal numbers within the range of Double need them.
enum PowersOfTen {
  /// 10^0 … 10^22, those that a double holds exactly.
  static let exact: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Beyond these exponents, a number of up to 19 digits is zero or infinite.
  static let exponents = -342...308

  /// The top 128 bits of 5^q for each exponent q: truncated, but one more for −27 … −1, so that a
  /// product with a multiple of the reciprocal's divisor is not too low.
  ///
  /// Computed once, in less than a tenth of a millisecond.
  static let fives: [(high: UInt64, low: UInt64)] = {
    // 2^1024 / 5^k, k = 0 … 342, has at least 229 bits; truncation to a whole number after every
    // division truncates their product only once.
    var reciprocals: [(high: UInt64, low: UInt64)] = []
    var whole = LimbedInteger(limbs: [UInt64](repeating: 0, count: 16) + [1])
    for exponent in 1...(-exponents.lowerBound) {
      whole.divideByFive()
      let (high, low) = whole.top
      reciprocals.append(exponent <= 27 ? (high, low + 1) : (high, low))
    }
    var powers: [(high: UInt64, low: UInt64)] = []
    whole = LimbedInteger(limbs: [1])
    for _ in 0...exponents.upperBound {
      powers.append(whole.top)
      whole.multiplyByFive()
    }
    return reciprocals.reversed() + powers
  }()
}

/// A positive integer of any size, the lowest limb first, without zeros at the top.
private struct LimbedInteger {
  var limbs: [UInt64]

  mutating func multiplyByFive() {
    var carry: UInt64 = 0
    for i in limbs.indices {
      let (high, low) = limbs[i].multipliedFullWidth(by: 5)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      limbs[i] = sum
      carry = high + (overflow ? 1 : 0)
    }
    if carry > 0 { limbs.append(carry) }
  }

  mutating func divideByFive() {
    var remainder: UInt64 = 0
    for i in limbs.indices.reversed() {
      (limbs[i], remainder) = (5 as UInt64).dividingFullWidth((remainder, limbs[i]))
    }
    if limbs.last == 0 { limbs.removeLast() }
  }

  /// The 128 bits from the highest one on.
  var top: (high: UInt64, low: UInt64) {
    let limb = { (i: Int) in i >= 0 ? limbs[i] : 0 }
    let last = limbs.count - 1
    let shift = UInt64(limb(last).leadingZeroBitCount)
    // A shift by 64 gives 0.
    return (
      limb(last) << shift | limb(last - 1) >> (64 - shift),
      limb(last - 1) << shift | limb(last - 2) >> (64 - shift)
    )
  }
}
