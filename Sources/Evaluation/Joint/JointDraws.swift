// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandParallel
import EvenhandSampling

/// What normal draws with a family's correlations say of its p-values: the route without replicates.
///
/// The same p-values as `MaxT` and `RomanoWolf` have of a hypotheses × replicates matrix; the draws are
/// counted block by block, since a family can have a thousand hypotheses.
package struct JointDraws: Sendable {
  /// Single-step and step-down p-values, by hypothesis.
  package private(set) var maxT: [Double]
  package private(set) var romanoWolf: [Double]
  /// The largest |z|, by draw.
  package private(set) var maxima: [Double]
  private static let block = 200

  /// The draws of several families; all share the same independent normal numbers.
  ///
  /// - Complexity: draws × rank × hypotheses multiplications a family.
  package static func draw(
    _ families: [CorrelatedFamily], count: Int, seed: UInt64, _ parallel: Parallel
  ) -> [JointDraws] {
    let rank = families.reduce(0) { max($0, $1.rank) }
    let blocks = parallel.map((count + block - 1) / block) { index in
      let draws = (index * block)..<min((index + 1) * block, count)
      let normals = normals(rank, draws, seed)
      return families.map { $0.count(normals, draws: draws.count) }
    }
    return families.indices.map { family in
      JointDraws(families[family], blocks.map { $0[family] }, count)
    }
  }

  /// Independent normal numbers, row by row; each column is a draw with a stream of its own.
  private static func normals(_ rank: Int, _ draws: Range<Int>, _ seed: UInt64) -> [Double] {
    var result = Array(repeating: 0.0, count: rank * draws.count)
    for (column, draw) in draws.enumerated() {
      var stream = RandomStream(seed: seed, family: StreamFamily.joint, replicate: UInt32(draw))
      for place in stride(from: column, to: result.count, by: draws.count) {
        result[place] = stream.normal()
      }
    }
    return result
  }

  private init(_ family: CorrelatedFamily, _ blocks: [CorrelatedFamily.Counts], _ count: Int) {
    maxima = blocks.flatMap(\.maxima)
    let single = MaxT(maxima: maxima)
    maxT = family.deviates.map(single.pValue)
    romanoWolf = maxT
    var greatest = 0.0
    for hypothesis in family.order.reversed() {
      let reaching = blocks.reduce(0) { $0 + $1.reaching[hypothesis] }
      greatest = max(greatest, Double(1 + reaching) / Double(count + 1))
      romanoWolf[hypothesis] = greatest
    }
  }
}
