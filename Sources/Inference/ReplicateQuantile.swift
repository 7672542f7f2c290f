// SPDX-License-Identifier: Apache-2.0

/// An order statistic of replicates, and the two beside it that tell its Monte-Carlo error.
struct ReplicateQuantile {
  /// The order statistic.
  let value: Double
  private let below: Double
  private let above: Double
  /// The standard error of the rank over the distance in ranks from `below` to `above`.
  private let slope: Double

  /// The quantile that cuts off the lower tail: rank ⌊(B + 1) p⌋, at least 1.
  ///
  /// - Parameters:
  ///   - replicates: at least two, no NaN; reordered.
  ///   - deviation: the standard error of the rank; √(B p (1 − p)) when not given.
  init(
    lowerTail probability: Double, of replicates: inout [Double], deviation: Double? = nil
  ) {
    let rank = Self.rank(probability, replicates.count)
    self.init(
      rank: max(1, rank), exists: rank >= 1, of: &replicates,
      deviation: deviation ?? Self.deviation(probability, replicates.count))
  }

  /// The quantile that cuts off the upper tail: rank B + 1 − ⌊(B + 1) p⌋, at most B.
  init(
    upperTail probability: Double, of replicates: inout [Double], deviation: Double? = nil
  ) {
    let rank = Self.rank(probability, replicates.count)
    self.init(
      rank: replicates.count + 1 - max(1, rank), exists: rank >= 1, of: &replicates,
      deviation: deviation ?? Self.deviation(probability, replicates.count))
  }

  private init(rank: Int, exists: Bool, of replicates: inout [Double], deviation: Double) {
    let reach = max(1, Int(deviation.rounded()))
    let (low, high) = (max(1, rank - reach), min(replicates.count, rank + reach))
    value = Selection.smallest(rank, in: &replicates)
    below = Selection.smallest(low, in: &replicates)
    above = Selection.smallest(high, in: &replicates)
    slope = exists ? deviation / Double(high - low) : .infinity
  }

  /// The Monte-Carlo standard error of a limit that is a monotone function of the quantile.
  func error(of limit: (Double) -> Double = { $0 }) -> Double {
    if slope.isInfinite { return slope }
    let (first, last) = (limit(below), limit(above))
    return first == last ? 0 : slope * (last - first).magnitude
  }

  /// The tolerance keeps (B + 1) p that should be whole from being rounded down.
  private static func rank(_ probability: Double, _ count: Int) -> Int {
    precondition(probability >= 0 && probability <= 1)
    return min(count, Int((probability * Double(count + 1) + 1e-9).rounded(.down)))
  }

  private static func deviation(_ probability: Double, _ count: Int) -> Double {
    (Double(count) * probability * (1 - probability)).squareRoot()
  }
}
