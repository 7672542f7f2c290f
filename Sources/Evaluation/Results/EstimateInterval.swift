// SPDX-License-Identifier: Apache-2.0

/// The limits of one number, without a family or replicates.
public struct EstimateInterval: Sendable, Codable, Equatable {
  /// `null` where there is no limit on this side.
  @ExplicitNull public var low: Double?
  @ExplicitNull public var high: Double?
  public var level: Double
  public var method: String

  public init(low: Double?, high: Double?, level: Double, method: String) {
    _low = ExplicitNull(wrappedValue: low)
    _high = ExplicitNull(wrappedValue: high)
    self.level = level
    self.method = method
  }
}
