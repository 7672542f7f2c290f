// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule

/// Tukey's studentized range: max − min of independent standard normals over an independent
/// root mean square with the given degrees of freedom (∞: a known standard deviation).
///
/// Simultaneous intervals of all pairwise differences use q / √2 standard errors.
public enum StudentizedRange {
  /// P(Q ≤ q) for at least two groups and at least one degree of freedom; error below 1e-9.
  public static func cumulative(
    _ q: Double, groups: Int, degreesOfFreedom df: Double = .infinity
  ) -> Double {
    precondition(groups >= 2 && df >= 1)
    if q <= 0 { return 0 }
    if df.isInfinite { return known(q, groups: groups) }
    // The root mean square lies within 1 ± 9 / √df but for a probability below 1e-16.
    let reach = 9 / df.squareRoot()
    let result = Quadrature.integral(over: [max(0, 1 - reach), 1, 1 + reach]) { s in
      density(ofRootMeanSquare: s, degreesOfFreedom: df) * known(q * s, groups: groups)
    }
    return min(1, result)
  }

  /// The q with P(Q ≤ q) = p, for p in (0, 1).
  public static func quantile(
    _ p: Double, groups: Int, degreesOfFreedom df: Double = .infinity
  ) -> Double {
    precondition(p > 0 && p < 1 && groups >= 2 && df >= 1)
    // One pair is a lower bound; all pairs by Bonferroni's inequality are an upper one.
    let pairs = Double(groups * (groups - 1) / 2)
    let root = 2.0.squareRoot()
    let low = -root * StudentT.quantile((1 - p) / 2, degreesOfFreedom: df)
    let high = -root * StudentT.quantile((1 - p) / 2 / pairs, degreesOfFreedom: df)
    if groups == 2 { return low }
    return Root.ofIncreasing(between: low, and: high) {
      cumulative($0, groups: groups, degreesOfFreedom: df) - p
    }
  }

  /// k ∫ φ(z) [Φ(z + q) − Φ(z)]^(k−1) dz: z is the minimum.
  private static func known(_ q: Double, groups: Int) -> Double {
    let power = groups - 1
    let integral = Quadrature.integral(over: [-9, 0, 9], tolerance: 1e-11) { z in
      Normal.density(z) * Double.pow(Normal.cumulative(z + q) - Normal.cumulative(z), power)
    }
    return Double(groups) * integral
  }

  /// The density of √(χ²/df): a count's deviance in disguise keeps it accurate for large df.
  private static func density(ofRootMeanSquare s: Double, degreesOfFreedom df: Double) -> Double {
    if s == 0 { return df > 1 ? 0 : 2 * Normal.density(0) }
    let half = df / 2
    let logDensity =
      Double.log(2 / s) + 0.5 * Double.log(half) - Stirling.halfLogTwoPi
      - Stirling.correction(half) - Stirling.deviance(half, half * s * s)
    return Double.exp(logDensity)
  }
}
