// SPDX-License-Identifier: Apache-2.0

/// The weighted least squares fit of a non-decreasing sequence: isotonic regression.
///
/// Minimises Σ w (ŷ − y)² under ŷ₁ ≤ ŷ₂ ≤ …. Wherever a mean would fall or stay, neighbours are
/// pooled, so that the means of the blocks ascend strictly. Linear time: an entry is pooled once.
///
/// Source: Ayer, Brunk, Ewing, Reid & Silverman 1955, doi:10.1214/aoms/1177728423.
public struct PoolAdjacentViolators: Sendable, Equatable {
  /// Neighbouring entries with one fitted value.
  public struct Block: Sendable, Equatable {
    public var entries: Range<Int>
    /// Σ w y of the entries.
    public var sum: Double
    /// Σ w of the entries.
    public var weight: Double

    /// The fitted value: the weighted mean.
    public var mean: Double { sum / weight }
  }

  /// In the order of the entries, which they cover; means ascend.
  public private(set) var blocks: [Block]

  init(blocks: [Block]) {
    self.blocks = blocks
  }

  /// The fit to entries of given Σ w y and Σ w ≥ 0; an entry without weight joins a neighbour.
  ///
  /// Means are compared as products, so that counts below 2²⁶ are compared exactly.
  public init(sums: [Double], weights: [Double]) {
    precondition(sums.count == weights.count, "one weight a sum is needed")
    blocks = []
    guard let first = sums.first else { return }
    let (sums, weights) = (sums.span, weights.span)
    // The last block so far is kept out of the list, which is what makes this fast.
    var last = Block(entries: 0..<1, sum: first, weight: weights[0])
    for entry in 1..<sums.count {
      let (sum, weight) = (sums[entry], weights[entry])
      if last.sum * weight < sum * last.weight {
        blocks.append(last)
        last = Block(entries: entry..<entry + 1, sum: sum, weight: weight)
        continue
      }
      last.sum += sum
      last.weight += weight
      while let below = blocks.last, below.sum * last.weight >= last.sum * below.weight {
        last.sum += below.sum
        last.weight += below.weight
        last.entries = below.entries
        blocks.removeLast()
      }
      last.entries = last.entries.lowerBound..<entry + 1
    }
    blocks.append(last)
  }

  /// The fitted value of every entry.
  public var fitted: [Double] {
    blocks.flatMap { Array(repeating: $0.mean, count: $0.entries.count) }
  }
}
