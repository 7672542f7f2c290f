// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandSampling

/// How often each row is drawn in a block of replicates, tile after tile.
///
/// Poisson(c) for a row that stands for c; within strata, whose totals are kept, the multinomial draw as
/// a chain of conditional binomials.
struct RowWeights {
  /// Rows in a tile: what is drawn depends on where tiles begin.
  static let tile = 1024

  private let rows: DistinctRows
  private var streams: [RandomStream]
  private var unit = UnitPoisson()
  private var packed = PackedDraws()
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

  /// - Parameter repeated: the rows that stand for several, ascending.
  init(_ plan: Plan, repeated: [Int], first: Int, count: Int) {
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

  /// Writes replicates × rows of the tile; tiles come in the order of the rows.
  mutating func draw(_ tile: Range<Int>, into weights: inout [Float]) {
    if strata.isEmpty { drawPoisson(tile, &weights) } else { drawWithinStrata(tile, &weights) }
  }

  private mutating func drawPoisson(_ tile: Range<Int>, _ weights: inout [Float]) {
    let first = next
    while next < repeated.count, repeated[next] < tile.upperBound { next += 1 }
    for replicate in streams.indices {
      let start = replicate * tile.count
      unit.fill(&weights, start..<start + tile.count, using: &streams[replicate])
      for row in repeated[first..<next] {
        weights[start + row - tile.lowerBound] = Float(
          Poisson.sample(mean: rows.multiplicities[row], using: &streams[replicate]))
      }
    }
  }

  private mutating func drawWithinStrata(_ tile: Range<Int>, _ weights: inout [Float]) {
    for (place, row) in tile.enumerated() {
      let multiplicity = Int(rows.multiplicities[row])
      for replicate in streams.indices {
        weights[replicate * tile.count + place] = drawn(multiplicity, strata[row], replicate)
      }
      rest[strata[row]] -= multiplicity
    }
  }

  private mutating func drawn(_ multiplicity: Int, _ stratum: Int, _ replicate: Int) -> Float {
    let left = trials[stratum][replicate]
    let drawn =
      multiplicity == rest[stratum]
      ? left
      : Binomial.sample(
        trials: left, probability: Double(multiplicity) / Double(rest[stratum]),
        using: &streams[replicate])
    trials[stratum][replicate] -= drawn
    return Float(drawn)
  }

  /// Writes the same numbers into the slots of the tile's rows; tiles come in the order of the rows.
  mutating func draw(_ tile: Range<Int>, _ slots: RankSlots, into draws: inout [RankLanes.Draws]) {
    guard strata.isEmpty else {
      for row in tile {
        let multiplicity = Int(rows.multiplicities[row])
        for replicate in streams.indices {
          let count = Int(drawn(multiplicity, strata[row], replicate))
          slots.write(count, row: row, replicate: replicate, into: &draws)
        }
        rest[strata[row]] -= multiplicity
      }
      return
    }
    let first = next
    while next < repeated.count, repeated[next] < tile.upperBound { next += 1 }
    if packed.isEmpty { packed = PackedDraws(rows: Self.tile) }
    var several: [Int] = []
    for replicate in streams.indices {
      unit.fill(
        words: &packed.words, from: packed.start(of: replicate), places: tile.count,
        using: &streams[replicate])
      for row in repeated[first..<next] {
        several.append(
          Poisson.sample(mean: rows.multiplicities[row], using: &streams[replicate]))
      }
    }
    packed.write(tile, slots, into: &draws)
    for (place, count) in several.enumerated() {
      let (replicate, row) = place.quotientAndRemainder(dividingBy: next - first)
      slots.write(count, row: repeated[first + row], replicate: replicate, into: &draws)
    }
  }
}
