// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import RealModule

/// Changes of metrics and gaps from one model to another on the same rows.
///
/// Two groups with base rates 0.3 and 0.4. Both models' scores are logistic(x), x normal around −1 for
/// negatives and shifted for positives; given the label they have a correlation of 0.8.
enum ChangeScenarios {
  private static let dataSets = 2000
  static let baseRates = [0.3, 0.4]
  private static let correlation = 0.8
  private static let metrics = [
    "accuracy", "true_positive_rate", "precision", "f1", "roc_auc", "average_precision",
    "brier_score",
  ]
  private static let gapMetrics = ["accuracy", "true_positive_rate", "precision", "roc_auc"]

  static var all: [Trial] {
    [
      scenario([80, 60], shifts: (1.2, 1.5)), scenario([300, 100], shifts: (1.2, 1.5)),
      scenario([1000, 400], shifts: (1.2, 1.5)), scenario([300, 100], shifts: (1.2, 1.2)),
      clustered(items: 198, epochs: 5), clustered(items: 60, epochs: 5),
    ]
  }

  private static func scenario(_ sizes: [Int], shifts: (Double, Double)) -> Trial {
    let configuration = configuration(Set(metrics))
    let before = sizes.indices.map { truths(shifts.0, [$0: sizes[$0]]) }
    let after = sizes.indices.map { truths(shifts.1, [$0: sizes[$0]]) }
    let everybody = Dictionary(uniqueKeysWithValues: sizes.enumerated().map { ($0, $1) })
    let (whole, wholeAfter) = (truths(shifts.0, everybody), truths(shifts.1, everybody))
    let rarest = sizes.indices.map { Double(sizes[$0]) * baseRates[$0] }.min() ?? 0
    let claims =
      metrics.map { Claim(.changes, "change of \($0)", method($0), .standard) }
      + gapMetrics.map { Claim(.changes, "change of the gap in \($0)", "dunnett", .standard) }
    return Scenario<People>(
      id: "change/\(sizes.map(String.init).joined(separator: "/"))/\(shifts.0)/\(shifts.1)",
      title: "\(sizes.map(String.init).joined(separator: " and ")) rows, "
        + (shifts.0 == shifts.1 ? "models alike" : "one model better"),
      isHard: Hardness.ofClasses(rarest), isInTests: sizes == [300, 100] && shifts.1 > shifts.0,
      draw: { stream in draw(sizes, shifts, &stream) },
      procedures: [
        Procedure(claims, dataSets: dataSets) { people, seed in
          let result = try people.evaluate(configuration, seed: seed)
          func change(_ metric: String) -> Change? {
            result.comparisons.first { $0.metric == metric && $0.slice == .overall }?.difference
          }
          func gap(_ metric: String) -> Change? {
            result.comparisons.first {
              $0.metric == metric && $0.gap?.kind == .pairwiseDifference
            }?.difference
          }
          return metrics.map { metric in
            let truth = (wholeAfter[metric] ?? 0) - (whole[metric] ?? 0)
            return change(metric)?.interval?.outcome(truth)
          }
            + gapMetrics.map { metric in
              // Pairs are the later group less the earlier one.
              let truth =
                (after[1][metric] ?? 0) - (before[1][metric] ?? 0)
                - (after[0][metric] ?? 0) + (before[0][metric] ?? 0)
              return gap(metric)?.interval?.outcome(truth)
            }
        }
      ]
    ).trial
  }

  private static func method(_ metric: String) -> String {
    switch metric {
    case "accuracy", "true_positive_rate": "tango_t"
    case "roc_auc": "delong"
    default: "linearised"
    }
  }

  static func configuration(_ metrics: Set<String>) -> Configuration {
    Configuration.scores(metrics, replicates: 100).with {
      $0.models = [
        ModelRole("m", column: People.Name.score), ModelRole("o", column: People.Name.other),
      ]
      $0.baseline = "m"
    }
  }

