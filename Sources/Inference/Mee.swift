// SPDX-License-Identifier: Apache-2.0

/// Mee's score interval of the difference of two independent proportions.
///
/// All d with |p₁ − p₂ − d| ≤ z √V(d), V = p̃₁(1−p̃₁)/n₁ + p̃₂(1−p̃₂)/n₂, where p̃ are the maximum
/// likelihood estimates under p̃₁ − p̃₂ = d. `MiettinenNurminen` is the same with N/(N−1) V.
///
/// Source: Mee 1984, doi:10.2307/2531174.
public struct Mee: Sendable {
  /// The interval of p₁ − p₂, the reference being the second; within [−1, 1].
  ///
  /// The critical value is a normal quantile, or that of a family of simultaneous intervals
  /// (Agresti et al. 2008, doi:10.1111/j.1541-0420.2008.00990.x).
  public static func difference(
    _ sample: Proportion, _ reference: Proportion, critical: Double
  ) -> Interval {
    precondition(critical > 0 && critical.isFinite)
    // p₁ − p₂ is (1 − p₂) − (1 − p₁): numbers near 0 have more digits than numbers near 1.
    let isHigh = sample.value + reference.value > 1
    let first = isHigh ? reference.complement : sample
    let second = isHigh ? sample.complement : reference
    return Interval(low: lower(first, second, critical), high: -lower(second, first, critical))
  }

  /// The critical value at which the interval touches 0: the pooled |z|.
  public static func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    PooledZ.statistic(sample, reference).magnitude
  }

  /// The estimate less the largest accepted distance.
  private static func lower(
    _ sample: Proportion, _ reference: Proportion, _ critical: Double
  ) -> Double {
    let estimate = sample.value - reference.value
    let distance = Root.ofIncreasing(between: 0, and: estimate + 1) { distance in
      let difference = max(-1, estimate - distance)
      let (p, q) = restrictedEstimates(sample, reference, difference: difference)
      let variance = p * (1 - p) / sample.trials + q * (1 - q) / reference.trials
      let allowed = critical * variance.squareRoot()
      // Of the sign of distance − allowed, but bounded, and accepting the estimate itself.
      return distance == 0 ? -1 : (distance - allowed) / (distance + allowed)
    }
    return max(-1, estimate - distance)
  }

  /// The two proportions of highest likelihood among those that differ by `difference`.
  ///
  /// The derivative of the log likelihood falls along the allowed range: Newton's method, kept
  /// between the signs seen so far, finds its zero, unless the likelihood is highest at an end.
  /// The cubic's closed form would lose half of the digits where two of its roots meet.
  private static func restrictedEstimates(
    _ sample: Proportion, _ reference: Proportion, difference: Double
  ) -> (sample: Double, reference: Double) {
    let first = max(0, -difference)
    let last = min(1, 1 - difference)
    func shifted(_ q: Double) -> Double { min(1, max(0, q + difference)) }
    func score(_ q: Double) -> (slope: Double, information: Double) {
      let one = logLikelihood(sample, shifted(q))
      let two = logLikelihood(reference, q)
      return (one.slope + two.slope, one.information + two.information)
    }
    if score(first).slope <= 0 { return (max(0, difference), first) }
    if score(last).slope >= 0 { return (min(1, 1 + difference), last) }
    var (low, high) = (first, last)
    var q = 0.5 * (low + high)
    for _ in 0..<2000 {
      let (slope, information) = score(q)
      if slope > 0 { low = q } else { high = q }
      let step = slope / information
      let next = q + step
      // Quadratic convergence: the next step would be the square of this one.
      if step.magnitude <= max(1e-8 * min(q - first, last - q), 2 * q.ulp) {
        q = min(high, max(low, next))
        break
      }
      q = low < next && next < high ? next : 0.5 * (low + high)
      if q <= low || q >= high { break }
    }
    return (shifted(q), q)
  }

  /// The derivative by the proportion and the negative second one; a count that is zero
  /// contributes nothing, even where its probability is zero.
  private static func logLikelihood(
    _ observed: Proportion, _ probability: Double
  ) -> (slope: Double, information: Double) {
    let up = observed.successes == 0 ? 0 : observed.successes / probability
    let down = observed.failures == 0 ? 0 : observed.failures / (1 - probability)
    return (up - down, up / probability + down / (1 - probability))
  }
}
