// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling

/// How often tests at 5 % reject what is true, and families of them anything.
enum TestScenarios {
  private static let dataSets = 2000

  static var all: [Trial] {
    [
      equality(
        "3 groups of 100, all rates 0.3",
        Rates(RangeScenarios.repeating(Rates.Group(100, 0.3), 3))),
      equality(
        "n = 20, 100 and 500, all rates 0.3", Rates(sizes: [20, 100, 500], rates: [0.3, 0.3, 0.3])),
      equality(
        "4 groups of 200, all rates 0.05",
        Rates(RangeScenarios.repeating(Rates.Group(200, 0.05), 4))),
      unequalBases, calibration, families,
    ]
  }

  private static let claims = [
    Claim(.tests, "groups are equal", "omnibus", .standard),
    Claim(.tests, "groups are equal", "permutation of the omnibus statistic", .standard),
    Claim(.tests, "groups are equal", "permutation of the largest |t|", .standard),
  ]

  private static func outcomes(_ test: GroupTest?) -> [Outcome?] {
    [
      .test(test?.omnibus?.pValue), .test(test?.permutation?.pValue),
      .test(test?.permutation?.rangePValue),
    ]
  }

  private static func equality(_ title: String, _ rates: Rates) -> Trial {
    let configuration = Rates.configuration(replicates: 250).with { $0.permutations = 499 }
    return Scenario<[Int]>(
      id: "test/" + title, title: title, isInTests: rates.groups[0].trials == 20,
      draw: { rates.draw(&$0) },
      procedures: [
        Procedure(
          claims + [
            Claim(
              .tests, "differences to the reference", IntervalChoice().difference.rawValue,
              .standard),
            Claim(
              .tests, "differences of all pairs", IntervalChoice().range.rawValue, .standard),
          ], dataSets: dataSets
        ) { selected, seed in
          let result = try rates.people(selected).evaluate(configuration, seed: seed)
          let test = result.tests.first { $0.metric == "selection_rate" }
          return outcomes(test)
            + [GapKind.differenceToReference, .pairwiseDifference].map {
              .test(result.gaps("selection_rate", $0).compactMap(\.adjustedPValue).min())
            }
        }
      ]
    ).trial
  }

  /// Equal true positive rates where groups differ in their base rates and false positive rates: the
  /// groups' rows are not exchangeable.
  private static var unequalBases: Trial {
    let population = Confusions(
      groups: [
        Confusions.Group(size: 100, baseRate: 0.6, truePositiveRate: 0.7, falsePositiveRate: 0.1),
        Confusions.Group(size: 200, baseRate: 0.3, truePositiveRate: 0.7, falsePositiveRate: 0.3),
        Confusions.Group(size: 400, baseRate: 0.2, truePositiveRate: 0.7, falsePositiveRate: 0.2),
      ])
    let configuration = Confusions.configuration(["true_positive_rate"], replicates: 250).with {
      $0.permutations = 499
    }
    return Scenario<[Int]>(
      id: "test/bases",
      title: "n = 100, 200 and 400, all true positive rates 0.7, base rates 0.6, 0.3 and 0.2",
      draw: { population.draw(&$0) },
      procedures: [
        Procedure(claims, dataSets: dataSets) { counts, seed in
          let result = try population.people(counts).evaluate(configuration, seed: seed)
          return outcomes(result.tests.first { $0.metric == "true_positive_rate" })
        }
      ]
    ).trial
  }

  /// A perfectly calibrated model.
  private static var calibration: Trial {
    let configuration = Configuration.scores(["expected_calibration_error"], replicates: 100)
    return Scenario<People>(
      id: "test/calibration", title: "n = 300, a calibrated model", isInTests: true,
      draw: { stream in
        var people = People()
        for _ in 0..<300 {
          let score = Expectation.logistic(-0.5 + 1.2 * stream.normal())
          people.add(label: stream.uniform() < score, score: score)
        }
        return people
      },
      procedures: [
        Procedure(
          [Claim(.tests, "the model is calibrated", "redrawn labels", .standard)],
          dataSets: dataSets
        ) { people, seed in
          let result = try people.evaluate(configuration, seed: seed)
          return [.test(result.overall("expected_calibration_error")?.nullReference?.pValue)]
        }
      ]
    ).trial
  }

  private static let metrics: Set<String> = [
    "selection_rate", "accuracy", "true_positive_rate", "false_positive_rate", "precision", "f1",
    "brier_score", "mean_score", "roc_auc",
  ]

  private static let criteria: [(name: String, value: @Sendable (AcrossMetrics) -> Double)] = [
    ("max-t", { $0.maxT }), ("Romano–Wolf", { $0.romanoWolf }), ("Holm", { $0.holm }),
    ("Benjamini–Hochberg", { $0.benjaminiHochberg }),
    ("Benjamini–Yekutieli", { $0.benjaminiYekutieli }),
  ]

  /// Four groups that do not differ in anything: any finding among all metrics is a false one.
  private static var families: Trial {
    let configuration = Configuration.scores(metrics, replicates: 250)
    return Scenario<People>(
      id: "test/families", title: "n = 400, 4 groups alike in all of 9 metrics",
      draw: { stream in
        var people = People()
        for _ in 0..<400 {
          let u = stream.uniform()
          let score = 0.05 + 0.9 * stream.uniform()
          people.add(
            group: u < 0.4 ? 0 : u < 0.7 ? 1 : u < 0.9 ? 2 : 3, label: stream.uniform() < score,
            score: score)
        }
        return people
      },
      procedures: [
        Procedure(
          criteria.map {
            Claim(.tests, "all differences to all, over metrics", $0.name, .standard)
          }, dataSets: 1000
        ) { people, seed in
          let result = try people.evaluate(configuration, seed: seed)
          let across = result.gaps.filter { $0.kind == .differenceToOverall }
            .compactMap(\.acrossMetrics)
          return criteria.map { .test(across.map($0.value).min()) }
        }
      ]
    ).trial
  }
}
