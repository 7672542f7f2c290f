// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandSampling
import EvenhandTabular
import Foundation
import RealModule

/// Whether two numbers agree to an absolute tolerance, relative above 1.
func agree(_ value: Double, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
  abs(value - expected) <= tolerance * max(1, abs(expected))
}

/// A scored row of a test table.
struct ScoredRow: Sendable, Equatable {
  var score: Double
  var label: Bool?
  var weight = 1.0
}

extension RankedScores {
  /// The view of rows in any order.
  init(_ rows: [ScoredRow]) {
    self.init()
    for row in rows.sorted(by: { $0.score < $1.score }) {
      append(score: row.score, label: row.label, weight: row.weight)
    }
  }
}

extension ScoreMoments {
  init(_ rows: [ScoredRow]) {
    self.init()
    for row in rows { sums += ScoreMoments.row(score: row.score, label: row.label) * row.weight }
  }
}

/// Random inputs from a fixed seed.
struct Draws {
  private(set) var stream: RandomStream

  init(_ family: UInt32) {
    stream = RandomStream(seed: 42, family: family, replicate: 0)
  }

  /// Counts of 0 … 40 in all eight cells; a quarter of the cells is empty.
  mutating func counts() -> DecisionCounts {
    var cells = SIMD8<Double>()
    for cell in 0..<8 where Int.random(in: 0..<4, using: &stream) > 0 {
      cells[cell] = Double(Int.random(in: 0...40, using: &stream))
    }
    return DecisionCounts(cells)
  }

  /// Positive weights in all eight cells.
  mutating func weights() -> DecisionCounts {
    var cells = SIMD8<Double>()
    for cell in 0..<8 { cells[cell] = 0.2 + 30 * stream.uniform() }
    return DecisionCounts(cells)
  }

  /// Probabilities on a grid (so that ties occur) with labels that depend on them.
  mutating func rows(
    _ count: Int, grid: Double = 50, unlabelled: Double = 0, weighted: Bool = false
  ) -> [ScoredRow] {
    (0..<count).map { _ in
      let score = min(max((stream.uniform() * grid).rounded() / grid, 0.01), 0.99)
      let label = stream.uniform() < 0.2 + 0.6 * score
      return ScoredRow(
        score: score, label: stream.uniform() < unlabelled ? nil : label,
        weight: weighted ? 0.25 + 2 * stream.uniform() : 1)
    }
  }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    elements.shuffled(using: &stream)
  }
}

/// The rows of the Adult example for one model: scores and labels.
enum AdultScores {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func view(_ column: String) throws -> RankedScores {
    let path = folder.appending(path: "Datasets/adult-income/predictions.csv").path()
    let table = try TableReader().read(
      try InputFile.open(path: path),
      columns: [
        ColumnRequest(name: "label", kind: .number, role: "label"),
        ColumnRequest(name: column, kind: .number, role: "score"),
      ])
    return RankedScores(
      scores: try table.number(column).values,
      labels: try table.number("label").values.map { $0 == 1 })
  }
}
