// SPDX-License-Identifier: Apache-2.0

/// The smallest score that at least a given share of the rows do not exceed.
public struct ScoreQuantile: Metric {
  public typealias Summary = RankedScores
  /// The share, in percent: 50 is the median.
  public let percent: Int
  public let range = -Double.infinity...Double.infinity
  public let direction = Direction.descriptive
  public let comparison = Comparison.none
  public let definition = """
    The smallest score with at least that share of the rows at or below it (an observed score, no \
    interpolation), over rows with a score. Interval from order statistics, free of distribution.
    """

  public var id: String { "score_quantile_\(percent)" }
  public var title: String { percent == 50 ? "Median score" : "Score quantile \(percent) %" }
  public var meaning: String { "the score that \(percent) % of people do not exceed" }

  public init(percent: Int) {
    precondition((1...99).contains(percent), "a quantile lies between 1 and 99 %")
    self.percent = percent
  }

  public func value(_ view: RankedScores) throws(Undefined) -> Double {
    try value(CumulativeWeights(view))
  }

  /// The same of weights that are cumulated already: quantiles share them.
  package func value(_ weights: CumulativeWeights) throws(Undefined) -> Double {
    // Products of integers stay exact where a rounded share would not.
    guard weights.total > 0,
      let score = weights.firstScore(where: { $0 * 100 >= weights.total * Double(percent) })
    else { throw Undefined("no rows with a score") }
    return score
  }

  /// The score of the row with a 1-based rank, for unweighted rows.
  public static func score(rank: Int, in view: RankedScores) -> Double? {
    CumulativeWeights(view).score(rank: rank)
  }

  public func support(_ view: RankedScores) -> Double { view.rows }
}

/// The weight of the rows at or below each distinct score of a view.
package struct CumulativeWeights: Sendable {
  private let scores: [Double]
  private let cumulated: [Double]

  package init(_ view: RankedScores) {
    scores = view.scores
    var sum = 0.0
    cumulated = view.scores.indices.map { place in
      sum += view.positives[place] + view.negatives[place] + view.unlabelled[place]
      return sum
    }
  }

  package var total: Double { cumulated.last ?? 0 }

  /// The score of the row with a 1-based rank, for unweighted rows.
  package func score(rank: Int) -> Double? { firstScore { $0 >= Double(rank) } }

  /// The lowest score up to which the weight is enough.
  ///
  /// - Parameter isEnough: true for every weight above one for which it is true.
  package func firstScore(where isEnough: (Double) -> Bool) -> Double? {
    var (low, high) = (0, cumulated.count)
    while low < high {
      let middle = (low + high) / 2
      if isEnough(cumulated[middle]) { high = middle } else { low = middle + 1 }
    }
    return low < scores.count ? scores[low] : nil
  }
}
