// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandTabular

/// One row of a table made by a test.
struct Row: Sendable, Equatable {
  var groups: [String?] = ["all"]
  var label: Bool?
  /// NaN: missing.
  var score = Double.nan
  var decision: Bool?
  var weight = 1.0
  var count = 1.0
  var cluster: String?
  var stratum: String?
}

/// The names of the columns that tests use.
enum Name {
  static let attributes = ["a", "b", "c"]
  static let label = "label"
  static let score = "score"
  static let decision = "decision"
  static let weight = "weight"
  static let count = "count"
  static let cluster = "cluster"
  static let stratum = "stratum"
}

extension [Row] {
  /// A table with one column a field; attributes are called a, b, c.
  func table() throws -> Table {
    let depth = first?.groups.count ?? 0
    var columns: [Column] = (0..<depth).map { place in
      .category(CategoryColumn(name: Name.attributes[place], values: map { $0.groups[place] }))
    }
    columns.append(.category(CategoryColumn(name: Name.label, values: map(\.label))))
    columns.append(.category(CategoryColumn(name: Name.decision, values: map(\.decision))))
    columns.append(.category(CategoryColumn(name: Name.cluster, values: map(\.cluster))))
    columns.append(.category(CategoryColumn(name: Name.stratum, values: map(\.stratum))))
    columns.append(.number(try NumberColumn(name: Name.score, values: map(\.score))))
    columns.append(.number(try NumberColumn(name: Name.weight, values: map(\.weight))))
    columns.append(.number(try NumberColumn(name: Name.count, values: map(\.count))))
    return try Table(columns: columns)
  }
}

extension Configuration {
  /// A model of scores called `m`, sliced by the first `depth` attributes; few labels are drawn.
  static func scores(depth: Int = 1, threshold: Double? = nil) -> Configuration {
    Configuration(
      label: Name.label,
      models: [ModelRole("m", column: Name.score, output: .score(threshold: threshold))],
      by: Array(Name.attributes.prefix(depth))
    ).with { $0.labelDraws = 19 }
  }

  /// A model of decisions called `m`.
  static func decisions(depth: Int = 1) -> Configuration {
    Configuration(
      label: Name.label, models: [ModelRole("m", column: Name.decision, output: .decision)],
      by: Array(Name.attributes.prefix(depth)))
  }

  func with(_ change: (inout Configuration) -> Void) -> Configuration {
    var result = self
    change(&result)
    return result
  }
}

extension EvaluationResult {
  /// The measurement of a metric on a slice, of the model called `model` or of the data.
  func measurement(_ metric: String, _ slice: Slice = .overall, model: String? = nil)
    -> SliceMeasurement?
  {
    measurements.first {
      $0.metric == metric && $0.slice == slice && (model == nil || $0.model == model)
    }
  }

  func value(_ metric: String, _ slice: Slice = .overall, model: String? = nil) -> Double? {
    measurement(metric, slice, model: model)?.value
  }

  func gaps(_ metric: String, _ kind: GapKind, by attributes: [String], model: String? = nil)
    -> [Gap]
  {
    gaps.filter {
      $0.metric == metric && $0.kind == kind && $0.attributes == attributes
        && (model == nil || $0.model == model) && $0.condition == nil
    }
  }

  func gap(_ metric: String, _ kind: GapKind, by attributes: [String], model: String? = nil) -> Gap?
  {
    gaps(metric, kind, by: attributes, model: model).first
  }

  func gap(named name: String, by attributes: [String], model: String? = nil) -> Gap? {
    gaps.first {
      $0.name == name && $0.attributes == attributes && $0.condition == nil
        && (model == nil || $0.model == model)
    }
  }
}

extension Slice {
  /// The slice of attributes and their groups.
  static func of(_ groups: KeyValuePairs<String, String?>) -> Slice {
    Slice(groups.map { Assignment(attribute: $0.key, group: $0.value) })
  }

  static func of(_ groups: [String: String]) -> Slice {
    Slice(groups.map { Assignment(attribute: $0.key, group: $0.value) })
  }
}

/// Whether two numbers agree to an absolute tolerance, relative above 1.
func agree(_ value: Double?, _ expected: Double?, within tolerance: Double = 1e-9) -> Bool {
  guard let value, let expected else { return value == nil && expected == nil }
  return abs(value - expected) <= tolerance * max(1, abs(expected))
}

/// Whether two positive numbers agree to a relative tolerance.
func agreeRelatively(_ value: Double?, _ expected: Double, within tolerance: Double = 1e-9) -> Bool
{
  guard let value else { return false }
  return abs(value - expected) <= tolerance * abs(expected)
}
