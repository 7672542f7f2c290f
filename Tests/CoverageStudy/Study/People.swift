// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandTabular

/// The rows of a data set, column by column; what a scenario has no use for stays empty.
package struct People: Sendable {
  var group: [Int] = []
  var label: [Bool] = []
  var decision: [Bool] = []
  var score: [Double] = []
  /// The scores of a second model.
  var other: [Double] = []
  var weight: [Double] = []
  var count: [Double] = []
  var cluster: [Int] = []
  var stratum: [Int] = []

  /// The names of the columns.
  enum Name {
    static let group = "group"
    static let label = "label"
    static let decision = "decision"
    static let score = "score"
    static let other = "other"
    static let weight = "weight"
    static let count = "count"
    static let cluster = "cluster"
    static let stratum = "stratum"
  }

  /// A table of the columns that have values.
  func table() throws -> Table {
    var columns: [Column] = []
    func add(_ name: String, _ values: [Int]) {
      guard !values.isEmpty else { return }
      columns.append(.category(CategoryColumn(name: name, values: values.map { Int?($0) })))
    }
    func add(_ name: String, _ values: [Bool]) {
      guard !values.isEmpty else { return }
      columns.append(.category(CategoryColumn(name: name, values: values.map { Bool?($0) })))
    }
    func add(_ name: String, _ values: [Double]) throws {
      guard !values.isEmpty else { return }
      columns.append(.number(try NumberColumn(name: name, values: values)))
    }
    add(Name.group, group)
    add(Name.label, label)
    add(Name.decision, decision)
    add(Name.cluster, cluster)
    add(Name.stratum, stratum)
    try add(Name.score, score)
    try add(Name.other, other)
    try add(Name.weight, weight)
    try add(Name.count, count)
    return try Table(columns: columns)
  }

  /// Evaluates the rows on one thread: data sets, not replicates, run in parallel.
  func evaluate(_ configuration: Configuration, seed: UInt64) throws -> EvaluationResult {
    var own = configuration
    own.threads = 1
    own.seed = seed
    return try Evaluator(own).evaluate(table())
  }
}

extension Configuration {
  /// Decisions of a model called `m`, sliced by `group`, with no tests by permutation.
  static func decisions(_ metrics: Set<String>, replicates: Int) -> Configuration {
    var result = Configuration(
      models: [ModelRole("m", column: People.Name.decision, output: .decision)],
      by: [People.Name.group])
    result.metrics = metrics
    result.replicates = replicates
    result.permutations = 0
    result.smallGroups = false
    return result
  }

  /// Scores of a model called `m`, sliced by `group`, with no tests by permutation.
  static func scores(_ metrics: Set<String>, replicates: Int) -> Configuration {
    var result = Configuration(
      label: People.Name.label, models: [ModelRole("m", column: People.Name.score)],
      by: [People.Name.group])
    result.metrics = metrics
    result.replicates = replicates
    result.permutations = 0
    result.smallGroups = false
    result.labelDraws = 0
    return result
  }

  func with(_ change: (inout Configuration) -> Void) -> Configuration {
    var result = self
    change(&result)
    return result
  }
}

extension EvaluationResult {
  /// The overall measurement of a metric.
  func overall(_ metric: String) -> SliceMeasurement? {
    measurements.first { $0.metric == metric && $0.slice == .overall }
  }

  func gaps(_ metric: String, _ kind: GapKind) -> [Gap] {
    gaps.filter { $0.metric == metric && $0.kind == kind && $0.condition == nil }
  }

  func gap(_ metric: String, _ kind: GapKind) -> Gap? { gaps(metric, kind).first }
}

extension Slice {
  /// The index of the group that it is, if it is one.
  var place: Int? { group(of: People.Name.group).flatMap { $0 }.flatMap { Int($0) } }
}
