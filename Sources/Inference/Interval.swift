// SPDX-License-Identifier: Apache-2.0

/// A closed interval of plausible values.
public struct Interval: Sendable, Equatable {
  /// The lower limit; may be −∞.
  public var low: Double
  /// The upper limit, at least `low`; may be +∞.
  public var high: Double

  /// The interval between two limits.
  public init(low: Double, high: Double) {
    precondition(low <= high, "an interval's limits are ordered and not NaN")
    self.low = low
    self.high = high
  }
}
