// SPDX-License-Identifier: Apache-2.0

/// The widest gap of a metric between the groups of an attribute, as it depends on the threshold.
public struct SweptGap: Sendable, Codable, Equatable {
  /// `max_min_difference` or `min_max_ratio`.
  public var kind: GapKind
  public var attribute: String

  public init(kind: GapKind, attribute: String) {
    self.kind = kind
    self.attribute = attribute
  }
}

/// A metric on a slice, or a gap of it, at every threshold of a sweep.
public struct SweptCurve: Sendable, Codable, Equatable {
  public var metric: String
  /// `null`: a gap.
  @ExplicitNull public var slice: Slice?
  /// `null`: the metric itself on the slice.
  @ExplicitNull public var gap: SweptGap?
  /// By threshold; `null` where there is none.
  public var values: [Double?]
  /// The band that holds at once over all thresholds; `null` where rows are too few for one.
  public var low: [Double?]
  public var high: [Double?]

  public init(
    metric: String, slice: Slice?, gap: SweptGap?, values: [Double?], low: [Double?],
    high: [Double?]
  ) {
    self.metric = metric
    self.values = values
    self.low = low
    self.high = high
    _slice = ExplicitNull(wrappedValue: slice)
    _gap = ExplicitNull(wrappedValue: gap)
  }
}

/// A threshold for a slice, and what the metric of the aim is there.
public struct ProposedThreshold: Sendable, Codable, Equatable {
  public var slice: Slice
  /// `null` where no threshold of the sweep will do.
  @ExplicitNull public var threshold: Double?
  @ExplicitNull public var value: Double?

  public init(slice: Slice, threshold: Double?, value: Double?) {
    self.slice = slice
    _threshold = ExplicitNull(wrappedValue: threshold)
    _value = ExplicitNull(wrappedValue: value)
  }
}

/// Thresholds that meet an aim on the rows at hand: exploration, since they are chosen and judged on the
/// same rows.
public struct ThresholdProposal: Sendable, Codable, Equatable {
  /// As it was asked for, such as `selection_rate:sex>=0.8`.
  public var aim: String
  /// The thresholds at which the limit is met by the value.
  public var observed: [Double]
  /// Those at which it is met by the whole band; of the least cost those that cost no more as far as
  /// the rows can tell.
  public var established: [Double]
  /// One for everybody, or one a group.
  public var thresholds: [ProposedThreshold]
  /// The metric that chose among thresholds that meet the limit; `null` where none had to.
  @ExplicitNull public var chosenBy: String?

  public init(
    aim: String, observed: [Double] = [], established: [Double] = [],
    thresholds: [ProposedThreshold] = [], chosenBy: String? = nil
  ) {
    self.aim = aim
    self.observed = observed
    self.established = established
    self.thresholds = thresholds
    _chosenBy = ExplicitNull(wrappedValue: chosenBy)
  }
}

/// Everything of one model that depends on its threshold, over a grid of thresholds.
public struct ThresholdSweep: Sendable, Codable, Equatable {
  public var model: String
  /// Ascending; the model's own is among them.
  public var thresholds: [Double]
  public var level: Double
  public var curves: [SweptCurve]
  public var proposals: [ThresholdProposal]

  public init(
    model: String, thresholds: [Double], level: Double, curves: [SweptCurve],
    proposals: [ThresholdProposal]
  ) {
    self.model = model
    self.thresholds = thresholds
    self.level = level
    self.curves = curves
    self.proposals = proposals
  }
}
