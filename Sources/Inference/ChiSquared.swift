// SPDX-License-Identifier: Apache-2.0

/// The χ² distribution; the degrees of freedom are positive and need not be whole.
///
/// X/2 has a gamma distribution of half the degrees of freedom. Relative accuracy about 1e-13 in
/// either tail.
public enum ChiSquared {
  /// P(X ≤ x); 0 for negative x.
  public static func cumulative(_ x: Double, degreesOfFreedom df: Double) -> Double {
    precondition(df > 0)
    return Gamma.probabilities(max(0, x) / 2, shape: df / 2).lower
  }

  /// P(X > x): the p-value of an omnibus statistic; 0 only where it underflows.
  public static func upperTail(_ x: Double, degreesOfFreedom df: Double) -> Double {
    precondition(df > 0)
    return Gamma.probabilities(max(0, x) / 2, shape: df / 2).upper
  }
}
