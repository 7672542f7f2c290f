// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import RealModule
import Testing

/// Błasiok & Nakkiran 2024: known answers, the definition itself, laws.
@Suite("Smooth calibration error")
struct SmoothCalibrationTests {
  private let error = SmoothCalibrationError()

  /// f = (i + ½)/1000, u = frac(0.618… i), y = 1{u < rate(f)}.
  private func golden(_ rate: (Double) -> Double) -> CalibrationSample {
    let scores = (0..<1000).map { (Double($0) + 0.5) / 1000 }
    let labels = scores.enumerated().map { index, score in
      let u = 0.6180339887498949 * Double(index)
      return u - u.rounded(.down) < rate(score)
    }
    return CalibrationSample(scores: scores, labels: labels)
  }

  /// The definition: images to both sides, a fine grid.
  private func defined(_ sample: CalibrationSample, width: Double, grid: Int) -> Double {
    let residuals = sample.scores.indices.map {
      sample.positiveMasses[$0] - sample.masses[$0] * sample.scores[$0]
    }
    var sum = 0.0
    for cell in 0..<grid {
      let t = (Double(cell) + 0.5) / Double(grid)
      var smoothed = 0.0
      for (score, residual) in zip(sample.scores, residuals) {
        for image in [-2 - score, -2 + score, -score, score, 2 - score, 2 + score] {
          let distance = (t - image) / width
          if abs(distance) < 9 { smoothed += residual * Double.exp(-distance * distance / 2) }
        }
      }
      sum += abs(smoothed)
    }
    let density = width * (2 * Double.pi).squareRoot()
    return sum / (Double(grid) * density * sample.masses.reduce(0, +))
  }

  @Test("Golden-ratio rows: .010311 at width .011719 and .063369 at .063477")
  func knownAnswers() throws {
    // Values by the definition, unlimited reflections and a fine grid (numpy).
    for (rate, width, expected) in [
      ({ $0 }, 0.011719, 0.010311), ({ 0.8 * $0 + 0.05 }, 0.063477, 0.063369),
    ] as [((Double) -> Double, Double, Double)] {
      let sample = golden(rate)
      let prepared = try error.prepare(sample)
      let found = prepared.value(positives: sample.positiveMasses, width: width)
      #expect(abs(found - expected) < 2e-6)
      // Those widths come from ten halvings of [0, 1]: the width that equals its error is that near.
      let value = try error.value(sample)
      #expect(abs(value - expected) < 1e-3)
      let atOwn = prepared.value(positives: sample.positiveMasses, width: value)
      #expect(abs(atOwn - value) < 2e-7)
    }
  }

  @Test("Within 1e-4 of the definition: uniform, rare, tied, extreme scores, weights")
  func definition() throws {
    var random = RandomRows(1)
    let uniform = random.uniform(80)
    let shapes: [[Double]] = [
      uniform, uniform.map { 0.05 * $0 * $0 },
      uniform.map { 0.1234 * (1 + ($0 * 5).rounded(.down)) },
      uniform.map { 1 / (1 + Double.exp(-12 * ($0 - 0.5))) },
    ]
    var samples = shapes.map { scores in
      CalibrationSample(scores: scores, labels: random.labels(scores))
    }
    samples.append(random.entries(30, weighted: true))
    for sample in samples {
      let value = try error.value(sample)
      #expect(abs(defined(sample, width: value, grid: 4000) - value) < 1e-4)
    }
  }

  @Test("A perfect model on uniform scores shows .0853, .0672, .0303, .0141 at 50 … 10,000 rows")
  func noise() throws {
    // Means and their simulation errors by Reference/make_noise.py, from the definition.
    for (rows, sets, expected, error) in [
      (50, 3000, 0.08529, 0.00028), (100, 3000, 0.06724, 0.00023), (1000, 500, 0.03027, 0.00014),
      (10_000, 60, 0.01408, 0.00012),
    ] {
      var random = RandomRows(2)
      let values = try (0..<sets).map { _ in
        let scores = random.uniform(rows)
        return try self.error.value(
          CalibrationSample(scores: scores, labels: random.labels(scores)))
      }
      let mean = values.reduce(0, +) / Double(sets)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let own = squares / Double(sets - 1) / Double(sets)
      #expect(abs(mean - expected) < 3 * (own + error * error).squareRoot(), "\(rows): \(mean)")
    }
  }

  @Test("One score: the error is the distance to the rate at any width")
  func oneScore() throws {
    var sample = CalibrationSample()
    sample.append(score: 0.4, label: true, rows: 30)
    sample.append(score: 0.4, label: false, rows: 20)
    #expect(abs(try error.value(sample) - 0.2) < 1e-6)
  }

  @Test("Exact scores of 0 and 1 have no error; no rows are undefined")
  func extremes() throws {
    let right = CalibrationSample(scores: [0, 0, 1, 1], labels: [false, false, true, true])
    #expect(try error.value(right) < 1e-6)
    // 0 and 1 both wrong: residuals of opposite signs, which a wide smoothing lets cancel in part.
    let wrong = CalibrationSample(scores: [0, 1], labels: [true, false])
    let value = try error.value(wrong)
    #expect(abs(defined(wrong, width: value, grid: 4000) - value) < 1e-4)
    #expect(throws: Undefined.self) { try error.value(CalibrationSample()) }
  }
}
