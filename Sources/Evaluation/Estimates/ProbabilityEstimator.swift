// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// Estimates of one metric of score moments on every slice: influence-function standard errors.
struct ProbabilityEstimator {
  let plan: Plan
  let tally: ModelTally
  let model: Int
  let metric: any ProbabilityMetric

  /// The metric's range, narrowed to [0, 1] for the mean of probabilities.
  static func range(_ metric: any ProbabilityMetric, _ kind: Plan.Model.Kind) -> ClosedRange<Double>
  {
    metric.id == MeanScore().id && kind == .probability ? 0...1 : metric.range
  }

  func estimates(_ clusters: ClusterCovariance?) -> MetricEstimates {
    var result = MetricEstimates(
      metric: metric, model: model, estimates: plan.slices.slices.indices.map(estimate))
    if let clusters {
      let gradients = plan.slices.slices.indices.map { gradient($0) }
      let rows = plan.rows
      clusters.apply(to: &result) { row, slice in
        let score = rows.scores[model][row]
        guard !score.isNaN else { return 0 }
        let moments = ScoreMoments.row(score: score, label: rows.label(row))
        return (gradients[slice] * moments).sum() * rows.weight(row)
      }
    }
    for slice in result.estimates.indices {
      result.estimates[slice].requireSupport(plan.configuration.minimum, metric)
      addInterval(&result, slice)
    }
    return result
  }

  private func estimate(_ slice: Int) -> Estimate {
    let sums = tally.moments[slice]
    var result = Estimate()
    result.support = metric.support(ScoreMoments(sums.rows))
    do throws(Undefined) {
      result.value = try metric.value(ScoreMoments(sums.weighted))
    } catch {
      return .undefined(
        plan.hasLabels || !metric.needsProbability ? error.reason : "no label column",
        support: result.support)
    }
    result.numerator = sums.weighted[metric.numerator]
    result.denominator = sums.weighted[metric.denominator]
    let slope = gradient(slice)
    // Rows that carry information, not the metric's denominator: a ratio may rest on few positives.
    let rows = metric.needsProbability ? sums.rows[2] : sums.rows[0]
    let correction = rows > 1 ? rows / (rows - 1) : 1
    result.variance = max(0, sums.products.form(slope, slope)) * correction
    result.covarianceWithContext =
      sums.products.form(slope, gradient(plan.slices.contexts[slice])) * correction
    // Rounding leaves a trace of variance where every row has the same value: rows that differ by less
    // than a millionth of it do not vary.
    let weight = sums.weighted[metric.denominator]
    var share = SIMD8<Double>()
    share[metric.denominator] = (result.value ?? 0) / weight
    if (result.variance ?? 0) <= 1e-12 * sums.products.form(share, share) { result.variance = 0 }
    return result
  }

  private func gradient(_ slice: Int) -> SIMD8<Double> {
    (try? metric.gradient(ScoreMoments(tally.moments[slice].weighted))) ?? SIMD8()
  }

  private func addInterval(_ result: inout MetricEstimates, _ slice: Int) {
    let estimate = result.estimates[slice]
    guard let value = estimate.value else { return }
    let range = Self.range(metric, plan.models[model].kind)
    result.estimates[slice].interval = IntervalRule(confidence: plan.configuration.confidence)
      .studentized(
        value: value, variance: estimate.varies ? estimate.variance ?? 0 : 0,
        scale: IntervalRule.scale(of: range),
        degrees: result.degrees(slice),
        method: plan.rows.isClustered ? "cluster_linearised" : "influence_function")
    if result.estimates[slice].interval == nil {
      result.estimates[slice].intervalReason = "no variation among its rows"
    }
  }
}
