// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import RealModule
import Testing

/// Lee, Huang, Hassani & Dobriban 2023: the statistic against sums over pairs, and what it finds.
@Suite("Calibration scan")
struct ScanTests {
  @Test("Eight rows worked by hand at 1, 2 and 4 bins")
  func byHand() throws {
    let sample = CalibrationSample(
      scores: KernelCalibrationTests.scores, labels: KernelCalibrationTests.labels)
    let prepared = try ScanCalibrationTest(smallestBin: 2).prepare(sample)
    #expect(prepared.binCounts == [1, 2, 4])
    let found = prepared.standardized(positives: sample.positiveMasses)
    // 4 bins of two rows: residuals −.1 −.2 | .65 −.5 | .35 .2 | .1 −.95, products .02 −.325 .07 −.095;
    // f(1 − f): .09 .16 | .2275 .25 | .2275 .16 | .09 .0475, products .0144 .056875 .0364 .004275.
    #expect(abs(found[2] - -0.33 / 0.11195.squareRoot()) < 1e-12)
    // 1 bin: (Σr)² − Σr² = .2025 − 1.7975, (Σv)² − Σv² = 1.56875625 − .23566875.
    #expect(abs(found[0] - -1.595 / (2 * 1.3330875).squareRoot()) < 1e-12)
    #expect(prepared.value(positives: sample.positiveMasses) == found.max())
  }

  @Test("Any weights and counts: sums over pairs of rows within bins cut by cumulated weight")
  func overPairs() throws {
    var random = RandomRows(20)
    for weighted in [false, true] {
      let sample = random.entries(24, weighted: weighted)
      let prepared = try ScanCalibrationTest().prepare(sample)
      let found = prepared.standardized(positives: sample.positiveMasses)
      for (bins, standardized) in zip(prepared.binCounts, found) {
        let (statistic, variance) = overPairs(sample, bins: bins)
        #expect(abs(standardized - statistic / variance.squareRoot()) < 1e-9)
      }
    }
  }

  private func overPairs(_ sample: CalibrationSample, bins: Int) -> (Double, Double) {
    let total = sample.masses.reduce(0, +)
    var (cumulated, bin) = (0.0, 0)
    var rows: [[(residual: Double, variance: Double, weight: Double)]] = []
    for entry in sample.scores.indices {
      let isNewScore = entry == 0 || sample.scores[entry - 1] < sample.scores[entry]
      if isNewScore {
        while bin < bins - 1 && cumulated * Double(bins) >= Double(bin + 1) * total { bin += 1 }
      }
      while rows.count <= bin { rows.append([]) }
      let (score, weight) = (sample.scores[entry], sample.weights[entry])
      for row in 0..<Int(sample.rows[entry]) {
        let label = Double(row) < sample.positives[entry] ? 1.0 : 0
        rows[bin].append(
          (weight * (label - score), weight * weight * score * (1 - score), weight))
      }
      cumulated += sample.masses[entry]
    }
    var (statistic, variance) = (0.0, 0.0)
    for bin in rows {
      let mass = bin.reduce(0) { $0 + $1.weight }
      for (i, a) in bin.enumerated() {
        for (j, b) in bin.enumerated() where i != j {
          statistic += a.residual * b.residual / mass
          variance += 2 * a.variance * b.variance / (mass * mass)
        }
      }
    }
    return (statistic, variance)
  }

  @Test("Rates off by ±.15 in 32 alternating strips are found at 32 bins or more, not at few")
  func narrow() throws {
    var random = RandomRows(21)
    let scores = random.uniform(6400).map { 0.2 + 0.6 * $0 }
    let labels = scores.map { score in
      let strip = Int((score - 0.2) / 0.6 * 32)
      return random.stream.uniform() < score + (strip % 2 == 0 ? 0.15 : -0.15)
    }
    let sample = CalibrationSample(scores: scores, labels: labels)
    #expect(try random.pValue(ScanCalibrationTest(), sample) == 0.001)
    #expect(try random.pValue(SmoothCalibrationError(), sample) > 0.05)
    let prepared = try ScanCalibrationTest().prepare(sample)
    let found = prepared.standardized(positives: sample.positiveMasses)
    #expect(found[0..<4].allSatisfy { $0 < 3 })
    #expect(found[5...7].allSatisfy { $0 > 10 })
  }

  @Test("Undefined without rows and where every score is 0 or 1")
  func undefined() {
    #expect(throws: Undefined.self) { try ScanCalibrationTest().value(CalibrationSample()) }
    #expect(throws: Undefined.self) {
      try ScanCalibrationTest().value(
        CalibrationSample(scores: [0, 0, 1, 1], labels: [false, true, true, true]))
    }
  }
}
