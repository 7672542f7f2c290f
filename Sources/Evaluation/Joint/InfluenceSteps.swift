// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The influences of a slice's ranked metrics as step functions of the score.
///
/// Exact up to `most` distinct scores. Beyond, the highest half of them are steps of their own, since
/// average precision varies most there; below, the rows of neighbouring scores share their mean
/// influence, so that the functions of a long table need little memory. What rows vary within a step is
/// lost: far less than 1 % of a variance.
struct InfluenceSteps: Sendable {
  static let most = 4096
  /// The highest score of each step, ascending.
  private let ends: [Double]
  /// The scores from `lowest` on in stretches of equal length, `perScore` of them to a score of 1: the first
  /// step that can hold a score of each, and one behind.
  private let lowest: Double
  private let perScore: Double
  private let firsts: [Int32]
  /// By step, the influences of a positive on every metric, then by step those of a negative; 0 for a
  /// metric that is undefined.
  private let values: [Double]
  /// How many metrics there are.
  let metrics: Int

  /// Of no metric.
  init() {
    (ends, values, metrics) = ([], [], 0)
    (lowest, perScore, firsts) = (0, 0, [0, 0])
  }

  /// - Parameters:
  ///   - influences: by metric, over the places of the view; `nil` where it is undefined.
  ///   - most: how many steps there are at most.
  init(_ view: RankedScores, _ influences: [ScoreInfluence?], most: Int = most) {
    let (count, metrics) = (view.scores.count, influences.count)
    let steps = min(count, most)
    let shared = count > most ? most / 2 : 0
    var ends = Array(repeating: 0.0, count: steps)
    var values = Array(repeating: 0.0, count: steps * 2 * metrics)
    for step in 0..<steps {
      // The lower ones share what the highest leave.
      let below = count - (steps - shared)
      let places =
        step < shared
        ? (step * below / shared)..<((step + 1) * below / shared)
        : (below + step - shared)..<(below + step - shared + 1)
      ends[step] = view.scores[places.upperBound - 1]
      for (metric, influence) in influences.enumerated() {
        guard let influence else { continue }
        let first = step * metrics + metric
        values[first] = Self.mean(influence.positive, view.positives, places)
        values[first + steps * metrics] = Self.mean(influence.negative, view.negatives, places)
      }
    }
    self.ends = ends
    (lowest, perScore, firsts) = Self.stretches(ends)
    self.values = values
    self.metrics = metrics
  }

  private static func stretches(_ ends: [Double]) -> (Double, Double, [Int32]) {
    guard let low = ends.first, let high = ends.last, low < high else { return (0, 0, [0, 0]) }
    let perScore = Double(ends.count) / (high - low)
    guard perScore.isFinite, perScore > 0 else { return (0, 0, [0, Int32(ends.count - 1)]) }
    var firsts = Array(repeating: Int32(ends.count - 1), count: ends.count + 2)
    for step in ends.indices.reversed() {
      let stretch = Int(((ends[step] - low) * perScore).rounded(.down))
      firsts[min(stretch, ends.count)] = Int32(step)
    }
    // A stretch without the end of a step lies in the step of the next one.
    for stretch in firsts.indices.dropLast().reversed() {
      firsts[stretch] = min(firsts[stretch], firsts[stretch + 1])
    }
    return (low, perScore, firsts)
  }

  /// The first step whose end is not below a score, or the last one.
  private func step(_ score: Double) -> Int {
    let position = (score - lowest) * perScore
    let stretch = position > 0 ? Int(min(position, Double(firsts.count - 2))) : 0
    var (low, high) = (Int(firsts[stretch]), Int(firsts[stretch + 1]))
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < score { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Over the rows of a label; 0 where there is none.
  private static func mean(_ values: [Double], _ weights: [Double], _ places: Range<Int>)
    -> Double
  {
    if places.count == 1 { return values[places.lowerBound] }
    var (sum, weight) = (0.0, 0.0)
    for place in places {
      sum += values[place] * weights[place]
      weight += weights[place]
    }
    return weight > 0 ? sum / weight : 0
  }

  /// The influence of a row of weight 1 on a metric.
  func influence(score: Double, label: Bool, metric: Int) -> Double {
    values[place(score: score, label: label) + metric]
  }

  /// Where the influences of a row begin among `values`, one a metric.
  private func place(score: Double, label: Bool) -> Int {
    ((label ? 0 : ends.count) + step(score)) * metrics
  }

  /// A row of the slice, and where in a matrix its influences go.
  struct Row {
    var score: Double
    var label: Bool
    var weight: Double
    var start: Int
  }

  /// Writes the influences of rows times their weights.
  ///
  /// Places are found first: then values that are far from near come several at a time.
  ///
  /// - Parameter offsets: by metric, how far behind the start of a row.
  func write(_ rows: [Row], offsets: [Int], into target: inout [Double]) {
    let places = rows.map { place(score: $0.score, label: $0.label) }
    let values = values.span
    var target = target.mutableSpan
    for (row, place) in zip(rows, places) {
      for metric in offsets.indices {
        target[row.start + offsets[metric]] = row.weight * values[place + metric]
      }
    }
  }
}
