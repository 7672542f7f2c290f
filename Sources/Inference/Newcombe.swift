// SPDX-License-Identifier: Apache-2.0

/// Newcombe's hybrid score interval of the difference of two independent proportions.
///
/// Method 10: with d = p₁ − p₂ and Wilson limits l, u of each,
/// low = d − √((p₁ − l₁)² + (u₂ − p₂)²), high = d + √((u₁ − p₁)² + (p₂ − l₂)²).
///
/// Source: Newcombe 1998,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
public struct Newcombe: Sendable {
  /// The interval of x₁/n₁ − x₂/n₂, the reference being the second; within [−1, 1].
  public static func interval(
    successes: Double, trials: Double, referenceSuccesses: Double, referenceTrials: Double,
    confidence: Double
  ) -> Interval {
    let first = Wilson.interval(successes: successes, trials: trials, confidence: confidence)
    let second = Wilson.interval(
      successes: referenceSuccesses, trials: referenceTrials, confidence: confidence)
    let p = successes / trials
    let q = referenceSuccesses / referenceTrials
    return Interval(
      low: max(-1, p - q - length(p - first.low, second.high - q)),
      high: min(1, p - q + length(first.high - p, q - second.low)))
  }

  private static func length(_ x: Double, _ y: Double) -> Double {
    (x * x + y * y).squareRoot()
  }
}
