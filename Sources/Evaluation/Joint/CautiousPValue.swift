// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension MetricEstimates {
  /// A difference's two-sided p-value for judging it among many others, never below its own.
  ///
  /// Many hypotheses are judged far out in the tails, where a standard error from few rows is small
  /// just when the estimate happens to lie near an end of its range: of a group of 40 rows among 400,
  /// without any difference, one in a hundred true positive rates has p ≤ 0.002. On the metric's scale
  /// (logit for [0, 1], as for its intervals) that is undone. The statistic is the smaller one of both,
  /// |a − b|/se and |g(a) − g(b)|/se(g(a) − g(b)), with values within a standard error of an end moved
  /// in to it; of clustered rows, with Student's distribution by the fewer clusters − 1.
  func cautiousPValue(of gap: Gap, _ slice: Int, _ reference: Int) -> Double? {
    guard let pValue = gap.pValue, let value = gap.value, let error = gap.standardError,
      let a = end(slice), let b = end(reference)
    else { return nil }
    let degrees = min(degrees(slice), degrees(reference))
    // Of independent rows it may be a score test's, which is normal in any case.
    let plain =
      degrees.isFinite ? abs(value) / error : max(0, -Normal.quantile(min(pValue, 1) / 2))
    let covariance = (a.variance + b.variance - error * error) / 2
    let variance =
      a.slope * a.slope * a.variance + b.slope * b.slope * b.variance
      - 2 * a.slope * b.slope * covariance
    let scaled = variance > 0 ? abs(a.transformed - b.transformed) / variance.squareRoot() : plain
    let tail = StudentT.cumulative(-min(plain, scaled), degreesOfFreedom: degrees)
    return min(1, max(2 * tail, pValue, CriticalValue.smallestP))
  }

  /// A slice's value on the metric's scale.
  private func end(_ slice: Int) -> (transformed: Double, slope: Double, variance: Double)? {
    guard var value = estimates[slice].value, let variance = estimates[slice].variance else {
      return nil
    }
    let range = metric.range
    let inside = min(variance.squareRoot(), 0.5)
    if range.lowerBound.isFinite { value = max(value, range.lowerBound + inside) }
    if range.upperBound.isFinite { value = min(value, range.upperBound - inside) }
    let scale = IntervalRule.scale(of: range)
    return (scale.transform(value), scale.derivative(at: value), variance)
  }
}
