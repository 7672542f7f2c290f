// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import RealModule

/// The largest minus the smallest rate, and the smallest over the largest.
enum RangeScenarios {
  private static let replicates = 999
  private static let dataSets = 2000
  static let difference = "max − min"
  static let ratio = "min ÷ max"
  static let recipe = "reference recipe"
  static let percentile = "percentile bootstrap of the range (fairlearn)"

  static var all: [Trial] {
    [
      design("3 groups of 100, all rates 0.5", Rates(repeating(Rates.Group(100, 0.5), 3))),
      design(
        "8 groups of 100, all rates 0.8", Rates(repeating(Rates.Group(100, 0.8), 8)),
        isInTests: true),
      design(
        "8 groups of 20 to 2000, all rates 0.8",
        Rates(sizes: [20, 50, 100, 200, 500, 1000, 1500, 2000], rates: repeating(0.8, 8))),
      design(
        "n = 1000, 300 and 300, rates 0.5, 0.5 and 0.6",
        Rates(sizes: [1000, 300, 300], rates: [0.5, 0.5, 0.6])),
      design("n = 200 and 200, rates 0.3 and 0.5", Rates(sizes: [200, 200], rates: [0.3, 0.5])),
      design(
        "n = 5000, 500 and 60, rates 0.02, 0.05 and 0.1",
        Rates(sizes: [5000, 500, 60], rates: [0.02, 0.05, 0.1]), isInTests: true),
      design(
        "8 groups of 100, one rate 0.6, the others 0.8",
        Rates(repeating(Rates.Group(100, 0.8), 7) + [Rates.Group(100, 0.6)]),
        isInTests: true),
      design("4 groups of 500, all rates 0.02", Rates(repeating(Rates.Group(500, 0.02), 4))),
      design("4 groups of 200, all rates 0.02", Rates(repeating(Rates.Group(200, 0.02), 4))),
      design(
        "n = 200, 100 and 5, all rates 0.8",
        Rates(sizes: [200, 100, 5], rates: [0.8, 0.8, 0.8]), isInTests: true),
    ]
  }

  static func repeating<Value>(_ value: Value, _ count: Int) -> [Value] {
    Array(repeating: value, count: count)
  }

  private static func design(_ title: String, _ rates: Rates, isInTests: Bool = false) -> Trial {
    Scenario<[Int]>(
      id: "range/" + title, title: title, isHard: rates.isHard, yardstick: recipe,
      isInTests: isInTests, draw: { rates.draw(&$0) },
      procedures: [
        maxT(rates), score(rates, .newcombe, .koopman),
        score(rates, .miettinenNurminen, .miettinenNurminen), recipe(rates), fairlearn(rates),
      ]
    ).trial
  }

  private static func maxT(_ rates: Rates) -> Procedure<[Int]> {
    evaluator("max_t", "max_t", .standard, rates, Rates.configuration(replicates: replicates))
  }

  /// The family's critical value needs no replicates.
  private static func score(
    _ rates: Rates, _ method: IntervalChoice.Difference, _ ratioMethod: IntervalChoice.Ratio
  ) -> Procedure<[Int]> {
    let configuration = Rates.configuration(replicates: 100).with {
      $0.intervals.range = .score
      $0.intervals.difference = method
      $0.intervals.ratio = ratioMethod
    }
    return evaluator(method.rawValue, ratioMethod.rawValue, .offered, rates, configuration)
  }

  private static func evaluator(
    _ method: String, _ ratioMethod: String, _ role: Claim.Role, _ rates: Rates,
    _ configuration: Configuration
  ) -> Procedure<[Int]> {
    Procedure(
      [Claim(.ranges, difference, method, role), Claim(.ranges, ratio, ratioMethod, role)],
      dataSets: dataSets
    ) { selected, seed in
      let result = try rates.people(selected).evaluate(configuration, seed: seed)
      return [
        result.gap("selection_rate", .maxMinDifference)?.interval?
          .outcome(rates.difference, neutral: 0),
        result.gap("selection_rate", .minMaxRatio)?.interval?.outcome(rates.ratio, neutral: 1),
      ]
    }
  }
}
