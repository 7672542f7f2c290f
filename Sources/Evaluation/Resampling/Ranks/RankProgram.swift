// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandLanes

/// The rows of a slice in the order of a model's scores, as steps that are the same in every replicate.
///
/// A step is a run of positives and the run of negatives above it, whose draws are added as bytes before
/// anything is reckoned with them; or the rows of a score that both labels have. Which rows are tied does
/// not depend on the draws. Steps are cut at tiles of the score order, whose draws stay in the cache.
struct RankProgram: Sendable {
  /// Places of the score order in a tile.
  static let tile = 2048

  /// By row of the slice: its place within the tile; step by step, positives first.
  private(set) var places: [UInt16] = []
  private(set) var steps: [RankStep] = []
  /// By tile, where its rows and its steps begin; one more at the end.
  private(set) var placeStarts: [UInt32] = []
  private(set) var stepStarts: [UInt32] = []

  var isEmpty: Bool { steps.isEmpty }

  func hasSteps(inTile tile: Int) -> Bool {
    !isEmpty && stepStarts[tile] < stepStarts[tile + 1]
  }

  /// The steps of a tile.
  func steps(ofTile tile: Int) -> Range<Int> {
    Int(stepStarts[tile])..<Int(stepStarts[tile + 1])
  }

  /// The places in the score order of a step's rows.
  func places(ofStep step: Int) -> [Int] {
    guard step < steps.count else { return [] }
    var (tile, end) = (0, stepStarts.count - 1)
    while end - tile > 1 {
      let middle = (tile + end) / 2
      if Int(stepStarts[middle]) <= step { tile = middle } else { end = middle }
    }
    var first = Int(placeStarts[tile])
    for earlier in Int(stepStarts[tile])..<step { first += steps[earlier].count }
    return places[first..<first + steps[step].count].map { tile * Self.tile + Int($0) }
  }

  /// Adds the place, within its tile, of a row of the next step.
  mutating func append(place: Int) { places.append(UInt16(truncatingIfNeeded: place)) }

  /// Adds a step whose places are there.
  mutating func append(_ step: RankStep) { steps.append(step) }

  /// Makes the tiles before `tiles` complete.
  mutating func finish(tiles: Int) {
    while placeStarts.count <= tiles {
      placeStarts.append(UInt32(places.count))
      stepStarts.append(UInt32(steps.count))
    }
  }

  /// Adds up the draws of a tile's steps: halves of the words of the positives, then of the negatives.
  func add(
    _ draws: borrowing Span<RankLanes.Draws>, tile: Int, into sums: inout [SIMD8<UInt32>]
  ) {
    let (places, steps) = (self.places.span, self.steps.span)
    let range = self.steps(ofTile: tile)
    if sums.count < 4 * range.count { sums = Array(repeating: SIMD8(), count: 4 * range.count) }
    var next = Int(placeStarts[tile])
    var sums = sums.mutableSpan
    var target = 0
    for index in range {
      let step = steps[index]
      for count in 0..<2 {
        let end = next + Int(count == 0 ? step.positives : step.negatives)
        var sum = RankLanes.Draws()
        while next < end {
          sum &+= draws[Int(places[next])]
          next += 1
        }
        sums[target] = sum.lowHalf
        sums[target + 1] = sum.highHalf
        target += 2
      }
    }
  }
}

extension RankStep {
  var count: Int { Int(positives) + Int(negatives) }
}
