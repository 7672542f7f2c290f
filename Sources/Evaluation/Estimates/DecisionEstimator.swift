// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// Estimates of one decision metric of one model on every slice.
///
/// Unweighted independent rows: counts are multinomial, rates have a closed form, composites get
/// theirs from the counts engine afterwards. Weighted rows: the linearised variance on the logit
/// scale. Clustered rows: the same, summed by cluster.
struct DecisionEstimator {
  let plan: Plan
  let tally: ModelTally
  let model: Int
  let metric: any DecisionMetric

  func estimates(_ clusters: ClusterCovariance?) -> MetricEstimates {
    var result = MetricEstimates(
      metric: metric, model: metric.id == BaseRate().id ? nil : model,
      estimates: plan.slices.slices.indices.map(estimate))
    if let clusters {
      let gradients = plan.slices.slices.indices.map { gradient($0) }
      let rows = plan.rows
      clusters.apply(to: &result) { row, slice in
        guard
          let cell = DecisionCounts.cell(
            label: rows.label(row), decision: rows.decision(model, row))
        else { return 0 }
        return gradients[slice][cell] * rows.weight(row)
      }
      smoothBoundaries(&result, clusters)
    }
    for slice in result.estimates.indices {
      result.estimates[slice].requireSupport(plan.configuration.minimum, metric)
      addInterval(&result, slice)
    }
    return result
  }

  private func estimate(_ slice: Int) -> Estimate {
    let sums = tally.decisions[slice]
    let (rows, weighted) = (DecisionCounts(sums.rows), DecisionCounts(sums.weighted))
    var result = Estimate()
    result.support = metric.support(rows)
    do throws(Undefined) {
      result.value = try metric.value(weighted)
    } catch {
      return .undefined(
        plan.hasLabels || metric.id == SelectionRate().id ? error.reason : "no label column",
        support: result.support)
    }
    if let ratio = metric as? any RatioOfCounts {
      result.numerator = (ratio.numerator * weighted.cells).sum()
      result.denominator = (ratio.denominator * weighted.cells).sum()
    }
    if plan.rows.isSimple {
      result.variance = try? metric.smoothedVariance(rows)
      (result.covarianceWithContext, result.logarithm) = smoothed(slice)
    } else {
      let slope = gradient(slice)
      let correction = result.support > 1 ? result.support / (result.support - 1) : 1
      result.variance = sums.products.form(slope, slope) * correction
      result.covarianceWithContext =
        sums.products.form(slope, gradient(plan.slices.contexts[slice])) * correction
      smoothBoundary(&result, sums)
    }
    return result
  }

  private func gradient(_ slice: Int) -> SIMD8<Double> {
    (try? metric.gradient(DecisionCounts(tally.decisions[slice].weighted))) ?? SIMD8()
  }

  /// From smoothed counts, as replicates reckon them too: the covariance with the context, Σ x̃ ∇∇′,
  /// and value, variance and covariance of the logarithm.
  private func smoothed(_ slice: Int) -> (Double?, Estimate.Logarithm?) {
    let context = DecisionCounts(
      tally.decisions[plan.slices.contexts[slice]].rows + metric.smoothing)
    let own = DecisionCounts(tally.decisions[slice].rows + metric.smoothing)
    guard let slope = try? metric.gradient(own), let value = try? metric.value(own),
      let contextSlope = try? metric.gradient(context),
      let contextValue = try? metric.value(context)
    else { return (nil, nil) }
    let covariance = (own.cells * slope * contextSlope).sum()
    guard metric.comparison == .differenceAndRatio, value > 0, contextValue > 0 else {
      return (covariance, nil)
    }
    let logarithm = Estimate.Logarithm(
      value: Double.log(value), variance: (own.cells * slope * slope).sum() / (value * value),
      covarianceWithContext: covariance / (value * contextValue))
    return (covariance, logarithm)
  }

  /// Clustered rates at an end of their range: each cluster counts as one row of its denominator.
  private func smoothBoundaries(_ result: inout MetricEstimates, _ clusters: ClusterCovariance) {
    guard let rate = metric as? any Rate else { return }
    for slice in result.estimates.indices where !result.estimates[slice].varies {
      let units = clusters.count(in: slice) { row in
        let cell = DecisionCounts.cell(
          label: plan.rows.label(row), decision: plan.rows.decision(model, row))
        return cell.map { rate.denominator[$0] > 0 } ?? false
      }
      smoothBoundary(
        &result.estimates[slice], tally.decisions[slice], units: Double(units))
    }
  }

  /// A weighted rate of exactly 0 or 1 shows no variation; its rows are then counted by their
  /// effective number, smoothed like unweighted ones, and clusters as if each were one row.
  private func smoothBoundary(
    _ estimate: inout Estimate, _ sums: AdditiveTally, units: Double? = nil
  ) {
    guard let rate = metric as? any Rate, let value = estimate.value,
      (estimate.variance ?? 0) <= 1e-30, let weight = estimate.denominator
    else { return }
    let squares = sums.products.form(rate.denominator, rate.denominator)
    let n = (units ?? (squares > 0 ? weight * weight / squares : 0)) + 2
    let smoothed = (value * (n - 2) + 1) / n
    estimate.variance = smoothed * (1 - smoothed) / n
  }

  private func addInterval(_ result: inout MetricEstimates, _ slice: Int) {
    let estimate = result.estimates[slice]
    guard let value = estimate.value else { return }
    let rule = IntervalRule(
      confidence: plan.configuration.confidence, rate: plan.configuration.intervals.rate)
    let isRate = metric is any Rate
    if plan.rows.isSimple {
      // Composites of unweighted counts wait for the counts engine.
      guard isRate, let successes = estimate.numerator, let trials = estimate.denominator else {
        return
      }
      result.estimates[slice].interval = rule.rate(
        successes: successes, trials: trials, isSufficient: estimate.status == .ok)
      return
    }
    result.estimates[slice].interval = rule.studentized(
      value: value, variance: estimate.varies ? estimate.variance ?? 0 : 0,
      scale: IntervalRule.scale(of: metric.range),
      degrees: result.degrees(slice),
      method: plan.rows.isClustered ? "cluster_linearised" : "linearised")
    if result.estimates[slice].interval == nil {
      result.estimates[slice].intervalReason = "no variation among its rows"
    }
  }
}
