// SPDX-License-Identifier: Apache-2.0
// The coverage of bands over thresholds, by design. An executable of its own, with
// `Population.swift` beside it: `study <part> <of parts> <data sets> [<text in a design's name>]`.
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling
import EvenhandThresholds

struct Design {
  var name: String
  var thresholds = 19
  var populations: [Population]
  /// Rows, or clusters, of each group.
  var sizes: [Int]
  var isClustered = false
  /// Groups are kinds of rows within the same clusters.
  var isCrossed = false
  /// Scores are Beta(3, 2) with a positive label, of which there are 40 %, and Beta(2, 4) without.
  var isBeta = false

  /// What falls into each cell in expectation, by group and threshold.
  func truths(_ grid: LogitGrid) -> [[DecisionCounts]] {
    if !isBeta {
      return populations.map { population in
        grid.thresholds.map { population.cells(at: $0) }
      }
    }
    let truth = grid.thresholds.map { threshold in
      let rejected = Self.cumulative(threshold)
      return DecisionCounts(
        truePositives: 0.4 * (1 - rejected.positive), falsePositives: 0.6 * (1 - rejected.negative),
        falseNegatives: 0.4 * rejected.positive, trueNegatives: 0.6 * rejected.negative)
    }
    return [truth]
  }

  static func cumulative(_ score: Double) -> (positive: Double, negative: Double) {
    (
      Beta.cumulative(score, alpha: 3, beta: 2), Beta.cumulative(score, alpha: 2, beta: 4)
    )
  }

  /// A score is at least a threshold where its uniform number is at least the probability below.
  func betaSample(_ grid: LogitGrid, using stream: inout RandomStream) -> BucketedRows {
    let below = grid.thresholds.map(Self.cumulative)
    let positive = ThresholdGrid(below.map(\.positive))
    let negative = ThresholdGrid(below.map(\.negative))
    var sample = BucketedRows(thresholds: grid.thresholds.count, isClustered: false)
    for _ in 0..<sizes[0] {
      let label = stream.uniform() < 0.4
      let bucket = (label ? positive : negative).bucket(of: stream.uniform())
      sample.add(bucket: bucket, label: label, weight: 1, rows: 1, cluster: nil)
    }
    return sample
  }
}

let metrics: [any DecisionMetric] = [
  TruePositiveRate(), SelectionRate(), Precision(), F1(), Accuracy(), MatthewsCorrelation(),
  BalancedAccuracy(),
]
let gaps: [any DecisionMetric] = [TruePositiveRate(), SelectionRate(), Precision(), F1()]

func shifted(_ population: Population, _ amount: Double) -> Population {
  var result = population
  result.positive += amount
  result.negative += amount / 2
  result.base += amount / 3
  return result
}

func designs() -> [Design] {
  let plain = Population()
  var some = plain
  some.unlabelled = 0.2
  var weighted = plain
  (weighted.weightSpread, weighted.positiveWeight) = (0.7, 2)
  var clustered = plain
  (clustered.labelEffect, clustered.scoreEffect) = (0.4, 0.5)
  var both = clustered
  (both.weightSpread, both.positiveWeight) = (0.5, 2)
  var result: [Design] = []
  for thresholds in [19, 99] {
    for rows in [60, 300, 2000] {
      result.append(
        Design(name: "plain", thresholds: thresholds, populations: [plain], sizes: [rows]))
      result.append(
        Design(name: "weighted", thresholds: thresholds, populations: [weighted], sizes: [rows]))
    }
    result.append(
      Design(name: "unlabelled", thresholds: thresholds, populations: [some], sizes: [300]))
    for clusters in [30, 100] {
      result.append(
        Design(
          name: "clustered", thresholds: thresholds, populations: [clustered], sizes: [clusters],
          isClustered: true))
      result.append(
        Design(
          name: "clustered weighted", thresholds: thresholds, populations: [both],
          sizes: [clusters], isClustered: true))
    }
  }
  let unequal = [0, 0.3, -0.3, 0.6]
  for groups in [2, 4] {
    let small = groups == 2 ? [40, 80] : [40, 40, 60, 100]
    let large = groups == 2 ? [200, 400] : [100, 200, 300, 400]
    for (kind, shifts) in [("equal", [0, 0, 0, 0]), ("unequal", unequal)] {
      for sizes in [small, large] {
        for thresholds in sizes == large ? [19, 99] : [19] {
          func populations(_ population: Population) -> [Population] {
            (0..<groups).map { shifted(population, shifts[$0]) }
          }
          result.append(
            Design(
              name: "gap \(kind)", thresholds: thresholds, populations: populations(plain),
              sizes: sizes))
          if thresholds == 99 { continue }
          result.append(
            Design(
              name: "gap \(kind) weighted", populations: populations(weighted), sizes: sizes))
          let clusters = Array(repeating: sizes == large ? 100 : 30, count: groups)
          result.append(
            Design(
              name: "gap \(kind) nested", populations: populations(clustered), sizes: clusters,
              isClustered: true))
          result.append(
            Design(
              name: "gap \(kind) crossed", populations: populations(clustered), sizes: clusters,
              isClustered: true, isCrossed: true))
        }
      }
    }
  }
  for rows in [60, 300, 2000] {
    for thresholds in [19, 99] {
      result.append(
        Design(
          name: "beta", thresholds: thresholds, populations: [plain], sizes: [rows], isBeta: true))
    }
  }
  return result
}

