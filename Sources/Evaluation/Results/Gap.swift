// SPDX-License-Identifier: Apache-2.0

/// How two slices are compared.
public enum GapKind: String, Sendable, Codable, Equatable, CaseIterable {
  case differenceToReference = "difference_to_reference"
  case ratioToReference = "ratio_to_reference"
  case differenceToOverall = "difference_to_overall"
  case ratioToOverall = "ratio_to_overall"
  case pairwiseDifference = "pairwise_difference"
  case maxMinDifference = "max_min_difference"
  case minMaxRatio = "min_max_ratio"

  public var isRatio: Bool {
    switch self {
    case .ratioToReference, .ratioToOverall, .minMaxRatio: true
    default: false
    }
  }

  /// The value that means "no gap": 1 for a ratio, 0 for a difference.
  public var neutral: Double { isRatio ? 1 : 0 }
}

/// What a gap would show by chance if all groups were equal.
public struct NoiseFloor: Sendable, Codable, Equatable {
  public var expected: Double
  /// Equal groups stay below this in 95 of 100 samples (differences).
  @ExplicitNull public var upper95: Double?
  /// Equal groups stay above this in 95 of 100 samples (ratios).
  @ExplicitNull public var lower95: Double?

  public init(expected: Double, upper95: Double?, lower95: Double?) {
    self.expected = expected
    _upper95 = ExplicitNull(wrappedValue: upper95)
    _lower95 = ExplicitNull(wrappedValue: lower95)
  }
}

/// A slice that a gap leaves out, and why.
public struct Exclusion: Sendable, Codable, Equatable {
  public var slice: Slice
  @ExplicitNull public var denominator: Double?
  public var reason: String

  public init(slice: Slice, denominator: Double?, reason: String) {
    self.slice = slice
    _denominator = ExplicitNull(wrappedValue: denominator)
    self.reason = reason
  }
}

/// A part of a composite gap, such as the true positive rate in equalized odds.
public struct GapComponent: Sendable, Codable, Equatable {
  public var metric: String
  @ExplicitNull public var value: Double?

  public init(metric: String, value: Double?) {
    self.metric = metric
    _value = ExplicitNull(wrappedValue: value)
  }
}

/// A comparison of one metric between slices: slice − reference, or slice ÷ reference.
public struct Gap: Sendable, Codable, Equatable {
  @ExplicitNull public var model: String?
  public var metric: String
  /// The field's name for it, where it has one: `demographic_parity_difference`.
  @ExplicitNull public var name: String?
  public var kind: GapKind
  public var attributes: [String]
  /// The stratum within which groups are compared, where `--condition` is given.
  @ExplicitNull public var condition: Slice?
  /// `null` where no two slices could be compared.
  @ExplicitNull public var slice: Slice?
  @ExplicitNull public var reference: Slice?
  public var status: Status
  @ExplicitNull public var reason: String?
  @ExplicitNull public var value: Double?
  @ExplicitNull public var standardError: Double?
  @ExplicitNull public var interval: ReportedInterval?
  @ExplicitNull public var intervalReason: String?
  @ExplicitNull public var pValue: Double?
  @ExplicitNull public var adjustedPValue: Double?
  @ExplicitNull public var noiseFloor: NoiseFloor?
  @ExplicitNull public var minimumDetectable: Double?
  /// Among all comparisons of its kind over metrics and slices; `null` for pairs and ranges.
  @ExplicitNull public var acrossMetrics: AcrossMetrics?
  /// `null` where no row lacks a group, or where the metric has no such bounds.
  @ExplicitNull public var missingBounds: MissingBounds?
  /// Of two groups' rates; `null` for other metrics, weighted or clustered rows and other kinds.
  @ExplicitNull public var tableTests: TableTests?
  public var components: [GapComponent]
  public var excluded: [Exclusion]

  public init(model: String?, metric: String, kind: GapKind, attributes: [String]) {
    _model = ExplicitNull(wrappedValue: model)
    self.metric = metric
    self.kind = kind
    self.attributes = attributes
    status = .ok
    components = []
    excluded = []
  }
}
