// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

@Suite struct ReliabilityCurveTests {
  @Test func ratesAndBrierPartsAgreeWithScikitLearn() throws {
    for reference in try IsotonicReference.read().samples {
      let curve = try ReliabilityCurve(reference.sample)
      for (score, rate) in zip(reference.scores, reference.rates) {
        #expect(abs(curve.rate(at: score) - rate) < 1e-12, "\(reference.name) at \(score)")
      }
      let parts = try BrierDecomposition(reference.sample)
      #expect(abs(parts.brier - reference.brier) < 1e-12)
      #expect(abs(parts.miscalibration - reference.miscalibration) < 1e-12, "\(reference.name)")
      #expect(abs(parts.discrimination - reference.discrimination) < 1e-12)
      #expect(abs(parts.uncertainty - reference.uncertainty) < 1e-12)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt32>) func brierIsTheSumOfItsParts(_ replicate: UInt32) throws
  {
    var random = RandomSamples(2, replicate: replicate)
    let weights: [Double] = replicate % 2 == 0 ? [1] : [0.2, 1, 3]
    let sample = random.sample(
      50 << Int(replicate % 5), grid: replicate % 3 == 0 ? 20 : nil, weights: weights)
    let parts = try BrierDecomposition(sample)
    let sum = parts.miscalibration - parts.discrimination + parts.uncertainty
    #expect(abs(sum - parts.brier) < 1e-12)
    #expect(min(parts.miscalibration, parts.discrimination, parts.uncertainty) >= 0)
    #expect(parts.discrimination <= parts.uncertainty + 1e-12)
    // Another route to one of them.
    #expect(abs(try Miscalibration().value(sample) - parts.miscalibration) < 1e-12)
  }

  @Test func countedEqualsExpandedInAnyOrder() throws {
    var random = RandomSamples(3)
    let rows = random.rows(300, grid: 25, weights: [1, 2])
    var counted = CalibrationSample()
    let sorted = rows.sorted { ($0.score, $0.weight) < ($1.score, $1.weight) }
    for row in sorted {
      counted.append(score: row.score, label: row.label, weight: row.weight, rows: 3)
    }
    let expanded = CalibrationSample(
      (rows + rows.reversed() + rows).shuffled(using: &random.stream))
    #expect(try ReliabilityCurve(counted) == ReliabilityCurve(expanded))
    for statistic in binnedStatistics {
      #expect(abs(try statistic.value(counted) - statistic.value(expanded)) < 1e-12)
    }
  }

  @Test func stepsCoverTheSampleAndRise() throws {
    var random = RandomSamples(4)
    let sample = random.sample(2000)
    let steps = try ReliabilityCurve(sample).steps
    #expect(steps.reduce(0) { $0 + $1.rows } == 2000)
    #expect(steps.first?.low == sample.scores.first && steps.last?.high == sample.scores.last)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.rate < $1.rate && $0.high < $1.low })
    #expect(steps.allSatisfy { $0.low <= $0.high && $0.mass == $0.rows })
  }

  @Test func theCurveIsStraightBetweenSteps() throws {
    let curve = try ReliabilityCurve(
      CalibrationSample(scores: [0.2, 0.4, 0.5, 0.9], labels: [false, true, false, true]))
    #expect(curve.steps.map(\.rate) == [0, 0.5, 1])
    #expect(curve.rate(at: 0) == 0 && curve.rate(at: 0.45) == 0.5 && curve.rate(at: 1) == 1)
    #expect(abs(curve.rate(at: 0.3) - 0.25) < 1e-15 && abs(curve.rate(at: 0.6) - 0.625) < 1e-15)
  }

  @Test func thinningKeepsEndsOrderAndItsWord() throws {
    var random = RandomSamples(5)
    let curve = try ReliabilityCurve(random.sample(20_000))
    let (full, drawn) = (curve.drawn(atMost: 1000), curve.drawn())
    #expect(full.deviation == 0 && full.vertices.count > 60 && drawn.vertices.count == 60)
    #expect(drawn.vertices.first == full.vertices.first)
    #expect(drawn.vertices.last == full.vertices.last)
    let pairs = zip(drawn.vertices, drawn.vertices.dropFirst())
    #expect(pairs.allSatisfy { $0.score < $1.score && $0.rate <= $1.rate })
    // The deviation claimed is the largest one found, vertex by vertex.
    var largest = 0.0
    for vertex in full.vertices {
      for (low, high) in pairs where low.score <= vertex.score && vertex.score <= high.score {
        let share = (vertex.score - low.score) / (high.score - low.score)
        largest = max(largest, abs(vertex.rate - low.rate - share * (high.rate - low.rate)))
      }
    }
    #expect(abs(largest - drawn.deviation) < 1e-12 && largest > 0)
  }

  /// The curve and its replicates are exchangeable if scores are right: at each score it leaves the
  /// band with a probability of at most 2k/(B + 1).
  @Test func bandHoldsCurvesOfCorrectScores() throws {
    var random = RandomSamples(6)
    var outside: [Int: Double] = [:]
    let sets = 400
    for set in 0..<sets {
      let sample = random.sample(150)
      let labels = CalibratedLabels(sample, seed: 5, family: UInt32(set))
      let resampling = ReliabilityResampling(labels, atMost: 20)
      let band = resampling.band(resampling.replicates(0..<199), level: 0.9)
      let curve = try ReliabilityCurve(sample)
      for (place, point) in band.points.enumerated() {
        #expect(point.low <= point.high)
        let rate = curve.rate(at: point.score)
        outside[place, default: 0] += rate < point.low || rate > point.high ? 1 : 0
      }
    }
    // 400 sets: 10 % and four standard errors.
    let most = 0.1 + 4 * (0.09 / Double(sets)).squareRoot()
    #expect(outside.values.allSatisfy { $0 / Double(sets) <= most })
    let total = outside.values.reduce(0, +) / Double(outside.count * sets)
    #expect(total > 0.03 && total <= 0.11)
  }

  @Test func undefinedWithoutRows() {
    #expect(throws: Undefined.self) { try ReliabilityCurve(CalibrationSample()) }
    #expect(throws: Undefined.self) { try BrierDecomposition(CalibrationSample()) }
    for statistic in binnedStatistics {
      #expect(throws: Undefined.self) { try statistic.value(CalibrationSample()) }
    }
  }
}
