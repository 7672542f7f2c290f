// SPDX-License-Identifier: Apache-2.0

/// One of the comparisons that a gate judges: a slice's number, or that of two slices, or its change.
public struct GateComparison: Sendable, Codable, Equatable {
  /// `null` for a property of the data.
  @ExplicitNull public var model: String?
  /// The model that a change is counted from; `null` unless the gate is on a change.
  @ExplicitNull public var baseline: String?
  public var metric: String
  /// For pairs the group of higher value of a difference, and of lower value of a ratio.
  @ExplicitNull public var slice: Slice?
  @ExplicitNull public var reference: Slice?
  public var verdict: Verdict
  /// Why it is neither passed nor failed.
  @ExplicitNull public var reason: String?
  @ExplicitNull public var value: Double?
  /// At the gate's own level, 1 − α; what passing rests on.
  @ExplicitNull public var bounds: GateBounds?
  /// At 1 − α/m for m comparisons, holding for all of them at once; what failing rests on.
  @ExplicitNull public var jointBounds: GateBounds?
  /// The limits in force: those of the policy, and what they mean in the other direction.
  @ExplicitNull public var lowest: Double?
  @ExplicitNull public var highest: Double?
  /// What the value rests on, in the smaller of the two slices.
  @ExplicitNull public var n: Int?
  /// What `n` would have to be for this value to pass, all slices growing alike; `null` where no
  /// number would do, or none is needed.
  @ExplicitNull public var neededN: Int?

  /// A comparison of which nothing is known yet.
  public init(model: String?, metric: String, slice: Slice?, reference: Slice? = nil) {
    _model = ExplicitNull(wrappedValue: model)
    self.metric = metric
    _slice = ExplicitNull(wrappedValue: slice)
    _reference = ExplicitNull(wrappedValue: reference)
    verdict = .notMeasured
  }
}
