// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandLanes

/// Makes a `RankProgram` of rows that come in the order of their scores.
struct RankProgramBuilder {
  private struct Slot {
    var place: Int
    var capacity: Int
    var isPositive: Bool

    var tile: Int { place / RankProgram.tile }
  }

  private var program = RankProgram()
  /// Whether the positives of a step have one score.
  private let keepsScores: Bool

  // The slots of the score at hand: one, or all of several.
  private var score = Double.nan
  private var only: Slot?
  private var several: [Slot] = []

  // The step that is being filled.
  private var step = RankStep()
  private var sums = (positives: 0, negatives: 0)
  private var tile = 0

  init(keepsScores: Bool) { self.keepsScores = keepsScores }

  /// Adds the slot at a place of the score order; places ascend.
  mutating func add(place: Int, score: Double, isPositive: Bool, capacity: UInt8) {
    let slot = Slot(place: place, capacity: Int(capacity), isPositive: isPositive)
    if score != self.score {
      closeScore()
      self.score = score
      only = slot
    } else {
      if let first = only { several.append(first) }
      only = nil
      several.append(slot)
    }
  }

  /// Adds a slot whose label and ties do not matter.
  mutating func add(place: Int, capacity: UInt8) {
    append(Slot(place: place, capacity: Int(capacity), isPositive: false))
  }

  /// - Parameter tiles: how many the score order has.
  mutating func finished(tiles: Int) -> RankProgram {
    closeScore()
    close()
    program.finish(tiles: tiles)
    return program
  }

  private mutating func closeScore() {
    if let slot = only {
      if keepsScores && slot.isPositive { close() }
      append(slot)
      only = nil
    } else if !several.isEmpty {
      appendSeveral()
      several.removeAll(keepingCapacity: true)
    }
  }

  private mutating func appendSeveral() {
    let positives = several.count { $0.isPositive }
    if positives == 0 || positives == several.count && !keepsScores {
      for slot in several { append(slot) }
    } else {
      close()
      appendTied()
    }
  }

  /// One tied step, or parts and the last one: positives before negatives in each.
  private mutating func appendTied() {
    var first = 0
    while first < several.count {
      var end = first
      var sums = (positives: 0, negatives: 0)
      while end < several.count, several[end].tile == several[first].tile {
        let slot = several[end]
        let sum = (slot.isPositive ? sums.positives : sums.negatives) + slot.capacity
        guard sum <= RankSlots.most else { break }
        if slot.isPositive { sums.positives = sum } else { sums.negatives = sum }
        end += 1
      }
      for slot in several[first..<end] where slot.isPositive { append(slot) }
      for slot in several[first..<end] where !slot.isPositive { append(slot) }
      step.kind = end < several.count ? .part : .tied
      close()
      first = end
    }
  }

  /// Adds a slot to the step, or to a new one: positives come before a step's negatives.
  private mutating func append(_ slot: Slot) {
    let sum = (slot.isPositive ? sums.positives : sums.negatives) + slot.capacity
    if slot.tile != tile || sum > RankSlots.most || slot.isPositive && step.negatives > 0 {
      close()
    }
    if step.count == 0 {
      tile = slot.tile
      program.finish(tiles: tile)
    }
    program.append(place: slot.place - tile * RankProgram.tile)
    if slot.isPositive {
      step.positives += 1
      sums.positives += slot.capacity
    } else {
      step.negatives += 1
      sums.negatives += slot.capacity
    }
  }

  private mutating func close() {
    guard step.count > 0 else { return }
    program.append(step)
    step = RankStep()
    sums = (0, 0)
  }
}
