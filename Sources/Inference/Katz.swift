// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Katz's interval of the ratio of two independent proportions, from normal theory of its log.
///
/// log r ± z √(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂). The delta method says nothing when a count of successes
/// is zero, where the logarithm is infinite, or when every trial of both succeeded, where the error
/// is 0: the interval is then [0, ∞]. No constants are added; `Koopman` needs none.
///
/// Source: Katz, Baptista, Azen & Pike 1978, doi:10.2307/2530610.
public struct Katz: Sendable {
  /// The interval of p₁ / p₂, the reference being the second.
  ///
  /// The critical value is a normal quantile, or that of a family of simultaneous intervals.
  public static func ratio(
    _ sample: Proportion, _ reference: Proportion, critical: Double
  ) -> Interval {
    precondition(critical > 0 && critical.isFinite)
    guard let error = standardError(sample, reference) else {
      return Interval(low: 0, high: .infinity)
    }
    let ratio = sample.value / reference.value
    return Interval(
      low: ratio * Double.exp(-critical * error), high: ratio * Double.exp(critical * error))
  }

  /// The critical value at which the interval touches 1: |log r| in standard errors; 0 where the
  /// interval is [0, ∞].
  public static func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    guard let error = standardError(sample, reference) else { return 0 }
    let (smaller, larger) =
      (min(sample.value, reference.value), max(sample.value, reference.value))
    return Double.log(larger / smaller) / error
  }

  /// The standard error of log r; nil where it is not a positive number.
  private static func standardError(_ sample: Proportion, _ reference: Proportion) -> Double? {
    let variance =
      sample.failures / sample.trials / sample.successes
      + reference.failures / reference.trials / reference.successes
    return variance > 0 && variance.isFinite ? variance.squareRoot() : nil
  }
}
