// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The influences of a slice's ranked metrics as step functions of the score.
///
/// Exact up to `most` distinct scores. Beyond, the rows of neighbouring scores share their mean
/// influence, so that the functions of a long table need little memory. What rows vary within a step is
/// lost: less than 1 % of a variance, most of it at the highest scores of average precision.
struct InfluenceSteps: Sendable {
  static let most = 4096
  /// The highest score of each step, ascending.
  private let ends: [Double]
  /// By step, the influences of a positive on every metric, then those of a negative; 0 for a metric
  /// that is undefined.
  private let values: [Double]
  /// How many metrics there are.
  let metrics: Int

  /// - Parameter influences: by metric, over the places of the view; `nil` where it is undefined.
  init(_ view: RankedScores, _ influences: [ScoreInfluence?]) {
    let (count, metrics) = (view.scores.count, influences.count)
    let steps = min(count, Self.most)
    var ends = Array(repeating: 0.0, count: steps)
    var values = Array(repeating: 0.0, count: steps * 2 * metrics)
    for step in 0..<steps {
      let places = (step * count / steps)..<((step + 1) * count / steps)
      ends[step] = view.scores[places.upperBound - 1]
      for (metric, influence) in influences.enumerated() {
        guard let influence else { continue }
        let first = step * 2 * metrics + metric
        values[first] = Self.mean(influence.positive, view.positives, places)
        values[first + metrics] = Self.mean(influence.negative, view.negatives, places)
      }
    }
    self.ends = ends
    self.values = values
    self.metrics = metrics
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
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < score { low = middle + 1 } else { high = middle }
    }
    let first = (2 * low + (label ? 0 : 1)) * metrics
    for metric in 0..<metrics { target[place + metric] = weight * values[first + metric] }
  }
}
