// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// One draw of labels: independent single rows, counts of many and normal sums, in ascending order of
/// the entries that they belong to.
struct LabelDraw: Sendable {
  /// Single rows: the trial, the entry, the weight.
  private var trials = BernoulliTrials()
  private var targets: [Int32] = []
  private var weights: [Double] = []
  private var groups: [Group] = []
  /// Of the groups whose law is `table`, in their order.
  private var tables = CountTables()
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
    case table(weight: Double)
    /// More numbers than a table has.
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
    if rows == 1 {
      trials.append(probability: score)
      targets.append(Int32(target))
      weights.append(weight)
      mean += score
      variance += score * (1 - score)
      return
    }
    let count = PositiveCount(rows: Int(rows), score: score)
    if count.masses.count <= CountTables.most {
      add(count, weight: weight, to: target)
    } else {
      add(.binomial(rows: Int(rows), score: score, weight: weight), to: target)
    }
  }

  /// Adds rows of one weight, of whose positives the count is known in distribution.
  mutating func add(_ count: PositiveCount, weight: Double, to target: Int) {
    tables.append(first: count.first, masses: count.masses)
    add(.table(weight: weight), to: target)
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
    var room = Room(trials: trials.results(), words: tables.words(), counts: [])
    room.counts = Array(repeating: 0, count: tables.count)
    for var stream in streams { draw(using: &stream, &room, to: &result) }
    return result
  }

  /// Room for what one vector is made from.
  private struct Room {
    var trials: BernoulliTrials.Results
    var words: CountTables.Words
    var counts: [Int32]
  }

  private func draw(
    using stream: inout RandomStream, _ room: inout Room, to vectors: inout LabelVectors
  ) {
    let positives = trials.sample(using: &stream, into: &room.trials)
    tables.sample(using: &stream, &room.words, into: &room.counts)
    var (place, table) = (0, 0)
    for group in groups {
      let first = place
      while place < positives, Int(room.trials.places[place]) < group.place { place += 1 }
      if place > first { vectors.add(room.trials.places[first..<place], targets, weights) }
      let mass: Double
      if case .table(let weight) = group.law {
        mass = weight * Double(room.counts[table])
        table += 1
      } else {
        mass = Self.draw(group.law, &stream)
      }
      if mass > 0 { vectors.add(entry: group.target, mass: mass) }
    }
    vectors.add(room.trials.places[place..<positives], targets, weights)
    vectors.endVector()
  }

  private static func draw(_ law: Law, _ stream: inout RandomStream) -> Double {
    switch law {
    case .table:
      return 0
    case .binomial(let rows, let score, let weight):
      return weight * Double(Binomial.sample(trials: rows, probability: score, using: &stream))
    case .normal(let mean, let deviation, let most, let weight):
      let sum = mean + deviation * stream.normal()
      return min(most, max(0, weight.map { (sum / $0).rounded() * $0 } ?? sum))
    }
  }
}
