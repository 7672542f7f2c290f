// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// Estimates curves over thresholds with simultaneous bands.
///
/// The errors at all thresholds of a curve are jointly normal with the covariance of the counts that
/// they are computed from. The critical value c is the quantile of their largest |z|, by draws; the
/// band at each threshold is the interval that has c for its critical value:
///
/// * a rate of rows that count once each: Clopper and Pearson's limits of confidence 2 Φ(c) − 1, which
///   are exact at each threshold;
/// * else value ± c · standard error on the scale of the metric's range (`Scale`).
///
/// Results depend on the settings and the rows only, not on threads.
package struct CurveEstimator: Sendable {
  package let settings: CurveSettings

  package init(_ settings: CurveSettings) {
    self.settings = settings
  }

  /// A metric of a sample at every threshold.
  ///
  /// - Complexity: T³ + draws · T², and entries · T for clustered rows.
  package func curve(_ metric: any DecisionMetric, _ sample: BucketedRows) -> ThresholdCurve {
    let points = CurvePoints(metric, sample, minimum: settings.minimum)
    var curve = ThresholdCurve(thresholds: sample.thresholds)
    curve.values = points.values
    curve.reasons = points.reasons
    let joint = JointErrors([points])
    let errors = joint.samples[0].standardErrors
    let columns = errors.indices.filter { errors[$0] > 0 }
    for column in errors.indices where errors[column] == 0 {
      curve.reasons[points.sufficient[column]] = "no variation among its rows"
    }
    guard !columns.isEmpty else { return curve }
    let critical = critical(joint, [columns.map { joint.contrast(sample: 0, column: $0) }])
    curve.critical = critical
    for column in columns {
      let threshold = points.sufficient[column]
      guard let value = points.values[threshold] else { continue }
      let band = band(points, threshold, value, errors[column], critical)
      curve.low[threshold] = min(value, band.low)
      curve.high[threshold] = max(value, band.high)
    }
    return curve
  }

  /// The standard errors at the sufficient thresholds, 0 where nothing varies, and the correlations
  /// between them.
  package func errors(
    _ metric: any DecisionMetric, _ sample: BucketedRows
  ) -> (thresholds: [Int], standardErrors: [Double], correlations: [[Double]]) {
    let points = CurvePoints(metric, sample, minimum: settings.minimum)
    let joint = JointErrors([points])
    let errors = joint.samples[0].standardErrors
    let correlations = errors.indices.map { row in
      errors.indices.map { joint.correlation((0, row), (0, $0)) }
    }
    return (points.sufficient, errors, correlations)
  }

  func critical(_ joint: JointErrors, _ family: [[JointErrors.Contrast]]) -> Double {
    CriticalValues(confidence: settings.confidence, degrees: joint.degrees).twoSided(
      joint.maxima(family, settings, twoSided: true)[0], size: family[0].count)
  }

  private func band(
    _ points: CurvePoints, _ threshold: Int, _ value: Double, _ error: Double, _ critical: Double
  ) -> Interval {
    let metric = points.metric
    if points.isSimple, let rate = metric as? any Rate {
      let cells = points.counts[threshold].cells
      return ClopperPearson.interval(
        successes: (rate.numerator * cells).sum(), trials: (rate.denominator * cells).sum(),
        confidence: 1 - 2 * Normal.cumulative(-critical))
    }
    let range = metric.range
    let interval = Self.scale(of: range).interval(
      value: value, standardError: error, critical: critical)
    return Interval(
      low: max(range.lowerBound, interval.low), high: min(range.upperBound, interval.high))
  }

  /// The scale on which a metric's limits are formed.
  private static func scale(of range: ClosedRange<Double>) -> Scale {
    switch (range.lowerBound, range.upperBound) {
    case (0, 1): .logit
    case (-1, 1): .fisherZ
    case (0, .infinity): .logarithm
    default: .identity
    }
  }
}
