// SPDX-License-Identifier: Apache-2.0

/// What kind of number an interval or a test is about; each has a table of its own.
package enum StudyKind: String, Sendable, Codable, CaseIterable {
  case rates, differences, ratios, ranges, families, composites, losses, rankings, samples, spread
  case changes, thresholds, tests

  /// The heading of its tables.
  package var title: String {
    switch self {
    case .rates: "Rates"
    case .differences: "Differences of two rates"
    case .ratios: "Ratios of two rates"
    case .ranges: "Ranges: max − min and min ÷ max"
    case .families: "Families of gaps, jointly"
    case .composites: "Composites of counts"
    case .losses: "Losses, means, quantiles and calibration fits"
    case .rankings: "AUC and average precision"
    case .samples: "Weighted and clustered rows"
    case .spread: "Variance between groups"
    case .changes: "Changes from one model to another"
    case .thresholds: "Bands over thresholds, jointly"
    case .tests: "Tests: how often they reject what is true"
    }
  }

  /// Where an upper limit may be infinite, the median width stands for the mean, which would be too.
  var takesMedianWidth: Bool { self == .ratios }
}
