// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// An additive summary of a slice: sums over rows, sums over weighted rows, and the cross-products that
/// variances come from.
struct AdditiveTally: Sendable {
  /// Σ over rows, each counting 1.
  var rows = SIMD8<Double>()
  /// Σ over rows, each counting its weight.
  var weighted = SIMD8<Double>()
  /// Σ z·zᵀ over rows, z = weight × what the row adds.
  var products = CrossProducts()

  mutating func add(_ contribution: SIMD8<Double>, weight: Double, multiplicity: Double) {
    rows += contribution * multiplicity
    weighted += contribution * (weight * multiplicity)
    products.add(contribution * weight, scale: multiplicity)
  }

  static func += (left: inout Self, right: Self) {
    left.rows += right.rows
    left.weighted += right.weighted
    left.products += right.products
  }
}

/// The additive summaries of one model, cell by cell and slice by slice.
struct ModelTally: Sendable {
  var decisionCells: [AdditiveTally]
  var decisions: [AdditiveTally]
  /// Empty for a model without scores.
  var momentCells: [AdditiveTally]
  var moments: [AdditiveTally]
  /// Labelled rows whose probability is so near 0 or 1 that logarithms clip it.
  var clipped = 0.0

  /// One pass over the rows, then a roll-up of cells into slices.
  init(_ plan: Plan, model: Int) {
    let rows = plan.rows
    var decisionCells = Array(repeating: AdditiveTally(), count: plan.slices.cellCount)
    for row in 0..<rows.count {
      guard
        let cell = DecisionCounts.cell(label: rows.label(row), decision: rows.decision(model, row))
      else { continue }
      var contribution = SIMD8<Double>()
      contribution[cell] = 1
      decisionCells[Int(rows.cells[row])].add(
        contribution, weight: rows.weight(row), multiplicity: rows.multiplicities[row])
    }
    self.decisionCells = decisionCells
    decisions = Self.rollUp(decisionCells, plan.slices)
    momentCells = []
    moments = []
    guard !rows.scores[model].isEmpty else { return }
    addMoments(plan, model)
  }

  private mutating func addMoments(_ plan: Plan, _ model: Int) {
    let rows = plan.rows
    let isProbability = plan.models[model].kind == .probability
    var cells = Array(repeating: AdditiveTally(), count: plan.slices.cellCount)
    for row in 0..<rows.count {
      let score = rows.scores[model][row]
      guard !score.isNaN else { continue }
      let label = rows.label(row)
      cells[Int(rows.cells[row])].add(
        ScoreMoments.row(score: score, label: label), weight: rows.weight(row),
        multiplicity: rows.multiplicities[row])
      if isProbability, label != nil, Probability.isClipped(score) {
        clipped += rows.multiplicities[row]
      }
    }
    momentCells = cells
    moments = Self.rollUp(cells, plan.slices)
  }

  private static func rollUp(_ cells: [AdditiveTally], _ slices: SliceTable) -> [AdditiveTally] {
    slices.cells.map { members in
      var sum = AdditiveTally()
      for cell in members { sum += cells[Int(cell)] }
      return sum
    }
  }
}
