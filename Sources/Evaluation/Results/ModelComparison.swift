// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// How far the candidate's number is from the baseline's, with its error and its limits.
public struct Change: Sendable, Codable, Equatable {
  @ExplicitNull public var value: Double?
  /// Of a difference; of the logarithm of a ratio.
  @ExplicitNull public var standardError: Double?
  @ExplicitNull public var interval: ReportedInterval?
  /// Why there is a value and no interval.
  @ExplicitNull public var intervalReason: String?

  public init(
    value: Double?, standardError: Double? = nil, interval: ReportedInterval? = nil,
    intervalReason: String? = nil
  ) {
    _value = ExplicitNull(wrappedValue: value)
    _standardError = ExplicitNull(wrappedValue: standardError)
    _interval = ExplicitNull(wrappedValue: interval)
    _intervalReason = ExplicitNull(wrappedValue: intervalReason)
  }
}

/// The gap whose change is meant, by the keys of a `Gap`.
public struct ComparedGap: Sendable, Codable, Equatable {
  public var kind: GapKind
  @ExplicitNull public var name: String?
  public var attributes: [String]
  @ExplicitNull public var slice: Slice?
  @ExplicitNull public var reference: Slice?

  public init(
    kind: GapKind, name: String?, attributes: [String], slice: Slice?, reference: Slice?
  ) {
    self.kind = kind
    _name = ExplicitNull(wrappedValue: name)
    self.attributes = attributes
    _slice = ExplicitNull(wrappedValue: slice)
    _reference = ExplicitNull(wrappedValue: reference)
  }
}

/// Rows that a rate counts under one of two models only, and McNemar's tests of them.
public struct DiscordantPairs: Sendable, Codable, Equatable {
  public var baselineOnly: Double
  public var candidateOnly: Double
  /// Rows below the fraction line, which are the same under both models.
  public var pairs: Double
  public var exactPValue: Double
  public var midPValue: Double

  /// - Parameters:
  ///   - baselineOnly: rows that are counted under the baseline only.
  ///   - candidateOnly: rows that are counted under the candidate only.
  ///   - pairs: all rows, more than 0.
  public init(baselineOnly: Double, candidateOnly: Double, pairs: Double) {
    self.baselineOnly = baselineOnly
    self.candidateOnly = candidateOnly
    self.pairs = pairs
    let proportions = PairedProportions(
      firstOnly: baselineOnly, secondOnly: candidateOnly, pairs: pairs)
    exactPValue = proportions.exactPValue
    midPValue = proportions.midPValue
  }

  /// For their interval at any level.
  var proportions: PairedProportions {
    PairedProportions(firstOnly: baselineOnly, secondOnly: candidateOnly, pairs: pairs)
  }
}

/// The change of one metric on one slice, or of one gap, from a baseline to a candidate.
public struct ModelComparison: Sendable, Codable, Equatable {
  public var baseline: String
  public var candidate: String
  public var metric: String
  /// `null` for the change of a gap.
  @ExplicitNull public var slice: Slice?
  /// `null` for the change of a metric on a slice.
  @ExplicitNull public var gap: ComparedGap?
  public var status: Status
  @ExplicitNull public var reason: String?
  @ExplicitNull public var baselineValue: Double?
  @ExplicitNull public var candidateValue: Double?
  /// Candidate − baseline.
  public var difference: Change
  /// Candidate ÷ baseline; `null` where the metric has no ratios, and for gaps.
  @ExplicitNull public var ratio: Change?
  @ExplicitNull public var pValue: Double?
  /// Over the slices, or the gaps of one kind and grouping, that are compared at once.
  @ExplicitNull public var adjustedPValue: Double?
  /// The test behind `pValue`: `mcnemar_mid_p`, `delong`, `linearised`, `unpaired`.
  @ExplicitNull public var method: String?
  /// For rates whose rows below the fraction line are the same under both models.
  @ExplicitNull public var discordant: DiscordantPairs?
  /// Of Student's t, for clustered rows: clusters − 1; `null`: normal theory.
  @ExplicitNull public var degreesOfFreedom: Double?

  public init(baseline: String, candidate: String, metric: String) {
    self.baseline = baseline
    self.candidate = candidate
    self.metric = metric
    status = .ok
    difference = Change(value: nil)
  }
}
