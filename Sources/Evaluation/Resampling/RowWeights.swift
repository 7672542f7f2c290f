// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandSampling

/// How often each row is drawn in a block of replicates, tile after tile.
///
/// Poisson(c) for a row that stands for c; within strata, whose totals are kept, the multinomial draw as
/// a chain of conditional binomials.
struct RowWeights {
  private let rows: DistinctRows
  private var streams: [RandomStream]
  private var unit = UnitPoisson()
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
}
