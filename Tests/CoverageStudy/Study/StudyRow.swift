// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// What was found of one claim in one scenario.
package struct StudyRow: Sendable, Codable {
  package enum Verdict: String, Sendable {
    case holds
    case short = "falls short"
    case wide = "too wide"
    /// Gives no interval in more than 5 % of the data sets.
    case absent = "often gives none"
    /// Rejects what is true too often.
    case rejects = "rejects too often"
  }

  /// A default may be this much wider than the narrowest valid method.
  package static let mostWidth = 1.15
  /// In this share of data sets a method may do without an interval.
  package static let mostAbsent = 0.05
  /// How often a test may reject what is true.
  package static let level = 0.05

  /// The scenario's id.
  package var id: String
  package var scenario: String
  package var claim: Claim
  package var isHard: Bool
  /// Data sets in which an interval was given, and those in which none was.
  package var dataSets: Int
  package var absent: Int
  package var covered: Int
  /// Data sets whose interval lies apart from "no gap".
  package var apart: Int
  package var width: Double
  /// Whether widths of this scenario are held against this row's.
  package var isYardstick: Bool
  /// Over that of the yardstick, or else of the narrowest method that is valid in all scenarios.
  package var relativeWidth: Double?

  init(_ trial: Trial, _ claim: Claim, _ count: OutcomeCount) {
    id = trial.id
    scenario = trial.title
    self.claim = claim
    isHard = trial.isHard
    isYardstick = claim.method == trial.yardstick
    dataSets = count.widths.count
    absent = count.absent
    covered = count.covered
    apart = count.apart
    width = claim.kind.takesMedianWidth ? count.medianWidth : count.meanWidth
  }

  package var isTest: Bool { claim.kind == .tests }
  package var coverage: Double { Double(covered) / Double(dataSets) }
  /// How often a test rejects.
  package var errors: Double { 1 - coverage }
  package var required: Double { isTest ? 1 - Self.level : isHard ? 0.93 : 0.95 }

  /// The one-sided 99 % Clopper–Pearson bounds of the coverage probability.
  package var bounds: Interval {
    guard dataSets > 0 else { return Interval(low: 0, high: 1) }
    return ClopperPearson.interval(
      successes: Double(covered), trials: Double(dataSets), confidence: 0.98)
  }

  /// Whether what was seen is compatible with what is required.
  package var isValid: Bool { bounds.high >= required }

  /// The share of data sets without an interval.
  package var absence: Double { Double(absent) / Double(absent + dataSets) }

  package var verdict: Verdict {
    if !isValid { return isTest ? .rejects : .short }
    if absence > Self.mostAbsent { return .absent }
    let isWide = claim.role == .standard && (relativeWidth ?? 1) > Self.mostWidth
    return isWide ? .wide : .holds
  }
}
