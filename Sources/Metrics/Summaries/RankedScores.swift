// SPDX-License-Identifier: Apache-2.0

/// A slice's rows in the order of their scores: one entry a distinct score, ascending.
///
/// Everything that depends on ranks (areas under curves, quantiles) or on the pairs of score and label
/// alone (calibration fits) is computed from it. Two views merge as ordered lists do.
public struct RankedScores: Sendable, Equatable {
  /// Distinct scores, ascending.
  public private(set) var scores: [Double] = []
  /// Weight of the positives, the negatives and the unlabelled rows at each score.
  public private(set) var positives: [Double] = []
  public private(set) var negatives: [Double] = []
  public private(set) var unlabelled: [Double] = []
  /// Sums of squared weights of positives and negatives at each score; equal to the weights when
  /// every row weighs 1.
  public private(set) var squaredPositives: [Double] = []
  public private(set) var squaredNegatives: [Double] = []
  /// Numbers of rows, whatever they weigh.
  public private(set) var positiveRows = 0.0
  public private(set) var negativeRows = 0.0
  public private(set) var unlabelledRows = 0.0

  public init() {}

  /// Unweighted scores in any order with their labels (`nil`: missing).
  public init(scores: [Double], labels: [Bool?]) {
    precondition(scores.count == labels.count, "one label a score is needed")
    for index in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
      append(score: scores[index], label: labels[index])
    }
  }

  /// Adds `rows` rows of the same score, label and weight; scores must come in ascending order.
  public mutating func append(score: Double, label: Bool?, weight: Double = 1, rows: Double = 1) {
    if scores.last != score { open(score) }
    let last = scores.count - 1
    switch label {
    case true:
      positives[last] += weight * rows
      squaredPositives[last] += weight * weight * rows
      positiveRows += rows
    case false:
      negatives[last] += weight * rows
      squaredNegatives[last] += weight * weight * rows
      negativeRows += rows
    case nil:
      unlabelled[last] += weight * rows
      unlabelledRows += rows
    }
  }

  private mutating func open(_ score: Double) {
    precondition(scores.last.map { $0 < score } ?? true, "scores must come in ascending order")
    scores.append(score)
    positives.append(0)
    negatives.append(0)
    unlabelled.append(0)
    squaredPositives.append(0)
    squaredNegatives.append(0)
  }

  public var positiveWeight: Double { positives.reduce(0, +) }
  public var negativeWeight: Double { negatives.reduce(0, +) }
  public var rows: Double { positiveRows + negativeRows + unlabelledRows }

  /// Throws unless there is at least one positive and one negative.
  public func requireBothClasses() throws(Undefined) {
    if positiveRows == 0 && negativeRows == 0 { throw Undefined("no labelled rows with a score") }
    if positiveRows == 0 { throw Undefined("no positives among \(Int(negativeRows)) rows") }
    if negativeRows == 0 { throw Undefined("no negatives among \(Int(positiveRows)) rows") }
  }
}

/// What one row of weight 1 at each score of a `RankedScores` moves an estimate by: its influence.
///
/// The sum of squared weights times squared influences is the estimate's linearised variance; sums of
/// products give covariances between slices that share rows.
public struct ScoreInfluence: Sendable, Equatable {
  public var positive: [Double]
  public var negative: [Double]

  public init(positive: [Double], negative: [Double]) {
    self.positive = positive
    self.negative = negative
  }

  /// Σ w²ψ² over the rows of the view that it belongs to.
  public func variance(_ view: RankedScores) -> Double {
    var sum = 0.0
    for index in view.scores.indices {
      sum += view.squaredPositives[index] * positive[index] * positive[index]
      sum += view.squaredNegatives[index] * negative[index] * negative[index]
    }
    return sum
  }

  /// Σ w²ψψ′ over the rows of `view`, which are all among those of `other`'s view `container`.
  public func covariance(
    _ view: RankedScores, with other: ScoreInfluence, of container: RankedScores
  )
    -> Double
  {
    var (sum, position) = (0.0, 0)
    for (index, score) in view.scores.enumerated() {
      while position < container.scores.count && container.scores[position] < score {
        position += 1
      }
      guard position < container.scores.count else { break }
      sum += view.squaredPositives[index] * positive[index] * other.positive[position]
      sum += view.squaredNegatives[index] * negative[index] * other.negative[position]
    }
    return sum
  }
}
