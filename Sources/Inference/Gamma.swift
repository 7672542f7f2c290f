// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule

/// The gamma distribution with a positive shape and scale 1.
enum Gamma {
  /// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), x ≥ 0: each
  /// with full relative accuracy, as far as it is the smaller one.
  ///
  /// Below the shape a power series of positive terms, above it Legendre's continued fraction by
  /// Lentz's method. Cost O(√a).
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2.
  static func probabilities(_ x: Double, shape a: Double) -> (lower: Double, upper: Double) {
    precondition(a > 0 && x >= 0)
    if x == 0 || x.isInfinite { return x == 0 ? (0, 1) : (1, 0) }
    // log of xᵃ e⁻ˣ / Γ(a), in Loader's form: no difference of large numbers.
    let logPower =
      0.5 * Double.log(a) - Stirling.halfLogTwoPi - Stirling.correction(a)
      - Stirling.deviance(a, x)
    if x < a + 1 {
      let lower = min(1, Double.exp(logPower) * series(x, a))
      return (lower, 1 - lower)
    }
    let upper = min(1, Double.exp(logPower - Double.log(continuedFraction(x, a))))
    return (1 - upper, upper)
  }

  /// Σ xᵏ / (a (a + 1) … (a + k)).
  private static func series(_ x: Double, _ a: Double) -> Double {
    var term = 1 / a
    var sum = term
    var k = 1.0
    while term > 1e-17 * sum {
      term *= x / (a + k)
      sum += term
      k += 1
    }
    return sum
  }

  /// x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …)).
  private static func continuedFraction(_ x: Double, _ a: Double) -> Double {
    var denominator = x + 1 - a
    var result = denominator
    var c = denominator
    var d = 0.0
    for step in 1..<1_000_000 {
      let k = Double(step)
      let numerator = k * (a - k)
      denominator += 2
      d = 1 / nonzero(denominator + numerator * d)
      c = nonzero(denominator + numerator / c)
      let factor = c * d
      result *= factor
      if (factor - 1).magnitude < 2.3e-16 { break }
    }
    return result
  }

  private static func nonzero(_ x: Double) -> Double { x == 0 ? 1e-300 : x }
}
