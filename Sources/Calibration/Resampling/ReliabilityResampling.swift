// SPDX-License-Identifier: Apache-2.0

/// Recalibration curves of labels drawn from the scores: what the curve would look like if they
/// were right.
///
/// As with `ConsistencyResampling`, replicates can be computed in blocks. With the same labels,
/// replicate i of both is of the same draw.
public struct ReliabilityResampling: Sendable {
  public let labels: CalibratedLabels
  /// Where curves are compared, ascending: scores of the sample.
  public let scores: [Double]
  private let places: [Int]
  private let distinct: DistinctScores

  /// Compares curves at up to `limit` scores: those next to evenly spaced numbers between the
  /// lowest and the highest score, and those at even ranks, half of each.
  public init(_ labels: CalibratedLabels, atMost limit: Int = 60) {
    precondition(limit >= 4, "two scores of each kind are needed")
    self.labels = labels
    distinct = DistinctScores(labels.sample)
    places = Self.places(distinct, limit)
    scores = places.map { [distinct] in distinct.scores[$0] }
  }

  /// One row a replicate: the recalibrated rate at each of `scores`.
  public func replicates(_ range: Range<Int>) -> [[Double]] {
    replicates(labels.draw(range))
  }

  /// The same for labels that are drawn already.
  public func replicates(_ drawn: LabelVectors) -> [[Double]] {
    (0..<drawn.count).map { vector in
      let fit = distinct.fit(drawn, vector)
      var block = 0
      return places.map { place in
        while fit.blocks[block].entries.upperBound <= place { block += 1 }
        return fit.blocks[block].mean
      }
    }
  }

  /// The band from all replicates: the concatenated blocks.
  public func band(_ replicates: [[Double]], level: Double = 0.95) -> ConsistencyBand {
    ConsistencyBand(scores: scores, replicates: replicates, level: level)
  }

  private static func places(_ distinct: DistinctScores, _ limit: Int) -> [Int] {
    let (scores, count) = (distinct.scores, distinct.scores.count)
    guard let first = scores.first, let last = scores.last, count > limit else {
      return Array(scores.indices)
    }
    var found: Set<Int> = []
    let steps = limit / 2 - 1
    let total = distinct.masses.reduce(0, +)
    var (near, entry, cumulated) = (0, 0, 0.0)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let wanted = first + share * (last - first)
      while near + 1 < count && abs(scores[near + 1] - wanted) <= abs(scores[near] - wanted) {
        near += 1
      }
      while entry + 1 < count && cumulated + distinct.masses[entry] < share * total {
        cumulated += distinct.masses[entry]
        entry += 1
      }
      found.formUnion([near, entry])
    }
    return found.sorted()
  }
}
