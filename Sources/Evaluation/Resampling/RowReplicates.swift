// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandParallel

/// The bootstrap of whatever needs rows: what a replicate draws is drawn once, for the sums of the rows engine
/// and for the orders of the ranks engine.
struct RowReplicates: Sendable {
  private let plan: Plan
  private let rows: RowsEngine?
  private let ranks: RanksEngine?
  private let tiles: [Range<Int>]
  private let repeated: [Int]

  init(_ plan: Plan, _ rows: RowsEngine?, _ ranks: RanksEngine?) {
    (self.plan, self.rows, self.ranks) = (plan, rows, ranks)
    tiles = RowWeights.tiles(plan.rows)
    repeated = RowWeights.repeated(plan.rows)
  }

  /// What all replicates say: blocks of sums by slice, each reduced at once, and ranked statistics by
  /// target, slice and replicate.
  ///
  /// - Parameter reduce: is given sums by slice, one row a replicate, and how many replicates they are.
  func run<Result: Sendable>(
    _ parallel: Parallel, _ reduce: @Sendable (_ sums: [Matrix], _ replicates: Int) -> Result
  ) -> (sums: [Result], ranks: [[[RankedReplicate]]]) {
    guard rows != nil || ranks != nil else { return ([], []) }
    let replicates = plan.configuration.replicates
    let part = Parallel.Part("resampling rows", replicates, "replicates")
    let blockCount = (replicates + RankLanes.count - 1) / RankLanes.count
    let blocks = parallel.map(blockCount, part) { index in
      let first = index * RankLanes.count
      let count = min(RankLanes.count, replicates - first)
      let (sums, draws) = block(first: first, count: count)
      return (
        sums: sums.map { reduce($0, count) }, ranks: ranks?.results(draws, replicates: count) ?? []
      )
    }
    let targets = blocks[0].ranks.indices.map { target in
      blocks[0].ranks[target].indices.map { slice in blocks.flatMap { $0.ranks[target][slice] } }
    }
    return (blocks.compactMap(\.sums), targets)
  }

  /// Sums by slice and draws by slot of the replicates from `first` on.
  func block(first: Int, count: Int) -> (sums: [Matrix]?, draws: [RankLanes.Draws]) {
    var weights = RowWeights(plan, repeated: repeated, first: first, count: count)
    var sums = rows.map { RowsEngine.Block($0, replicates: count) }
    var draws = ranks?.draws() ?? []
    for (number, tile) in tiles.enumerated() {
      weights.draw(tile)
      sums?.add(tile, number: number, weights)
      if let ranks { weights.write(tile, ranks.slots, into: &draws) }
    }
    return (sums?.slices, draws)
  }
}
