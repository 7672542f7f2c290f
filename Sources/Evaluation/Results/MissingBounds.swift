// SPDX-License-Identifier: Apache-2.0

/// The values that a gap could have if the rows without a group had one: from the most to the least
/// favourable assignment.
public struct MissingBounds: Sendable, Codable, Equatable {
  /// Rows of the metric's denominator whose group is missing.
  public var rows: Double
  public var low: Double
  /// `null` where there is no upper limit (a ratio whose reference could become zero).
  @ExplicitNull public var high: Double?

  public init(rows: Double, low: Double, high: Double?) {
    self.rows = rows
    self.low = low
    _high = ExplicitNull(wrappedValue: high)
  }
}
