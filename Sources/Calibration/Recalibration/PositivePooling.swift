// SPDX-License-Identifier: Apache-2.0

/// `PoolAdjacentViolators` of entries whose positives are given one after the other: an entry with
/// positives and all that follows up to the next one is pooled in any case, as rates fall there.
///
/// `cumulated` is everywhere the weight of all entries before each, and of all.
struct PositivePooling {
  private typealias Block = PoolAdjacentViolators.Block

  /// Blocks below `count`, the last one of which is kept apart: that is what makes this fast.
  private var blocks: [Block]
  private var count = 0
  private var last = Block(entries: 0..<0, sum: 0, weight: 0)
  /// From where to pool next, and the weight of the positives there.
  private var start = 0
  private var sum = 0.0

  /// - Parameter positives: how many are added at most.
  init(atMost positives: Int) {
    blocks = Array(repeating: Block(entries: 0..<0, sum: 0, weight: 0), count: positives + 1)
  }

  /// Adds weight of positives at an entry, not before the last one.
  mutating func add(_ mass: Double, at entry: Int, _ cumulated: Span<Double>) {
    if entry > start { pool(before: entry, cumulated) }
    sum += mass
  }

  /// The fit, after all positives.
  mutating func finish(_ cumulated: Span<Double>) -> PoolAdjacentViolators {
    pool(before: cumulated.count - 1, cumulated)
    return PoolAdjacentViolators(blocks: Array(blocks[..<count]) + [last])
  }

  private mutating func pool(before end: Int, _ cumulated: Span<Double>) {
    let (sum, weight) = (self.sum, cumulated[end] - cumulated[start])
    defer { (start, self.sum) = (end, 0) }
    // The first one finds an empty block.
    if last.entries.isEmpty {
      last = Block(entries: start..<end, sum: sum, weight: weight)
    } else if last.sum * weight < sum * last.weight {
      blocks[count] = last
      count += 1
      last = Block(entries: start..<end, sum: sum, weight: weight)
    } else {
      last.sum += sum
      last.weight += weight
      var first = last.entries.lowerBound
      while count > 0, blocks[count - 1].sum * last.weight >= last.sum * blocks[count - 1].weight {
        count -= 1
        last.sum += blocks[count].sum
        last.weight += blocks[count].weight
        first = blocks[count].entries.lowerBound
      }
      last.entries = first..<end
    }
  }
}
