// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// Turns a change into limits and p-values among the changes that are judged at once.
///
/// Changes on disjoint slices of independent rows are independent, so that Šidák's level is exact for
/// them, and holds for clusters too.
struct Judge: Sendable {
  let degrees: Double
  private let size: Int
  private let confidence: Double
  private let test: String
  private let width: Double

  init(_ builder: ChangeBuilder, degrees: Double, size: Int, metric: any Metric) {
    self.degrees = degrees
    self.size = size
    confidence = builder.plan.configuration.confidence
    test =
      builder.plan.rows.isSimple && metric is AreaUnderROC
      ? "delong" : builder.plan.rows.isClustered ? "cluster_linearised" : "linearised"
    width = metric.range.upperBound - metric.range.lowerBound
  }

  /// The level of each of the family's intervals.
  private var each: Double { Sidak.each(confidence, count: size) }

  /// How many standard errors a limit lies from its estimate.
  var critical: Double { StudentT.quantile((1 + each) / 2, degreesOfFreedom: degrees) }

  /// The interval of the difference and its p-values: Tango's and McNemar's where rows are counted.
  func difference(_ result: inout ModelComparison, value: Double, _ family: Family?) {
    if let pairs = result.discordant {
      let interval = pairs.proportions.interval(confidence: each)
      result.method = "mcnemar_mid_p"
      set(&result, pairs.midPValue)
      result.difference.interval = reported(interval.low, interval.high, value, "tango_t", family)
      return
    }
    guard let error = result.difference.standardError, error > 0 else { return }
    let reach = critical * error
    result.method = test
    set(&result, pValue(value / error))
    result.difference.interval = reported(
      max(-width, value - reach), min(width, value + reach), value, test, family)
  }

  /// The interval of the ratio, on the logarithmic scale.
  func ratio(_ result: inout ModelComparison, _ logarithm: Estimate.Logarithm, _ family: Family?) {
    guard logarithm.variance > 0, let value = result.ratio?.value else {
      result.ratio?.intervalReason = "no variation among its rows"
      return
    }
    let error = logarithm.variance.squareRoot()
    let reach = critical * error
    result.ratio?.standardError = error
    result.ratio?.interval = reported(
      Double.exp(logarithm.value - reach), Double.exp(logarithm.value + reach), value, test, family)
  }

  private func pValue(_ t: Double) -> Double {
    max(2 * StudentT.cumulative(-t.magnitude, degreesOfFreedom: degrees), CriticalValue.smallestP)
  }

  private func set(_ result: inout ModelComparison, _ pValue: Double) {
    result.pValue = pValue
    result.adjustedPValue = Sidak.adjusted(pValue, count: size)
  }

  private func reported(
    _ low: Double, _ high: Double, _ value: Double, _ method: String, _ family: Family?
  ) -> ReportedInterval {
    ReportedInterval(
      low: min(low, value), high: max(high, value), level: confidence, method: method,
      family: family)
  }
}
