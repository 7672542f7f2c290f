// SPDX-License-Identifier: Apache-2.0

/// The rows without a group, as far as one metric sees them: what they could do to a slice's value.
protocol MissingBoundsRows: Sendable {
  /// How many rows of the metric's denominator they are, weighted or not; never 0.
  var rows: Double { get }
  /// Whether the value of several slices together lies between the lowest and the highest of theirs,
  /// as a ratio of sums does.
  var isBetweenParts: Bool { get }

  /// The lowest and the highest value of a slice with these weighted sums over all ways to add some of
  /// the rows to it; both are attained. `nil` where the value is not defined.
  func reach(_ sums: SIMD8<Double>) -> ClosedRange<Double>?
}
