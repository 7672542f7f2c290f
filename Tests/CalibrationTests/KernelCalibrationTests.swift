// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import RealModule
import Testing

/// Widmann, Lindsten & Zachariah 2019: known answers, and the recursion against the sum over pairs.
@Suite("Kernel calibration error")
struct KernelCalibrationTests {
  static let scores = [0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95]
  static let labels = [false, false, true, false, true, true, true, false]

  @Test("Eight rows, kernel exp(−|f − g|): biased, unbiased, and in disjoint pairs")
  func knownAnswers() throws {
    let sample = CalibrationSample(scores: Self.scores, labels: Self.labels)
    #expect(abs(try KernelCalibrationError().value(sample) - -0.02490218) < 1e-8)
    let biased = KernelCalibrationError(estimator: .biased)
    #expect(abs(try biased.value(sample) - 0.00629653) < 1e-8)
    // The estimator on disjoint pairs is the mean of the estimates of two rows each.
    let pairs = try stride(from: 0, to: 8, by: 2).map { first in
      try KernelCalibrationError().value(
        CalibrationSample(
          scores: Array(Self.scores[first...(first + 1)]),
          labels: Array(Self.labels[first...(first + 1)])))
    }
    #expect(abs(pairs.reduce(0, +) / 4 - -0.07293765) < 1e-8)
  }

  @Test("The recursion is the sum over all pairs of rows: ties, counts, weights, every scale")
  func recursion() throws {
    for (seed, weighted) in [(1, false), (2, true), (3, true)] as [(UInt32, Bool)] {
      var random = RandomRows(100 + seed)
      let sample = random.entries(60, weighted: weighted)
      var rows: [(score: Double, weight: Double, residual: Double)] = []
      for entry in sample.scores.indices {
        for row in 0..<Int(sample.rows[entry]) {
          let label = Double(row) < sample.positives[entry] ? 1.0 : 0
          rows.append((sample.scores[entry], sample.weights[entry], label - sample.scores[entry]))
        }
      }
      // The smallest takes more than one stretch of scores.
      for scale in [0.0015, 0.01, 0.1, 1, 30] {
        var (others, all, pairs, squares) = (0.0, 0.0, 0.0, 0.0)
        for (i, a) in rows.enumerated() {
          for (j, b) in rows.enumerated() {
            let weight = a.weight * b.weight
            let term =
              weight * a.residual * b.residual * Double.exp(-abs(a.score - b.score) / scale)
            all += term
            squares += weight
            if i != j {
              others += term
              pairs += weight
            }
          }
        }
        let found = try KernelCalibrationError(scale: scale).value(sample)
        #expect(abs(found - others / pairs) < 1e-13)
        let biased = try KernelCalibrationError(scale: scale, estimator: .biased).value(sample)
        #expect(abs(biased - all / squares) < 1e-13)
        #expect(biased >= 0)
      }
    }
  }

  @Test("Undefined under two rows")
  func undefined() {
    #expect(throws: Undefined.self) {
      try KernelCalibrationError().value(CalibrationSample(scores: [0.5], labels: [true]))
    }
  }
}
