// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Means of scores and losses, quantiles and calibration fits of one model.
enum LossScenarios {
  /// Closed forms are cheap; a replicate is not.
  private static let (dataSets, replicatedDataSets) = (10_000, 2000)

  static var all: [Trial] {
    [
      losses(100), losses(300), fit(100, slope: 0.8), fit(400, slope: 0.8), fit(400, slope: 0.4),
      quantiles(50), quantiles(200),
    ]
  }

  private static func losses(_ rows: Int) -> Trial {
    let truth = Scored.losses(slope: 0.8)
    let replicated = IntervalChoice.Bootstrap.allCases.map { method in
      procedure(truth, [method.rawValue + "_bootstrap"], .offered) {
        $0.method = .bootstrap
        $0.intervals.bootstrap = method
        $0.replicates = 499
      }
    }
    return scenario(
      "loss/\(rows)", "n = \(rows), scores of a miscalibrated model", rows, slope: 0.8,
      isInTests: rows == 300,
      [procedure(truth, ["influence_function"], .standard) { _ in }] + replicated)
  }

  private static func fit(_ rows: Int, slope: Double) -> Trial {
    // The slope by construction, the intercept by quadrature.
    let truth = [
      ("calibration_slope", slope), ("calibration_intercept", Scored.intercept(slope: slope)),
    ]
    return scenario(
      "fit/\(rows)/\(slope)", "n = \(rows), true calibration slope \(slope)", rows, slope: slope,
      isInTests: rows == 400, [procedure(truth, ["hessian", "sandwich"], .standard) { _ in }])
  }

  private static func quantiles(_ rows: Int) -> Trial {
    // A quantile of logistic(x) is the logistic of x's.
    let truth = [("score_quantile_50", Expectation.logistic(-0.5))]
    return scenario(
      "quantile/\(rows)", "n = \(rows), scores", rows, slope: 0.8, isInTests: rows == 200,
      [procedure(truth, ["order_statistics"], .standard) { _ in }])
  }

  private static func scenario(
    _ id: String, _ title: String, _ rows: Int, slope: Double, isInTests: Bool,
    _ procedures: [Procedure<People>]
  ) -> Trial {
    let positives = Double(rows) * Scored.expectation(slope: slope) { _, p in p }
    return Scenario<People>(
      id: id, title: title, isHard: Hardness.ofClasses(min(positives, Double(rows) - positives)),
      isInTests: isInTests, draw: { Scored.people(rows, slope: slope, &$0) },
      procedures: procedures
    ).trial
  }

  /// - Parameter methods: of each metric in turn, or one for all.
  private static func procedure(
    _ truth: [(metric: String, truth: Double)], _ methods: [String], _ role: Claim.Role,
    _ change: (inout Configuration) -> Void
  ) -> Procedure<People> {
    let configuration = Configuration.scores(Set(truth.map(\.metric)), replicates: 100)
      .with(change)
    return Procedure(
      truth.enumerated().map {
        Claim(.losses, $1.metric, methods[$0 % methods.count], role)
      }, dataSets: role == .offered ? replicatedDataSets : dataSets
    ) { people, seed in
      let result = try people.evaluate(configuration, seed: seed)
      return truth.map { result.overall($0.metric)?.interval?.outcome($0.truth) }
    }
  }
}
