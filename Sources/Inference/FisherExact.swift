// SPDX-License-Identifier: Apache-2.0

/// Fisher's exact test of equal proportions.
///
/// Given the margins of the 2 × 2 table the number of successes of the sample is hypergeometric;
/// tables count as extreme as the observed one when they are at most as probable, up to a relative
/// 1e-7, as in R. Counts must be whole. Cost O(√N): tails are summed as far as they matter.
///
/// Source: Fisher 1934; Agresti 2013, "Categorical Data Analysis", section 3.5.
public struct FisherExact: Sendable {
  /// The two-sided p-value: the probability of all tables at most as probable as the observed one.
  ///
  /// Never below `PValue.smallest`.
  public static func pValue(_ sample: Proportion, _ reference: Proportion) -> Double {
    let table = Hypergeometric(sample, reference)
    return PValue.bounded(table.probability(atMost: table.logMass(sample.successes) + tolerance))
  }

  /// The one-sided p-value against a larger proportion of the sample: the probability of as many
  /// successes of the sample, or more.
  ///
  /// Never below `PValue.smallest`.
  public static func greaterPValue(_ sample: Proportion, _ reference: Proportion) -> Double {
    PValue.bounded(Hypergeometric(sample, reference).probability(atLeast: sample.successes))
  }

  /// The mid-p-value: tables exactly as probable as the observed one count half.
  ///
  /// Its mean under the hypothesis is ½, where that of the p-value is larger: less conservative,
  /// no longer a guarantee. Never below `PValue.smallest`.
  ///
  /// Source: Lancaster 1961, doi:10.1080/01621459.1961.10482105.
  public static func midPValue(_ sample: Proportion, _ reference: Proportion) -> Double {
    let table = Hypergeometric(sample, reference)
    let observed = table.logMass(sample.successes)
    return PValue.bounded(
      0.5 * table.probability(atMost: observed + tolerance)
        + 0.5 * table.probability(atMost: observed - tolerance))
  }

  /// The relative difference below which probabilities are equal.
  private static let tolerance = 1e-7
}
