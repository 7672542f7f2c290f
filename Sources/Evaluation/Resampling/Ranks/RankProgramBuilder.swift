// SPDX-License-Identifier: Apache-2.0

/// Makes a `RankProgram` of rows that come in the order of their scores.
struct RankProgramBuilder {
  private typealias Slot = (place: Int, capacity: Int)

  private var program = RankProgram()
  /// Whether the positives of a step have one score.
  private let keepsScores: Bool
  private var score = Double.nan
  private var positives: [Slot] = []
  private var negatives: [Slot] = []

  // The step that is being filled.
  private var step = RankProgram.Step()
  private var placesOfPositives: [Int] = []
  private var placesOfNegatives: [Int] = []
  private var sums = (positives: 0, negatives: 0)
  private var tile = 0

  init(keepsScores: Bool) { self.keepsScores = keepsScores }

  /// Adds the slot at a place of the score order; places ascend.
  mutating func add(place: Int, score: Double, isPositive: Bool, capacity: UInt8) {
    if score != self.score {
      closeScore()
      self.score = score
    }
    if isPositive {
      positives.append((place, Int(capacity)))
    } else {
      negatives.append((place, Int(capacity)))
    }
  }

  /// Adds a slot whose label and ties do not matter.
  mutating func add(place: Int, capacity: UInt8) {
    appendNegative((place, Int(capacity)))
  }

  /// - Parameter tiles: how many the score order has.
  mutating func finished(tiles: Int) -> RankProgram {
    closeScore()
    close()
    program.finish(tiles: tiles)
    return program
  }

  private mutating func closeScore() {
    if positives.isEmpty {
      for slot in negatives { appendNegative(slot) }
    } else if negatives.isEmpty && (!keepsScores || fitsStep(positives)) {
      if keepsScores { close() }
      for slot in positives { appendPositive(slot) }
    } else {
      appendTied()
    }
    positives.removeAll(keepingCapacity: true)
    negatives.removeAll(keepingCapacity: true)
  }

  private func fitsStep(_ slots: [Slot]) -> Bool {
    slots.reduce(0) { $0 + $1.capacity } <= RankSlots.most
      && slots.allSatisfy { $0.place / RankProgram.tile == slots[0].place / RankProgram.tile }
  }

  private mutating func appendTied() {
    close()
    let slots =
      (positives.map { ($0, true) } + negatives.map { ($0, false) })
      .sorted { $0.0.place < $1.0.place }
    for (slot, isPositive) in slots {
      if !fits(slot, isPositive) {
        step.kind = .part
        close()
      }
      append(slot, isPositive)
    }
    step.kind = .tied
    close()
  }

  /// Positives come before the step's negatives.
  private mutating func appendPositive(_ slot: Slot) {
    if step.negatives > 0 || !fits(slot, true) { close() }
    append(slot, true)
  }

  private mutating func appendNegative(_ slot: Slot) {
    if !fits(slot, false) { close() }
    append(slot, false)
  }

  private func fits(_ slot: Slot, _ isPositive: Bool) -> Bool {
    slot.place / RankProgram.tile == tile
      && (isPositive ? sums.positives : sums.negatives) + slot.capacity <= RankSlots.most
  }

  private mutating func append(_ slot: Slot, _ isPositive: Bool) {
    tile = slot.place / RankProgram.tile
    if isPositive {
      step.positives += 1
      sums.positives += slot.capacity
      placesOfPositives.append(slot.place)
    } else {
      step.negatives += 1
      sums.negatives += slot.capacity
      placesOfNegatives.append(slot.place)
    }
  }

  private mutating func close() {
    guard step.positives > 0 || step.negatives > 0 else { return }
    program.append(step, placesOfPositives + placesOfNegatives, tile: tile)
    step = RankProgram.Step()
    sums = (0, 0)
    placesOfPositives.removeAll(keepingCapacity: true)
    placesOfNegatives.removeAll(keepingCapacity: true)
  }
}
