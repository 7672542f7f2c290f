// SPDX-License-Identifier: Apache-2.0

/// A slice as a term of a regression: its indicator is 1 in its cells and 0 elsewhere.
public struct SliceTerm: Sendable, Equatable {
  /// The attributes that are fixed, ascending.
  public let attributes: [Int]
  /// Their values.
  public let levels: [Int]
  /// The cells of the slice, ascending.
  public let cells: [Int]
}
