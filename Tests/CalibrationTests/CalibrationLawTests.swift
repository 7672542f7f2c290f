// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

/// What holds for smooth and kernel calibration error, scan and integrated calibration index alike.
@Suite("Laws of unbinned calibration statistics")
struct CalibrationLawTests {
  /// Each statistic as a function of a sample, to compare values and p-values.
  private static let statistics: [any CalibrationStatistic] = [
    SmoothCalibrationError(), KernelCalibrationError(), KernelCalibrationError(scale: 0.1),
    ScanCalibrationTest(), IntegratedCalibrationIndex(),
  ]

  @Test("p-values are uniform where every score is right: 999 label vectors, 80 tables of 100 rows")
  func uniform() throws {
    for (place, statistic) in Self.statistics.enumerated() where place != 2 {
      var random = RandomRows(UInt32(40 + place))
      let pValues = try (0..<80).map { _ in
        let scores = random.uniform(100).map { $0 * $0 }
        return try random.pValue(
          statistic, CalibrationSample(scores: scores, labels: random.labels(scores)))
      }
      #expect(kolmogorov(pValues, steps: 1000) < 1.63, "\(statistic.id)")
      #expect(pValues.contains { $0 < 0.1 } && pValues.contains { $0 > 0.9 })
    }
  }

  @Test("The order of rows changes nothing; counted rows are their expansion")
  func orderAndCounts() throws {
    var random = RandomRows(50)
    let scores = random.uniform(300).map { ($0 * 50).rounded() / 50 }
    let rows = zip(scores, random.labels(scores)).map { ($0, $1) }
    let shuffled = rows.shuffled(using: &random.stream)
    let sample = CalibrationSample(scores: rows.map(\.0), labels: rows.map(\.1))
    var counted = CalibrationSample()
    for score in Set(scores).sorted() {
      for label in [true, false] {
        let count = rows.count { $0.0 == score && $0.1 == label }
        if count > 0 { counted.append(score: score, label: label, rows: Double(count)) }
      }
    }
    for statistic in Self.statistics {
      let value = try statistic.value(sample)
      let other = CalibrationSample(scores: shuffled.map(\.0), labels: shuffled.map(\.1))
      #expect(try statistic.value(other) == value)
      #expect(try statistic.value(counted) == value)
    }
  }

  @Test("Scores f and labels y exchanged for 1 − f and 1 − y change nothing")
  func relabelled() throws {
    var random = RandomRows(51)
    for weighted in [false, true] {
      let sample = random.entries(40, weighted: weighted)
      var mirrored = CalibrationSample()
      // Descending scores, but ascending weights at each.
      for score in Set(sample.scores).sorted(by: >) {
        for entry in sample.scores.indices where sample.scores[entry] == score {
          let negatives = sample.rows[entry] - sample.positives[entry]
          for (label, rows) in [(true, negatives), (false, sample.positives[entry])]
          where rows > 0 {
            mirrored.append(
              score: 1 - score, label: label, weight: sample.weights[entry], rows: rows)
          }
        }
      }
      // Bins are (a, b]: the scan's are not their own mirror image.
      for statistic in Self.statistics where !(statistic is ScanCalibrationTest) {
        #expect(abs(try statistic.value(sample) - (try statistic.value(mirrored))) < 1e-9)
      }
    }
  }

  @Test("Weights have no unit")
  func rescaled() throws {
    var random = RandomRows(52)
    let sample = random.entries(40, weighted: true)
    var heavier = CalibrationSample()
    for entry in sample.scores.indices {
      for (label, rows) in [
        (true, sample.positives[entry]), (false, sample.rows[entry] - sample.positives[entry]),
      ] where rows > 0 {
        heavier.append(
          score: sample.scores[entry], label: label, weight: 8 * sample.weights[entry], rows: rows)
      }
    }
    for statistic in Self.statistics {
      #expect(abs(try statistic.value(sample) - (try statistic.value(heavier))) < 1e-12)
    }
  }

  @Test("Scores off by a fifth of a logit slope and level are found in 2,000 rows")
  func power() throws {
    var random = RandomRows(53)
    let scores = random.uniform(2000)
    let sample = CalibrationSample(
      scores: scores, labels: random.labels(scores.map { 0.7 * $0 + 0.15 }))
    for statistic in Self.statistics {
      #expect(try random.pValue(statistic, sample, replicates: 199) == 0.005, "\(statistic.id)")
    }
  }
}
