// SPDX-License-Identifier: Apache-2.0

/// What a family's permutations say about one of its slices.
public struct SliceTest: Sendable, Equatable {
  public let slice: Slice
  /// Its rows, with their multiplicities.
  public let size: Int
  /// The sum of their errors.
  public let errorSum: Double
  /// errorSum / size.
  public let meanError: Double
  /// The mean error of all other rows; `nil` when there are none.
  public let restMeanError: Double?
  /// The error sum in standard deviations from its mean under permutation; 0 when no permutation
  /// changes it.
  public let statistic: Double
  /// The permutation p-value of this slice alone, (1 + #{t* ≥ t}) / (B + 1).
  public let pValue: Double
  /// The step-down max-T p-value: the family-wise error rate over all slices of the family.
  public let adjustedPValue: Double
  /// The p-value adjusted for the false discovery rate as Benjamini & Hochberg do.
  ///
  /// It comes from `pValue`, which is at least 1/(B + 1): of m slices none is below m/(r(B + 1)) when
  /// r slices are at the least p-value. Many slices need many replicates.
  public let benjaminiHochberg: Double
  /// The same under any dependence between the slices, as Benjamini & Yekutieli do.
  public let benjaminiYekutieli: Double
}
