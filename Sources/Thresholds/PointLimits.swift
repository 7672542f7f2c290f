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
/// * A sum of rates times weights, such as a mean of two rates or a mean cost: from the limits of all
///   (Zou and Donner's method of variance estimates recovery), value − √(Σ δᵢ² + ρ Σ δᵢ δⱼ) with δ the
///   weight times the distance from the rate to its limit, signed by the weight.
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
  /// Limits of the rates that the metric is a sum of.
  private let parts: [Part]
  private let areDisjoint: Bool

  private struct Part: Sendable {
    var weight: Double
    var limits: PointLimits
    /// With made-up rows of the sum's weight, so that the parts' variances and covariances add up to its
    /// variance.
    var standardErrors: [Double]
  }

  init(_ points: CurvePoints, _ errors: SampleErrors) {
    self.points = points
    self.errors = errors
    guard points.form == nil, let sum = SharesOfCells(points.metric) else {
      parts = []
      areDisjoint = true
      return
    }
    areDisjoint = sum.areDisjoint
    parts = sum.parts.map { weight, rate in
      // Each rate's denominator is as large as the sum's support at least.
      let own = CurvePoints(rate, points.sample, at: points.sufficient)
      let alike = CurvePoints(
        rate, points.sample, at: points.sufficient, units: points.units)
      return Part(
        weight: weight, limits: PointLimits(own, JointErrors([own]).samples[0]),
        standardErrors: JointErrors([alike]).samples[0].standardErrors)
    }
  }

  /// - Parameter column: the place of the threshold among the sufficient ones.
  func limits(_ column: Int, _ critical: CriticalValue) -> Interval {
    let threshold = points.sufficient[column]
    let value = points.values[threshold] ?? 0
    let limits: Interval
    if let form = points.form {
      limits = share(column, threshold, form, critical)
    } else if !parts.isEmpty {
      limits = sum(column, value, critical)
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

  private func sum(_ column: Int, _ value: Double, _ critical: CriticalValue) -> Interval {
    let threshold = points.sufficient[column]
    let limits = parts.map { $0.limits.limits(column, critical) }
    let values = parts.map { $0.limits.points.values[threshold] ?? 0 }
    let correlation = correlation(column)
    func length(_ distances: [Double]) -> Double {
      let squares = distances.reduce(0) { $0 + $1 * $1 }
      let sum = distances.reduce(0, +)
      return max(0, squares + correlation * (sum * sum - squares)).squareRoot()
    }
    /// Down to the limits of the sum, or up: of a rate with a negative weight the other way.
    func distances(down: Bool) -> [Double] {
      parts.indices.map { part in
        let weight = parts[part].weight
        let towards = (weight > 0) == down ? limits[part].low : limits[part].high
        return weight * abs(values[part] - towards)
      }
    }
    return Interval(
      low: value - length(distances(down: true)), high: value + length(distances(down: false)))
  }

  /// One for all pairs of the rates, so that their errors have the sum's; rates of different rows are
  /// unrelated unless clusters make them dependent.
  private func correlation(_ column: Int) -> Double {
    if areDisjoint, !points.sample.isClustered { return 0 }
    let errors = parts.map { $0.weight * $0.standardErrors[column] }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    let sum = errors.reduce(0, +)
    let products = sum * sum - squares
    let own = self.errors.standardErrors[column]
    guard abs(products) > negligible else { return 0 }
    return max(-1, min(1, (own * own - squares) / products))
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
