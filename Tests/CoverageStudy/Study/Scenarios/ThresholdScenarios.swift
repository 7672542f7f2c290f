// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling
import RealModule

/// Bands over all hundredths of a probability: right where the true curve lies within at every one of them.
///
/// Groups with base rates 0.3 and 0.4; scores are logistic(x), x normal around −1 for negatives and 1.2
/// higher for positives of the first group; the second group's shift is its own.
enum ThresholdScenarios {
  private static let dataSets = 2000
  private static let metrics = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy", "f1",
    "expected_cost", "net_benefit",
  ]
  private static let gapMetrics = ["selection_rate", "true_positive_rate"]

  static var all: [Trial] {
    [
      scenario([80, 60], shifts: [1.2, 1.2]), scenario([300, 100], shifts: [1.2, 1.2]),
      scenario([1000, 400], shifts: [1.2, 0.8]),
    ]
  }

  private static func scenario(_ sizes: [Int], shifts: [Double]) -> Trial {
    let configuration = Configuration.scores(Set(metrics), replicates: 1000).with {
      $0.sweep = true
      $0.costs = CostMatrix(falsePositive: 1, falseNegative: 5)
      $0.netBenefit = 0.25
    }
    let rows = Double(sizes.reduce(0, +))
    let shares = sizes.map { Double($0) / rows }
    let rarest = sizes.indices.map { Double(sizes[$0]) * ChangeScenarios.baseRates[$0] }.min() ?? 0
    return Scenario<People>(
      id: "thresholds/\(sizes.map(String.init).joined(separator: "/"))",
      title: "\(sizes.map(String.init).joined(separator: " and ")) rows, "
        + (Set(shifts).count == 1 ? "scores alike given the label" : "scores that differ"),
      isHard: Hardness.ofClasses(rarest),
      draw: { stream in draw(sizes, shifts, &stream) },
      procedures: [
        Procedure(
          metrics.map { Claim(.thresholds, "\($0) of everybody", "band", .standard) }
            + gapMetrics.map { Claim(.thresholds, "range of \($0)", "band", .standard) },
          dataSets: dataSets
        ) { people, seed in
          let sweep = try people.evaluate(configuration, seed: seed).sweeps[0]
          func outcome(
            _ isMeant: (SweptCurve) -> Bool, _ truth: (_ threshold: Double) -> Double
          ) -> Outcome? {
            sweep.curves.first(where: isMeant).flatMap {
              $0.outcome(sweep.thresholds.map(truth))
            }
          }
          return metrics.map { metric in
            outcome({ $0.metric == metric && $0.slice == .overall }) { threshold in
              value(metric, shares, shifts, threshold)
            }
          }
            + gapMetrics.map { metric in
              outcome({ $0.metric == metric && $0.gap?.kind == .maxMinDifference }) { threshold in
                abs(
                  value(metric, [1, 0], shifts, threshold)
                    - value(metric, [0, 1], shifts, threshold))
              }
            }
        }
      ]
    ).trial
  }

  private static func draw(
    _ sizes: [Int], _ shifts: [Double], _ stream: inout RandomStream
  ) -> People {
    var people = People()
    for (group, size) in sizes.enumerated() {
      for _ in 0..<size {
        let isPositive = stream.uniform() < ChangeScenarios.baseRates[group]
        let x = stream.normal() - 1 + (isPositive ? shifts[group] : 0)
        people.add(group: group, label: isPositive, score: Expectation.logistic(x))
      }
    }
    return people
  }

  /// A metric of the mixture of both groups at a threshold.
  private static func value(
    _ metric: String, _ shares: [Double], _ shifts: [Double], _ threshold: Double
  ) -> Double {
    let cut = Double.log(threshold / (1 - threshold))
    var (tp, fp, positives) = (0.0, 0.0, 0.0)
    for (group, share) in shares.enumerated() {
      let rate = ChangeScenarios.baseRates[group]
      tp += share * rate * Normal.cumulative(shifts[group] - 1 - cut)
      fp += share * (1 - rate) * Normal.cumulative(-1 - cut)
      positives += share * rate
    }
    return switch metric {
    case "selection_rate": tp + fp
    case "true_positive_rate": tp / positives
    case "false_positive_rate": fp / (1 - positives)
    case "precision": tp / (tp + fp)
    case "accuracy": 1 - positives + tp - fp
    case "expected_cost": fp + 5 * (positives - tp)
    case "net_benefit": tp - fp / 3
    default: 2 * tp / (tp + fp + positives)
    }
  }
}

extension SweptCurve {
  /// Whether the whole band holds the truth; its width is the mean over the thresholds.
  fileprivate func outcome(_ truth: [Double]) -> Outcome? {
    var result = Outcome(isCovered: true, width: 0)
    var places = 0.0
    for (place, truth) in truth.enumerated() {
      guard let low = low[place], let high = high[place] else { continue }
      result.isCovered = result.isCovered && low <= truth && truth <= high
      result.width += high - low
      places += 1
    }
    result.width /= places
    return places > 0 ? result : nil
  }
}
