// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandLanes
import EvenhandMetrics

/// Average precision and the variance of its influences of a slice in all replicates of a block.
///
/// In one ascending pass: with A positives and B rows at or above a score, prec = A/B, and s = Σ w/B and
/// q = Σ w prec/B over the positives at or below it, a positive's influence is (prec + s − q − AP)/P and
/// a negative's −q/P, as in `AveragePrecision`; AP is Σ w prec / P. Ties need nothing of their own, since
/// a step's positives have one score and what is above includes its negatives.
///
/// Influences are measured from an AP near that of the replicates, so that no digits cancel. Sums over 128
/// steps are in single precision, sums of those in double: replicates are right to about 10⁻⁶.
struct PrecisionKernel {
  /// Steps after which sums are carried over.
  private static let most = 128

  /// Half of a group's replicates: what is known of so many fits the registers.
  private typealias Lanes = SIMD4<Float>
  private typealias Sum = SIMD4<Double>

  /// What is known after the rows so far, sums since the last carrying.
  private struct State {
    /// A and B.
    var positivesAbove = Lanes()
    var rowsAbove = Lanes()
    /// s − q up to the last carrying, from the centre on, and q.
    var excessBefore = Lanes()
    var sharesBefore = Lanes()
    /// Σ w (1 − prec)/B and Σ w prec/B.
    var excess = Lanes()
    var shares = Lanes()
    /// Σ w prec.
    var precisions = Lanes()
    /// Σ w u and Σ w u² over positives, u the influence times P, from the centre on.
    var first = Lanes()
    var second = Lanes()
    var ofNegatives = Lanes()

    /// Adds positives of one score and negatives of that or a higher one.
    @inline(__always)
    mutating func add(_ positives: Lanes, _ negatives: Lanes) {
      // Changes no count but 0, where none is left and none is drawn.
      let each = 1 / (rowsAbove + 1e-30)
      let precision = positivesAbove * each
      let drawn = positives * each
      let share = drawn * precision
      precisions += positives * precision
      excess += drawn - share
      shares += share
      let influence = precision + (excess + excessBefore)
      let weighted = positives * influence
      first += weighted
      second += weighted * influence
      let ofRanksBelow = sharesBefore + shares
      ofNegatives += negatives * (ofRanksBelow * ofRanksBelow)
      positivesAbove -= positives
      rowsAbove -= positives + negatives
    }
  }

  /// Sums up to the last carrying.
  private struct Sums {
    var excess = Sum()
    var shares = Sum()
    var precisions = Sum()
    var first = Sum()
    var second = Sum()
    var ofNegatives = Sum()

    mutating func take(_ state: inout State, centre: Double) {
      excess += Sum(state.excess)
      shares += Sum(state.shares)
      precisions += Sum(state.precisions)
      first += Sum(state.first)
      second += Sum(state.second)
      ofNegatives += Sum(state.ofNegatives)
      state = State(
        positivesAbove: state.positivesAbove, rowsAbove: state.rowsAbove,
        excessBefore: Lanes(excess - centre), sharesBefore: Lanes(shares))
    }
  }

  /// By group, then half.
  private var states: [State]
  private var sums: [Sums]
  /// Of a score whose rows fill several steps: positives and negatives, by group and half.
  private var tied: [(positives: Lanes, negatives: Lanes)]
  private var pending = 0
  private let centre: Double

  /// - Parameters:
  ///   - drawn: how many positives and negatives are drawn, by group.
  ///   - value: an average precision near that of the replicates.
  init(_ drawn: [RankTotals], value: Double) {
    centre = value
    let excess = Lanes(repeating: Float(-value))
    states = drawn.flatMap { drawn in
      let rows = drawn.positives + drawn.negatives
      return [
        State(
          positivesAbove: drawn.positives.lowHalf, rowsAbove: rows.lowHalf, excessBefore: excess),
        State(
          positivesAbove: drawn.positives.highHalf, rowsAbove: rows.highHalf, excessBefore: excess),
      ]
    }
    sums = states.map { _ in Sums() }
    tied = states.map { _ in (Lanes(), Lanes()) }
  }

  /// Takes in the steps of one tile.
  ///
  /// - Parameter draws: as `RankProgram.add` gives them.
  mutating func run(
    _ program: borrowing RankProgram, tile: Int, _ draws: borrowing Span<SIMD8<UInt32>>
  ) {
    let tileSteps = program.steps(ofTile: tile)
    var start = tileSteps.lowerBound
    while start < tileSteps.upperBound {
      let end = min(start + Self.most - pending, tileSteps.upperBound)
      run(program.steps.span, start..<end, draws, from: 4 * (start - tileSteps.lowerBound))
      pending += end - start
      if pending == Self.most {
        pending = 0
        for half in states.indices { sums[half].take(&states[half], centre: centre) }
      }
      start = end
    }
  }

  /// - Parameter first: where the draws of the first step are.
  private mutating func run(
    _ steps: borrowing Span<RankStep>, _ range: Range<Int>,
    _ draws: borrowing Span<SIMD8<UInt32>>, from first: Int
  ) {
    for group in 0..<RankLanes.groups {
      for half in 0..<2 {
        var state = states[2 * group + half]
        var tied = tied[2 * group + half]
        var place = first + (group & 1)
        for index in range {
          let positives = Self.lanes(draws[place], group, half)
          let negatives = Self.lanes(draws[place + 2], group, half)
          place += 4
          switch steps[index].kind {
          case .apart:
            state.add(positives, negatives)
          case .part:
            tied.positives += positives
            tied.negatives += negatives
          case .tied:
            state.add(positives + tied.positives, negatives + tied.negatives)
            tied = (Lanes(), Lanes())
          }
        }
        states[2 * group + half] = state
        self.tied[2 * group + half] = tied
      }
    }
  }

  @inline(__always)
  private static func lanes(_ draws: SIMD8<UInt32>, _ group: Int, _ half: Int) -> Lanes {
    let words = half == 0 ? draws.lowHalf : draws.highHalf
    let shift = UInt32(truncatingIfNeeded: 4 * (group & ~1))
    return Lanes(SIMD4<Int32>(truncatingIfNeeded: (words &>> shift) & 0xFF))
  }

  /// What a replicate says.
  ///
  /// - Parameter drawn: as that of `init`.
  func result(_ replicate: Int, _ drawn: [RankTotals]) -> RankedReplicate {
    let (group, lane) = (RankLanes.group(of: replicate), RankLanes.lane(of: replicate))
    let positives = Double(drawn[group].positives[lane])
    let negatives = Double(drawn[group].negatives[lane])
    guard positives > 0, negatives > 0 else { return RankedReplicate() }
    let (half, place) = (2 * group + lane / 4, lane % 4)
    var (sums, state) = (self.sums[half], states[half])
    sums.take(&state, centre: centre)
    var result = RankedReplicate(value: 1)
    result.variance = 0
    // 0 where no negative lies above a positive, and only there.
    let ofNegatives = sums.ofNegatives[place]
    if ofNegatives > 0 {
      let value = sums.precisions[place] / positives
      let off = value - centre
      let ofPositives = sums.second[place] - off * (2 * sums.first[place] - off * positives)
      let variance =
        max(0, ofPositives) * AveragePrecision.leftOut(positives)
        + ofNegatives * AveragePrecision.leftOut(negatives)
      result.value = min(value, 1.0.nextDown)
      result.variance = variance / (positives * positives)
    }
    result.smoothBoundary(support: min(positives, negatives))
    return result
  }
}
