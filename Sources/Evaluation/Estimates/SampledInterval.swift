// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Turns the replicates of one number into its interval, by the method that was asked for.
struct SampledInterval: Sendable {
  var method: IntervalChoice.Bootstrap
  var confidence: Double
  /// The metric's range, which limits are kept within.
  var range: ClosedRange<Double>
  var scale: Scale
  /// Whether replicates draw whole clusters.
  var isClustered = false

  /// Whether the method works on pivots t* rather than on the replicates T* themselves.
  static func needsPivots(_ method: IntervalChoice.Bootstrap) -> Bool { method == .studentized }

  /// Gives `estimate` its interval, or the reason why it has none.
  ///
  /// - Parameters:
  ///   - samples: t* or T*, by `needsPivots`.
  ///   - acceleration: of BCa, from the influence of the rows; `nil` where no row has any.
  func apply(to estimate: inout Estimate, samples: [Double], acceleration: () -> Double?) {
    guard let value = estimate.value, let variance = estimate.variance, variance > 0 else {
      estimate.intervalReason = "no standard error"
      return
    }
    guard let limits = limits(value, variance.squareRoot(), samples, acceleration) else {
      estimate.interval = nil
      estimate.intervalReason = "the replicates do not vary on both sides of the value"
      return
    }
    let low = max(range.lowerBound, limits.interval.low)
    let high = min(range.upperBound, limits.interval.high)
    let error = limits.monteCarloError
    let interval = rounded(
      ReportedInterval(
        low: low, high: high, level: confidence, method: name,
        monteCarloError: MonteCarloError(low: error.low, high: error.high)),
      containing: value)
    guard interval.low < interval.high ?? .infinity else {
      estimate.interval = nil
      estimate.intervalReason = "no variation among its rows"
      return
    }
    estimate.interval = interval
  }

  /// The limits, but none nearer to the value than normal theory's, whose standard error is smoothed:
  /// with few rows the replicates' own errors are smoothed too, and make pivots too small.
  private func atLeastNormal(
    _ limits: BootstrapInterval, _ value: Double, _ standardError: Double
  ) -> BootstrapInterval {
    let normal = scale.interval(
      value: value, standardError: standardError, critical: Normal.critical(confidence: confidence))
    let own = limits.interval
    return BootstrapInterval(
      interval: Interval(low: min(own.low, normal.low), high: max(own.high, normal.high)),
      monteCarloError: (
        own.low <= normal.low ? limits.monteCarloError.low : 0,
        own.high >= normal.high ? limits.monteCarloError.high : 0
      ))
  }

  private var name: String { isClustered ? "cluster_bootstrap" : "\(method.rawValue)_bootstrap" }

  private func limits(
    _ value: Double, _ standardError: Double, _ samples: [Double], _ acceleration: () -> Double?
  ) -> BootstrapInterval? {
    switch method {
    case .studentized:
      let limits = StudentizedBootstrap(
        value: value, standardError: standardError, pivots: samples
      ).limits(confidence: confidence, scale: scale)
      return atLeastNormal(limits, value, standardError)
    case .percentile:
      return PercentileBootstrap(replicates: samples).limits(confidence: confidence)
    case .basic:
      return BasicBootstrap(value: value, replicates: samples).limits(confidence: confidence)
    case .bca:
      guard let acceleration = acceleration() else { return nil }
      return BCaBootstrap(value: value, replicates: samples, acceleration: acceleration)
        .limits(confidence: confidence)
    }
  }
}
