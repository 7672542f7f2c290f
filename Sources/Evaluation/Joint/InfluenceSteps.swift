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
  /// By step, the influences of a positive on every metric, then those of a negative; 0 for a metric
  /// that is undefined.
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
        let first = step * 2 * metrics + metric
        values[first] = Self.mean(influence.positive, view.positives, places)
        values[first + metrics] = Self.mean(influence.negative, view.negatives, places)
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

  /// Writes the influences of a row of weight `weight` into `target`, one a metric, from `place` on.
  func write(
    score: Double, label: Bool, weight: Double, into target: inout [Double], at place: Int
  ) {
    let first = (2 * step(score) + (label ? 0 : 1)) * metrics
    for metric in 0..<metrics { target[place + metric] = weight * values[first + metric] }
  }
}
