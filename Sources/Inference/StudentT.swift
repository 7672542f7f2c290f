// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Student's t distribution; the degrees of freedom are positive, need not be whole, may be ∞.
public enum StudentT {
  /// P(T ≤ x), with full relative accuracy in the lower tail.
  public static func cumulative(_ x: Double, degreesOfFreedom df: Double) -> Double {
    precondition(df > 0)
    if df > nearlyNormal || x.isInfinite { return Normal.cumulative(deviate(of: x, df)) }
    let square = x * x
    let tail =
      0.5
      * Beta.cumulative(
        df / (df + square), complement: square / (df + square), alpha: df / 2, beta: 0.5)
    return x < 0 ? tail : 1 - tail
  }

  /// The t with P(T ≤ t) = p; −∞ at 0 and +∞ at 1.
  public static func quantile(_ p: Double, degreesOfFreedom df: Double) -> Double {
    precondition(df > 0 && p >= 0 && p <= 1)
    if df > nearlyNormal { return expansion(of: Normal.quantile(p), df) }
    if p > 0.5 { return -quantile(1 - p, degreesOfFreedom: df) }
    if p == 0.5 { return 0 }
    // df / (df + t²) is a beta quantile and t² / df is the inverse of its odds.
    let logit = Beta.logitOfQuantile(2 * p, alpha: df / 2, beta: 0.5)
    return -df.squareRoot() * Double.exp(-logit / 2)
  }

  /// Above this the beta function loses digits, and Fisher's expansion about the normal
  /// distribution needs no more than its second term.
  private static let nearlyNormal = 1e5

  /// The t of a normal deviate z, z + (z³ + z)/4df + (5z⁵ + 16z³ + 3z)/96df².
  private static func expansion(of z: Double, _ df: Double) -> Double {
    if z.isInfinite || df.isInfinite { return z }
    let s = z * z
    return z + z * (s + 1) / (4 * df) + z * (3 + s * (16 + 5 * s)) / (96 * df * df)
  }

  /// The normal deviate of t, t − (t³ + t)/4df + (13t⁵ + 8t³ + 3t)/96df².
  private static func deviate(of t: Double, _ df: Double) -> Double {
    if t.isInfinite || df.isInfinite { return t }
    let s = t * t
    return t - t * (s + 1) / (4 * df) + t * (3 + s * (8 + 13 * s)) / (96 * df * df)
  }
}
