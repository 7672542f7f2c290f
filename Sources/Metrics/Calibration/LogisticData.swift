// SPDX-License-Identifier: Apache-2.0

/// What a logistic regression of labels on logits of scores is fitted to: distinct logits, ascending.
struct LogisticData {
  let logits: [Double]
  /// The weights of the positives at each logit, and of all labelled rows.
  let positives: [Double]
  let weights: [Double]

  /// So many means of neighbouring logits are enough to start from.
  private static let briefly = 512

  init(_ view: RankedScores) {
    logits = view.logits ?? view.scores.map(Probability.logit)
    positives = view.positives
    weights = zip(view.positives, view.negatives).map { $0 + $1 }
  }

  private init(logits: [Double], positives: [Double], weights: [Double]) {
    (self.logits, self.positives, self.weights) = (logits, positives, weights)
  }

  /// Long data in short: stretches of neighbours as one, at their mean logit. A fit to it ends near the
  /// fit to all. `nil` where little would be saved.
  var brief: LogisticData? {
    let length = logits.count / Self.briefly
    guard length >= 16 else { return nil }
    var (means, positives, weights) = ([Double](), [Double](), [Double]())
    for start in stride(from: 0, to: logits.count, by: length) {
      let places = start..<min(start + length, logits.count)
      let weight = places.reduce(0) { $0 + self.weights[$1] }
      guard weight > 0 else { continue }
      means.append(places.reduce(0) { $0 + self.weights[$1] * logits[$1] } / weight)
      positives.append(places.reduce(0) { $0 + self.positives[$1] })
      weights.append(weight)
    }
    return LogisticData(logits: means, positives: positives, weights: weights)
  }

  /// A slope has a maximum likelihood estimate only if the classes overlap strictly.
  func requireOverlap() throws(Undefined) {
    let isPositive = { positives[$0] > 0 }
    let isNegative = { positives[$0] < weights[$0] }
    guard let lowestPositive = logits.indices.first(where: isPositive),
      let highestPositive = logits.indices.last(where: isPositive),
      let lowestNegative = logits.indices.first(where: isNegative),
      let highestNegative = logits.indices.last(where: isNegative)
    else { return }
    if max(highestPositive, highestNegative) == min(lowestPositive, lowestNegative) {
      throw Undefined("constant score")
    }
    if lowestPositive >= highestNegative || lowestNegative >= highestPositive {
      throw Undefined("separated: the score divides the classes, so no maximum likelihood exists")
    }
  }
}
