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
  public var squaredPositives: [Double] { isWeighted ? squares.positives : positives }
  public var squaredNegatives: [Double] { isWeighted ? squares.negatives : negatives }
  /// Whether some row does not weigh 1; else the squares are not kept.
  private var isWeighted = false
  private var squares = Squares()
  /// Numbers of rows, whatever they weigh.
  public private(set) var positiveRows = 0.0
  public private(set) var negativeRows = 0.0
  public private(set) var unlabelledRows = 0.0

  /// ln s/(1 − s) of the scores, where it has been worked out: views of the same rows can share it.
  package private(set) var logits: [Double]?

  private struct Squares: Sendable, Equatable {
    var positives: [Double] = []
    var negatives: [Double] = []
  }

  public init() {}

  /// Room for so many distinct scores.
  package init(capacity: Int) {
    scores.reserveCapacity(capacity)
    positives.reserveCapacity(capacity)
    negatives.reserveCapacity(capacity)
    unlabelled.reserveCapacity(capacity)
  }

  /// Unweighted scores in any order with their labels (`nil`: missing).
  public init(scores: [Double], labels: [Bool?]) {
    precondition(scores.count == labels.count, "one label a score is needed")
    for index in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
      append(score: scores[index], label: labels[index])
    }
  }

  /// Adds `rows` rows of the same score, label and weight; scores must come in ascending order.
  public mutating func append(score: Double, label: Bool?, weight: Double = 1, rows: Double = 1) {
    if weight != 1, !isWeighted {
      isWeighted = true
      squares = Squares(positives: positives, negatives: negatives)
    }
    let last = scores.count - 1
    guard last >= 0, scores[last] == score else {
      open(score, label, weight, rows)
      return
    }
    switch label {
    case true:
      positives[last] += weight * rows
      if isWeighted { squares.positives[last] += weight * weight * rows }
      positiveRows += rows
    case false:
      negatives[last] += weight * rows
      if isWeighted { squares.negatives[last] += weight * weight * rows }
      negativeRows += rows
    case nil:
      unlabelled[last] += weight * rows
      unlabelledRows += rows
    }
  }

  private mutating func open(_ score: Double, _ label: Bool?, _ weight: Double, _ rows: Double) {
    precondition(scores.last.map { $0 < score } ?? true, "scores must come in ascending order")
    scores.append(score)
    if logits != nil { logits = nil }
    let mass = weight * rows
    positives.append(label == true ? mass : 0)
    negatives.append(label == false ? mass : 0)
    unlabelled.append(label == nil ? mass : 0)
    if isWeighted {
      squares.positives.append(label == true ? weight * weight * rows : 0)
      squares.negatives.append(label == false ? weight * weight * rows : 0)
    }
    switch label {
    case true: positiveRows += rows
    case false: negativeRows += rows
    case nil: unlabelledRows += rows
    }
  }

  /// Where each score stands among those of `container`, which has them all.
  package func places(in container: RankedScores) -> [Int32] {
    let all = container.scores.span
    var position = 0
    return scores.map { score in
      // Doubling steps, then bisection: a small view in a large one skips most of it.
      var (step, low) = (1, position)
      while low + step < all.count, all[low + step] < score {
        low += step
        step *= 2
      }
      var high = min(low + step, all.count)
      while low < high {
        let middle = (low + high) / 2
        if all[middle] < score { low = middle + 1 } else { high = middle }
      }
      precondition(low < all.count, "the container lacks a score")
      position = low
      return Int32(low)
    }
  }

  /// Works out the logits of probabilities; for a view whose scores `container` has, of which places is
  /// known there.
  package mutating func addLogits(from container: RankedScores? = nil, at places: [Int32] = []) {
    if let known = container?.logits?.span {
      logits = places.map { known[Int($0)] }
    } else {
      logits = scores.map(Probability.logit)
    }
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
    let (ofPositives, ofNegatives) = variances(view)
    return ofPositives + ofNegatives
  }

  /// The same sum over the positives and over the negatives.
  func variances(_ view: RankedScores) -> (ofPositives: Double, ofNegatives: Double) {
    let (positives, negatives) = (view.squaredPositives, view.squaredNegatives)
    var (ofPositives, ofNegatives) = (0.0, 0.0)
    for index in view.scores.indices {
      ofPositives += positives[index] * positive[index] * positive[index]
      ofNegatives += negatives[index] * negative[index] * negative[index]
    }
    return (ofPositives, ofNegatives)
  }

  /// Σ w²ψψ′ over the rows of `view`, which are all among those of `other`'s view `container`.
  public func covariance(
    _ view: RankedScores, with other: ScoreInfluence, of container: RankedScores
  ) -> Double {
    covariance(view, with: other, at: view.places(in: container))
  }

  /// The same where it is known at which place of the other view each score stands.
  package func covariance(_ view: RankedScores, with other: ScoreInfluence, at places: [Int32])
    -> Double
  {
    let (positives, negatives) = (view.squaredPositives.span, view.squaredNegatives.span)
    let (own, ownNegative) = (positive.span, negative.span)
    let (others, othersNegative) = (other.positive.span, other.negative.span)
    var sum = 0.0
    for (index, place) in places.enumerated() {
      sum += positives[index] * own[index] * others[Int(place)]
      sum += negatives[index] * ownNegative[index] * othersNegative[Int(place)]
    }
    return sum
  }
}
