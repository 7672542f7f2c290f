// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// Average precision and the variance of its influences of a slice in all replicates of a block.
///
/// In one ascending pass: with A positives and B rows at or above a score, prec = A/B, and s = Σ w/B and
/// q = Σ w prec/B over the positives at or below it, a positive's influence is (prec + s − q − AP)/P and
/// a negative's −q/P, as in `AveragePrecision`; AP is Σ w prec / P. Ties need nothing of their own, since
/// a step's positives have one score and what is above includes its negatives.
struct PrecisionKernel {
  private struct State {
    var positivesAbove = SIMD8<Double>()
    var negativesAbove = SIMD8<Double>()
    var precisions = SIMD8<Double>()
    var shares = SIMD8<Double>()
    var precisionShares = SIMD8<Double>()
    /// Σ w u and Σ w u² over positives, u the influence without AP and P.
    var first = SIMD8<Double>()
    var second = SIMD8<Double>()
    var ofNegatives = SIMD8<Double>()
    var tiedPositives = SIMD8<Float>()
    var tiedNegatives = SIMD8<Float>()

    /// Adds positives of one score and negatives of that or a higher one.
    @inline(__always)
    mutating func add(_ positives: SIMD8<Double>, _ negatives: SIMD8<Double>) {
      // Changes no count but 0, where none is left and none is drawn.
      let share = 1 / (positivesAbove + negativesAbove + 1e-300)
      let precision = positivesAbove * share
      let drawn = positives * share
      precisions += positives * precision
      shares += drawn
      precisionShares += drawn * precision
      let influence = precision + shares - precisionShares
      first += positives * influence
      second += positives * influence * influence
      ofNegatives += negatives * precisionShares * precisionShares
      positivesAbove -= positives
      negativesAbove -= negatives
    }
  }

  private var states: [State]

  /// - Parameter drawn: how many positives and negatives are drawn, by group.
  init(_ drawn: [RankTotals]) {
    states = drawn.map {
      State(
        positivesAbove: SIMD8<Double>($0.positives), negativesAbove: SIMD8<Double>($0.negatives))
    }
  }

  /// Takes in the steps of one tile.
  ///
  /// - Parameter draws: as `RankProgram.add` gives them.
  mutating func run(
    _ program: borrowing RankProgram, tile: Int, _ draws: borrowing Span<SIMD8<UInt32>>
  ) {
    let range = program.steps(ofTile: tile)
    let steps = program.steps.span
    for group in 0..<RankLanes.groups {
      var state = states[group]
      var place = group & 1
      for index in range {
        let positives = RankLanes.floats(draws[place], group)
        let negatives = RankLanes.floats(draws[place + 2], group)
        place += 4
        switch steps[index].kind {
        case .part:
          state.tiedPositives += positives
          state.tiedNegatives += negatives
        case .tied:
          state.add(
            SIMD8<Double>(positives + state.tiedPositives),
            SIMD8<Double>(negatives + state.tiedNegatives))
          (state.tiedPositives, state.tiedNegatives) = (SIMD8(), SIMD8())
        case .apart:
          state.add(SIMD8<Double>(positives), SIMD8<Double>(negatives))
        }
      }
      states[group] = state
    }
  }

  /// What a replicate says.
  func result(_ replicate: Int, _ drawn: [RankTotals]) -> RankedReplicate {
    let (group, lane) = (RankLanes.group(of: replicate), RankLanes.lane(of: replicate))
    let positives = Double(drawn[group].positives[lane])
    let negatives = Double(drawn[group].negatives[lane])
    guard positives > 0, negatives > 0 else { return RankedReplicate() }
    let state = states[group]
    let value = state.precisions[lane] / positives
    // No ranking with a negative above a positive comes nearer to 1.
    var result = RankedReplicate(value: value > 1 - 1e-13 ? 1 : value)
    let ofPositives =
      state.second[lane] - value * (2 * state.first[lane] - value * positives)
    let variance =
      max(0, ofPositives) * AveragePrecision.leftOut(positives)
      + state.ofNegatives[lane] * AveragePrecision.leftOut(negatives)
    result.variance = variance / (positives * positives)
    result.smoothBoundary(support: min(positives, negatives))
    return result
  }
}
