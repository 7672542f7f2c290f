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

  /// How rows are drawn.
  private enum Rows {
    case independent
    /// Log-normal weights (s = 0.5), which rise with x (a correlation of 0.6); positives weigh half
    /// again as much.
    case weighted
    /// So many rows of every person, whose latent labels and whose x have a correlation of 0.3.
    case clustered(Int)

    var each: Int { if case .clustered(let rows) = self { rows } else { 1 } }
  }

  private static let logWeightSpread = 0.5
  private static let weightOnScore = 0.6
  private static let positiveWeight = 1.5
  private static let alike = 0.3

  static var all: [Trial] {
    [
      scenario([80, 60], shifts: [1.2, 1.2]), scenario([300, 100], shifts: [1.2, 1.2]),
      scenario([1000, 400], shifts: [1.2, 0.8]),
      scenario([300, 200], shifts: [1.2, 1.2], .weighted),
      scenario([1000, 400], shifts: [1.2, 0.8], .weighted),
      scenario([50, 50], shifts: [1.2, 1.2], .clustered(10)),
      scenario([150, 100], shifts: [1.2, 0.8], .clustered(5)),
    ]
  }

  private static func scenario(_ sizes: [Int], shifts: [Double], _ rows: Rows = .independent)
    -> Trial
  {
    let configuration = Configuration.scores(Set(metrics), replicates: 1000).with {
      $0.sweep = true
      $0.costs = CostMatrix(falsePositive: 1, falseNegative: 5)
      $0.netBenefit = 0.25
      if case .weighted = rows { $0.weight = People.Name.weight }
      if case .clustered = rows { $0.cluster = People.Name.cluster }
    }
    let total = Double(sizes.reduce(0, +))
    let shares = sizes.map { Double($0) / total }
    let groups = sizes.indices.map { Group(ChangeScenarios.baseRates[$0], shifts[$0], rows) }
    let weights = zip(shares, groups).map { $0 * $1.weight }
    let rarest = sizes.indices.map { Double(sizes[$0]) * ChangeScenarios.baseRates[$0] }.min() ?? 0
    let scores = Set(shifts).count == 1 ? "scores alike given the label" : "scores that differ"
    let (kind, title) =
      switch rows {
      case .independent: ("", "rows, " + scores)
      case .weighted: ("/weighted", "weighted rows, " + scores)
      case .clustered(let each): ("/clustered", "people of \(each) rows, " + scores)
      }
    return Scenario<People>(
      id: "thresholds/\(sizes.map(String.init).joined(separator: "/"))\(kind)",
      title: "\(sizes.map(String.init).joined(separator: " and ")) \(title)",
      isHard: Hardness.ofClasses(rarest),
      draw: { stream in draw(sizes, shifts, rows, &stream) },
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
              value(metric, weights, groups, threshold)
            }
          }
            + gapMetrics.map { metric in
              outcome({ $0.metric == metric && $0.gap?.kind == .maxMinDifference }) { threshold in
                abs(
                  value(metric, [1, 0], groups, threshold)
                    - value(metric, [0, 1], groups, threshold))
              }
            }
        }
      ]
    ).trial
  }

  private static func draw(
    _ sizes: [Int], _ shifts: [Double], _ rows: Rows, _ stream: inout RandomStream
  ) -> People {
    var people = People()
    var person = 0
    for (group, size) in sizes.enumerated() {
      let limit = Normal.quantile(ChangeScenarios.baseRates[group])
      for _ in 0..<size {
        // What the rows of a person share, of the latent label and of x.
        let shared: (label: Double, x: Double) =
          rows.each > 1 ? (stream.normal(), stream.normal()) : (0, 0)
        for _ in 0..<rows.each {
          var isPositive = false
          var x = 0.0
          if rows.each > 1 {
            let (common, own) = (alike.squareRoot(), (1 - alike).squareRoot())
            isPositive = common * shared.label + own * stream.normal() < limit
            x = common * shared.x + own * stream.normal()
          } else {
            isPositive = stream.uniform() < ChangeScenarios.baseRates[group]
            x = stream.normal()
          }
          people.add(
            group: group, label: isPositive,
            score: Expectation.logistic(x - 1 + (isPositive ? shifts[group] : 0)))
          if case .clustered = rows { people.cluster.append(person) }
          if case .weighted = rows {
            let rest = (1 - weightOnScore * weightOnScore).squareRoot()
            let logarithm = logWeightSpread * (weightOnScore * x + rest * stream.normal())
            people.weight.append(.exp(logarithm) * (isPositive ? positiveWeight : 1))
          }
        }
        person += 1
      }
    }
    return people
  }

  /// A group as weights see it: the base rate, and where x is centred by label.
  private struct Group {
    var base: Double
    var positive: Double
    var negative: Double
    /// Of a row on average.
    var weight = 1.0

    init(_ rate: Double, _ shift: Double, _ rows: Rows) {
      (base, positive, negative) = (rate, shift - 1, -1)
      guard case .weighted = rows else { return }
      // Weighing by exp(s Z) moves the mean of Z by s, and that of x by its part in Z.
      let tilt = logWeightSpread * weightOnScore
      weight = 1 - rate + positiveWeight * rate
      base = positiveWeight * rate / weight
      positive += tilt
      negative += tilt
    }
  }

  /// A metric of the mixture of groups at a threshold.
  ///
  /// - Parameter weights: of the groups, of any sum.
  private static func value(
    _ metric: String, _ weights: [Double], _ groups: [Group], _ threshold: Double
  ) -> Double {
    let cut = Double.log(threshold / (1 - threshold))
    let total = weights.reduce(0, +)
    var (tp, fp, positives) = (0.0, 0.0, 0.0)
    for (group, weight) in zip(groups, weights) {
      let share = weight / total
      tp += share * group.base * Normal.cumulative(group.positive - cut)
      fp += share * (1 - group.base) * Normal.cumulative(group.negative - cut)
      positives += share * group.base
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
