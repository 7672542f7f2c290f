// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

/// Spiegelhalter 1986, values by numpy and scipy.
@Suite("Spiegelhalter's z")
struct SpiegelhalterTests {
  @Test("Eight rows: z .979125301, p .327518072; with weights .190466253, .848943785")
  func knownAnswers() throws {
    let (scores, labels) = (KernelCalibrationTests.scores, KernelCalibrationTests.labels)
    let found = try SpiegelhalterZ(CalibrationSample(scores: scores, labels: labels))
    #expect(abs(found.z - 0.9791253010726033) < 1e-12)
    #expect(abs(found.pValue - 0.32751807170335134) < 1e-12)
    var weighted = CalibrationSample()
    for (index, weight) in [1, 2, 1, 0.5, 1, 3, 1, 1].enumerated() {
      weighted.append(score: scores[index], label: labels[index], weight: weight)
    }
    let other = try SpiegelhalterZ(weighted)
    #expect(abs(other.z - 0.19046625302004822) < 1e-12)
    #expect(abs(other.pValue - 0.8489437852918278) < 1e-12)
  }

  @Test("z² is (Brier − its mean)² over its variance where every score is right")
  func brier() throws {
    var random = RandomRows(30)
    let scores = random.uniform(400)
    let labels = random.labels(scores.map { 0.6 * $0 + 0.2 })
    let found = try SpiegelhalterZ(CalibrationSample(scores: scores, labels: labels))
    var (brier, expected, variance) = (0.0, 0.0, 0.0)
    for (score, label) in zip(scores, labels) {
      let (right, wrong) = ((1 - score) * (1 - score), score * score)
      brier += label ? right : wrong
      let mean = score * right + (1 - score) * wrong
      expected += mean
      variance += score * right * right + (1 - score) * wrong * wrong - mean * mean
    }
    #expect(abs(found.z - (brier - expected) / variance.squareRoot()) < 1e-9)
    #expect(found.z > 3)
  }

  @Test("Undefined without rows and where every score is 0, ½ or 1")
  func undefined() {
    #expect(throws: Undefined.self) { try SpiegelhalterZ(CalibrationSample()) }
    #expect(throws: Undefined.self) {
      try SpiegelhalterZ(
        CalibrationSample(scores: [0, 0.5, 0.5, 1], labels: [true, true, false, true]))
    }
  }
}
