// SPDX-License-Identifier: Apache-2.0

/// The area under the ROC curve and DeLong's variance of a slice in all replicates of a block.
///
/// With V the negatives below a positive (ties counting half) and W the positives below a negative, the
/// area is Σ w V / (P N) over positives, and the variance needs Σ w V² and, over negatives, Σ w W². Both
/// are measured from whole numbers near their means, so that no digits cancel and small tables are exact
/// in single precision. Sums over 128 steps are in single precision, sums of those in double.
struct AreaKernel {
  /// Steps after which sums are carried over.
  private static let most = 128

  /// What is known of a group's replicates after the rows so far.
  private struct State {
    var negativesBelow = SIMD8<Float>()
    var positivesBelow = SIMD8<Float>()
    var first = SIMD8<Float>()
    var ofPositives = SIMD8<Float>()
    var ofNegatives = SIMD8<Float>()
  }

  private var states: [State]
  /// Of a score whose rows fill several steps: positives and negatives, by group.
  private var tied: [SIMD8<Float>]
  private var sums: [SIMD8<Double>]
  private var pending = 0

  /// - Parameters:
  ///   - drawn: how many positives and negatives are drawn, by group.
  ///   - value: an area near that of the replicates.
  init(_ drawn: [RankTotals], value: Double) {
    states = drawn.map {
      State(
        negativesBelow: -Self.centre($0.negatives, value),
        positivesBelow: -Self.centre($0.positives, 1 - value))
    }
    tied = Array(repeating: SIMD8(), count: 2 * RankLanes.groups)
    sums = Array(repeating: SIMD8(), count: 3 * RankLanes.groups)
  }

  private static func centre(_ count: SIMD8<Float>, _ share: Double) -> SIMD8<Float> {
    (count * Float(share)).rounded(.toNearestOrEven)
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
      if pending == Self.most { carry() }
      start = end
    }
  }

  /// - Parameter first: where the draws of the first step are.
  private mutating func run(
    _ steps: borrowing Span<RankProgram.Step>, _ range: Range<Int>,
    _ draws: borrowing Span<SIMD8<UInt32>>, from first: Int
  ) {
    for group in 0..<RankLanes.groups {
      var state = states[group]
      var place = first + (group & 1)
      for index in range {
        var positives = RankLanes.floats(draws[place], group)
        var negatives = RankLanes.floats(draws[place + 2], group)
        place += 4
        switch steps[index].kind {
        case .apart:
          let product = positives * state.negativesBelow
          state.first += product
          state.ofPositives += product * state.negativesBelow
          state.positivesBelow += positives
          state.ofNegatives += negatives * state.positivesBelow * state.positivesBelow
          state.negativesBelow += negatives
        case .part:
          tied[2 * group] += positives
          tied[2 * group + 1] += negatives
        case .tied:
          positives += tied[2 * group]
          negatives += tied[2 * group + 1]
          (tied[2 * group], tied[2 * group + 1]) = (SIMD8(), SIMD8())
          let negativesBelow = state.negativesBelow + 0.5 * negatives
          let positivesBelow = state.positivesBelow + 0.5 * positives
          state.first += positives * negativesBelow
          state.ofPositives += positives * negativesBelow * negativesBelow
          state.ofNegatives += negatives * positivesBelow * positivesBelow
          state.positivesBelow += positives
          state.negativesBelow += negatives
        }
      }
      states[group] = state
    }
  }

  private mutating func carry() {
    pending = 0
    for group in 0..<RankLanes.groups {
      sums[3 * group] += SIMD8<Double>(states[group].first)
      sums[3 * group + 1] += SIMD8<Double>(states[group].ofPositives)
      sums[3 * group + 2] += SIMD8<Double>(states[group].ofNegatives)
      states[group].first = SIMD8()
      states[group].ofPositives = SIMD8()
      states[group].ofNegatives = SIMD8()
    }
  }

  /// What a replicate says.
  ///
  /// - Parameters: as those of `init`.
  func result(_ replicate: Int, _ drawn: [RankTotals], value: Double) -> RankedReplicate {
    let (group, lane) = (RankLanes.group(of: replicate), RankLanes.lane(of: replicate))
    let positives = Double(drawn[group].positives[lane])
    let negatives = Double(drawn[group].negatives[lane])
    guard positives > 0, negatives > 0 else { return RankedReplicate() }
    let centreOfNegatives = Double(Self.centre(drawn[group].negatives, value)[lane])
    let centreOfPositives = Double(Self.centre(drawn[group].positives, 1 - value)[lane])
    let first = sums[3 * group][lane] + Double(states[group].first[lane])
    let ofPositives = sums[3 * group + 1][lane] + Double(states[group].ofPositives[lane])
    let ofNegatives = sums[3 * group + 2][lane] + Double(states[group].ofNegatives[lane])
    let pairs = positives * negatives
    let area = first + positives * centreOfNegatives
    let mean = (pairs - area) / negatives - centreOfPositives
    var result = RankedReplicate(value: min(max(area / pairs, 0), 1))
    result.variance =
      (max(0, ofPositives - first * first / positives) * Self.correction(positives)
        + max(0, ofNegatives - negatives * mean * mean) * Self.correction(negatives))
      / (pairs * pairs)
    result.smoothBoundary(support: min(positives, negatives))
    return result
  }

  private static func correction(_ rows: Double) -> Double { rows > 1 ? rows / (rows - 1) : 1 }
}

/// How many positives and negatives a group's replicates draw.
struct RankTotals: Sendable {
  var positives = SIMD8<Float>()
  var negatives = SIMD8<Float>()
}
