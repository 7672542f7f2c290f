// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling
import EvenhandThresholds
import RealModule

/// Rows with normal logits of scores about a mean by label, whose true curves are known.
struct Population: Sendable {
  /// Probability of a positive label, on the probit scale, and means of the scores' logits.
  var base = -0.25
  var positive = 0.5
  var negative = -0.5
  var spread = 1.0
  /// Deviations, between clusters, of the label's probit and of all scores' logits.
  var labelEffect = 0.0
  var scoreEffect = 0.0
  /// Weights are log-normal, and so many times larger for positive labels; `nil`: all are 1.
  var weightSpread: Double?
  var positiveWeight = 1.0
  /// The share of rows without a label.
  var unlabelled = 0.0

  /// What falls into each cell at a threshold, in expectation.
  func cells(at threshold: Double) -> DecisionCounts {
    let logit = Double.log(threshold / (1 - threshold))
    let deviation = (spread * spread + scoreEffect * scoreEffect).squareRoot()
    let share = Normal.cumulative(base / (1 + labelEffect * labelEffect).squareRoot())
    let above = Normal.cumulative((positive - logit) / deviation)
    let falsely = Normal.cumulative((negative - logit) / deviation)
    let known = 1 - unlabelled
    let selected = share * above + (1 - share) * falsely
    // Weights enter by the label, whether it is known or not.
    let (p, n) = (share * positiveWeight, 1 - share)
    let weighted = p * above + n * falsely
    let unknown = weightSpread == nil ? selected : weighted
    let total = weightSpread == nil ? 1 : p + n
    return DecisionCounts(
      SIMD8(
        known * p * above, known * n * falsely, known * p * (1 - above),
        known * n * (1 - falsely), unlabelled * unknown, unlabelled * (total - unknown), 0, 0))
  }

  /// One row, of a cluster with these effects.
  func row(
    _ grid: LogitGrid, _ effects: (label: Double, score: Double),
    using stream: inout RandomStream
  ) -> (bucket: Int, label: Bool?, weight: Double) {
    let label = stream.normal() < base + effects.label
    let score = (label ? positive : negative) + effects.score + spread * stream.normal()
    var weight = 1.0
    if let weightSpread {
      weight = Double.exp(weightSpread * stream.normal()) * (label ? positiveWeight : 1)
    }
    let isKnown = unlabelled == 0 || stream.uniform() >= unlabelled
    return (grid.bucket(of: score), isKnown ? label : nil, weight)
  }

  /// Independent rows.
  func sample(_ rows: Int, _ grid: LogitGrid, using stream: inout RandomStream) -> BucketedRows {
    var sample = BucketedRows(thresholds: grid.thresholds.count, isClustered: false)
    for _ in 0..<rows {
      let row = row(grid, (0, 0), using: &stream)
      sample.add(bucket: row.bucket, label: row.label, weight: row.weight, rows: 1, cluster: nil)
    }
    return sample
  }

  /// Clusters of 5 to 15 rows.
  func sample(
    clusters: Range<Int>, _ grid: LogitGrid, using stream: inout RandomStream
  ) -> BucketedRows {
    var sample = BucketedRows(thresholds: grid.thresholds.count, isClustered: true)
    for cluster in clusters {
      let effects = (labelEffect * stream.normal(), scoreEffect * stream.normal())
      for _ in 0..<5 + Int(stream.uniform() * 11) {
        let row = row(grid, effects, using: &stream)
        sample.add(
          bucket: row.bucket, label: row.label, weight: row.weight, rows: 1,
          cluster: Int32(cluster))
      }
    }
    sample.merge()
    return sample
  }
}

/// Evenly spaced thresholds of scores, looked up by logits.
struct LogitGrid: Sendable {
  let thresholds: [Double]
  private let logits: ThresholdGrid

  init(_ count: Int) {
    thresholds = (1...count).map { Double($0) / Double(count + 1) }
    logits = ThresholdGrid(thresholds.map { Double.log($0 / (1 - $0)) })
  }

  func bucket(of logit: Double) -> Int { logits.bucket(of: logit) }
}

/// What wrong decisions cost by row: a false negative thrice a false positive.
struct Cost: RatioOfCounts {
  let id = "cost"
  let title = "Cost"
  let direction = Direction.lowerIsBetter
  let range = 0.0...3.0
  let numerator = SIMD8<Double>(0, 1, 3, 0, 0, 0, 0, 0)
  let denominator = SIMD8<Double>(1, 1, 1, 1, 0, 0, 0, 0)
  let definition = "(FP + 3 FN) / n."
  let meaning = "the mean cost of a decision"

  func support(_ counts: DecisionCounts) -> Double { counts.sum(.labelledAndDecided) }
}

extension ThresholdCurve {
  /// Whether a true curve lies within the band wherever there is one.
  func covers(_ truth: (Int) -> Double) -> Bool {
    values.indices.allSatisfy { threshold in
      guard let low = low[threshold], let high = high[threshold] else { return true }
      let value = truth(threshold)
      return low <= value + 1e-12 && value <= high + 1e-12
    }
  }
}
