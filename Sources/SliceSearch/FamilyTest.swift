// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// A family of slices, tested together.
public struct FamilyTest: Sendable, Equatable {
  /// All slices of the family, the strongest evidence first.
  public let tests: [SliceTest]
  /// The mean error of the table.
  public let meanError: Double
  /// How it was tested.
  public let settings: PermutationSettings
  /// By replicate: the largest statistic of the family, in the order of the replicates.
  public let maxima: [Double]

  /// The statistic above which a slice is significant in a single step: ⌈(B + 1)·confidence⌉-th smallest
  /// of the maxima, +∞ when B is too small for it.
  public func criticalValue(confidence: Double) -> Double {
    MaxT(maxima: maxima).criticalValue(confidence: confidence)
  }

  /// The slices whose adjusted p-value is at most `level`.
  public func significant(level: Double) -> [SliceTest] {
    tests.filter { $0.adjustedPValue <= level }
  }
}
