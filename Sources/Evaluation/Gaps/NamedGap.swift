// SPDX-License-Identifier: Apache-2.0

/// The field's names for gaps: a base metric and a comparison.
package enum NamedGap {
  private static let names: [String: [GapKind: String]] = [
    "selection_rate": [
      .maxMinDifference: "demographic_parity_difference", .minMaxRatio: "demographic_parity_ratio",
    ],
    "true_positive_rate": [
      .maxMinDifference: "equal_opportunity_difference", .minMaxRatio: "equal_opportunity_ratio",
    ],
    "false_positive_rate": [.maxMinDifference: "predictive_equality_difference"],
    "precision": [.maxMinDifference: "predictive_parity_difference"],
    "accuracy": [.maxMinDifference: "accuracy_difference"],
    "average_odds": [.differenceToReference: "average_odds_difference"],
    "roc_auc": [.maxMinDifference: "roc_auc_difference"],
    "calibration_slope": [.maxMinDifference: "calibration_slope_difference"],
    "calibration_intercept": [.maxMinDifference: "calibration_intercept_difference"],
    "calibration_ratio": [.minMaxRatio: "calibration_ratio_ratio"],
    "equalized_odds": [
      .maxMinDifference: "equalized_odds_difference", .minMaxRatio: "equalized_odds_ratio",
    ],
  ]

  static func name(metric: String, kind: GapKind) -> String? { names[metric]?[kind] }

  /// The metric and the comparison that a name stands for.
  package static func meaning(_ name: String) -> (metric: String, kind: GapKind)? {
    for (metric, kinds) in names {
      for (kind, own) in kinds where own == name { return (metric, kind) }
    }
    return nil
  }

  /// Every name, in order.
  package static var all: [String] { names.values.flatMap(\.values).sorted() }
}
