// SPDX-License-Identifier: Apache-2.0

/// The two one-sided bounds of a number that a gate used, each at the same level.
public struct GateBounds: Sendable, Codable, Equatable {
  /// `null` where there is no bound on this side.
  @ExplicitNull public var low: Double?
  @ExplicitNull public var high: Double?
  /// Of each bound by itself: 0.95 for a one-sided error rate of 0.05.
  public var level: Double
  /// How they were made: `clopper_pearson`, `newcombe_t`, `koopman_t`, `normal`, `student_t`, …
  public var method: String

  /// Two bounds; one that is not finite is none.
  public init(low: Double?, high: Double?, level: Double, method: String) {
    func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    _low = ExplicitNull(wrappedValue: finite(low))
    _high = ExplicitNull(wrappedValue: finite(high))
    self.level = level
    self.method = method
  }
}
