// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandSampling

/// How often each row is drawn in a block of replicates, row after row.
///
/// Poisson(c) for a row that stands for c; within strata, whose totals are kept, the multinomial draw as
/// a chain of conditional binomials.
struct RowWeights {
  private let rows: DistinctRows
  private var streams: [RandomStream]
  /// The stratum of every row; empty for Poisson weights.
  private let strata: [Int]
  /// By stratum: rows that are still to come.
  private var rest: [Int] = []
  /// By stratum and replicate: draws that are still to be given out.
  private var trials: [[Int]] = []

  init(_ plan: Plan, first: Int, count: Int) {
    rows = plan.rows
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

  /// One row a row of the tile, one column a replicate; tiles come in the order of the rows.
  mutating func draw(_ tile: Range<Int>) -> Matrix {
    var result = Matrix(rows: tile.count, columns: streams.count)
    for (place, row) in tile.enumerated() {
      let multiplicity = rows.multiplicities[row]
      for replicate in streams.indices {
        result[place, replicate] =
          strata.isEmpty
          ? Double(Poisson.sample(mean: multiplicity, using: &streams[replicate]))
          : drawn(Int(multiplicity), strata[row], replicate)
      }
      if !strata.isEmpty { rest[strata[row]] -= Int(multiplicity) }
    }
    return result
  }

  private mutating func drawn(_ multiplicity: Int, _ stratum: Int, _ replicate: Int) -> Double {
    let left = trials[stratum][replicate]
    let drawn =
      multiplicity == rest[stratum]
      ? left
      : Binomial.sample(
        trials: left, probability: Double(multiplicity) / Double(rest[stratum]),
        using: &streams[replicate])
    trials[stratum][replicate] -= drawn
    return Double(drawn)
  }
}
