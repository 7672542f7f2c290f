// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

@Suite struct ConsistencyResamplingTests {
  private func resampling(
    _ sample: CalibrationSample, family: UInt32 = 1
  ) throws -> ConsistencyResampling {
    let labels = CalibratedLabels(sample, seed: 9, family: family)
    return ConsistencyResampling(
      labels, try binnedStatistics.map { try $0.prepare(labels.sample) })
  }

  @Test func blocksInAnyOrderGiveTheSameReplicates() throws {
    var random = RandomSamples(40)
    let resampling = try resampling(random.sample(300, grid: 50, weights: [1, 2]))
    let whole = resampling.replicates(0..<60)
    let parts = [40..<60, 0..<7, 7..<40].map { resampling.replicates($0) }
    #expect(whole == parts[1] + parts[2] + parts[0])
    #expect(whole != (try self.resampling(resampling.labels.sample, family: 2)).replicates(0..<60))
  }

  @Test func statisticsShareTheDraws() throws {
    var random = RandomSamples(41)
    let resampling = try resampling(random.sample(100))
    let prepared = try binnedStatistics.map { try $0.prepare(resampling.labels.sample) }
    for replicate in 0..<5 {
      let positives = resampling.labels.positives(replicate: replicate)
      let expected = prepared.map { $0.value(positives: positives) }
      #expect(resampling.replicates(replicate..<replicate + 1) == [expected])
    }
  }

  /// Mean w·r·f and variance w²·r·f(1 − f) of every entry: single, repeated and weighted rows, and
  /// scores of 0 and 1.
  @Test func drawsHaveTheMomentsOfTheScores() {
    var sample = CalibrationSample()
    for (index, score) in [0, 0.05, 0.2, 0.5, 0.77, 0.95, 1].enumerated() {
      for (weight, rows) in [(1.0, 1.0), (1.5, 1), (2, 40)] {
        sample.append(score: score, label: index % 2 == 0, weight: weight, rows: rows)
      }
    }
    let labels = CalibratedLabels(sample, seed: 3, family: 1)
    #expect(!labels.isMerged && labels.sample == sample)
    var means = Array(repeating: MonteCarloMean(), count: sample.count)
    var squares = means
    for replicate in 0..<4000 {
      for (entry, positives) in labels.positives(replicate: replicate).enumerated() {
        let off = positives - sample.masses[entry] * sample.scores[entry]
        means[entry].add(off)
        squares[entry].add(off * off)
        let count = positives / sample.weights[entry]
        #expect(count >= 0 && count <= sample.rows[entry] && count == count.rounded())
      }
    }
    for entry in sample.scores.indices {
      let (score, mass) = (sample.scores[entry], sample.masses[entry])
      #expect(means[entry].agrees(with: 0, within: 1e-12))
      let variance = mass * sample.weights[entry] * score * (1 - score)
      #expect(squares[entry].agrees(with: variance, within: 1e-12))
    }
  }

  /// Neighbouring rows are independent: the variance of a sum is the sum of the variances.
  @Test func rowsAreIndependent() {
    let scores = (0..<401).map { (Double($0) + 0.5) / 401 }
    let labels = CalibratedLabels(
      CalibrationSample(scores: scores, labels: scores.map { $0 > 0.5 }), seed: 4, family: 1)
    let mean = scores.reduce(0, +)
    var (square, neighbours) = (MonteCarloMean(), MonteCarloMean())
    for replicate in 0..<4000 {
      let positives = labels.positives(replicate: replicate)
      let off = positives.reduce(0, +) - mean
      square.add(off * off)
      let residuals = zip(positives, scores).map { $0 - $1 }
      neighbours.add(zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 })
    }
    #expect(square.agrees(with: scores.reduce(0) { $0 + $1 * (1 - $1) }))
    #expect(neighbours.agrees(with: 0))
  }

  @Test func referenceNumbers() {
    let replicates = (1...999).map(Double.init)
    let reference = ConsistencyReference(observed: 950, replicates: replicates.reversed())
    #expect(reference.expected == 500 && reference.upper95 == 950)
    #expect(reference.pValue == 51 / 1000.0 && reference.replicates == 999)
    #expect(ConsistencyReference(observed: 2000, replicates: replicates).pValue == 0.001)
    #expect(ConsistencyReference(observed: -1, replicates: replicates).pValue == 1)
    // A tie but for rounding reaches the observed value.
    let equal = Array(repeating: 0.3, count: 19)
    #expect(ConsistencyReference(observed: 0.1 + 0.2, replicates: equal).pValue == 1)
  }

  /// p-values of correct scores are uniform on 1/1000, …, 1: Kolmogorov–Smirnov, p > .01 for each.
  @Test func pValuesOfCorrectScoresAreUniform() throws {
    var random = RandomSamples(42)
    let sets = 300
    var pValues = Array(repeating: [Double](), count: binnedStatistics.count)
    for set in 0..<sets {
      let resampling = try resampling(random.sample(60), family: 100 + UInt32(set))
      let references = resampling.references(resampling.replicates(0..<999))
      for (index, reference) in references.enumerated() { pValues[index].append(reference.pValue) }
    }
    for (statistic, values) in zip(binnedStatistics, pValues) {
      var distance = 0.0
      for step in 1...1000 {
        let limit = Double(step) / 1000
        let share = Double(values.count { $0 <= limit + 1e-9 }) / Double(sets)
        distance = max(distance, abs(share - limit))
      }
      #expect(distance * Double(sets).squareRoot() < 1.628, "\(statistic.id)")
    }
  }

  /// Scores pulled to the middle are found out at n = 400.
  @Test func wrongScoresAreRejected() throws {
    var random = RandomSamples(43)
    let sample = random.sample(400, truth: { min(1, max(0, 2 * $0 - 0.5)) })
    let resampling = try resampling(sample)
    for (index, reference) in resampling.references(resampling.replicates(0..<999)).enumerated() {
      #expect(reference.pValue < 0.05, "\(binnedStatistics[index].id)")
      #expect(reference.observed > reference.upper95 && reference.upper95 > reference.expected)
    }
  }
}
