// SPDX-License-Identifier: Apache-2.0

/// The percentile bootstrap interval: the tails of the replicates cut off.
///
/// Carried along by every monotone transformation of the quantity, and never outside its range,
/// but only first-order accurate: the bias of the estimate is doubled, not removed. Never for a
/// quantity whose null value is the end of its range, such as a max-min gap: the replicates then
/// stay away from the truth.
///
/// Source: Efron & Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13.
public struct PercentileBootstrap: BootstrapMethod {
  private let replicates: [Double]

  /// - Parameter replicates: in any order; NaN stands for an undefined one and is left out.
  public init(replicates: [Double]) {
    self.replicates = replicates.filter { !$0.isNaN }
  }

  /// The equal-tailed interval; nil with fewer than two replicates and where the limits coincide,
  /// as when all rows agree: such replicates tell nothing about the uncertainty.
  public func limits(confidence: Double) -> BootstrapInterval? {
    precondition(confidence > 0 && confidence < 1)
    guard replicates.count >= 2 else { return nil }
    var ordered = replicates
    let low = ReplicateQuantile(lowerTail: (1 - confidence) / 2, of: &ordered)
    let high = ReplicateQuantile(upperTail: (1 - confidence) / 2, of: &ordered)
    guard low.value < high.value else { return nil }
    return BootstrapInterval(
      interval: Interval(low: low.value, high: high.value),
      monteCarloError: (low.error(), high.error()))
  }
}
