// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandSampling

/// A table and a configuration drawn from a seed: many shapes, tiny and degenerate ones included.
struct RandomTable: Sendable, CustomStringConvertible {
  enum Labels: CaseIterable { case random, positiveOnly, rare, someMissing, allMissing }
  enum Scores: CaseIterable { case smooth, grid, constant, certain, someMissing }
  enum Design: CaseIterable { case simple, counted, weighted, clustered, clusteredAndWeighted }

  var seed: UInt64
  var rows: [Row]
  var configuration: Configuration
  let description: String

  init(seed: UInt64, design: Design? = nil) {
    var stream = RandomStream(seed: seed, family: 900, replicate: 0)
    let labels = Labels.allCases.randomElement(using: &stream) ?? .random
    let scores = Scores.allCases.randomElement(using: &stream) ?? .smooth
    let design = design ?? Design.allCases.randomElement(using: &stream) ?? .simple
    let size = [2, 5, 30, 120, 400].randomElement(using: &stream) ?? 30
    let decides = Int.random(in: 0..<4, using: &stream) == 0
    let groups = (0..<2).map { _ in Int.random(in: 1...4, using: &stream) }
    self.seed = seed
    rows = (0..<size).map { index in
      Self.row(index, labels, scores, design, groups, &stream)
    }
    // At least two clusters are needed.
    if rows.count > 1 { rows[0].cluster = "first" }
    var own = decides ? Configuration.decisions(depth: 2) : .scores(depth: 2)
    own.replicates = 200
    own.labelDraws = 19
    own.permutations = 100
    own.costs = CostMatrix(falsePositive: 1, falseNegative: 4)
    own.sweep = !decides && seed.isMultiple(of: 3)
    own.minimum = [1, 5, 10].randomElement(using: &stream) ?? 10
    own.confidence = [0.9, 0.95, 0.99].randomElement(using: &stream) ?? 0.95
    own.condition = Int.random(in: 0..<3, using: &stream) == 0 ? Name.stratum : nil
    own.missingAsGroup = Bool.random(using: &stream)
    own.count = design == .counted ? Name.count : nil
    own.weight = design == .weighted || design == .clusteredAndWeighted ? Name.weight : nil
    own.cluster = design == .clustered || design == .clusteredAndWeighted ? Name.cluster : nil
    configuration = own
    description = "\(seed): \(size) rows, \(labels) labels, \(scores) scores, \(design)"
  }

  private static func row(
    _ index: Int, _ labels: Labels, _ scores: Scores, _ design: Design, _ groups: [Int],
    _ stream: inout RandomStream
  ) -> Row {
    var row = Row()
    row.groups = groups.map { count in
      stream.uniform() < 0.05 ? nil : "g\(Int.random(in: 0..<count, using: &stream))"
    }
    let u = stream.uniform()
    row.score =
      switch scores {
      case .smooth: u
      case .grid: (u * 8).rounded() / 8
      case .constant: 0.4
      case .certain: u < 0.3 ? 0 : u > 0.7 ? 1 : u
      case .someMissing: stream.uniform() < 0.2 ? .nan : u
      }
    let isPositive = stream.uniform() < 0.2 + 0.6 * u
    row.label =
      switch labels {
      case .random: isPositive
      case .positiveOnly: true
      case .rare: stream.uniform() < 0.03
      case .someMissing: stream.uniform() < 0.2 ? nil : isPositive
      case .allMissing: nil
      }
    row.decision = stream.uniform() < 0.05 ? nil : u > 0.5
    row.weight = 0.5 + 3 * stream.uniform()
    row.count = Double(Int.random(in: index == 0 ? 1...3 : 0...3, using: &stream))
    row.cluster = "c\(index / 3)"
    row.stratum = "s\(Int.random(in: 0..<3, using: &stream))"
    return row
  }

  func evaluate(_ change: (inout Configuration) -> Void = { _ in }) throws -> EvaluationResult {
    try Evaluator(configuration.with(change)).evaluate(rows.table())
  }
}