func samples(_ design: Design, _ grid: LogitGrid, _ stream: inout RandomStream) -> [BucketedRows] {
  if design.isBeta { return [design.betaSample(grid, using: &stream)] }
  if !design.isClustered {
    return zip(design.populations, design.sizes).map {
      $0.sample($1, grid, using: &stream)
    }
  }
  if !design.isCrossed {
    var start = 0
    return zip(design.populations, design.sizes).map { population, count in
      defer { start += count }
      return population.sample(clusters: start..<start + count, grid, using: &stream)
    }
  }
  var result = design.populations.map { _ in
    BucketedRows(thresholds: grid.thresholds.count, isClustered: true)
  }
  for cluster in 0..<design.sizes[0] {
    let first = design.populations[0]
    let effects = (first.labelEffect * stream.normal(), first.scoreEffect * stream.normal())
    for _ in 0..<10 * result.count {
      let group = Int(stream.uniform() * Double(result.count))
      let row = design.populations[group].row(grid, effects, using: &stream)
      result[group].add(
        bucket: row.bucket, label: row.label, weight: row.weight, rows: 1,
        cluster: Int32(cluster))
    }
  }
  for group in result.indices { result[group].merge() }
  return result
}

struct Score {
  var sets = 0
  var covered = 0
  var bands = 0
  var critical = 0.0
  var width = 0.0
  var lowMisses = 0
  var highMisses = 0
  mutating func add(_ curve: ThresholdCurve, _ truth: (Int) -> Double) {
    guard let critical = curve.critical else { return }
    sets += 1
    covered += curve.covers(truth) ? 1 : 0
    self.critical += critical
    var (below, above) = (false, false)
    for k in curve.values.indices {
      guard let low = curve.low[k], let high = curve.high[k] else { continue }
      bands += 1
      width += high - low
      below = below || truth(k) < low - 1e-12
      above = above || truth(k) > high + 1e-12
    }
    lowMisses += below ? 1 : 0
    highMisses += above ? 1 : 0
  }
  var text: String {
    func round(_ x: Double) -> String { String((x * 1000).rounded() / 1000) }
    let n = Double(max(1, sets))
    return [
      round(Double(covered) / n), "\(sets)", round(critical / n), round(Double(bands) / n),
      round(width / Double(max(1, bands))), round(Double(lowMisses) / n),
      round(Double(highMisses) / n),
    ].joined(separator: "\t")
  }
}

func run(_ design: Design, number: Int, sets: Int) {
  let grid = LogitGrid(design.thresholds)
  let truths = design.truths(grid)
  let isGap = design.populations.count > 1
  var scores = Array(repeating: Score(), count: isGap ? 2 * gaps.count : metrics.count)
  var (bestKept, candidates) = (0, 0)
  let cost = Cost()
  let costs = truths[0].map { (try? cost.value($0)) ?? .infinity }
  let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
  for set in 0..<sets {
    var stream = RandomStream(seed: 2024, family: UInt32(number), replicate: UInt32(set))
    let samples = samples(design, grid, &stream)
    let estimator = CurveEstimator(
      CurveSettings(draws: 499, seed: UInt64(set), family: 7))
    if !isGap {
      for (place, metric) in metrics.enumerated() {
        scores[place].add(estimator.curve(metric, samples[0])) {
          (try? metric.value(truths[0][$0])) ?? .nan
        }
      }
      guard set % 5 == 0 else { continue }
      let least = estimator.leastCost(cost, samples[0])
      bestKept += least.candidates.contains(best) ? 1 : 0
      candidates += least.candidates.count
      continue
    }
    for (place, metric) in gaps.enumerated() {
      func values(_ k: Int) -> [Double] {
        samples.indices.compactMap { group in
          let rows = samples[group].rows(at: k)
          guard metric.support(rows) >= 10 else { return nil }
          return try? metric.value(truths[group][k])
        }
      }
      scores[2 * place].add(estimator.difference(metric, samples)) { k in
        let values = values(k)
        return (values.max() ?? .nan) - (values.min() ?? .nan)
      }
      guard metric.comparison == .differenceAndRatio else { continue }
      scores[2 * place + 1].add(estimator.ratio(metric, samples)) { k in
        let values = values(k)
        return (values.min() ?? .nan) / (values.max() ?? .nan)
      }
    }
  }
  let name = "\(design.name)\tT=\(design.thresholds)\t\(design.sizes)"
  for (place, score) in scores.enumerated() where score.sets > 0 {
    let metric = isGap ? gaps[place / 2].id : metrics[place].id
    let kind = isGap ? (place % 2 == 0 ? " difference" : " ratio") : ""
    print("\(name)\t\(metric)\(kind)\t\(score.text)")
  }
  if !isGap {
    let tried = Double((sets + 4) / 5)
    let (kept, mean) = (Double(bestKept) / tried, Double(candidates) / tried)
    print("\(name)\tleast_cost\t\(kept)\t\(tried)\t-\t\(mean)")
  }
}

let arguments = CommandLine.arguments.dropFirst().map { $0 }
let (part, parts, sets) = (Int(arguments[0]) ?? 0, Int(arguments[1]) ?? 1, Int(arguments[2]) ?? 200)
for (number, design) in designs().enumerated() where number % parts == part {
  if arguments.count > 3, !design.name.contains(arguments[3]) { continue }
  run(design, number: number, sets: sets)
}
