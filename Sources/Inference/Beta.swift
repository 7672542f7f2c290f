// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule

/// The beta distribution with two positive shapes.
public enum Beta {
  /// The regularised incomplete beta function I_x(a, b), to about 1e-13 relative.
  ///
  /// DiDonato and Morris's continued fraction behind a prefactor in Loader's form; both start from
  /// a − (a + b)x, so that large shapes cost no digits. Cost O(√max(a, b)).
  ///
  /// Source: DiDonato & Morris 1992, doi:10.1145/131766.131776, equation 9.
  public static func cumulative(_ x: Double, alpha: Double, beta: Double) -> Double {
    precondition(x >= 0 && x <= 1 && alpha > 0 && beta > 0)
    return cumulative(x, complement: 1 - x, alpha: alpha, beta: beta)
  }

  /// The x with I_x(a, b) = p; 0 at p = 0 and 1 at p = 1.
  public static func quantile(_ p: Double, alpha: Double, beta: Double) -> Double {
    1 / (1 + Double.exp(-logitOfQuantile(p, alpha: alpha, beta: beta)))
  }

  /// I_x(a, b) where 1 − x is known better than it can be computed.
  static func cumulative(
    _ x: Double, complement y: Double, alpha a: Double, beta b: Double
  ) -> Double {
    if x == 0 || y == 0 { return x == 0 ? 0 : 1 }
    return Double.exp(logCumulative(x, y, a, b).value)
  }

  /// The logit of a quantile, by Newton's method on log I.
  ///
  /// log I is concave in the logit, and almost straight far to the left: Newton's method converges
  /// from everywhere, and quantiles near 0 and near 1 are equally precise.
  static func logitOfQuantile(_ p: Double, alpha a: Double, beta b: Double) -> Double {
    precondition(p >= 0 && p <= 1 && a > 0 && b > 0)
    if p == 0 || p == 1 { return p == 0 ? -.infinity : .infinity }
    if p > 0.5 { return -logitOfQuantile(1 - p, alpha: b, beta: a) }
    let target = Double.log(p)
    var logit = Double.log(a / b)
    for _ in 0..<200 {
      let x = 1 / (1 + Double.exp(-logit))
      let y = 1 / (1 + Double.exp(logit))
      let (value, slope) = logCumulative(x, y, a, b)
      let step = (target - value) / slope
      logit += step
      if step.magnitude <= 4e-16 * (1 + logit.magnitude) { break }
    }
    return logit
  }

  /// log I_x(a, b) and its derivative by the logit of x.
  private static func logCumulative(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double
  ) -> (value: Double, slope: Double) {
    // The smaller of x and 1 − x is the one that is known precisely.
    let excess = x < y ? a - (a + b) * x : (a + b) * y - b
    let logPower = logPower(x, y, a, b, excess)
    if x <= (a + 1) / (a + b + 2) {
      let fraction = continuedFraction(x, a, b, excess)
      return (logPower - Double.log(fraction), fraction)
    }
    let upper = Double.exp(logPower) / continuedFraction(y, b, a, -excess)
    let value = Double.log(onePlus: -upper)
    return (value, Double.exp(logPower - value))
  }

  /// log of xᵃ yᵇ / B(a, b).
  private static func logPower(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double, _ excess: Double
  ) -> Double {
    let sum = a + b
    return 0.5 * Double.log(a * (b / sum)) - Stirling.halfLogTwoPi
      - Stirling.deviance(a, sum * x, excess: excess)
      - Stirling.deviance(b, sum * y, excess: -excess)
      + Stirling.correction(sum) - Stirling.correction(a) - Stirling.correction(b)
  }

  /// xᵃ yᵇ / B(a, b) over I_x(a, b), where excess = a − (a + b)x; by Lentz's method.
  private static func continuedFraction(
    _ x: Double, _ a: Double, _ b: Double, _ excess: Double
  ) -> Double {
    let tiny = 1e-300
    var result = max(tiny, a * (excess + 1) / (a + 1))
    var c = result
    var d = 0.0
    for step in 1..<1_000_000 {
      let m = Double(step)
      let lower = a + 2 * m - 1
      let numerator =
        (a + m - 1) / lower * ((a + b + m - 1) / lower) * m * (b - m) * x * x
      let denominator =
        m + m * (b - m) * x / lower + (a + m) * (excess + 1 + m * (2 - x)) / (lower + 2)
      d = 1 / max(tiny, denominator + numerator * d)
      c = max(tiny, denominator + numerator / c)
      let factor = c * d
      result *= factor
      if (factor - 1).magnitude < 2.3e-16 { break }
    }
    return result
  }
}
