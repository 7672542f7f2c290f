// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// Which metrics are shown openly and which on request.
enum MetricChoice {
  /// One of each kind of question, in the order in which reviewers ask: who is selected, who is missed
  /// or selected wrongly, whether a selection means the same, whether scores rank and promise rightly.
  static let leading = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "roc_auc", "calibration_ratio",
  ]

  /// They are 1 minus another metric, and say nothing that it does not: their gaps are the same but for
  /// the sign.
  static let complements = [
    "false_negative_rate": "true_positive_rate", "true_negative_rate": "false_positive_rate",
    "false_discovery_rate": "precision", "false_omission_rate": "negative_predictive_value",
  ]

  static func isComplement(_ metric: String) -> Bool { complements[metric] != nil }

  /// How metrics with different units are kept apart when gaps are put in order: shares first, then
  /// correlations, then what has no bounds.
  static func scale(_ metric: String) -> Int {
    guard let range = Catalogue.standard.metric(metric)?.range else { return 0 }
    return range == 0...1 ? 0 : range == -1...1 ? 1 : 2
  }

  static func isCount(_ metric: String) -> Bool {
    Catalogue.standard.counts.contains { $0.id == metric }
  }

  static func isQuantile(_ metric: String) -> Bool {
    Catalogue.standard.quantiles.contains { $0.id == metric }
  }
}
