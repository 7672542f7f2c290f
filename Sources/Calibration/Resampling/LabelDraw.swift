// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// One draw of labels: independent single rows, repeated rows and normal sums, in ascending order of
/// the entries that they belong to.
struct LabelDraw: Sendable {
  /// Equal rows up to so many are drawn one by one, which is faster than a binomial draw.
  private static let mostSingle = 32.0

  /// Single rows: the trial, the entry, the weight.
  private var trials = BernoulliTrials()
  private var targets: [Int32] = []
  private var weights: [Double] = []
  private var groups: [Group] = []
  /// Mean and variance of the number of positive single rows.
  private var mean = 0.0
  private var variance = 0.0

  /// Rows whose positives are drawn as one number.
  private struct Group {
    /// The entry that they belong to, and how many single rows come before.
    var target: Int32
    var place: Int
    var law: Law
  }

  private enum Law {
    case binomial(rows: Int, score: Double, weight: Double)
    /// Rounded to a multiple of the weight of a row, if all weigh the same.
    case normal(mean: Double, deviation: Double, most: Double, weight: Double?)
  }

  /// Adds the rows of an entry of a sample; targets must not descend.
  mutating func add(_ entry: Int, of sample: CalibrationSample, to target: Int) {
    add(
      rows: sample.rows[entry], score: sample.scores[entry], weight: sample.weights[entry],
      to: target)
  }

  /// Adds rows of one score and weight.
  mutating func add(rows: Double, score: Double, weight: Double, to target: Int) {
    guard rows <= Self.mostSingle else {
      add(.binomial(rows: Int(rows), score: score, weight: weight), to: target)
      return
    }
    for _ in 0..<Int(rows) {
      trials.append(probability: score)
      targets.append(Int32(target))
      weights.append(weight)
      mean += score
      variance += score * (1 - score)
    }
  }

  /// Adds rows whose positives' weight is close to normal. Where all weigh `weight`, the draw is
  /// rounded to a count, which adds 1/12 to its variance: the normal has that much less.
  mutating func addSum(
    mean: Double, variance: Double, most: Double, weight: Double?, to target: Int
  ) {
    let rounding = weight.map { $0 * $0 / 12 } ?? 0
    let deviation = max(0, variance - rounding).squareRoot()
    add(.normal(mean: mean, deviation: deviation, most: most, weight: weight), to: target)
  }

  private mutating func add(_ law: Law, to target: Int) {
    groups.append(Group(target: Int32(target), place: targets.count, law: law))
  }

  /// One drawn vector for each stream.
  func draw(using streams: some Collection<RandomStream>) -> LabelVectors {
    // Room for all vectors but one in a thousand.
    let usual = mean + 3 * variance.squareRoot() + Double(groups.count)
    var result = LabelVectors(vectors: streams.count, positives: Int(usual) + 1)
    var results = trials.results()
    for var stream in streams { draw(using: &stream, &results, to: &result) }
    return result
  }

  private func draw(
    using stream: inout RandomStream, _ results: inout BernoulliTrials.Results,
    to vectors: inout LabelVectors
  ) {
    let positives = trials.sample(using: &stream, into: &results)
    var place = 0
    for group in groups {
      let first = place
      while place < positives, Int(results.places[place]) < group.place { place += 1 }
      vectors.add(results.places[first..<place], targets, weights)
      let mass = Self.draw(group.law, &stream)
      if mass > 0 { vectors.add(entry: group.target, mass: mass) }
    }
    vectors.add(results.places[place..<positives], targets, weights)
    vectors.endVector()
  }

  private static func draw(_ law: Law, _ stream: inout RandomStream) -> Double {
    switch law {
    case .binomial(let rows, let score, let weight):
      return weight * Double(Binomial.sample(trials: rows, probability: score, using: &stream))
    case .normal(let mean, let deviation, let most, let weight):
      let sum = mean + deviation * stream.normal()
      return min(most, max(0, weight.map { (sum / $0).rounded() * $0 } ?? sum))
    }
  }
}
