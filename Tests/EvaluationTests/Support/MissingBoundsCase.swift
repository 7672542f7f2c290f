// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Foundation
import Testing

/// A small table whose rows without a group are dealt in every way to its groups, or to none of them.
struct MissingBoundsCase {
  let seed: UInt64
  private var rows: [Row] = []
  private let groups: [String]
  private let configuration: Configuration

  /// A gap as evaluated, and what it becomes over all assignments.
  struct Found {
    var gap: Gap
    /// Rows without a group that the metric counts.
    var rows: Double
    var attained: ClosedRange<Double>
    var isLowSharp: Bool
    var isHighSharp: Bool
    /// By how much the low end of a range of ratios of counts may fall short.
    var share: Double?
  }

  init(seed: UInt64, scored: Bool) {
    self.seed = seed
    var stream = RandomStream(seed: seed, family: scored ? 904 : 903, replicate: 0)
    let groups = seed % 2 == 0 ? ["g0", "g1"] : ["g0", "g1", "g2"]
    self.groups = groups
    let most = seed % 100 == 0 ? 8 : groups.count == 2 ? 6 : 5
    let missing = Int.random(in: 0...most, using: &stream)
    // Groups differ, so that ranges stay apart from 0 now and then.
    let shares = groups.map { _ in stream.uniform() }
    func row(_ group: Int?) -> Row {
      let share = group.map { shares[$0] } ?? 0.5
      let score = 0.02 + 0.96 * (stream.uniform() + share) / 2
      return Row(
        groups: [group.map { groups[$0] }],
        label: stream.uniform() < 0.1 ? nil : stream.uniform() < 0.3 + 0.4 * share,
        score: stream.uniform() < 0.1 ? .nan : score,
        decision: stream.uniform() < 0.1 ? nil : stream.uniform() < share,
        weight: [0.5, 1, 2, 3.5].randomElement(using: &stream) ?? 1)
    }
    for group in groups.indices {
      for _ in 0..<Int.random(in: 3...10, using: &stream) { rows.append(row(group)) }
    }
    for _ in 0..<missing { rows.append(row(nil)) }
    let isWeighted = seed % 3 == 1
    if !isWeighted { for index in rows.indices { rows[index].weight = 1 } }
    configuration = (scored ? Configuration.scores() : .decisions()).with {
      $0.replicates = 100
      $0.minimum = 1
      $0.weight = isWeighted ? Name.weight : nil
      $0.metrics = Set(scored ? Self.scoreMetrics : Self.decisionMetrics)
    }
  }

  static let scoreMetrics = ["brier_score", "log_loss", "mean_score", "calibration_ratio"]
  static let decisionMetrics = [
    "selection_rate", "base_rate", "accuracy", "true_positive_rate", "false_negative_rate",
    "false_positive_rate", "true_negative_rate", "precision", "false_discovery_rate",
    "negative_predictive_value", "false_omission_rate", "f1", "threat_score",
    "balanced_accuracy", "average_odds", "matthews_correlation",
  ]
  private static let notPooled: Set = ["balanced_accuracy", "average_odds", "matthews_correlation"]

  /// Whether a row enters a metric's denominator.
  private static func counts(_ metric: String, _ row: Row) -> Bool {
    let (label, decision, hasScore) = (row.label, row.decision, !row.score.isNaN)
    let isComplete = label != nil && decision != nil
    return switch metric {
    case "selection_rate": decision != nil
    case "base_rate": label != nil
    case "mean_score": hasScore
    case "brier_score", "log_loss", "calibration_ratio": hasScore && label != nil
    case "true_positive_rate", "false_negative_rate": isComplete && label == true
    case "false_positive_rate", "true_negative_rate": isComplete && label == false
    case "precision", "false_discovery_rate": isComplete && decision == true
    case "negative_predictive_value", "false_omission_rate": isComplete && decision == false
    case "f1", "threat_score": isComplete && (label == true || decision == true)
    default: isComplete
    }
  }

