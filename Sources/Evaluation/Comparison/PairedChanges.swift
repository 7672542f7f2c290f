// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule

/// Changes of metrics from one model to another, as estimates of their own: a value, its variance and
/// its covariance with the change on the context, so that gaps of changes are changes of gaps.
///
/// Both models judge the same rows: the variance of a change is that of the differences of the rows'
/// influences, V(b) + V(c) − 2 C(b, c).
struct PairedChanges: Sendable {
  let estimation: Estimation
  let tally: PairedTally?
  private let ranks: PairedRanks?
  private let clusters: ClusterCovariance?

  var plan: Plan { estimation.plan }

  init(_ estimation: Estimation) {
    self.estimation = estimation
    let isClustered = estimation.plan.rows.isClustered
    clusters = isClustered ? ClusterCovariance(estimation.plan) : nil
    tally = isClustered ? nil : PairedTally(estimation.plan, estimation.parallel)
    ranks = isClustered ? nil : PairedRanks(estimation, estimation.parallel)
  }

  /// The change of a metric from an entry of the estimates to the same metric's of another model.
  func change(_ baseline: MetricEstimates, _ candidate: MetricEstimates) -> MetricEstimates {
    var result = candidate
    result.joint = []
    result.estimates = plan.slices.slices.indices.map { slice in
      blank(baseline.estimates[slice], candidate.estimates[slice])
    }
    guard hasInfluence(candidate.metric), let b = baseline.model, let c = candidate.model else {
      return result
    }
    let base = side(baseline, b)
    let other = side(candidate, c)
    if let clusters {
      clusters.apply(to: &result) { row, slice in
        other.influences.influence(row, slice) - base.influences.influence(row, slice)
      }
      return result
    }
    for slice in plan.slices.slices.indices { set(&result.estimates[slice], slice, base, other) }
    return result
  }

  /// The variance of the change on one slice.
  func variance(_ baseline: MetricEstimates, _ candidate: MetricEstimates, slice: Int) -> Double {
    guard hasInfluence(candidate.metric), let b = baseline.model, let c = candidate.model else {
      return 0
    }
    let base = side(baseline, b)
    let other = side(candidate, c)
    if let clusters {
      return clusters.variance(slice) { row in
        other.influences.influence(row, slice) - base.influences.influence(row, slice)
      }
    }
    var change = blank(baseline.estimates[slice], candidate.estimates[slice])
    set(&change, slice, base, other)
    return change.variance ?? 0
  }

  private func side(_ estimates: MetricEstimates, _ model: Int) -> Side {
    Side(
      estimates: estimates, influences: Influences(estimation, estimates, model: model),
      model: model)
  }

  func hasInfluence(_ metric: any Metric) -> Bool {
    metric is any DecisionMetric || metric is any ProbabilityMetric || metric is any RankedMetric
  }

  /// The value and the status of a change.
  private func blank(_ baseline: Estimate, _ candidate: Estimate) -> Estimate {
    var result = Estimate()
    result.support = min(baseline.support, candidate.support)
    (result.status, result.reason) = Status.ofBoth(
      (baseline.status, baseline.reason), (candidate.status, candidate.reason))
    if let b = baseline.value, let c = candidate.value { result.value = c - b }
    return result
  }

  /// One model's part in a change.
  struct Side {
    let estimates: MetricEstimates
    let influences: Influences
    let model: Int
  }

