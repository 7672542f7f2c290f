// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// Says why a slice takes no part in a gap.
enum ExclusionWords {
  static let withheld = "withheld"

  /// "true positive rate: 4 positives", "precision: no labelled rows selected", "withheld".
  static func text(_ item: Exclusion, _ finding: Finding, _ reading: Reading) -> String {
    if item.reason.hasPrefix(withheld) { return withheld }
    let metric = reading.name(finding.gap.metric)
    if let denominator = item.denominator, denominator > 0 {
      let count = Int(denominator.rounded())
      let text = Catalogue.standard.metric(finding.gap.metric)?.supportText(count)
      return "\(metric): \(text ?? Format.plural(count, "row"))"
    }
    let reason = Visible.spelledOut(item.reason)
    return "\(metric): " + (reason.hasPrefix("too few: ") ? String(reason.dropFirst(9)) : reason)
  }
}
