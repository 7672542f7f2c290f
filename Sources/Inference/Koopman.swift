// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Koopman's score interval of the ratio of two independent proportions.
///
/// All r with |p₁ − r p₂| ≤ z √V(r), V = p̃₁(1−p̃₁)/n₁ + r² p̃₂(1−p̃₂)/n₂, where p̃ are the maximum
/// likelihood estimates under p̃₁ = r p̃₂. Zero counts need no correction: low is 0 when x₁ = 0,
/// high is ∞ when x₂ = 0, and nothing is known, [0, ∞], when both are.
///
/// Source: Koopman 1984, doi:10.2307/2531405.
public struct Koopman: Sendable {
  /// The interval of p₁ / p₂, the reference being the second.
  ///
  /// The critical value is a normal quantile, or that of a family of simultaneous intervals
  /// (Agresti et al. 2008, doi:10.1111/j.1541-0420.2008.00990.x).
  public static func ratio(
    _ sample: Proportion, _ reference: Proportion, critical: Double
  ) -> Interval {
    precondition(critical > 0 && critical.isFinite)
    return Interval(
      low: lower(sample, reference, critical), high: 1 / lower(reference, sample, critical))
  }

  /// The critical value at which the interval touches 1: the pooled |z|.
  public static func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    PooledZ.statistic(sample, reference).magnitude
  }

  /// The estimate over the largest accepted factor; 0 without successes in the sample.
  private static func lower(
    _ sample: Proportion, _ reference: Proportion, _ critical: Double
  ) -> Double {
    if sample.successes == 0 { return 0 }
    let isZero = reference.successes == 0
    // Beyond this squares would overflow; no counts lead there.
    let reach = 300.0
    let estimate = isZero ? Double.exp(reach) : sample.value / reference.value
    let logarithm = Root.ofIncreasing(
      between: 0, and: Double.log(estimate) + reach
    ) { logarithm in
      let ratio = estimate * Double.exp(-logarithm)
      let distance = isZero ? sample.value : -sample.value * Double.expMinusOne(-logarithm)
      let allowed = critical * variance(sample, reference, ratio: ratio).squareRoot()
      // Of the sign of distance − allowed, but bounded, and accepting the estimate itself.
      return logarithm == 0 ? -1 : (distance - allowed) / (distance + allowed)
    }
    return estimate * Double.exp(-logarithm)
  }

  /// The variance of p₁ − r p₂ at the two proportions of highest likelihood whose ratio is r.
  ///
  /// p̃₂ is the smaller root of N r q² − b q + (x₁ + x₂), b = r (n₁ + x₂) + x₁ + n₂. With failures
  /// y and e = r (n₁ + x₂) − x₁ − n₂ its discriminant is e² + 4 r y₁ y₂: written so, neither it nor
  /// 1 − p̃₁ or 1 − p̃₂ is a difference.
  private static func variance(
    _ sample: Proportion, _ reference: Proportion, ratio r: Double
  ) -> Double {
    let up = r * (sample.trials + reference.successes)
    let down = sample.successes + reference.trials
    let excess = up - down
    let product = 4 * r * sample.failures * reference.failures
    let root = (excess * excess + product).squareRoot()
    let larger = root + excess.magnitude
    let smaller = larger == 0 ? 0 : product / larger
    let scale = up + down + root
    let first = r * (2 * (sample.successes + reference.successes) / scale)
    let firstFailing =
      ((excess < 0 ? larger : smaller) + 2 * r * sample.failures) / scale
    let secondFailing =
      ((excess < 0 ? smaller : larger) + 2 * reference.failures) / scale
    return first * (firstFailing / sample.trials + r * secondFailing / reference.trials)
  }
}
