// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// One metric of one sample at every threshold: values, and what the joint distribution of their
/// errors is reckoned from.
///
/// What `DecisionMetric.smoothing` adds to the cells are made-up rows that are in these cells at
/// every threshold: scores above all thresholds or below them. So the smoothed counts of all
/// thresholds are those of one table, and have a joint covariance. With weights such a row has the
/// weight w̄ = Σw² / Σw of the metric's rows, with which a weighted rate of 0 or 1 gets p̃ (1 − p̃)
/// / ñ, p̃ = (x + 1) / ñ, ñ = effective rows + 2; of a share it can be greater (`MadeUpRow`).
struct CurvePoints: Sendable {
  let metric: any DecisionMetric
  let form: ShareForm?
  let sample: BucketedRows
  /// By threshold.
  var values: [Double?] = []
  var reasons: [String?] = []
  var supports: [Double] = []
  let counts: [DecisionCounts]
  /// The weight of a made-up row.
  var units: [Double] = []
  /// The thresholds with enough support and a gradient.
  var sufficient: [Int] = []
  /// By sufficient threshold, the gradient at the counts as they are and at the smoothed ones.
  var slopes: [SIMD8<Double>] = []
  var smoothedSlopes: [SIMD8<Double>] = []

  /// - Parameters:
  ///   - minimum: the support below which a value has no band.
  ///   - thresholds: those that may be sufficient; all without.
  ///   - units: what a made-up row weighs by threshold; the metric's own (`MadeUpRow`) without.
  init(
    _ metric: any DecisionMetric, _ sample: BucketedRows, minimum: Int = 0,
    at thresholds: [Int]? = nil, units given: [Double]? = nil
  ) {
    self.metric = metric
    form = ShareForm(metric)
    self.sample = sample
    counts = sample.categories.cumulated(sample.weights).map { DecisionCounts($0) }
    let squares = sample.categories.cumulated(sample.squares)
    let rows = sample.categories.cumulated(sample.rows)
    // Those of a ratio's denominator, else the smoothed ones.
    let among = (metric as? any RatioOfCounts)?.denominator ?? metric.smoothing
    let all = SIMD8<Double>(repeating: 0).replacing(with: 1, where: among .> 0)
    let madeUp = MadeUpRow(form, all, weights: counts.map(\.cells), squares: squares, rows: rows)
    for threshold in counts.indices {
      units.append(given?[threshold] ?? madeUp.weight(at: threshold))
      supports.append(metric.support(DecisionCounts(rows[threshold])))
      add(threshold, minimum: minimum, mayBeSufficient: thresholds?.contains(threshold) ?? true)
    }
  }

  private mutating func add(_ threshold: Int, minimum: Int, mayBeSufficient: Bool) {
    do throws(Undefined) {
      values.append(try metric.value(counts[threshold]))
      reasons.append(nil)
    } catch {
      values.append(nil)
      reasons.append(error.reason)
      return
    }
    guard mayBeSufficient else { return }
    let support = Int(supports[threshold])
    guard support >= minimum, support > 0 else {
      reasons[threshold] = "only \(metric.supportText(support)), fewer than \(minimum)"
      return
    }
    guard let slope = try? metric.gradient(counts[threshold]), slope.isFinite,
      let smoothedSlope = try? metric.gradient(smoothed(threshold)), smoothedSlope.isFinite
    else {
      reasons[threshold] = "no standard error"
      return
    }
    sufficient.append(threshold)
    slopes.append(slope)
    smoothedSlopes.append(smoothedSlope)
  }

  /// Whether the rows are independent and count once each: rates then have exact limits.
  var isSimple: Bool { !sample.isWeighted && !sample.isClustered }

  func smoothed(_ threshold: Int) -> DecisionCounts {
    DecisionCounts(counts[threshold].cells + units[threshold] * metric.smoothing)
  }
}

extension SIMD8 where Scalar == Double {
  var isFinite: Bool { indices.allSatisfy { self[$0].isFinite } }
}
