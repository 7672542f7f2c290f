// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandLanes

/// The area under the ROC curve and DeLong's variance of a slice in all replicates of a block.
///
/// With V the negatives below a positive (ties counting half) and W the positives below a negative, the
/// area is Σ w V / (P N) over positives, and the variance needs Σ w V² and, over negatives, Σ w W². Both
/// are measured from whole numbers near their means, so that no digits cancel and small tables are exact
/// in single precision. Sums over 128 steps are in single precision, sums of those in double.
struct AreaKernel {
  /// Steps after which sums are carried over.
  private static let most = 128
  /// What is carried over: Σ w V, Σ w V² and Σ w W².
  private static let carried = [
    evenhand_of_areas, evenhand_of_positives, evenhand_of_negatives,
  ]

  /// What is known after the rows so far, a row of replicates for each of `evenhand_area_rows`.
  private var sums: [Float]
  /// What has been carried over, row by row.
  private var totals: [Double]
  private var pending = 0

  /// - Parameters:
  ///   - drawn: how many positives and negatives are drawn, by group.
  ///   - value: an area near that of the replicates.
  init(_ drawn: [RankTotals], value: Double) {
    sums = Array(repeating: 0, count: Int(evenhand_area_rows) * RankLanes.count)
    totals = Array(repeating: 0, count: Self.carried.count * RankLanes.count)
    for replicate in 0..<(drawn.isEmpty ? 0 : RankLanes.count) {
      let (positives, negatives) = Self.drawn(replicate, drawn)
      sums[Self.place(evenhand_negatives_below, replicate)] = -Self.centre(negatives, value)
      sums[Self.place(evenhand_positives_below, replicate)] = -Self.centre(positives, 1 - value)
    }
  }

  private static func drawn(
    _ replicate: Int, _ drawn: [RankTotals]
  ) -> (positives: Float, negatives: Float) {
    let (group, lane) = (RankLanes.group(of: replicate), RankLanes.lane(of: replicate))
    return (drawn[group].positives[lane], drawn[group].negatives[lane])
  }

  private static func centre(_ count: Float, _ share: Double) -> Float {
    (count * Float(share)).rounded(.toNearestOrEven)
  }

  /// Where a replicate stands in a row.
  private static func place(_ row: Int, _ replicate: Int) -> Int {
    row * RankLanes.count + 8 * RankLanes.group(of: replicate) + RankLanes.lane(of: replicate)
  }

  /// Takes in the steps of one tile.
  ///
  /// - Parameter draws: as `RankProgram.add` gives them.
  mutating func run(_ program: borrowing RankProgram, tile: Int, _ draws: [SIMD8<UInt32>]) {
    let tileSteps = program.steps(ofTile: tile)
    var start = tileSteps.lowerBound
    while start < tileSteps.upperBound {
      let end = min(start + Self.most - pending, tileSteps.upperBound)
      run(program.steps, start..<end, draws, from: 4 * (start - tileSteps.lowerBound))
      pending += end - start
      if pending == Self.most { carry() }
      start = end
    }
  }

  /// - Parameter first: where the draws of the first step are.
  private mutating func run(
    _ steps: [RankStep], _ range: Range<Int>, _ draws: [SIMD8<UInt32>], from first: Int
  ) {
    // Unsafe: C takes pointers; the slices are the bounds that it does not check.
    unsafe steps[range].withUnsafeBufferPointer { steps in
      unsafe draws[first..<first + 4 * range.count].withUnsafeBytes { draws in
        unsafe evenhand_add_areas(
          steps.baseAddress, steps.count,
          draws.baseAddress?.assumingMemoryBound(to: UInt32.self), &sums)
      }
    }
  }

  private mutating func carry() {
    pending = 0
    for (target, row) in Self.carried.enumerated() {
      for lane in 0..<RankLanes.count {
        totals[target * RankLanes.count + lane] += Double(sums[row * RankLanes.count + lane])
        sums[row * RankLanes.count + lane] = 0
      }
    }
  }

  /// What a replicate says.
  ///
  /// - Parameters: as those of `init`.
  func result(_ replicate: Int, _ drawn: [RankTotals], value: Double) -> RankedReplicate {
    let counts = Self.drawn(replicate, drawn)
    let (positives, negatives) = (Double(counts.positives), Double(counts.negatives))
    guard positives > 0, negatives > 0 else { return RankedReplicate() }
    let centreOfNegatives = Double(Self.centre(counts.negatives, value))
    let centreOfPositives = Double(Self.centre(counts.positives, 1 - value))
    func sum(_ index: Int) -> Double {
      totals[Self.place(index, replicate)]
        + Double(sums[Self.place(Self.carried[index], replicate)])
    }
    let (first, ofPositives, ofNegatives) = (sum(0), sum(1), sum(2))
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
