// SPDX-License-Identifier: Apache-2.0

/// A metric of a slice's score-ordered view with an influence function.
public protocol RankedMetric: Metric where Summary == RankedScores {
  /// Value, variance and influence in one go; they share their passes over the view.
  func estimate(_ view: RankedScores) throws(Undefined) -> RankedEstimate
  /// How the variance is reckoned for unweighted rows: `delong`, `influence_function`, `hessian`.
  var varianceMethod: String { get }
  /// Whether the metric has a meaning only where the score is a probability.
  var needsProbability: Bool { get }
}

/// What a ranked metric says of a slice.
public struct RankedEstimate: Sendable, Equatable {
  public var value: Double
  public var variance: Double
  public var influence: ScoreInfluence

  public init(value: Double, variance: Double, influence: ScoreInfluence) {
    self.value = value
    self.variance = variance
    self.influence = influence
  }
}

extension RankedMetric {
  public var needsProbability: Bool { false }
  public var supportName: String { "rows of the smaller class" }

  public func value(_ view: RankedScores) throws(Undefined) -> Double {
    try estimate(view).value
  }

  /// The smaller of the numbers of positives and negatives.
  public func support(_ view: RankedScores) -> Double {
    min(view.positiveRows, view.negativeRows)
  }
}
