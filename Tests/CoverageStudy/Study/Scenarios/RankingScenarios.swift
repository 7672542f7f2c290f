// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling

/// AUC and average precision of binormal scores.
enum RankingScenarios {
  private static let dataSets = 2000

  static var all: [Trial] {
    [0.7, 0.8, 0.95].flatMap { auc in
      [area(auc, 24, 36), area(auc, 80, 120), area(auc, 10, 190)]
    } + [precision(120, 180), precision(30, 270), gaps(0.8, [300, 200, 100])]
      + [(300, 0.1), (300, 0.3), (1000, 0.05), (1000, 0.3)].map { replicated($0, baseRate: $1) }
  }

  private static func scenario(
    _ id: String, _ title: String, auc: Double, _ positives: Int, _ negatives: Int,
    isInTests: Bool, _ procedures: [Procedure<People>]
  ) -> Trial {
    let shift = Scored.shift(auc: auc)
    return Scenario<People>(
      id: id, title: title, isHard: Hardness.ofClasses(Double(min(positives, negatives))),
      isInTests: isInTests,
      draw: { stream in
        var people = People()
        Scored.binormal(
          positives: positives, negatives: negatives, shift: shift, into: &people, &stream)
        return people
      }, procedures: procedures
    ).trial
  }

  private static func area(_ auc: Double, _ positives: Int, _ negatives: Int) -> Trial {
    let configuration = Configuration.scores(["roc_auc"], replicates: 100)
    let isFew = Hardness.ofClasses(Double(min(positives, negatives)))
    let method = isFew ? "delong_hanley_mcneil" : "delong"
    return scenario(
      "auc/\(auc)/\(positives)/\(negatives)",
      "AUC \(auc), \(positives) positives and \(negatives) negatives", auc: auc, positives,
      negatives, isInTests: auc == 0.8,
      [
        Procedure([Claim(.rankings, "roc_auc", method, .standard)], dataSets: dataSets) {
          [try $0.evaluate(configuration, seed: $1).overall("roc_auc")?.interval?.outcome(auc)]
        },
        Procedure(
          [Claim(.rankings, "roc_auc", "DeLong without the logit", .comparison)],
          dataSets: dataSets
        ) { people, _ in
          let scores = zip(people.score, people.label)
          let fit = DeLong(
            positives: scores.filter { $1 }.map { $0.0 },
            negatives: scores.filter { !$1 }.map { $0.0 })
          guard let variance = fit.variance else { return [nil] }
          let reach = Normal.critical(confidence: 0.95) * variance.squareRoot()
          return [Outcome(low: fit.auc - reach, high: fit.auc + reach, truth: auc)]
        },
      ])
  }

  private static func precision(_ positives: Int, _ negatives: Int) -> Trial {
    let rows = Double(positives + negatives)
    let truth = Scored.averagePrecision(
      shift: Scored.shift(auc: 0.8), baseRate: Double(positives) / rows)
    let configuration = Configuration.scores(["average_precision"], replicates: 100)
    return scenario(
      "precision/\(positives)/\(negatives)",
      "AUC 0.8, \(positives) positives and \(negatives) negatives", auc: 0.8, positives, negatives,
      isInTests: positives == 120,
      [
        Procedure(
          [Claim(.rankings, "average_precision", "influence_function", .standard)],
          dataSets: dataSets
        ) { people, seed in
          let result = try people.evaluate(configuration, seed: seed)
          return [result.overall("average_precision")?.interval?.outcome(truth)]
        }
      ])
  }

  /// Replicates of both areas; labels are drawn too.
  private static func replicated(_ rows: Int, baseRate: Double) -> Trial {
    let auc = 0.8
    let shift = Scored.shift(auc: auc)
    let truth = [
      ("roc_auc", auc),
      ("average_precision", Scored.averagePrecision(shift: shift, baseRate: baseRate)),
    ]
    let procedures = IntervalChoice.Bootstrap.allCases.map { kind in
      let configuration = Configuration.scores(Set(truth.map(\.0)), replicates: 499).with {
        $0.method = .bootstrap
        $0.intervals.bootstrap = kind
      }
      return Procedure<People>(
        truth.map { Claim(.rankings, $0.0, "\(kind.rawValue)_bootstrap", .offered) },
        dataSets: dataSets
      ) { people, seed in
        let result = try people.evaluate(configuration, seed: seed)
        return truth.map { result.overall($0.0)?.interval?.outcome($0.1) }
      }
    }
    let closed = Configuration.scores(Set(truth.map(\.0)), replicates: 100)
    return Scenario<People>(
      id: "ranks/\(rows)/\(baseRate)",
      title: "n = \(rows), AUC 0.8, base rate \(baseRate)",
      isHard: Hardness.ofClasses(Double(rows) * min(baseRate, 1 - baseRate)),
      draw: { stream in
        var people = People()
        let positives = Binomial.sample(trials: rows, probability: baseRate, using: &stream)
        Scored.binormal(
          positives: positives, negatives: rows - positives, shift: shift, into: &people, &stream)
        return people
      },
      procedures: [
        Procedure(
          zip(truth, ["delong", "influence_function"]).map {
            Claim(.rankings, $0.0, $1, .standard)
          }, dataSets: dataSets
        ) { people, seed in
          let result = try people.evaluate(closed, seed: seed)
          return truth.map { result.overall($0.0)?.interval?.outcome($0.1) }
        }
      ] + procedures
    ).trial
  }

  /// Groups of equal AUC, 40 % positives in each.
  private static func gaps(_ auc: Double, _ sizes: [Int]) -> Trial {
    let shift = Scored.shift(auc: auc)
    let configuration = Configuration.scores(["roc_auc"], replicates: 100)
    let kinds: [(GapKind, String)] = [
      (.maxMinDifference, "max − min of roc_auc"),
      (.pairwiseDifference, "pairs of roc_auc, jointly"),
    ]
    return Scenario<People>(
      id: "auc/gaps", title: "\(sizes.map(String.init).joined(separator: ", ")) rows, all AUC 0.8",
      isInTests: true,
      draw: { stream in
        var people = People()
        for (group, size) in sizes.enumerated() {
          let positives = Binomial.sample(trials: size, probability: 0.4, using: &stream)
          Scored.binormal(
            group: group, positives: positives, negatives: size - positives, shift: shift,
            into: &people, &stream)
        }
        return people
      },
      procedures: [
        Procedure(kinds.map { Claim(.rankings, $0.1, "max_t", .standard) }, dataSets: dataSets) {
          people, seed in
          let result = try people.evaluate(configuration, seed: seed)
          return kinds.map { result.gaps("roc_auc", $0.0).joint { _ in 0 } }
        }
      ]
    ).trial
  }
}
