// SPDX-License-Identifier: Apache-2.0

/// A gate of a policy with the verdict on it and everything that the verdict rests on.
public struct GateVerdict: Sendable, Codable, Equatable {
  public var name: String
  public var verdict: Verdict
  public var severity: GateSeverity
  public var onInconclusive: InconclusiveRule
  /// Whether bounds or the value alone were held against the limit.
  public var on: GateBasis
  public var metric: String
  /// `difference`, `ratio` or the gap's name; `null` for the metric itself.
  @ExplicitNull public var gap: String?
  public var of: GateScope
  public var over: [String]
  public var slices: [Slice]
  @ExplicitNull public var model: String?
  /// The limits as the policy has them.
  @ExplicitNull public var min: Double?
  @ExplicitNull public var max: Double?
  @ExplicitNull public var change: GateChange?
  /// The one-sided error rate.
  public var alpha: Double
  /// The place in `comparisons` of the one that decides: nearest to the limit, or furthest beyond it.
  @ExplicitNull public var decides: Int?
  /// Of the comparison that decides.
  @ExplicitNull public var value: Double?
  @ExplicitNull public var bound: Double?
  /// Of the bound: 1 − α, or 1 − α/m where it shows that the limit is not kept.
  @ExplicitNull public var boundLevel: Double?
  /// The limit that the bound is held against.
  @ExplicitNull public var limit: Double?
  /// What the smaller slice of the neediest comparison would have to rest on to pass.
  @ExplicitNull public var neededN: Int?
  @ExplicitNull public var reason: String?
  @ExplicitNull public var minN: Int?
  @ExplicitNull public var owner: String?
  @ExplicitNull public var rationale: String?
  /// The last day on which the gate counts, as YYYY-MM-DD.
  @ExplicitNull public var expires: String?
  @ExplicitNull public var waiver: GateWaiver?
  /// The exit code that the gate asks for by itself: 0, 1 or 2.
  public var exitEffect: Int
  public var comparisons: [GateComparison]

  /// A gate that has not been judged.
  public init(
    name: String, metric: String, of: GateScope, alpha: Double, severity: GateSeverity,
    onInconclusive: InconclusiveRule, on: GateBasis
  ) {
    self.name = name
    self.metric = metric
    self.of = of
    self.alpha = alpha
    self.severity = severity
    self.onInconclusive = onInconclusive
    self.on = on
    verdict = .notMeasured
    over = []
    slices = []
    exitEffect = 0
    comparisons = []
  }
}

/// Limits of the change from a baseline to a candidate.
public struct GateChange: Sendable, Codable, Equatable {
  /// The value may fall by no more than this; a negative number asks for a rise.
  @ExplicitNull public var maxDrop: Double?
  /// It may rise by no more than this.
  @ExplicitNull public var maxRise: Double?
  /// Candidate ÷ baseline, at least and at most.
  @ExplicitNull public var minRatio: Double?
  @ExplicitNull public var maxRatio: Double?

  /// Limits of a difference, or of a ratio.
  public init(
    maxDrop: Double? = nil, maxRise: Double? = nil, minRatio: Double? = nil,
    maxRatio: Double? = nil
  ) {
    _maxDrop = ExplicitNull(wrappedValue: maxDrop)
    _maxRise = ExplicitNull(wrappedValue: maxRise)
    _minRatio = ExplicitNull(wrappedValue: minRatio)
    _maxRatio = ExplicitNull(wrappedValue: maxRatio)
  }
}

/// Someone's decision to go on in spite of a gate.
public struct GateWaiver: Sendable, Codable, Equatable {
  public var by: String
  public var reason: String
  /// The last day on which it holds, as YYYY-MM-DD.
  public var until: String
  /// Whether it held when the gate was judged.
  public var isInForce: Bool

  /// A waiver as a policy states it.
  public init(by: String, reason: String, until: String, isInForce: Bool = false) {
    self.by = by
    self.reason = reason
    self.until = until
    self.isInForce = isInForce
  }
}
