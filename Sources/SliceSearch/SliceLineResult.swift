// SPDX-License-Identifier: Apache-2.0

/// The slices that SliceLine found, with what it searched.
public struct SliceLineResult: Sendable, Equatable {
  /// The highest positive scores, at most k of them, in their order.
  public let slices: [ScoredSlice]
  /// Rows of the table, with their multiplicities.
  public let total: Int
  /// The mean error of the table.
  public let meanError: Double
  /// The rows a slice needed.
  public let minimumSupport: Int
  /// By depth, from 1: how many slices the search looked at.
  public let evaluated: [Int]
}