  static func draw(
    _ sizes: [Int], _ shifts: (Double, Double), _ stream: inout RandomStream
  ) -> People {
    var people = People()
    for (group, size) in sizes.enumerated() {
      for _ in 0..<size {
        let isPositive = stream.uniform() < baseRates[group]
        let (first, second) = (stream.normal(), stream.normal())
        let rest = (1 - correlation * correlation).squareRoot()
        let x = first - 1 + (isPositive ? shifts.0 : 0)
        let y = correlation * first + rest * second - 1 + (isPositive ? shifts.1 : 0)
        people.add(group: group, label: isPositive, score: Expectation.logistic(x))
        people.other.append(Expectation.logistic(y))
      }
    }
    return people
  }

  /// The metrics of a model over a mixture of groups (group: rows), by quadrature.
  static func truths(_ shift: Double, _ groups: [Int: Int]) -> [String: Double] {
    let rows = Double(groups.values.reduce(0, +))
    let rate = groups.reduce(0) { $0 + baseRates[$1.key] * Double($1.value) } / rows
    // Selected from a score of 1/2 on: x ≥ 0.
    let truePositive = Normal.cumulative(shift - 1)
    let falsePositive = Normal.cumulative(-1)
    let selected = rate * truePositive + (1 - rate) * falsePositive
    let precision = rate * truePositive / selected
    let brier = Expectation.normal { z in
      let (positive, negative) = (
        Expectation.logistic(z - 1 + shift), Expectation.logistic(z - 1)
      )
      return rate * (1 - positive) * (1 - positive) + (1 - rate) * negative * negative
    }
    return [
      "accuracy": rate * truePositive + (1 - rate) * (1 - falsePositive),
      "true_positive_rate": truePositive, "precision": precision,
      "f1": 2 * precision * truePositive / (precision + truePositive),
      "roc_auc": Normal.cumulative(shift / 2.0.squareRoot()),
      "average_precision": Scored.averagePrecision(shift: shift, baseRate: rate),
      "brier_score": brier,
    ]
  }

  /// Items judged several times by both models, as hard in every epoch; two groups of items.
  private static func clustered(items: Int, epochs: Int) -> Trial {
    let configuration = Configuration.decisions(["accuracy"], replicates: 100).with {
      $0.label = People.Name.label
      $0.models = [
        ModelRole("m", column: People.Name.score), ModelRole("o", column: People.Name.other),
      ]
      $0.cluster = People.Name.cluster
      $0.baseline = "m"
      $0.labelDraws = 0
    }
    // P(c − h + e > 0) with h and e standard normal.
    func right(_ c: Double, _ hardness: Double) -> Double {
      Normal.cumulative(c / (1 + hardness * hardness).squareRoot())
    }
    let truth = right(0.5, 0.9) - right(0.3, 1)
    return Scenario<People>(
      id: "change/clusters/\(items)/\(epochs)",
      title: "\(items) items × \(epochs) rows", isHard: Hardness.ofClusters(items * 2 / 5),
      isInTests: items == 198,
      draw: { stream in
        var people = People()
        for item in 0..<items {
          let hardness = stream.normal()
          let group = item % 5 < 2 ? 0 : 1
          for _ in 0..<epochs {
            people.add(
              group: group, label: true,
              score: 0.3 - hardness + stream.normal() > 0 ? 1 : 0)
            people.other.append(0.5 - 0.9 * hardness + stream.normal() > 0 ? 1 : 0)
            people.cluster.append(item)
          }
        }
        return people
      },
      procedures: [
        Procedure(
          [
            Claim(.changes, "change of accuracy", "cluster_linearised", .standard),
            Claim(.changes, "change of the gap in accuracy", "sidak", .standard),
          ], dataSets: dataSets
        ) { people, seed in
          let comparisons = try people.evaluate(configuration, seed: seed).comparisons
          return [
            comparisons.first { $0.slice == .overall }?.difference.interval?.outcome(truth),
            comparisons.first { $0.gap?.kind == .pairwiseDifference }?.difference.interval?
              .outcome(0),
          ]
        }
      ]
    ).trial
  }
}
