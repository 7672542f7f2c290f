// SPDX-License-Identifier: Apache-2.0

/// What SliceLine needs to know of a slice: its rows, and the sum and the greatest of their errors.
struct SliceSummary: Sendable, Equatable {
  var size = 0
  /// In quanta.
  var errorSum = 0
  /// In quanta.
  var maximum = 0

  /// The least of each: what a slice can at most have that is part of both.
  func minima(_ other: Self) -> Self {
    Self(
      size: min(size, other.size), errorSum: min(errorSum, other.errorSum),
      maximum: min(maximum, other.maximum))
  }
}
