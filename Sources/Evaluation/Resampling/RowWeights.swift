// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandSampling

/// How often each row is drawn in a block of replicates, tile after tile: drawn once, and written in the form
/// that an engine takes.
///
/// Poisson(c) for a row that stands for c; within strata, whose totals are kept, the multinomial draw as
/// a chain of conditional binomials.
struct RowWeights {
  /// Rows in a tile: what is drawn depends on where tiles begin.
  static let tile = 1024

  private let rows: DistinctRows
  private var streams: [RandomStream]
  private var unit = UnitPoisson()
  /// Of the tile at hand: what rows are drawn that stand for one.
  private var packed = PackedDraws(rows: tile)
  /// Of the tile at hand: the other rows, and what they are drawn, replicate after replicate of each.
  private var apart: [Int] = []
  private var apartCounts: [Int] = []
  /// Rows that stand for several, ascending.
  private let repeated: [Int]
  /// The first of them that is still to come.
  private var next = 0
  /// The stratum of every row; empty for Poisson weights.
  private let strata: [Int]
  /// By stratum: rows that are still to come.
  private var rest: [Int] = []
  /// By stratum and replicate: draws that are still to be given out.
  private var trials: [[Int]] = []

  /// - Parameters:
  ///   - repeated: as `repeated(_:)` gives them.
  ///   - first, count: the replicates.
  init(_ plan: Plan, repeated: [Int], first: Int, count: Int) {
    precondition(count <= RankLanes.count, "replicates are drawn in blocks of lanes")
    rows = plan.rows
    self.repeated = repeated
    streams = (first..<first + count).map {
      RandomStream(seed: plan.configuration.seed, family: StreamFamily.rows, replicate: UInt32($0))
    }
    switch plan.configuration.resampling {
    case .auto, .poisson: strata = []
    case .groupLabel:
      strata = zip(plan.rows.cells, plan.rows.labels).map { 4 * Int($0) + Int($1) }
    case .condition: strata = plan.rows.cells.map { plan.slices.strata[Int($0)] }
    }
    guard let last = strata.max() else { return }
    rest = Array(repeating: 0, count: last + 1)
    for (stratum, multiplicity) in zip(strata, plan.rows.multiplicities) {
      rest[stratum] += Int(multiplicity)
    }
    trials = rest.map { Array(repeating: $0, count: count) }
  }

  /// The rows that stand for several, ascending.
  static func repeated(_ rows: DistinctRows) -> [Int] {
    (0..<rows.count).filter { rows.multiplicities[$0] != 1 }
  }

  /// The rows of a plan cut into tiles, each of one cell.
  static func tiles(_ rows: DistinctRows) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    while start < rows.count {
      let cell = rows.cells[start]
      var end = start
      while end < rows.count, end - start < tile, rows.cells[end] == cell { end += 1 }
      result.append(start..<end)
      start = end
    }
    return result
  }

  /// Draws a tile; tiles come in the order of the rows.
  mutating func draw(_ tile: Range<Int>) {
    apart.removeAll(keepingCapacity: true)
    if strata.isEmpty { drawPoisson(tile) } else { drawWithinStrata(tile) }
  }

  private mutating func drawPoisson(_ tile: Range<Int>) {
    while next < repeated.count, repeated[next] < tile.upperBound {
      apart.append(repeated[next])
      next += 1
    }
    apartCounts = Array(repeating: 0, count: apart.count * streams.count)
    for replicate in streams.indices {
      unit.fill(
        words: &packed.words, from: packed.start(of: replicate), places: tile.count,
        using: &streams[replicate])
      for (place, row) in apart.enumerated() {
        apartCounts[place * streams.count + replicate] = Poisson.sample(
          mean: rows.multiplicities[row], using: &streams[replicate])
      }
    }
  }

  private mutating func drawWithinStrata(_ tile: Range<Int>) {
    apartCounts.removeAll(keepingCapacity: true)
    for row in tile {
      let multiplicity = Int(rows.multiplicities[row])
      apart.append(row)
      for replicate in streams.indices {
        apartCounts.append(drawn(multiplicity, strata[row], replicate))
      }
      rest[strata[row]] -= multiplicity
    }
  }

  private mutating func drawn(_ multiplicity: Int, _ stratum: Int, _ replicate: Int) -> Int {
    let left = trials[stratum][replicate]
    let drawn =
      multiplicity == rest[stratum]
      ? left
      : Binomial.sample(
        trials: left, probability: Double(multiplicity) / Double(rest[stratum]),
        using: &streams[replicate])
    trials[stratum][replicate] -= drawn
    return drawn
  }

  /// Writes the draws of the tile at hand as numbers, replicates × rows.
  func write(_ tile: Range<Int>, into weights: inout [Float]) {
    if strata.isEmpty {
      for replicate in streams.indices {
        let start = replicate * tile.count
        UnitPoisson.write(
          packed.words, from: packed.start(of: replicate), to: &weights,
          start..<start + tile.count)
      }
    }
    for (place, row) in apart.enumerated() {
      for replicate in streams.indices {
        weights[replicate * tile.count + row - tile.lowerBound] = Float(
          apartCounts[place * streams.count + replicate])
      }
    }
  }

  /// Writes the draws of the tile at hand into the slots of its rows.
  func write(_ tile: Range<Int>, _ slots: RankSlots, into draws: inout [RankLanes.Draws]) {
    if strata.isEmpty { packed.write(tile, slots, into: &draws) }
    for (place, row) in apart.enumerated() {
      for replicate in streams.indices {
        let count = apartCounts[place * streams.count + replicate]
        slots.write(count, row: row, replicate: replicate, into: &draws)
      }
    }
  }
}
