// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

extension Configuration {
  /// The configuration as it stands in the scorecard: the keys of `evenhand.yaml`, everything that can
  /// change a number, defaults included. The number of threads is not among them.
  var record: [String: ConfigurationValue] {
    func text(_ value: String?) -> ConfigurationValue { value.map { .text($0) } ?? .null }
    var scores: [ConfigurationValue] = []
    var decisions: [ConfigurationValue] = []
    var thresholds: [ConfigurationValue] = []
    for model in models {
      switch model.output {
      case .decision: decisions.append(.text("\(model.name)=\(model.column)"))
      case .score(let threshold):
        scores.append(.text("\(model.name)=\(model.column)"))
        if let threshold { thresholds.append(.text("\(model.name)=\(threshold)")) }
      }
    }
    return [
      "label": text(label), "positive": text(positive), "model": .list(scores),
      "decision": .list(decisions), "threshold": .list(thresholds),
      "score_kind": text(scoreKind?.rawValue), "by": .list(attributes.map { .text($0) }),
      "bins": .list(
        bins.map { bins in
          .text("\(bins.column)=\(bins.edges.map { "\($0)" }.joined(separator: ","))")
        }),
      "intersections": .integer(intersections),
      "reference": .list(references.sorted { $0.key < $1.key }.map { .text("\($0)=\($1)") }),
      "weight": text(weight), "count": text(count), "cluster": text(cluster),
      "condition": text(condition), "confidence": .number(confidence),
      "replicates": .integer(replicates), "seed": .integer(Int(clamping: seed)),
      "method": .text(method.rawValue),
      "interval": .list([
        .text("rate=\(intervals.rate.rawValue)"),
        .text("difference=\(intervals.difference.rawValue)"),
        .text("ratio=\(intervals.ratio.rawValue)"),
        .text("range=\(intervals.range.rawValue)"),
        .text("bootstrap=\(intervals.bootstrap.rawValue)"),
      ]), "resampling": .text(resampling.rawValue), "permutations": .integer(permutations),
      "label_draws": .integer(labelDraws),
      "minimum": .integer(minimum),
      "max_groups": .integer(maxGroups),
      "suppress_below": suppressBelow.map { .integer($0) } ?? .null,
      "favorable": .text(favorable.rawValue), "missing_as_group": .flag(missingAsGroup),
      "small_groups": .flag(smallGroups), "baseline": text(baseline),
      "pareto": .list(pareto.map { .text($0.text) }),
      "costs": costs.map { .list($0.items.map { .text($0) }) } ?? .null,
      "sweep": .flag(sweep), "propose": .list(aims.map { .text($0.text) }),
      "net_benefit": netBenefit.map { .number($0) } ?? .null,
      "metrics": metrics.map { .list($0.sorted().map { .text($0) }) } ?? .null,
    ]
  }
}
