// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A metric as a sum of rates, each times a weight, and a constant: means of two rates, and mean costs
/// with the share of rows at each cost.
struct SharesOfCells: Sendable {
  /// No weight is 0.
  let parts: [(weight: Double, rate: any DecisionMetric)]
  /// Whether no row is in the denominators of two of the rates.
  let areDisjoint: Bool

  /// `nil` for a metric that is no such sum.
  init?(_ metric: any DecisionMetric) {
    if let mean = metric as? any MeanOfRates {
      parts = [(0.5, mean.first as any DecisionMetric), (0.5, mean.second)]
      areDisjoint = true
      return
    }
    guard let ratio = metric as? any RatioOfCounts else { return nil }
    let cells = ratio.denominator.indices.filter { ratio.denominator[$0] != 0 }
    guard cells.allSatisfy({ ratio.denominator[$0] == 1 }),
      ratio.numerator.indices.allSatisfy({ cells.contains($0) || ratio.numerator[$0] == 0 })
    else { return nil }
    let byCost = Dictionary(grouping: cells) { ratio.numerator[$0] }
    // What most cells cost is what the others are counted from, 0 before others.
    let base = byCost.max { ($0.value.count, -abs($0.key)) < ($1.value.count, -abs($1.key)) }?.key
    guard let base, byCost.count > 1 else { return nil }
    let among = Self.set(cells)
    parts = byCost.filter { $0.key != base }.sorted { $0.key < $1.key }.map { cost, own in
      (cost - base, CellShare(counted: Self.set(own), among: among))
    }
    areDisjoint = false
  }

  private static func set(_ cells: [Int]) -> DecisionCells {
    DecisionCells(rawValue: cells.reduce(0) { $0 | 1 << UInt8($1) })
  }
}

/// The share of the rows of some cells that lie in fewer of them.
private struct CellShare: Rate {
  let counted: DecisionCells
  let among: DecisionCells
  let id = "share"
  let title = "Share"
  let direction = Direction.descriptive
  let definition = "A share of rows. Undefined without rows."
  let meaning = "a share of rows"
}
