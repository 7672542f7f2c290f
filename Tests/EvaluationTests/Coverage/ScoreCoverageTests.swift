// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import RealModule
import Testing

extension CoverageTests {
  /// Scores logistic(x), x = −0.5 + 1.2 z, of a miscalibrated model: labels have logit 0.3 + b x.
  private static func rows(_ count: Int, slope: Double = 0.8, _ stream: inout RandomStream) -> [Row]
  {
    (0..<count).map { _ in
      let x = -0.5 + 1.2 * stream.normal()
      return Row(
        label: stream.uniform() < Expectation.logistic(0.3 + slope * x),
        score: Expectation.logistic(x))
    }
  }

  /// E f(score, P(label = 1)) by quadrature.
  private static func expectation(slope: Double = 0.8, _ f: (Double, Double) -> Double) -> Double {
    Expectation.normal { z in
      let x = -0.5 + 1.2 * z
      return f(Expectation.logistic(x), Expectation.logistic(0.3 + slope * x))
    }
  }

  /// The solution a of E logistic(a + x) = E label (quadrature).
  private static func intercept(slope: Double) -> Double {
    let rate = expectation(slope: slope) { _, p in p }
    return Expectation.root { a in
      Expectation.normal { z in Expectation.logistic(a - 0.5 + 1.2 * z) } - rate
    }
  }

  private static func run(
    _ family: UInt32, rows: Int, dataSets: Int, _ truth: [(String, Double)],
    method: Method = .auto, replicates: Int = 100, note: String = "",
    _ draw: @escaping @Sendable (inout RandomStream) -> [Row]
  ) async throws -> [Coverage] {
    let simulation = Simulation(
      family: family, dataSets: dataSets,
      configuration: .scores().with {
        $0.metrics = Set(truth.map(\.0))
        $0.method = method
        $0.replicates = replicates
      }, draw: draw)
    return try await simulation.run(truth.map { "\($0.0), n = \(rows)\(note)" }) { result in
      truth.map { result.measurement($0.0).outcome($0.1) }
    }
  }

  /// True values by quadrature.
  private static var losses: [(String, Double)] {
    [
      ("brier_score", expectation { s, p in p * (1 - s) * (1 - s) + (1 - p) * s * s }),
      (
        "log_loss",
        expectation { s, p in -p * Double.log(s) - (1 - p) * Double.log(onePlus: -s) }
      ),
      ("mean_score", expectation { s, _ in s }),
      ("calibration_ratio", expectation { s, _ in s } / expectation { _, p in p }),
    ]
  }

  @Test("Losses and means, n = 300: influence functions")
  func influenceFunctions() async throws {
    let found = try await Self.run(11, rows: 300, dataSets: 2000, Self.losses) {
      Self.rows(300, &$0)
    }
    for coverage in found {
      coverage.printRow("≥ 95 %")
      #expect(coverage.upperBound >= 0.95, "\(coverage.name)")
    }
  }

  @Test("Losses and means, n = 300: the rows engine")
  func rowsEngine() async throws {
    let found = try await Self.run(
      18, rows: 300, dataSets: 1000, Self.losses, method: .bootstrap, replicates: 399,
      note: ", bootstrap"
    ) { Self.rows(300, &$0) }
    for coverage in found {
      coverage.printRow("≥ 95 %")
      #expect(coverage.upperBound >= 0.95, "\(coverage.name)")
    }
  }

  @Test("Calibration slope and intercept, n = 400")
  func calibration() async throws {
    // The slope by construction, the intercept by quadrature.
    let intercept = Self.intercept(slope: 0.8)
    let truth = [("calibration_slope", 0.8), ("calibration_intercept", intercept)]
    let found = try await Self.run(12, rows: 400, dataSets: 2000, truth) { Self.rows(400, &$0) }
    for coverage in found {
      coverage.printRow("≥ 95 %")
      #expect(coverage.upperBound >= 0.95, "\(coverage.name)")
    }
  }

  /// Slope 1 is then a wrong model. The Hessian's variance would be too small by
  /// E(y − p)²/E p(1 − p), 1.30 at a true slope of 0.4, and cover in 91.5 % (quadrature).
  @Test("The calibration intercept where the slope is far from 1, n = 400")
  func misspecifiedIntercept() async throws {
    let truth = [("calibration_intercept", Self.intercept(slope: 0.4))]
    let found = try await Self.run(19, rows: 400, dataSets: 2000, truth, note: ", slope 0.4") {
      Self.rows(400, slope: 0.4, &$0)
    }
    found[0].printRow("≥ 95 %")
    #expect(found[0].upperBound >= 0.95)
  }

