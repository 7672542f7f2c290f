// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Turns values and variances into intervals, one rule for all metrics.
struct IntervalRule: Sendable {
  var confidence: Double
  var rate = IntervalChoice.Rate.clopperPearson

  private var tail: Double { (1 + confidence) / 2 }

  /// The chosen interval of a rate of unweighted independent rows; the exact one where rows are too
  /// few, `nil` where it waits for replicates.
  func rate(successes: Double, trials: Double, isSufficient: Bool) -> ReportedInterval? {
    let choice = isSufficient ? rate : .clopperPearson
    let interval: Interval
    switch choice {
    case .wilson:
      interval = Wilson.interval(successes: successes, trials: trials, confidence: confidence)
    case .clopperPearson:
      interval = ClopperPearson.interval(
        successes: successes, trials: trials, confidence: confidence)
    case .jeffreys:
      interval = Jeffreys.interval(successes: successes, trials: trials, confidence: confidence)
    case .bootstrap: return nil
    }
    return ReportedInterval(
      low: interval.low, high: interval.high, level: confidence, method: choice.rawValue)
  }

  /// A studentized interval on a scale; `nil` without variation.
  func studentized(
    value: Double, variance: Double, scale: Scale, degrees: Double, method: String
  ) -> ReportedInterval? {
    guard variance > 0, variance.isFinite else { return nil }
    let critical = StudentT.quantile(tail, degreesOfFreedom: degrees)
    let interval = scale.interval(
      value: value, standardError: variance.squareRoot(), critical: critical)
    guard interval.high > interval.low else { return nil }
    return ReportedInterval(
      low: interval.low, high: interval.high, level: confidence, method: method)
  }

  /// The scale on which a metric's studentized interval is formed.
  static func scale(of range: ClosedRange<Double>) -> Scale {
    switch (range.lowerBound, range.upperBound) {
    case (0, 1): .logit
    case (-1, 1): .fisherZ
    case (0, .infinity): .logarithm
    default: .identity
    }
  }
}
