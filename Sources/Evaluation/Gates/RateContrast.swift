// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// A comparison of the rates of two slices of unweighted, independent rows, by the method that a
/// scorecard uses by default.
package enum RateContrast: Sendable, Equatable {
  case difference, ratio
  /// To all rows, the slice's own among them.
  case ratioToAll

  /// The interval of one comparison by itself; `nil` where the two share all rows.
  package func interval(_ sample: Proportion, _ reference: Proportion, confidence: Double)
    -> ReportedInterval?
  {
    let critical = Normal.critical(confidence: confidence)
    let method: ScoreMethod?
    switch self {
    case .difference: method = ScoreMethod(IntervalChoice.Difference.newcombeT)
    case .ratio: method = ScoreMethod(IntervalChoice.Ratio.koopmanT)
    case .ratioToAll:
      guard sample.trials < reference.trials else { return nil }
      method = ScoreMethod(IntervalChoice.Ratio.koopmanT, againstAll: true)
    }
    guard let method else { return nil }
    let limits = method.interval(sample, reference, critical: critical)
    return ReportedInterval(
      low: limits.low, high: limits.high.isFinite ? limits.high : nil, level: confidence,
      method: method.name)
  }
}
