// SPDX-License-Identifier: Apache-2.0

/// A slice worth reporting, with the significant slices that it stands for.
public struct SliceTree: Sendable, Equatable {
  public let general: SliceTest
  /// The more general first, then the stronger evidence.
  public internal(set) var folded: [FoldedSlice]
}
