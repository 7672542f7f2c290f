// SPDX-License-Identifier: Apache-2.0

/// Miettinen and Nurminen's score interval of the difference of two independent proportions.
///
/// All d with |p₁ − p₂ − d| ≤ z √V(d), V = N/(N−1) [p̃₁(1−p̃₁)/n₁ + p̃₂(1−p̃₂)/n₂], where p̃ are
/// the maximum likelihood estimates under p̃₁ − p̃₂ = d.
///
/// Source: Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211.
public struct MiettinenNurminen: Sendable {
  /// The interval of x₁/n₁ − x₂/n₂, the reference being the second; within [−1, 1].
  public static func difference(
    successes: Double, trials: Double, referenceSuccesses: Double, referenceTrials: Double,
    confidence: Double
  ) -> Interval {
    precondition(trials > 0 && successes >= 0 && successes <= trials)
    precondition(
      referenceTrials > 0 && referenceSuccesses >= 0 && referenceSuccesses <= referenceTrials)
    let total = trials + referenceTrials
    precondition(total > 1)
    let z = Normal.critical(confidence: confidence)
    let estimate = successes / trials - referenceSuccesses / referenceTrials
    func accepts(_ d: Double) -> Bool {
      let q = restrictedEstimate(
        successes, trials, referenceSuccesses, referenceTrials, difference: d)
      let p = min(1, max(0, q + d))
      let variance = p * (1 - p) / trials + q * (1 - q) / referenceTrials
      let distance = estimate - d
      return distance * distance <= z * z * variance * total / (total - 1)
    }
    return Interval(
      low: Root.edge(from: estimate, to: -1, accepts),
      high: Root.edge(from: estimate, to: 1, accepts))
  }

  /// The reference's proportion of highest likelihood when the other is `d` above it.
  ///
  /// The derivative of the log likelihood falls along the allowed range: bisection finds its zero
  /// or runs into the end where the likelihood is highest. The cubic's closed form would lose half
  /// of the digits where two of its roots meet.
  private static func restrictedEstimate(
    _ x: Double, _ n: Double, _ y: Double, _ m: Double, difference d: Double
  ) -> Double {
    var low = max(0, -d)
    var high = min(1, 1 - d)
    while true {
      let q = 0.5 * (low + high)
      if q <= low || q >= high { return q }
      let p = q + d
      let slope =
        ratio(x, p) - ratio(n - x, 1 - p) + ratio(y, q) - ratio(m - y, 1 - q)
      if slope > 0 { low = q } else { high = q }
    }
  }

  /// A count that is zero contributes nothing, even where its probability is zero.
  private static func ratio(_ count: Double, _ probability: Double) -> Double {
    count == 0 ? 0 : count / probability
  }
}