  private func set(_ change: inout Estimate, _ slice: Int, _ b: Side, _ c: Side) {
    guard change.value != nil, let base = b.estimates.estimates[slice].value,
      let candidate = c.estimates.estimates[slice].value
    else { return }
    let metric = c.estimates.metric
    let correction = correction(b.estimates, c.estimates, slice)
    func own(_ first: Side, _ second: Side) -> Double {
      covariance(slice, metric, first, second, correction) ?? 0
    }
    func shared(_ first: Side, _ second: Side) -> Double {
      withContext(slice, metric, first, second) * correction.max()
    }
    let (bb, cc, bc) = (own(b, b), own(c, c), own(b, c))
    // Sums of equal terms that differ by their rounding only are no variation.
    let variance = bb + cc - 2 * bc
    change.variance = variance > 1e-12 * (bb + cc) ? variance : 0
    change.covarianceWithContext = shared(c, c) + shared(b, b) - shared(b, c) - shared(c, b)
    let context = plan.slices.contexts[slice]
    if metric.comparison == .differenceAndRatio, base > 0, candidate > 0,
      let wholeBase = b.estimates.estimates[context].value, wholeBase > 0,
      let whole = c.estimates.estimates[context].value, whole > 0
    {
      let relative =
        bb / (base * base) + cc / (candidate * candidate) - 2 * bc / (base * candidate)
      let cross =
        shared(c, c) / (candidate * whole) + shared(b, b) / (base * wholeBase)
        - shared(b, c) / (base * whole) - shared(c, b) / (candidate * wholeBase)
      change.logarithm = Estimate.Logarithm(
        value: Double.log(candidate) - Double.log(base), variance: max(0, relative),
        covarianceWithContext: cross)
    }
    smooth(&change, slice, b, c)
  }

  /// By how much sums over few rows fall short: for positives and for negatives.
  private func correction(_ baseline: MetricEstimates, _ candidate: MetricEstimates, _ slice: Int)
    -> SIMD2<Double>
  {
    let support = min(baseline.estimates[slice].support, candidate.estimates[slice].support)
    func factor(_ rows: Double) -> Double { rows > 1 ? rows / (rows - 1) : 1 }
    switch candidate.metric {
    case is AreaUnderROC, is AveragePrecision:
      let found = [baseline, candidate].compactMap { entry in
        entry.model.flatMap { estimation.ranked[$0]?[slice] }
      }
      guard !plan.rows.isWeighted, let positives = found.map(\.positives).min(),
        let negatives = found.map(\.negatives).min()
      else { return SIMD2(1, 1) }
      return candidate.metric is AveragePrecision
        ? SIMD2(AveragePrecision.leftOut(positives), AveragePrecision.leftOut(negatives))
        : SIMD2(factor(positives), factor(negatives))
    case is any RankedMetric: return SIMD2(1, 1)
    default: return SIMD2(repeating: factor(support))
    }
  }

  private func covariance(
    _ slice: Int, _ metric: any Metric, _ one: Side, _ other: Side, _ correction: SIMD2<Double>
  ) -> Double? {
    switch (one.influences.forms[slice], other.influences.forms[slice]) {
    case (.decisions(let left)?, .decisions(let right)?):
      return tally.map {
        $0.form(slice, .decisions, one.model, left, other.model, right) * correction[0]
      }
    case (.moments(let left)?, .moments(let right)?):
      return tally.map {
        $0.form(slice, .moments, one.model, left, other.model, right) * correction[0]
      }
    case (.ranked?, .ranked?):
      return ranks?.covariance(
        metric.id, slice, one.model, other.model, corrections: correction)
    default: return nil
    }
  }

  /// With the same metric on the slice's context.
  private func withContext(_ slice: Int, _ metric: any Metric, _ own: Side, _ other: Side) -> Double
  {
    let context = plan.slices.contexts[slice]
    switch (own.influences.forms[slice], other.influences.forms[context]) {
    case (.decisions(let left)?, .decisions(let right)?):
      return tally?.form(slice, .decisions, own.model, left, other.model, right) ?? 0
    case (.moments(let left)?, .moments(let right)?):
      return tally?.form(slice, .moments, own.model, left, other.model, right) ?? 0
    case (.ranked?, .ranked?):
      return ranks?.covariance(metric.id, slice, own.model, withContextOf: other.model) ?? 0
    default: return 0
    }
  }
}
