// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// A limit on a metric, on a gap or on a change.
public struct Gate: Sendable, Equatable {
  /// What is compared of the metric.
  public enum Gap: Sendable, Equatable {
    case difference, ratio
    /// By the field's name, such as `equalized_odds_difference`.
    case named(String)
  }

  public var name: String
  /// The id of a metric; `equalized_odds` for the gap of that name.
  public var metric: String
  /// `nil`: the metric itself.
  public var gap: Gap?
  public var of: GateScope
  /// The attributes whose groups are compared, crossed if there are several; empty: everybody.
  public var over: [String] = []
  /// Only these slices; for a gap, comparisons that one of them takes part in.
  public var slices: [Slice] = []
  /// `nil`: every model, of a change every candidate.
  public var model: String?
  public var min: Double?
  public var max: Double?
  /// Judges the change from the baseline instead of the number itself.
  public var change: GateChange?
  public var on = GateBasis.interval
  public var onInconclusive = InconclusiveRule.fail
  public var severity = GateSeverity.block
  /// What a number must rest on at least to pass.
  public var minN: Int?
  public var owner: String?
  public var rationale: String?
  /// The last day on which the gate counts.
  public var expires: CalendarDay?
  public var waiver: GateWaiver?

  /// A gate without limits.
  public init(_ name: String, metric: String, gap: Gap? = nil, of: GateScope? = nil) {
    self.name = name
    self.metric = metric
    self.gap = gap
    self.of = of ?? Self.scope(gap)
  }

  /// Groups without a gap; with one pairs, except for gaps whose name means the reference.
  static func scope(_ gap: Gap?) -> GateScope {
    guard let gap else { return .groups }
    if case .named(let name) = gap,
      NamedGap.meaning(name)?.kind == .differenceToReference
    {
      return .reference
    }
    return .pairs
  }
}
