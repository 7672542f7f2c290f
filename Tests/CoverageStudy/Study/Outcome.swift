// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference

/// What one interval, or one family of intervals, did on one data set.
package struct Outcome: Sendable {
  /// Whether it holds the true value; a test: whether it does not reject.
  package var isCovered: Bool
  /// ∞ where there is no upper limit.
  package var width: Double
  /// Whether it shows a gap: it lies apart from "no gap".
  package var isApart = false

  package init(isCovered: Bool, width: Double, isApart: Bool = false) {
    self.isCovered = isCovered
    self.width = width
    self.isApart = isApart
  }

  /// The outcome of limits, `high` being infinite where there is none.
  package init(low: Double, high: Double, truth: Double, neutral: Double? = nil) {
    isCovered = low <= truth && truth <= high
    width = high - low
    if let neutral { isApart = neutral < low || high < neutral }
  }

  package init(_ interval: Interval, truth: Double) {
    self.init(low: interval.low, high: interval.high, truth: truth)
  }

  /// The outcome of a test at 5 %: covered where the true hypothesis is not rejected.
  package static func test(_ pValue: Double?) -> Outcome? {
    pValue.map { Outcome(isCovered: $0 > 0.05, width: 0) }
  }
}

extension ReportedInterval {
  package func outcome(_ truth: Double, neutral: Double? = nil) -> Outcome {
    Outcome(low: low, high: high ?? .infinity, truth: truth, neutral: neutral)
  }
}

extension [Gap] {
  /// Whether all intervals of a family hold their true values; its width is their mean.
  ///
  /// A member without an interval says nothing; `nil` if no member has one.
  package func joint(_ truth: (Gap) -> Double) -> Outcome? {
    var result = Outcome(isCovered: true, width: 0)
    var members = 0.0
    for gap in self {
      guard let own = gap.interval?.outcome(truth(gap), neutral: gap.kind.neutral) else { continue }
      members += 1
      result.isCovered = result.isCovered && own.isCovered
      result.isApart = result.isApart || own.isApart
      result.width += own.width
    }
    result.width /= members
    return members > 0 ? result : nil
  }
}
