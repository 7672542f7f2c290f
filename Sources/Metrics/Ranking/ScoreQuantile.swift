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
    let weights = Self.weights(view)
    let total = weights.reduce(0, +)
    guard total > 0 else { throw Undefined("no rows with a score") }
    var cumulated = 0.0
    for (score, weight) in zip(view.scores, weights) {
      cumulated += weight
      // Products of integers stay exact where a rounded share would not.
      if cumulated * 100 >= total * Double(percent) { return score }
    }
    return view.scores[view.scores.count - 1]
  }

  /// The score of the row with a 1-based rank, for unweighted rows.
  public static func score(rank: Int, in view: RankedScores) -> Double? {
    var cumulated = 0.0
    for (score, weight) in zip(view.scores, weights(view)) {
      cumulated += weight
      if cumulated >= Double(rank) { return score }
    }
    return nil
  }

  public func support(_ view: RankedScores) -> Double { view.rows }

  private static func weights(_ view: RankedScores) -> [Double] {
    view.scores.indices.map { view.positives[$0] + view.negatives[$0] + view.unlabelled[$0] }
  }
}
