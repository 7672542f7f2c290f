// SPDX-License-Identifier: Apache-2.0

/// The score interval of an area under the receiver operating characteristic curve.
///
/// All θ with |A − θ| ≤ c √V(θ), V(θ) = θ(1−θ)/(mn) (1 + N (1−θ)/(2−θ) + N θ/(1+θ)),
/// N = (m + n)/2 − 1: Hanley and McNeil's variance of scores with exponential distributions, taken at
/// the hypothesis as Wilson's interval does (Newcombe's method 5). Where one class has few members it
/// covers better than DeLong's, whose variance is then itself uncertain, above all near 1.
///
/// Source: Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747; Newcombe 2006,
/// doi:10.1002/sim.2324.
public struct HanleyMcNeil: Sendable {
  /// The interval of an area from m positives and n negatives; within [0, 1], never of zero width.
  public static func interval(
    area: Double, positives: Double, negatives: Double, critical: Double
  ) -> Interval {
    precondition(area >= 0 && area <= 1 && positives > 0 && negatives > 0 && critical > 0)
    let upper = upperLimit(area, positives, negatives, critical)
    // V(θ) = V(1 − θ) once m and n are equal in it, as they are.
    let lower = 1 - upperLimit(1 - area, positives, negatives, critical)
    return Interval(low: min(lower, area), high: max(upper, area))
  }

  /// The largest θ that is not rejected: (θ − A)/√V(θ) rises from 0 at A without bound towards 1.
  ///
  /// By bisection on acceptance: at A = 0 distance and variance are both 0, which a search for a change
  /// of sign would take for the limit.
  private static func upperLimit(
    _ area: Double, _ positives: Double, _ negatives: Double, _ critical: Double
  ) -> Double {
    var (low, high) = (area, 1.0)
    while true {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { return high }
      let distance = middle - area
      let variance = variance(middle, positives, negatives)
      if distance * distance > critical * critical * variance {
        high = middle
      } else {
        low = middle
      }
    }
  }

  /// V(θ).
  package static func variance(_ area: Double, _ positives: Double, _ negatives: Double) -> Double {
    let others = (positives + negatives) / 2 - 1
    let share = (1 - area) / (2 - area) + area / (1 + area)
    return area * (1 - area) * (1 + others * share) / (positives * negatives)
  }
}
