// SPDX-License-Identifier: Apache-2.0

/// How many rows with a score of a model each slice draws, by label and replicate.
struct SliceTotals {
  private let slices: SliceTable
  /// By cell, label (2: missing) and group.
  private var cells: [SIMD8<Float>]

  init(_ plan: Plan, _ slots: RankSlots, model: Int, _ draws: [RankLanes.Draws]) {
    slices = plan.slices
    cells = Array(repeating: SIMD8(), count: plan.slices.cellCount * 3 * RankLanes.groups)
    let rows = plan.rows
    let scores = rows.scores[model]
    var (sum, capacity, target) = (RankLanes.Draws(), 0, 0)
    for slot in draws.indices {
      let row = Int(slots.rows[slot])
      guard !scores[row].isNaN else { continue }
      let own = 3 * Int(rows.cells[row]) + Int(rows.labels[row])
      capacity += Int(slots.capacities[slot])
      if own != target || capacity > RankSlots.most {
        add(sum, to: target)
        (sum, capacity, target) = (RankLanes.Draws(), Int(slots.capacities[slot]), own)
      }
      sum &+= draws[slot]
    }
    add(sum, to: target)
  }

  private mutating func add(_ sum: RankLanes.Draws, to target: Int) {
    for group in 0..<RankLanes.groups {
      let half = group & 1 == 0 ? sum.lowHalf : sum.highHalf
      cells[target * RankLanes.groups + group] += RankLanes.floats(half, group)
    }
  }

  /// Positives and negatives of a slice, by group.
  func ofLabels(_ slice: Int) -> [RankTotals] {
    (0..<RankLanes.groups).map {
      RankTotals(positives: total(slice, label: 1, $0), negatives: total(slice, label: 0, $0))
    }
  }

  /// All rows of a slice, by group.
  func ofRows(_ slice: Int) -> [SIMD8<Float>] {
    (0..<RankLanes.groups).map { group in
      (0..<3).reduce(SIMD8<Float>()) { $0 + total(slice, label: $1, group) }
    }
  }

  private func total(_ slice: Int, label: Int, _ group: Int) -> SIMD8<Float> {
    slices.cells[slice].reduce(SIMD8()) {
      $0 + cells[(3 * Int($1) + label) * RankLanes.groups + group]
    }
  }
}
