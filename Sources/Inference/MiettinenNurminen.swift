// SPDX-License-Identifier: Apache-2.0

/// Miettinen and Nurminen's score intervals of the difference and of the ratio of two independent
/// proportions.
///
/// All d with |p₁ − p₂ − d| ≤ z √(N/(N−1) V(d)), and all r with |p₁ − r p₂| ≤ z √(N/(N−1) V(r)):
/// the variances are those of `Mee` and `Koopman`, made unbiased at no gap by N/(N−1). So their
/// intervals are taken at the critical value z √(N/(N−1)).
///
/// Source: Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211.
public struct MiettinenNurminen: Sendable {
  /// The interval of p₁ − p₂, the reference being the second; within [−1, 1].
  ///
  /// The critical value is a normal quantile, or that of a family of simultaneous intervals
  /// (Agresti et al. 2008, doi:10.1111/j.1541-0420.2008.00990.x). More than one trial is needed in
  /// all.
  public static func difference(
    _ sample: Proportion, _ reference: Proportion, critical: Double
  ) -> Interval {
    Mee.difference(sample, reference, critical: critical * inflation(sample, reference))
  }

  /// The interval of p₁ / p₂, the reference being the second; with zero counts as `Koopman`.
  public static func ratio(
    _ sample: Proportion, _ reference: Proportion, critical: Double
  ) -> Interval {
    Koopman.ratio(sample, reference, critical: critical * inflation(sample, reference))
  }

  /// The critical value at which both intervals touch no gap: the hypergeometric |z|.
  public static func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    HypergeometricZ.statistic(sample, reference).magnitude
  }

  /// √(N/(N−1)).
  private static func inflation(_ sample: Proportion, _ reference: Proportion) -> Double {
    let total = sample.trials + reference.trials
    precondition(total > 1)
    return (total / (total - 1)).squareRoot()
  }
}
