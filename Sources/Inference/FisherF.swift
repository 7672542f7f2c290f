// SPDX-License-Identifier: Apache-2.0

/// Fisher and Snedecor's F distribution; degrees of freedom are positive and need not be whole.
public enum FisherF {
  /// P(F > f) for a ratio of mean squares, I_x(df₂/2, df₁/2) at x = df₂/(df₂ + df₁ f).
  ///
  /// The denominator's degrees of freedom may be ∞: then df₁ F is χ². 0 only where it underflows.
  public static func upperTail(
    _ f: Double, numerator: Double, denominator: Double
  ) -> Double {
    precondition(numerator > 0 && numerator.isFinite && denominator > 0)
    if f <= 0 || f.isInfinite { return f <= 0 ? 1 : 0 }
    if denominator.isInfinite {
      return ChiSquared.upperTail(numerator * f, degreesOfFreedom: numerator)
    }
    let odds = numerator / denominator * f
    return Beta.cumulative(
      1 / (1 + odds), complement: 1 / (1 + 1 / odds), alpha: denominator / 2, beta: numerator / 2)
  }
}
