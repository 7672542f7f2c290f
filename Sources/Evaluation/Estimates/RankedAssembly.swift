// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension RankedEstimator {
  /// The estimates of the ranked metric at a place of the catalogue, with their intervals.
  func rankedEstimates(_ index: Int, _ found: [Found], _ clusters: ClusterCovariance?)
    -> MetricEstimates
  {
    let metric = catalogue.ranked[index]
    var result = MetricEstimates(
      metric: metric, model: model, estimates: found.map { $0.ranked[index] })
    if let clusters {
      let rows = plan.rows
      let scores = rows.scores[model]
      clusters.apply(to: &result) { row, slice in
        guard let influence = found[slice].influences[index], let view = found[slice].view,
          let label = rows.label(row), !scores[row].isNaN
        else { return 0 }
        let place = view.place(of: scores[row])
        return rows.weight(row) * (label ? influence.positive[place] : influence.negative[place])
      }
    }
    let scale = IntervalRule.scale(of: metric.range)
    for slice in result.estimates.indices {
      result.estimates[slice].requireSupport(plan.configuration.minimum, metric)
      let estimate = result.estimates[slice]
      guard let value = estimate.value else { continue }
      result.estimates[slice].interval = IntervalRule(confidence: plan.configuration.confidence)
        .studentized(
          value: value, variance: estimate.varies ? estimate.variance ?? 0 : 0, scale: scale,
          degrees: degrees(metric, estimate, result.degrees(slice)),
          method: plan.rows.isClustered
            ? "cluster_linearised" : plan.rows.isWeighted ? "linearised" : metric.varianceMethod)
      if result.estimates[slice].interval == nil {
        result.estimates[slice].intervalReason = "no variation among its rows"
      } else if metric.id == AreaUnderROC().id {
        widen(&result.estimates[slice], value, found[slice])
      }
    }
    return result
  }

  /// The variance of average precision is known from the rows of its smaller class; of clusters, from
  /// their number.
  private func degrees(_ metric: any RankedMetric, _ estimate: Estimate, _ ofClusters: Double)
    -> Double
  {
    guard plan.rows.isSimple, metric.id == AveragePrecision().id else { return ofClusters }
    return max(1, estimate.support - 1)
  }

  /// Where a class has fewer members, DeLong's variance is too uncertain by itself.
  private static let fewest = 20.0

  /// The hull of DeLong's interval and Hanley and McNeil's where one class has few members.
  private func widen(_ estimate: inout Estimate, _ area: Double, _ found: Found) {
    guard plan.rows.isSimple, estimate.support < Self.fewest, let own = estimate.interval,
      let high = own.high
    else { return }
    let other = HanleyMcNeil.interval(
      area: area, positives: found.positives, negatives: found.negatives,
      critical: Normal.critical(confidence: own.level))
    estimate.interval = ReportedInterval(
      low: min(own.low, other.low), high: max(high, other.high), level: own.level,
      method: "delong_hanley_mcneil")
  }

  /// The estimates of a score quantile.
  func quantileEstimates(_ index: Int, _ found: [Found]) -> MetricEstimates {
    MetricEstimates(
      metric: catalogue.quantiles[index], model: model, estimates: found.map { $0.quantiles[index] }
    )
  }

  /// The calibration errors with what perfect calibration would show.
  func calibrationErrors(
    _ metric: ExpectedCalibrationError, _ found: [Found], _ draws: [NullReference?]
  ) -> MetricEstimates {
    let estimates = found.enumerated().map { slice, found in
      guard let binned = found.binned else { return Estimate.undefined("no label column") }
      var result = Estimate()
      do throws(Undefined) {
        result.value = try metric.value(binned)
      } catch {
        return .undefined(error.reason)
      }
      result.support = binned.weights.indices.reduce(0) { $0 + binned.effectiveRows($1) }
      result.denominator = metric.support(binned)
      result.requireSupport(plan.configuration.minimum, metric)
      result.nullReference = draws[slice]
      result.intervalReason =
        draws[slice] == nil
        ? "not_available (\(plan.rows.isClustered ? "clustered" : "weighted"))"
        : "its null value lies at the end of its range; see nullReference"
      return result
    }
    return MetricEstimates(metric: metric, model: model, estimates: estimates)
  }
}

extension RankedScores {
  /// The place of a score that occurs in the view, by bisection.
  func place(of score: Double) -> Int {
    var (low, high) = (0, scores.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if scores[middle] < score { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
