// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension RankedEstimator {
  /// A quantile of a slice's scores with an interval from order statistics.
  func quantile(
    _ metric: ScoreQuantile, _ view: RankedScores, _ weights: CumulativeWeights
  ) -> Estimate {
    var result = Estimate()
    result.support = metric.support(view)
    do throws(Undefined) {
      result.value = try metric.value(weights)
    } catch {
      return .undefined(error.reason)
    }
    result.denominator = result.support
    result.requireSupport(plan.configuration.minimum, metric)
    guard plan.rows.isSimple else {
      result.intervalReason = "not_available (\(plan.rows.isClustered ? "clustered" : "weighted"))"
      return result
    }
    let confidence = plan.configuration.confidence
    guard
      let ranks = OrderStatistic.ranks(
        count: Int(view.rows), quantile: Double(metric.percent) / 100, confidence: confidence),
      let low = weights.score(rank: ranks.low), let high = weights.score(rank: ranks.high)
    else {
      result.intervalReason = "too few rows for an interval of this quantile"
      return result
    }
    guard low < high else {
      result.intervalReason = "both limits fall on the same score"
      return result
    }
    result.interval = ReportedInterval(
      low: low, high: high, level: confidence, method: "order_statistics")
    return result
  }
}