  /// Every metric from its definition, not a number where it has none.
  private static func values(_ rows: [Row], scored: Bool) -> [Double] {
    func sum(_ of: (Row) -> Double?) -> Double {
      rows.reduce(0) { $0 + $1.weight * (of($1) ?? 0) }
    }
    func share(_ isCounted: (Row) -> Bool, _ isAmong: (Row) -> Bool) -> Double {
      sum { isAmong($0) && isCounted($0) ? 1 : 0 } / sum { isAmong($0) ? 1 : 0 }
    }
    if scored {
      let known = rows.filter { !$0.score.isNaN && $0.label != nil }
      func target(_ row: Row) -> Double { row.label == true ? 1 : 0 }
      func mean(_ rows: [Row], _ loss: (Row) -> Double) -> Double {
        rows.reduce(0) { $0 + $1.weight * loss($1) } / rows.reduce(0) { $0 + $1.weight }
      }
      return [
        mean(known) { ($0.score - target($0)) * ($0.score - target($0)) },
        mean(known) { -log($0.label == true ? $0.score : 1 - $0.score) },
        mean(rows.filter { !$0.score.isNaN }) { $0.score },
        mean(known) { $0.score } / mean(known, target),
      ]
    }
    func cell(_ label: Bool, _ decision: Bool) -> Double {
      sum { $0.label == label && $0.decision == decision ? 1 : 0 }
    }
    let (tp, fp) = (cell(true, true), cell(false, true))
    let (fn, tn) = (cell(true, false), cell(false, false))
    let (tpr, fpr) = (tp / (tp + fn), fp / (fp + tn))
    let margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    return [
      share({ $0.decision == true }, { $0.decision != nil }),
      share({ $0.label == true }, { $0.label != nil }), (tp + tn) / (tp + fp + fn + tn),
      tpr, 1 - tpr, fpr, 1 - fpr, tp / (tp + fp), fp / (tp + fp), tn / (tn + fn), fn / (tn + fn),
      2 * tp / (2 * tp + fp + fn), tp / (tp + fp + fn), (tpr + 1 - fpr) / 2, (tpr + fpr) / 2,
      (tp * tn - fp * fn) / margins.squareRoot(),
    ]
  }

  /// Every gap between groups that has a value, with its extremes.
  func compared() throws -> [Found] {
    let scored = configuration.metrics?.contains("brier_score") == true
    let missing = rows.filter { $0.groups[0] == nil }
    let masks = 0..<(1 << missing.count)
    // Values by group and by the set of rows it gets.
    let values = groups.map { group in
      let own = rows.filter { $0.groups[0] == group }
      return masks.map { mask in
        let added = missing.indices.filter { mask >> $0 & 1 == 1 }.map { missing[$0] }
        return Self.values(own + added, scored: scored)
      }
    }
    let overall = Self.values(rows, scored: scored)
    let gaps = try Evaluator(configuration).evaluate(rows.table()).gaps.filter {
      $0.value != nil && $0.status == .ok && $0.slice?.hasMissing == false
    }
    let sides = gaps.map { self.sides($0, scored: scored) }
    var attained = gaps.map { _ in (low: Double.infinity, high: -Double.infinity) }
    assign(missing.count) { masks in
      for place in gaps.indices {
        let value = sides[place].value { group, metric in
          group.map { values[$0][masks[$0]][metric] } ?? overall[metric]
        }
        attained[place] = (min(attained[place].low, value), max(attained[place].high, value))
      }
    }
    return gaps.indices.map {
      found(gaps[$0], sides[$0], attained[$0].low...attained[$0].high, missing, scored: scored)
    }
  }

