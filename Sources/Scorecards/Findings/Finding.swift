// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// A gap together with what is established about it.
package struct Finding: Sendable {
  package let gap: Gap
  /// The same comparison as a ratio, where the metric has one.
  package let ratio: Gap?
  /// The simultaneous bound of |gap| that lies nearest to no gap; 0 where no gap is possible.
  package let bound: Double

  package var isEstablished: Bool { bound > 0 }

  package init(_ gap: Gap, ratio: Gap? = nil) {
    self.gap = gap
    self.ratio = ratio
    guard gap.status == .ok, let interval = gap.interval else {
      bound = 0
      return
    }
    let low = interval.low - gap.kind.neutral
    let high = (interval.high ?? .infinity) - gap.kind.neutral
    bound = low > 0 ? low : high < 0 ? -high : 0
  }

  /// The largest differences between two groups of one model (or of the data), what is established
  /// best first within a metric's scale; what is not established after it, by size.
  package static func all(_ reading: Reading, model: String?) -> [Finding] {
    let gaps = reading.scorecard.gaps.filter { $0.model == model && $0.condition == nil }
    let ratios = gaps.filter { $0.kind == .minMaxRatio }
    let findings = gaps.filter { $0.kind == .maxMinDifference }.map { gap in
      Finding(
        gap,
        ratio: ratios.first { $0.metric == gap.metric && $0.attributes == gap.attributes })
    }
    return findings.sorted { precedes($0, $1) }
  }

  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    func key(_ finding: Finding) -> (Int, Int, Double, Double) {
      (
        finding.isEstablished ? 0 : 1, MetricChoice.scale(finding.gap.metric), -finding.bound,
        -abs(finding.gap.value ?? -1)
      )
    }
    let (a, b) = (key(left), key(right))
    if a != b { return a < b }
    return (left.gap.metric, left.gap.attributes.joined(separator: "\u{0}"))
      < (right.gap.metric, right.gap.attributes.joined(separator: "\u{0}"))
  }

  /// Whether the gap says something that no other gap of the list says.
  package var isBase: Bool {
    gap.components.isEmpty && !MetricChoice.isComplement(gap.metric)
  }
}
