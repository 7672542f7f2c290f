// SPDX-License-Identifier: Apache-2.0

/// A significant slice that another one stands for.
public struct FoldedSlice: Sendable, Equatable {
  /// Why it says nothing of its own.
  public enum Reason: Sendable, Equatable {
    /// It has nearly the same rows as a slice of the tree: the share of common rows among those of either.
    case sameRows(overlap: Double)
    /// Within the general slice its errors are no worse than those of the other rows: the adjusted
    /// p-value of permuting errors there.
    case addsNothing(pValue: Double)
  }

  public let test: SliceTest
  public let reason: Reason
}
