// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import RealModule
import Testing

/// Against R's glm: Reference/make_reference_r.R.
@Suite("Profile-likelihood intervals of calibration intercept and slope")
struct LikelihoodTests {
  struct Document: Decodable {
    var adult: [String: Slice]
    var generated: [String: Slice]
  }

  struct Slice: Decodable {
    var n: Double
    var positives: Double
    var intercept: Double
    var interceptLimits: [Double]
    var slope: Double
    var slopeLimits: [Double]
    var jointIntercept: Double
    var jointInterceptLimits: [Double]
    var mass: Limits
  }

  struct Limits: Decodable {
    var intercept: [Double]
    var slope: [Double]
    var jointIntercept: [Double]
  }

  private func check(_ sample: CalibrationSample, _ slice: Slice, _ name: String) throws {
    #expect(sample.rowCount == slice.n)
    #expect(sample.positives.reduce(0, +) == slice.positives)
    for (coefficient, estimate, limits, interpolated) in [
      (
        LikelihoodInterval.Coefficient.intercept, slice.intercept, slice.interceptLimits,
        slice.mass.intercept
      ),
      (.slope, slice.slope, slice.slopeLimits, slice.mass.slope),
      (
        .jointIntercept, slice.jointIntercept, slice.jointInterceptLimits,
        slice.mass.jointIntercept
      ),
    ] {
      let found = try LikelihoodInterval(coefficient, of: sample)
      #expect(abs(found.estimate - estimate) < 1e-7, "\(coefficient) of \(name)")
      #expect(abs(found.interval.low - limits[0]) < 1e-6, "\(coefficient) of \(name)")
      #expect(abs(found.interval.high - limits[1]) < 1e-6, "\(coefficient) of \(name)")
      // MASS interpolates the profile by a spline: near, not equal.
      let width = limits[1] - limits[0]
      #expect(abs(found.interval.low - interpolated[0]) < 0.01 * width)
      #expect(abs(found.interval.high - interpolated[1]) < 0.01 * width)
    }
  }

  @Test("Adult by sex and race, both models: estimates and limits as in R to 1e-6")
  func adult() throws {
    let document = try AdultPredictions.reference("reference_r.json", as: Document.self)
    #expect(document.adult.count == 14)
    for (key, slice) in document.adult.sorted(by: { $0.key < $1.key }) {
      let parts = key.split(separator: "/").map(String.init)
      try check(try AdultPredictions.sample(parts[0], parts[1], parts[2]), slice, key)
    }
  }

  @Test("Small tables made by formula, 12 to 500 rows, as in R to 1e-6")
  func generated() throws {
    let document = try AdultPredictions.reference("reference_r.json", as: Document.self)
    #expect(document.generated.count == 5)
    for (key, slice) in document.generated.sorted(by: { $0.key < $1.key }) {
      let parts = try key.split(separator: "/").map { try #require(Double($0)) }
      let rows = (1...Int(parts[0])).map { index in
        let score = 0.02 + 0.96 * fraction(0.6180339887498949 * Double(index))
        let logit = parts[1] + parts[2] * Double.log(score / (1 - score))
        let label = fraction(0.7182818284590452 * Double(index)) < 1 / (1 + Double.exp(-logit))
        return (score, label)
      }
      try check(
        CalibrationSample(scores: rows.map(\.0), labels: rows.map(\.1)), slice, "\(key) rows")
    }
  }

  private func fraction(_ x: Double) -> Double { x - x.rounded(.down) }

  @Test("Limits follow the confidence, hold the estimate, and reflect when labels are exchanged")
  func laws() throws {
    let sample = try AdultPredictions.sample("boosted", "race", "Amer-Indian-Eskimo")
    var mirrored = CalibrationSample()
    for index in sample.scores.indices.reversed() {
      let negatives = sample.rows[index] - sample.positives[index]
      let score = 1 - sample.scores[index]
      if negatives > 0 { mirrored.append(score: score, label: true, rows: negatives) }
      if sample.positives[index] > 0 {
        mirrored.append(score: score, label: false, rows: sample.positives[index])
      }
    }
    for coefficient in LikelihoodInterval.Coefficient.allCases {
      let narrow = try LikelihoodInterval(coefficient, of: sample, confidence: 0.8)
      let wide = try LikelihoodInterval(coefficient, of: sample, confidence: 0.99)
      #expect(wide.interval.low < narrow.interval.low && narrow.interval.low < narrow.estimate)
      #expect(wide.interval.high > narrow.interval.high && narrow.interval.high > narrow.estimate)
      let other = try LikelihoodInterval(coefficient, of: mirrored, confidence: 0.8)
      let sign = coefficient == .slope ? 1.0 : -1.0
      let ends = [sign * other.interval.low, sign * other.interval.high].sorted()
      #expect(abs(ends[0] - narrow.interval.low) < 1e-7)
      #expect(abs(ends[1] - narrow.interval.high) < 1e-7)
    }
  }

  @Test("Undefined when separated, with one class, with a constant score, and for weights")
  func undefined() {
    func reason(
      _ coefficient: LikelihoodInterval.Coefficient, _ sample: CalibrationSample
    ) -> String? {
      do {
        _ = try LikelihoodInterval(coefficient, of: sample)
        return nil
      } catch {
        return error.reason
      }
    }
    let separated = CalibrationSample(
      scores: [0.1, 0.2, 0.7, 0.8], labels: [false, false, true, true])
    #expect(reason(.slope, separated)?.contains("separated") == true)
    #expect(reason(.jointIntercept, separated)?.contains("separated") == true)
    #expect(reason(.intercept, separated) == nil)
    let negatives = CalibrationSample(scores: [0.1, 0.2], labels: [false, false])
    #expect(reason(.intercept, negatives) == "no positives among 2 rows")
    let constant = CalibrationSample(scores: [0.3, 0.3], labels: [false, true])
    #expect(reason(.slope, constant) == "constant score")
    var weighted = CalibrationSample()
    weighted.append(score: 0.4, label: true, weight: 2)
    weighted.append(score: 0.5, label: false)
    for coefficient in LikelihoodInterval.Coefficient.allCases {
      #expect(reason(coefficient, weighted)?.hasPrefix("not available (weighted)") == true)
    }
  }

  @Test("Scores of 0 and 1 are clipped and still give finite limits")
  func extremes() throws {
    let scores = [0, 0, 0, 0.2, 0.4, 0.5, 0.6, 0.9, 1, 1, 1]
    let labels = [false, false, false, true, false, true, false, true, true, true, true]
    for coefficient in LikelihoodInterval.Coefficient.allCases {
      let found = try LikelihoodInterval(
        coefficient, of: CalibrationSample(scores: scores, labels: labels))
      #expect(found.interval.low.isFinite && found.interval.high.isFinite)
      #expect(found.interval.low < found.estimate && found.estimate < found.interval.high)
    }
  }
}