  @Test("The median score, n = 200")
  func median() async throws {
    // The median of logistic(x) is the logistic of the median.
    let truth = [("score_quantile_50", Expectation.logistic(-0.5))]
    let found = try await Self.run(13, rows: 200, dataSets: 2000, truth) { Self.rows(200, &$0) }
    found[0].printRow("≥ 95 %")
    #expect(found[0].upperBound >= 0.95)
  }

  /// Binormal scores: normal for negatives, shifted by `shift` for positives, 40 % positives.
  private static func binormal(_ count: Int, _ shift: Double, _ stream: inout RandomStream) -> [Row]
  {
    (0..<count).map { _ in
      let label = stream.uniform() < 0.4
      let x = stream.normal() + (label ? shift : 0)
      return Row(label: label, score: Expectation.logistic(x))
    }
  }

  @Test("ROC AUC of 0.8, n = 200")
  func areaUnderROC() async throws {
    // AUC = Φ(shift/√2), so shift = √2 Φ⁻¹(0.8).
    let shift = 2.0.squareRoot() * Normal.quantile(0.8)
    let found = try await Self.run(14, rows: 200, dataSets: 2000, [("roc_auc", 0.8)]) {
      Self.binormal(200, shift, &$0)
    }
    found[0].printRow("≥ 95 %")
    #expect(found[0].upperBound >= 0.95)
  }

  @Test("Average precision, n = 300")
  func averagePrecision() async throws {
    let shift = 2.0.squareRoot() * Normal.quantile(0.8)
    // E over positives of the precision at their score (quadrature).
    let truth = Expectation.normal { z in
      let positives = 0.4 * Normal.cumulative(-z)
      let negatives = 0.6 * Normal.cumulative(-z - shift)
      return positives + negatives > 0 ? positives / (positives + negatives) : 1
    }
    let found = try await Self.run(15, rows: 300, dataSets: 2000, [("average_precision", truth)]) {
      Self.binormal(300, shift, &$0)
    }
    found[0].printRow("≥ 95 % (hard: ≥ 93 %)")
    #expect(found[0].upperBound >= 0.93)
  }

  @Test("The range of three equal AUCs")
  func rangeOfAreas() async throws {
    let shift = 2.0.squareRoot() * Normal.quantile(0.8)
    let sizes = [300, 200, 100]
    let simulation = Simulation(
      family: 16, dataSets: 1000,
      configuration: .scores().with {
        $0.metrics = ["roc_auc"]
        $0.replicates = 100
      }
    ) { stream in
      sizes.enumerated().flatMap { group, size in
        Self.binormal(size, shift, &stream).map { row in
          var row = row
          row.groups = ["g\(group)"]
          return row
        }
      }
    }
    let names = [
      "roc_auc_difference, 300, 200, 100, all 0.8, holds 0", "the pairs of these AUCs, jointly",
    ]
    let found = try await simulation.run(names) { result in
      [
        result.gaps("roc_auc", .maxMinDifference, by: ["a"]).jointOutcome { _ in 0 },
        result.gaps("roc_auc", .pairwiseDifference, by: ["a"]).jointOutcome { _ in 0 },
      ]
    }
    for coverage in found {
      coverage.printRow("≥ 95 %")
      #expect(coverage.upperBound >= 0.95, "\(coverage.name)")
    }
  }

  @Test("A calibrated model is called miscalibrated in at most 5 %")
  func calibrationErrorNull() async throws {
    let simulation = Simulation(
      family: 17, dataSets: 1000,
      configuration: .scores().with {
        $0.metrics = ["expected_calibration_error"]
        $0.replicates = 100
      }
    ) { stream in
      (0..<300).map { _ in
        let score = Expectation.logistic(-0.5 + 1.2 * stream.normal())
        return Row(label: stream.uniform() < score, score: score)
      }
    }
    let found = try await simulation.run(["expected_calibration_error, p ≤ 0.05 if calibrated"]) {
      let reference = $0.measurement("expected_calibration_error")?.nullReference
      return [Outcome(isCovered: (reference?.pValue ?? 0) <= 0.05, width: reference?.expected ?? 0)]
    }
    found[0].printRow("≤ 5 % (last column: mean null value)")
    #expect(found[0].lowerBound <= 0.05)
    // And it is a test, not a constant: it must reject sometimes.
    #expect(found[0].upperBound >= 0.03)
  }
}
