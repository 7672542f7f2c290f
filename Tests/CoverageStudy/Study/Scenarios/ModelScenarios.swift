// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling

/// Models that judged different people, and several models that stand in an order or in none.
enum ModelScenarios {
  private static let dataSets = 2000
  private static let metrics = ["accuracy", "true_positive_rate", "precision", "f1", "roc_auc"]

  static var all: [Trial] {
    [
      unpaired([300, 100]), unpaired([1000, 400]),
      standings([1.2, 1.2, 1.2, 1.2]), standings([1.2, 1.2, 1.4, 1.8]),
    ]
  }

  /// Each model judges people of its own, and only the numbers of both are known.
  private static func unpaired(_ sizes: [Int]) -> Trial {
    let shifts = (before: 1.2, after: 1.5)
    let configuration = Configuration.scores(Set(metrics), replicates: 400)
    let everybody = Dictionary(uniqueKeysWithValues: sizes.enumerated().map { ($0, $1) })
    let before = ChangeScenarios.truths(shifts.before, everybody)
    let after = ChangeScenarios.truths(shifts.after, everybody)
    let gaps = sizes.indices.map { group in
      [shifts.before, shifts.after].map { ChangeScenarios.truths($0, [group: sizes[group]]) }
    }
    let rarest = sizes.indices.map { Double(sizes[$0]) * ChangeScenarios.baseRates[$0] }.min() ?? 0
    return Scenario<[People]>(
      id: "unpaired/\(sizes.map(String.init).joined(separator: "/"))",
      title: "\(sizes.map(String.init).joined(separator: " and ")) rows for each model",
      isHard: Hardness.ofClasses(rarest), isInTests: sizes == [300, 100],
      draw: { stream in
        [
          ChangeScenarios.draw(sizes, (shifts.before, shifts.before), &stream),
          ChangeScenarios.draw(sizes, (shifts.after, shifts.after), &stream),
        ]
      },
      procedures: [
        Procedure(
          metrics.map { Claim(.changes, "change of \($0)", "unpaired", .standard) }
            + [Claim(.changes, "change of the gap in accuracy", "unpaired", .standard)],
          dataSets: dataSets
        ) { people, seed in
          let comparisons = try comparisons(people, configuration, seed)
          return metrics.map { metric in
            let change = comparisons.first { $0.metric == metric && $0.slice == .overall }
            return change?.difference.interval?.outcome(
              (after[metric] ?? 0) - (before[metric] ?? 0))
          } + [
            comparisons.first {
              $0.metric == "accuracy" && $0.gap?.kind == .pairwiseDifference
            }?.difference.interval?.outcome(
              (gaps[1][1]["accuracy"] ?? 0) - (gaps[1][0]["accuracy"] ?? 0)
                - (gaps[0][1]["accuracy"] ?? 0) + (gaps[0][0]["accuracy"] ?? 0))
          ]
        }
      ]
    ).trial
  }

  private static func comparisons(
    _ people: [People], _ configuration: Configuration, _ seed: UInt64
  ) throws -> [ModelComparison] {
    let first = try people[0].evaluate(configuration, seed: seed)
    var second = try people[1].evaluate(configuration, seed: seed)
    for place in second.measurements.indices where second.measurements[place].model != nil {
      second.measurements[place].model = "o"
    }
    for place in second.gaps.indices where second.gaps[place].model != nil {
      second.gaps[place].model = "o"
    }
    return UnpairedChanges(
      measurements: first.measurements + second.measurements, gaps: first.gaps + second.gaps,
      baseline: "m", candidate: "o", confidence: configuration.confidence
    ).comparisons()
  }

  /// Four models with a score each, as good as their shifts; a data set is right where every model's
  /// true rank lies between the ranks that are left open.
  private static func standings(_ shifts: [Double]) -> Trial {
    let names = shifts.indices.map { "m\($0)" }
    let metrics = ["accuracy", "roc_auc", "brier_score"]
    let configuration = Configuration.scores(Set(metrics), replicates: 500).with {
      $0.models = names.map { ModelRole($0, column: $0) }
      $0.baseline = names[0]
    }
    let areAlike = Set(shifts).count == 1
    return Scenario<ManyModels>(
      id: "standings/\(shifts.map { "\($0)" }.joined(separator: "/"))",
      title: areAlike ? "400 rows, four models alike" : "400 rows, four models of three qualities",
      draw: { stream in ManyModels(rows: 400, shifts, &stream) },
      procedures: [
        Procedure(
          metrics.map { Claim(.changes, "ranks of four models by \($0)", "max_t", .standard) },
          dataSets: dataSets
        ) { models, seed in
          let result = try models.evaluate(configuration, seed: seed)
          return metrics.map { metric in
            guard let found = result.standings.first(where: { $0.metric == metric }) else {
              return nil
            }
            let isRight = found.models.allSatisfy { standing in
              let own = names.firstIndex(of: standing.model).map { shifts[$0] } ?? 0
              let better = shifts.count { $0 > own }
              let worse = shifts.count { $0 < own }
              return standing.bestRank <= 1 + better && standing.worstRank >= shifts.count - worse
            }
            let widths = found.models.map { Double($0.worstRank - $0.bestRank) }
            return Outcome(
              isCovered: isRight, width: widths.reduce(0, +) / Double(widths.count))
          }
        }
      ]
    ).trial
  }
}
