// SPDX-License-Identifier: Apache-2.0

/// The basic ("reverse percentile") bootstrap interval: T* − T stands for T − θ.
///
/// [2T − q_high, 2T − q_low], the percentile interval reflected at the estimate. It removes the
/// bias that the percentile interval doubles, is first-order accurate too, and can leave the
/// range of the quantity: limits are not clipped.
///
/// Source: Davison & Hinkley 1997, "Bootstrap Methods and their Application", chapter 5.
public struct BasicBootstrap: BootstrapMethod {
  private let value: Double
  private let percentile: PercentileBootstrap

  /// - Parameters:
  ///   - value: the estimate T, finite.
  ///   - replicates: T* in any order; NaN stands for an undefined one and is left out.
  public init(value: Double, replicates: [Double]) {
    precondition(value.isFinite)
    self.value = value
    percentile = PercentileBootstrap(replicates: replicates)
  }

  /// The equal-tailed interval; nil where `PercentileBootstrap` has none.
  public func limits(confidence: Double) -> BootstrapInterval? {
    guard let limits = percentile.limits(confidence: confidence) else { return nil }
    let (low, high) = (2 * value - limits.interval.high, 2 * value - limits.interval.low)
    return BootstrapInterval(
      interval: Interval(low: low, high: high),
      monteCarloError: (limits.monteCarloError.high, limits.monteCarloError.low))
  }
}
