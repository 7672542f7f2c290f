// SPDX-License-Identifier: Apache-2.0

/// Where quantiles of a slice's scores lie in all replicates of a block.
///
/// A quantile is the score at which the rows drawn so far first reach the share: a pass finds the step
/// in which that happens, a look into this step the row.
struct QuantileKernel {
  private struct State {
    /// The number of rows at which the quantile is reached.
    var target = SIMD8<Int32>()
    /// Steps before that, and what is drawn in them.
    var steps = SIMD8<Int32>()
    var before = SIMD8<Int32>()
  }

  private let percents: [Int]
  private var cumulated: [SIMD8<Int32>]
  /// By group, then quantile.
  private var states: [State]

  /// - Parameter drawn: how many rows are drawn, by group.
  init(_ drawn: [SIMD8<Float>], percents: [Int]) {
    self.percents = percents
    cumulated = drawn.map { _ in SIMD8() }
    states = drawn.flatMap { total in
      percents.map { percent in
        // Products of integers stay exact where a rounded share would not.
        let target = (SIMD8<Double>(total) * Double(percent) / 100).rounded(.up)
        return State(target: SIMD8<Int32>(target))
      }
    }
  }

  /// Takes in the steps of one tile.
  ///
  /// - Parameter draws: as `RankProgram.add` gives them.
  mutating func run(
    _ program: borrowing RankProgram, tile: Int, _ draws: borrowing Span<SIMD8<UInt32>>
  ) {
    let count = program.steps(ofTile: tile).count
    for group in 0..<RankLanes.groups {
      let start = cumulated[group]
      for quantile in percents.indices {
        var state = states[group * percents.count + quantile]
        var sum = start
        for step in 0..<count {
          sum &+= RankLanes.integers(draws[4 * step + 2 + (group & 1)], group)
          // All bits where the target is not reached: a comparison would not run in lanes.
          let isBelow = (sum &- state.target) &>> 31
          state.steps &-= isBelow
          state.before = (sum & isBelow) | (state.before & ~isBelow)
        }
        states[group * percents.count + quantile] = state
        cumulated[group] = sum
      }
    }
  }

  /// The place in the score order of a replicate's quantile; `nil` where no row is drawn.
  ///
  /// - Parameter draws: by place of the score order.
  func place(
    _ replicate: Int, quantile: Int, _ program: RankProgram, _ draws: (Int) -> RankLanes.Draws
  ) -> Int? {
    let (group, lane) = (RankLanes.group(of: replicate), RankLanes.lane(of: replicate))
    let state = states[group * percents.count + quantile]
    guard state.target[lane] > 0 else { return nil }
    var rest = Int(state.target[lane]) - Int(state.before[lane])
    for place in program.places(ofStep: Int(state.steps[lane])) {
      rest -= RankLanes.count(draws(place), replicate)
      if rest <= 0 { return place }
    }
    return nil
  }
}
