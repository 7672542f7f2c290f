// SPDX-License-Identifier: Apache-2.0

/// The number of successes in standard deviations of its hypergeometric distribution.
///
/// z = (x₁ − n₁ K/N) / √(n₁ n₂ K (N − K) / (N² (N − 1))), K = x₁ + x₂, N = n₁ + n₂: the pooled z
/// times √((N − 1)/N). Given who could have been chosen and how many were, as in a selection
/// without replacement; z² is Mantel and Haenszel's statistic of one table.
///
/// Source: Mantel & Haenszel 1959, doi:10.1093/jnci/22.4.719.
public struct HypergeometricZ: Sendable {
  /// z, negative when the sample's proportion is the smaller; 0 when all or none succeeded.
  ///
  /// More than one trial is needed in all.
  public static func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    let total = sample.trials + reference.trials
    precondition(total > 1)
    return PooledZ.statistic(sample, reference) * ((total - 1) / total).squareRoot()
  }

  /// P(|Z| ≥ |z|), never below `PValue.smallest`.
  public static func pValue(_ sample: Proportion, _ reference: Proportion) -> Double {
    PValue.twoSided(statistic(sample, reference))
  }
}
