// SPDX-License-Identifier: Apache-2.0

/// The mean of an outcome over the rows of one group: a rate when the outcome is 0 or 1, a mean
/// loss or score otherwise.
public struct GroupMean: Sendable, Equatable {
  /// How many rows; with sampling weights the effective number (Σw)² / Σw². Positive.
  public let count: Double
  /// The mean of the outcome, in the outcome's units.
  public let mean: Double
  /// The variance of one row about the group's mean, with n − 1; 0 for a group of one row.
  public let variance: Double

  /// - Parameters:
  ///   - count: positive and finite.
  ///   - mean: finite.
  ///   - variance: of one row, finite and nonnegative.
  public init(count: Double, mean: Double, variance: Double) {
    precondition(count > 0 && count.isFinite && mean.isFinite)
    precondition(variance >= 0 && variance.isFinite)
    self.count = count
    self.mean = mean
    self.variance = variance
  }
}