  /// Calls with the set of rows of each group, once for every assignment.
  private func assign(_ count: Int, _ body: ([Int]) -> Void) {
    let choices = groups.count + 1
    let total = (0..<count).reduce(1) { product, _ in product * choices }
    for code in 0..<total {
      var (masks, rest) = (Array(repeating: 0, count: choices), code)
      for row in 0..<count {
        masks[rest % choices] |= 1 << row
        rest /= choices
      }
      body(masks)
    }
  }

  /// What a gap compares: metrics by place, groups by place; no group is everybody.
  private struct Sides {
    var kind: GapKind
    var metrics: [Int]
    /// By metric.
    var groups: [[Int?]]

    func value(_ value: (Int?, Int) -> Double) -> Double {
      let isRatio = kind.isRatio
      let parts = zip(metrics, groups).map { metric, groups in
        let found = groups.map { value($0, metric) }
        if kind == .maxMinDifference || kind == .minMaxRatio {
          let (low, high) = (found.min() ?? .nan, found.max() ?? .nan)
          return isRatio ? low / high : high - low
        }
        return isRatio ? found[0] / found[1] : found[0] - found[1]
      }
      return (isRatio ? parts.min() : parts.max()) ?? .nan
    }
  }

  private func sides(_ gap: Gap, scored: Bool) -> Sides {
    let names = scored ? Self.scoreMetrics : Self.decisionMetrics
    let metrics =
      gap.metric == "equalized_odds"
      ? ["true_positive_rate", "false_positive_rate"] : [gap.metric]
    let places = metrics.map { names.firstIndex(of: $0) ?? 0 }
    func place(_ slice: Slice?) -> Int? {
      groups.firstIndex { slice == .of(["a": $0]) }
    }
    guard gap.kind == .maxMinDifference || gap.kind == .minMaxRatio else {
      let groups = [[gap.slice, gap.reference].map(place)]
      return Sides(kind: gap.kind, metrics: places, groups: groups)
    }
    let compared = metrics.map { metric in
      groups.indices.filter { group in
        !gap.excluded.contains {
          place($0.slice) == group && (metrics.count == 1 || $0.reason.hasPrefix(metric))
        }
      }.map(Optional.some)
    }
    return Sides(kind: gap.kind, metrics: places, groups: compared)
  }

  private func found(
    _ gap: Gap, _ sides: Sides, _ attained: ClosedRange<Double>, _ missing: [Row], scored: Bool
  ) -> Found {
    let moving = missing.count { Self.counts(gap.metric, $0) }
    var found = Found(
      gap: gap, rows: Double(moving), attained: attained, isLowSharp: true, isHighSharp: true)
    guard let low = gap.missingBounds?.low, let high = gap.missingBounds?.high else {
      return found
    }
    if gap.kind == .maxMinDifference || gap.kind == .minMaxRatio {
      // Two groups that stay apart: one gets all that raises it, the other all that lowers it.
      let isPair = sides.metrics.count == 1 && sides.groups[0].count == 2 && !scored
      if gap.kind.isRatio {
        found.isHighSharp = isPair && high < 1
      } else {
        found.isLowSharp = isPair && low > 0
        if !scored && !Self.notPooled.contains(gap.metric) && sides.metrics.count == 1 {
          found.share = share(gap.metric, sides.groups[0].compactMap { $0 }, missing)
        }
      }
    } else if scored && sides.groups[0][1] != nil {
      found.isLowSharp = low <= gap.kind.neutral
      found.isHighSharp = high >= gap.kind.neutral
    }
    return found
  }

  /// What one row can weigh in the smallest group, at both ends of a range. F1 counts a row twice.
  private func share(_ metric: String, _ compared: [Int], _ missing: [Row]) -> Double {
    let row = 2 * (missing.filter { Self.counts(metric, $0) }.map(\.weight).max() ?? 0)
    let weights = compared.map { group in
      rows.filter { $0.groups[0] == groups[group] && Self.counts(metric, $0) }.map(\.weight)
        .reduce(0, +)
    }
    return 2 * row / ((weights.min() ?? 0) + row)
  }
}
