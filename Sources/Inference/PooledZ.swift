// SPDX-License-Identifier: Apache-2.0

/// The score test of equal proportions: their difference in pooled standard deviations.
///
/// z = (p₁ − p₂) / √(p̄ (1 − p̄) (1/n₁ + 1/n₂)), p̄ = (x₁ + x₂)/(n₁ + n₂). It is the two standard
/// deviation rule of employment statistics; z² is Pearson's χ² of the 2 × 2 table. Its p-value
/// rests on the normal distribution: see `FisherExact` for small counts.
///
/// Source: Castaneda v. Partida, 430 U.S. 482 (1977), note 17; 29 CFR 1607.4(D).
public struct PooledZ: Sendable {
  /// z, negative when the sample's proportion is the smaller; 0 when all or none succeeded.
  public static func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    let successes = sample.successes + reference.successes
    let failures = sample.failures + reference.failures
    if successes == 0 || failures == 0 { return 0 }
    let total = sample.trials + reference.trials
    let variance =
      (successes / total) * (failures / total) * (total / (sample.trials * reference.trials))
    return (sample.value - reference.value) / variance.squareRoot()
  }

  /// P(|Z| ≥ |z|), never below `PValue.smallest`.
  public static func pValue(_ sample: Proportion, _ reference: Proportion) -> Double {
    PValue.twoSided(statistic(sample, reference))
  }
}
