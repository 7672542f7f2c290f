// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandInference
import EvenhandMetrics
import RealModule
import Testing

/// What the deviance is divided by: against sums over pairs of rows and other rooms' variances, and
/// what coverage it gives.
@Suite("Scaled likelihood intervals")
struct LikelihoodScalingTests {
  private static let critical = Normal.critical(confidence: 0.95)

  private func logistic(_ x: Double) -> Double { 1 / (1 + Double.exp(-x)) }

  /// Logits of scores, normal with standard deviation 1.5, and labels at intercept + slope × logit.
  private func table(
    _ rows: Int, slope: Double, _ random: inout RandomRows
  ) -> (scores: [Double], labels: [Bool]) {
    let logits = (0..<rows).map { _ in 1.5 * random.stream.normal() }
    return (logits.map(logistic), random.labels(logits.map { logistic(slope * $0) }))
  }

  /// The interval whose drop of deviance is compared with `factor` × z².
  private func plain(
    _ coefficient: LikelihoodInterval.Coefficient, _ sample: CalibrationSample, factor: Double
  ) throws -> Interval {
    let confidence = 1 - 2 * Normal.cumulative(-Self.critical * factor.squareRoot())
    return try LikelihoodInterval(coefficient, of: sample, confidence: confidence).interval
  }

  private func expectEqual(_ a: Interval, _ b: Interval) {
    #expect(abs(a.low - b.low) < 1e-7 && abs(a.high - b.high) < 1e-7)
  }

  @Test("Sandwich: the ratio of the variances that the metrics state")
  func sandwich() throws {
    var random = RandomRows(80)
    let (scores, labels) = table(120, slope: 0.6, &random)
    let sample = CalibrationSample(scores: scores, labels: labels)
    let view = RankedScores(scores: scores, labels: labels)
    let intercept = try CalibrationIntercept().estimate(view)
    let information = scores.reduce(0) { sum, score in
      let p = logistic(Double.log(score / (1 - score)) + intercept.value)
      return sum + p * (1 - p)
    }
    let slope = try CalibrationSlope().estimate(view)
    let influence = slope.influence
    for (coefficient, factor) in [
      (LikelihoodInterval.Coefficient.intercept, intercept.variance * information),
      (.slope, influence.variance(view) / slope.variance),
    ] {
      let found = try LikelihoodInterval(coefficient, of: sample, scaling: .sandwich)
      expectEqual(found.interval, try plain(coefficient, sample, factor: factor))
    }
  }

  @Test("Bartlett: McCullagh's invariants as double sums over rows")
  func bartlett() throws {
    var random = RandomRows(81)
    let (scores, labels) = table(60, slope: 1.2, &random)
    let sample = CalibrationSample(scores: scores, labels: labels)
    let logits = scores.map { Double.log($0 / (1 - $0)) }
    let ones = logits.map { _ in 1.0 }
    let large = try LikelihoodInterval(.intercept, of: sample)
    let slope = try LikelihoodInterval(.slope, of: sample)
    let joint = try LikelihoodInterval(.jointIntercept, of: sample)
    let atLarge = logits.map { logistic(large.estimate + $0) }
    let atJoint = logits.map { logistic(joint.estimate + slope.estimate * $0) }
    for (coefficient, excess) in [
      (LikelihoodInterval.Coefficient.intercept, self.excess(atLarge, [ones])),
      (.slope, self.excess(atJoint, [ones, logits]) - self.excess(atJoint, [ones])),
      (.jointIntercept, self.excess(atJoint, [ones, logits]) - self.excess(atJoint, [logits])),
    ] {
      #expect(abs(excess) > 1e-3)
      let found = try LikelihoodInterval(coefficient, of: sample, scaling: .bartlett)
      expectEqual(found.interval, try plain(coefficient, sample, factor: 1 + excess))
    }
  }

  /// (3ρ²₁₃ + 2ρ²₂₃ − 3ρ₄)/12 with hᵢⱼ = zᵢᵀI⁻¹zⱼ.
  private func excess(_ p: [Double], _ columns: [[Double]]) -> Double {
    let spread = p.map { $0 * (1 - $0) }
    func inner(_ a: [Double], _ b: [Double]) -> Double {
      p.indices.reduce(0) { $0 + spread[$1] * a[$1] * b[$1] }
    }
    func h(_ i: Int, _ j: Int) -> Double {
      let (a, aa) = (columns[0], inner(columns[0], columns[0]))
      guard columns.count == 2 else { return a[i] * a[j] / aa }
      let (b, ab, bb) = (columns[1], inner(a, columns[1]), inner(columns[1], columns[1]))
      let sum = bb * a[i] * a[j] - ab * (a[i] * b[j] + a[j] * b[i]) + aa * b[i] * b[j]
      return sum / (aa * bb - ab * ab)
    }
    var (fourth, slanted, cubes) = (0.0, 0.0, 0.0)
    for i in p.indices {
      fourth += spread[i] * (1 - 6 * spread[i]) * h(i, i) * h(i, i)
      for j in p.indices {
        let thirds = spread[i] * (1 - 2 * p[i]) * spread[j] * (1 - 2 * p[j])
        slanted += thirds * h(i, i) * h(i, j) * h(j, j)
        cubes += thirds * h(i, j) * h(i, j) * h(i, j)
      }
    }
    return (3 * slanted + 2 * cubes - 3 * fourth) / 12
  }

  @Test("Coverage of 95 %: slope 1.5 from 50 rows by Bartlett, intercept at slope 0.6 by sandwich")
  func coverage() throws {
    for (coefficient, scaling, rows, slope) in [
      (LikelihoodInterval.Coefficient.slope, LikelihoodInterval.Scaling.bartlett, 50, 1.5),
      (.intercept, .sandwich, 140, 0.6),
    ] {
      var random = RandomRows(82)
      var covered = 0
      for _ in 0..<2000 {
        let (scores, labels) = table(rows, slope: slope, &random)
        let found = try LikelihoodInterval(
          coefficient, of: CalibrationSample(scores: scores, labels: labels), scaling: scaling)
        // Logits are symmetric about 0: no shift is needed at any slope.
        let truth = coefficient == .slope ? slope : 0
        if found.interval.low <= truth && truth <= found.interval.high { covered += 1 }
      }
      let limits = ClopperPearson.interval(
        successes: Double(covered), trials: 2000, confidence: 0.98)
      #expect(limits.high >= 0.95 && limits.low <= 0.965, "\(covered) of 2,000")
    }
  }
}
