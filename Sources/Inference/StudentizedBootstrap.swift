// SPDX-License-Identifier: Apache-2.0

/// The studentized bootstrap (bootstrap-t) interval.
///
/// The pivots t* = (T* − T) / se* of the replicates stand for the unknown (T − θ) / se:
/// limits T − q_high · se and T − q_low · se. Second-order accurate where each replicate has its
/// own standard error.
///
/// Source: Efron & Tibshirani 1993, chapter 12; Hall 1988, doi:10.1214/aos/1176350933.
public struct StudentizedBootstrap: BootstrapMethod {
  private let value: Double
  private let standardError: Double
  private let pivots: [Double]

  /// - Parameters:
  ///   - value: the estimate T.
  ///   - standardError: of the estimate, positive.
  ///   - pivots: t* of the replicates in any order; those that are not finite are left out.
  public init(value: Double, standardError: Double, pivots: [Double]) {
    self.value = value
    self.standardError = standardError
    self.pivots = pivots.filter(\.isFinite)
  }

  /// The equal-tailed interval on a scale, the delta method carrying the standard error.
  ///
  /// Pivots that are all the same (or missing) tell nothing, as when every row agrees: the normal
  /// distribution's critical values then stand in, which have no Monte-Carlo error.
  public func limits(confidence: Double, scale: Scale) -> BootstrapInterval {
    precondition(confidence > 0 && confidence < 1)
    let tail = (1 - confidence) / 2
    var ordered = pivots
    guard ordered.count >= 2 else { return normal(confidence, scale) }
    let low = ReplicateQuantile(lowerTail: tail, of: &ordered)
    let high = ReplicateQuantile(upperTail: tail, of: &ordered)
    guard low.value < high.value else { return normal(confidence, scale) }
    return BootstrapInterval(
      interval: interval(high.value, low.value, scale),
      monteCarloError: (
        high.error { interval($0, low.value, scale).low },
        low.error { interval(high.value, $0, scale).high }
      ))
  }

  /// The equal-tailed interval on the scale of the value itself; never nil.
  public func limits(confidence: Double) -> BootstrapInterval? {
    limits(confidence: confidence, scale: .identity)
  }

  /// The interval alone.
  public func interval(confidence: Double, scale: Scale) -> Interval {
    limits(confidence: confidence, scale: scale).interval
  }

  private func interval(_ high: Double, _ low: Double, _ scale: Scale) -> Interval {
    scale.interval(value: value, standardError: standardError, lower: high, upper: -low)
  }

  private func normal(_ confidence: Double, _ scale: Scale) -> BootstrapInterval {
    let critical = Normal.critical(confidence: confidence)
    return BootstrapInterval(
      interval: scale.interval(value: value, standardError: standardError, critical: critical),
      monteCarloError: (0, 0))
  }
}
