// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

/// What a slice's steps are for.
enum RankProgramKind {
  /// Ties between labels matter.
  case area
  /// Scores of positives matter.
  case precision
  /// Neither does, nor do labels.
  case quantiles

  func includes(_ statistic: RanksEngine.Target.Statistic) -> Bool {
    switch (self, statistic) {
    case (.area, .area), (.precision, .precision), (.quantiles, .quantile): true
    default: false
    }
  }
}

/// Makes the steps of all slices of a model.
struct RankPrograms: Sendable {
  let plan: Plan
  let slots: RankSlots
  let model: Int
  let order: [UInt32]
  let kind: RankProgramKind
  /// By slice.
  let isWanted: [Bool]

  /// By slice; empty programs where none is wanted.
  func all(_ parallel: Parallel) -> [RankProgram] {
    let slices = plan.slices
    guard isWanted.contains(true) else { return [] }
    let contexts = Set(slices.contexts).sorted()
    var jobs = contexts.map { context -> (members: [Int], memberOfCell: [Int32]) in
      var inside = Array(repeating: Int32(-1), count: slices.cellCount)
      for cell in slices.cells[context] { inside[Int(cell)] = 0 }
      return ([context], inside)
    }
    jobs += slices.groupings.map { ($0.members, $0.memberOfCell) }
    let made = parallel.map(jobs) { programs($0.members.count, $0.memberOfCell) }
    var result = Array(repeating: RankProgram(), count: slices.slices.count)
    for (job, programs) in zip(jobs, made) {
      for (slice, program) in zip(job.members, programs) where isWanted[slice] {
        result[slice] = program
      }
    }
    return result
  }

  /// One for each of `count` parts, a row going to the part of its cell (−1: none).
  private func programs(_ count: Int, _ partOfCell: [Int32]) -> [RankProgram] {
    let rows = plan.rows
    var builders = Array(
      repeating: RankProgramBuilder(keepsScores: kind == .precision), count: count)
    for (place, slot) in order.enumerated() {
      let row = Int(slots.rows[Int(slot)])
      let part = Int(partOfCell[Int(rows.cells[row])])
      guard part >= 0 else { continue }
      let capacity = slots.capacities[Int(slot)]
      if kind == .quantiles {
        builders[part].add(place: place, capacity: capacity)
      } else if let label = rows.label(row) {
        builders[part].add(
          place: place, score: rows.scores[model][row], isPositive: label, capacity: capacity)
      }
    }
    let tiles = (order.count + RankProgram.tile - 1) / RankProgram.tile
    return builders.indices.map { builders[$0].finished(tiles: tiles) }
  }
}
