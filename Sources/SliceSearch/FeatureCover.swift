// SPDX-License-Identifier: Apache-2.0

/// A choice of blocks of features such that every given set of features lies in one of them.
///
/// Greedy: a block starts with the first set that is left and takes, as long as its table stays
/// small, the feature that brings the most further sets.
struct FeatureCover {
  struct Block {
    /// Ascending.
    let features: [Int]
    /// The sets that are served by this block and by none before it.
    let sets: [[Int]]
  }

  private(set) var blocks: [Block] = []
  /// Sets whose own table is too large.
  private(set) var uncovered: [[Int]] = []

  /// - Parameters:
  ///   - sets: the largest first.
  ///   - widths: by feature the values it has.
  ///   - limit: entries that the table of a block may have.
  init(_ sets: [[Int]], widths: [Int], limit: Int) {
    func size(_ features: [Int]) -> Int {
      features.reduce(1) { $0 > limit ? $0 : $0 * widths[$1] }
    }
    var left = Set(sets)
    for seed in sets where left.contains(seed) {
      if size(seed) > limit {
        left.remove(seed)
        uncovered.append(seed)
        continue
      }
      var block = seed
      while true {
        let gains = widths.indices
          .filter { !block.contains($0) && size(block) * widths[$0] <= limit }
          .map { feature in
            (feature, gain: Self.supersets(block, feature).count(where: left.contains))
          }
        // The first of the best, so that the choice is the same everywhere.
        guard let best = gains.max(by: { $0.gain < $1.gain })?.gain, best > 0,
          let feature = gains.first(where: { $0.gain == best })?.0
        else { break }
        block.append(feature)
      }
      block.sort()
      let served = sets.filter { left.contains($0) && $0.allSatisfy(block.contains) }
      left.subtract(served)
      blocks.append(Block(features: block, sets: served))
    }
  }

  /// The feature with up to two others of the block: what tells blocks apart, at any depth.
  private static func supersets(_ block: [Int], _ feature: Int) -> [[Int]] {
    let single = [[feature]]
    let pairs = block.map { [$0, feature].sorted() }
    let triples = block.indices.flatMap { first in
      block[(first + 1)...].map { [block[first], $0, feature].sorted() }
    }
    return single + pairs + triples
  }
}
