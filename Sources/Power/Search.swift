// SPDX-License-Identifier: Apache-2.0

/// The first place where a condition holds that, once true, stays true.
enum Search {
  /// The smallest x in the range at which the condition holds, to the last bits; `nil` if it does not
  /// hold at the range's end.
  static func first(
    in range: ClosedRange<Double>, where holds: (Double) -> Bool
  ) -> Double? {
    guard holds(range.upperBound) else { return nil }
    if holds(range.lowerBound) { return range.lowerBound }
    var (low, high) = (range.lowerBound, range.upperBound)
    while true {
      // Sizes span twelve orders of magnitude: halve the logarithm while the ends are far apart.
      let middle =
        low > 0 && high > 4 * low ? (low * high).squareRoot() : 0.5 * (low + high)
      if middle <= low || middle >= high { return high }
      if holds(middle) { high = middle } else { low = middle }
    }
  }

  /// The same over whole numbers.
  static func first(in range: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int? {
    guard holds(range.upperBound) else { return nil }
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return high
  }
}
