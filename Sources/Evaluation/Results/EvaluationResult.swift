// SPDX-License-Identifier: Apache-2.0

/// A model as it was evaluated.
public struct ModelRecord: Sendable, Codable, Equatable {
  public var name: String
  /// `probability`, `score` or `decision`.
  public var kind: String
  @ExplicitNull public var threshold: Double?
  /// The smallest and the largest score read.
  @ExplicitNull public var lowest: Double?
  @ExplicitNull public var highest: Double?

  public init(name: String, kind: String, threshold: Double?, lowest: Double?, highest: Double?) {
    self.name = name
    self.kind = kind
    _threshold = ExplicitNull(wrappedValue: threshold)
    _lowest = ExplicitNull(wrappedValue: lowest)
    _highest = ExplicitNull(wrappedValue: highest)
  }
}

/// An attribute as it was evaluated: its groups in their order and the reference.
public struct AttributeRecord: Sendable, Codable, Equatable {
  public var name: String
  public var groups: [String]
  @ExplicitNull public var reference: String?
  /// Rows without a value; `null` where their number is withheld.
  @ExplicitNull public var missing: Int?

  public init(name: String, groups: [String], reference: String?, missing: Int?) {
    self.name = name
    self.groups = groups
    _reference = ExplicitNull(wrappedValue: reference)
    _missing = ExplicitNull(wrappedValue: missing)
  }
}

/// Everything that an evaluation finds out, before anybody renders it.
public struct EvaluationResult: Sendable, Equatable {
  public var models: [ModelRecord] = []
  public var attributes: [AttributeRecord] = []
  public var data: DataRecord
  public var slices: [SliceRecord] = []
  public var measurements: [SliceMeasurement] = []
  public var gaps: [Gap] = []
  public var tests: [GroupTest] = []
  public var curves: [SliceCurves] = []
  public var calibration = CalibrationRecord()
  public var smallGroups = SmallGroupsRecord()
  /// From the baseline to each other model; none without a baseline.
  public var comparisons: [ModelComparison] = []
  public var flips: [ModelFlips] = []
  /// All models by each metric that says which is better; none for a single model.
  public var standings: [ModelStandings] = []
  /// All models by two criteria; `nil` without a baseline, or where a number is missing.
  public var pareto: ParetoRecord?
  /// What depends on thresholds; none unless asked for.
  public var sweeps: [ThresholdSweep] = []
  /// `nil` where it is withheld.
  public var tally: Tally?
  public var warnings: [Warning] = []
  /// By which engine each family of numbers was reckoned.
  public var plan: [String: String] = [:]

  public init(data: DataRecord) {
    self.data = data
  }
}
