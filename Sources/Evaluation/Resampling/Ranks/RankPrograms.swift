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

/// What the steps of a model are made of, in the order of its scores: read again and again, which would be
/// slow from rows that lie apart.
struct RankedPlaces: Sendable {
  struct Place: Sendable {
    var score: Double
    var cell: UInt32
    /// `nil` where there is none.
    var label: Bool?
    var capacity: UInt8
  }

  let places: [Place]

  /// Of the slots of rows that ascend by score.
  init(_ order: ScoreOrder, _ slots: RankSlots) {
    var places: [Place] = []
    places.reserveCapacity(order.count)
    for place in 0..<order.count {
      let row = Int(order.rows[place])
      for slot in Int(slots.starts[row])..<Int(slots.starts[row + 1]) {
        places.append(
          Place(
            score: order.scores[place], cell: UInt32(order.cells[place]),
            label: order.label(place), capacity: slots.capacities[slot]))
      }
    }
    self.places = places
  }
}

/// Makes the steps of all slices of a model.
struct RankPrograms: Sendable {
  let slices: SliceTable
  let places: RankedPlaces
  let kind: RankProgramKind
  /// By slice.
  let isWanted: [Bool]

  /// By slice; empty programs where none is wanted.
  func all(_ parallel: Parallel) -> [RankProgram] {
    guard isWanted.contains(true) else { return [] }
    let partitions = slices.partitions
    let made = parallel.map(partitions) { programs($0.slices.count, $0.placeOfCell) }
    var result = Array(repeating: RankProgram(), count: slices.slices.count)
    for (partition, programs) in zip(partitions, made) {
      for (slice, program) in zip(partition.slices, programs) where isWanted[slice] {
        result[slice] = program
      }
    }
    return result
  }

  /// One for each of `count` parts, a row going to the part of its cell (−1: none).
  private func programs(_ count: Int, _ partOfCell: [Int32]) -> [RankProgram] {
    var builders = Array(
      repeating: RankProgramBuilder(keepsScores: kind == .precision), count: count)
    let places = places.places
    for index in places.indices {
      let place = places[index]
      let part = Int(partOfCell[Int(place.cell)])
      guard part >= 0 else { continue }
      if kind == .quantiles {
        builders[part].add(place: index, capacity: place.capacity)
      } else if let label = place.label {
        builders[part].add(
          place: index, score: place.score, isPositive: label, capacity: place.capacity)
      }
    }
    let tiles = (places.count + RankProgram.tile - 1) / RankProgram.tile
    return builders.indices.map { builders[$0].finished(tiles: tiles) }
  }
}
