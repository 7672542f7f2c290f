// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// The limits of a sample's curve at one threshold, for any critical value.
///
/// * What depends on a share s alone (`ShareForm`): Clopper and Pearson's limits of s at confidence
///   2 Φ(c) − 1, exact for rows that count once each. Else, after Korn and Graubard, of an
///   effective number of rows: the smallest of s̃ (1 − s̃) / ṽ − m, from the share and its variance
///   smoothed by m rows, of Kish's (Σw)² / Σw² and, with clusters, of s (1 − s) / v with the
///   cluster variance v; times (c / t)² for Student's t.
/// * A mean of two rates: from the limits of both (Zou and Donner's method of variance estimates
///   recovery), value − √(δ₁² + δ₂² + 2 ρ δ₁ δ₂) / 2 with δ the distance from rate to limit.
/// * Anything else: value ± c · standard error on the scale of the range.
///
/// Normal limits of rates and means of rates fell far short of their confidence at thresholds above
/// or below nearly all scores, where few rows decide.
///
/// Source: Korn & Graubard 1998, Survey Methodology 24, 193; Zou & Donner 2008,
/// doi:10.1002/sim.3095.
struct PointLimits: Sendable {
  let points: CurvePoints
  let errors: SampleErrors
  /// Limits of the rates that the metric is the mean of.
  private let parts: [PointLimits]

  init(_ points: CurvePoints, _ errors: SampleErrors) {
    self.points = points
    self.errors = errors
    guard let mean = points.metric as? any MeanOfRates else {
      parts = []
      return
    }
    parts = [mean.first as any DecisionMetric, mean.second].map { rate in
      // Each rate's denominator is as large as the mean's support at least.
      let points = CurvePoints(rate, points.sample, at: points.sufficient)
      return PointLimits(points, JointErrors([points]).samples[0])
    }
  }

  /// - Parameter column: the place of the threshold among the sufficient ones.
  func limits(_ column: Int, _ critical: CriticalValue) -> Interval {
    let threshold = points.sufficient[column]
    let value = points.values[threshold] ?? 0
    let limits: Interval
    if let form = points.form {
      limits = share(column, threshold, form, critical)
    } else if parts.count == 2 {
      limits = mean(column, value, critical)
    } else {
      limits = Self.scale(of: points.metric.range).interval(
        value: value, standardError: errors.standardErrors[column],
        critical: critical.studentized)
    }
    let range = points.metric.range
    return Interval(
      low: min(value, max(range.lowerBound, limits.low)),
      high: max(value, min(range.upperBound, limits.high)))
  }

  private func share(
    _ column: Int, _ threshold: Int, _ form: ShareForm, _ critical: CriticalValue
  ) -> Interval {
    let cells = points.counts[threshold].cells
    let share = form.share(of: cells)
    var trials = (form.cells * cells).sum()
    if !points.isSimple {
      let shrinking = critical.normal / critical.studentized
      trials = max(1, effectiveRows(column, threshold, form) * shrinking * shrinking)
    }
    let successes = points.isSimple ? (form.counted * cells).sum() : share * trials
    let interval = ClopperPearson.interval(
      successes: min(trials, successes), trials: trials,
      confidence: 1 - 2 * Normal.cumulative(-critical.normal))
    return Interval(low: form.value(of: interval.low), high: form.value(of: interval.high))
  }

  /// How many rows of weight one would have the variance of the share.
  private func effectiveRows(_ column: Int, _ threshold: Int, _ form: ShareForm) -> Double {
    let share = form.share(of: points.smoothed(threshold).cells)
    let error = errors.rowErrors[column] / form.slope(at: share)
    let added = (form.cells * points.metric.smoothing).sum()
    // Kish's number: weights that seem to go with the outcome by chance gain nothing.
    let kish = (form.cells * points.counts[threshold].cells).sum() / points.units[threshold]
    let rows = min(kish, share * (1 - share) / (error * error) - added)
    guard errors.standardErrors[column] > errors.rowErrors[column] else { return rows }
    let own = form.share(of: points.counts[threshold].cells)
    // Without variation the standard error is that of a smoothed share, of two rows more.
    let isEmpty = own == 0 || own == 1
    let centre = isEmpty ? form.share(ofValue: errors.centres[column]) : own
    let clustered = errors.standardErrors[column] / form.slope(at: centre)
    return min(rows, centre * (1 - centre) / (clustered * clustered) - (isEmpty ? 2 : 0))
  }

  private func mean(_ column: Int, _ value: Double, _ critical: CriticalValue) -> Interval {
    let limits = parts.map { $0.limits(column, critical) }
    let threshold = points.sufficient[column]
    let values = parts.map { $0.points.values[threshold] ?? 0 }
    let (a, b) = (parts[0].errors.standardErrors[column], parts[1].errors.standardErrors[column])
    // The denominators are disjoint, so that only clusters make the rates dependent.
    let mean = errors.standardErrors[column]
    let correlation =
      points.sample.isClustered
      ? max(-1, min(1, (4 * mean * mean - a * a - b * b) / (2 * a * b))) : 0
    func length(_ x: Double, _ y: Double) -> Double {
      max(0, x * x + y * y + 2 * correlation * x * y).squareRoot() / 2
    }
    return Interval(
      low: value - length(values[0] - limits[0].low, values[1] - limits[1].low),
      high: value + length(limits[0].high - values[0], limits[1].high - values[1]))
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
