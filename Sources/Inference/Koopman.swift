// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Koopman's score interval of the ratio of two independent proportions.
///
/// All r with |p₁ − r p₂| ≤ z √(p̃₁(1−p̃₁)/n₁ + r² p̃₂(1−p̃₂)/n₂), where p̃ are the maximum
/// likelihood estimates under p̃₁ = r p̃₂. Zero counts need no correction: low is 0 when x₁ = 0,
/// high is ∞ when x₂ = 0, and nothing is known, [0, ∞], when both are.
///
/// Source: Koopman 1984, doi:10.2307/2531405.
public struct Koopman: Sendable {
  /// The interval of (x₁/n₁) / (x₂/n₂), the reference being the second.
  public static func ratio(
    successes: Double, trials: Double, referenceSuccesses: Double, referenceTrials: Double,
    confidence: Double
  ) -> Interval {
    precondition(trials > 0 && successes >= 0 && successes <= trials)
    precondition(
      referenceTrials > 0 && referenceSuccesses >= 0 && referenceSuccesses <= referenceTrials)
    if successes == 0 && referenceSuccesses == 0 { return Interval(low: 0, high: .infinity) }
    let z = Normal.critical(confidence: confidence)
    let p = successes / trials
    let q = referenceSuccesses / referenceTrials
    func accepts(_ logRatio: Double) -> Bool {
      let ratio = Double.exp(logRatio)
      let estimate = restrictedEstimate(
        successes, trials, referenceSuccesses, referenceTrials, ratio: ratio)
      let first = min(1, ratio * estimate)
      let variance =
        first * (1 - first) / trials + ratio * first * (1 - estimate) / referenceTrials
      let distance = p - ratio * q
      return distance * distance <= z * z * variance
    }
    // Beyond these logarithms squares would overflow; no counts lead there.
    let centre = min(reach, max(-reach, Double.log(p / q)))
    return Interval(
      low: successes == 0 ? 0 : Double.exp(Root.edge(from: centre, to: -reach, accepts)),
      high: referenceSuccesses == 0
        ? .infinity : Double.exp(Root.edge(from: centre, to: reach, accepts)))
  }

  private static let reach = 300.0

  /// The reference's proportion of highest likelihood when the other is `ratio` times it: the
  /// smaller root of N r q² − (r (n + y) + x + m) q + (x + y), without a difference in the answer.
  private static func restrictedEstimate(
    _ x: Double, _ n: Double, _ y: Double, _ m: Double, ratio r: Double
  ) -> Double {
    let b = r * (n + y) + x + m
    let c = x + y
    let discriminant = max(0, b * b - 4 * (n + m) * r * c)
    return min(1, 2 * c / (b + discriminant.squareRoot()))
  }
}
