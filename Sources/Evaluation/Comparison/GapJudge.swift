// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// Judges the changes of the gaps of one family at once, by normal theory with Student's t for the rows
/// of the smaller slice.
struct GapJudge: Sendable {
  let family: ContrastFamily
  let critical: CriticalValue

  /// Whether a gap belongs to the family.
  func covers(_ gap: Gap, _ slices: SliceTable) -> Bool {
    let grouping = slices.groupings[family.grouping]
    guard slices.slices[grouping.context].assignments.isEmpty,
      grouping.attributes == gap.attributes, family.isRatio == gap.kind.isRatio
    else { return false }
    return switch gap.kind {
    case .differenceToReference, .ratioToReference: family.against == .reference
    case .differenceToOverall, .ratioToOverall: family.against == .overall
    case .pairwiseDifference: family.against == .pairs
    case .maxMinDifference, .minMaxRatio: false
    }
  }

  func contrast(_ slice: Slice, _ reference: Slice, _ builder: ChangeBuilder) -> Contrast? {
    let slices = builder.slices
    guard let own = slices.slices.firstIndex(of: slice),
      let other = slices.slices.firstIndex(of: reference)
    else { return nil }
    return builder.change.contrast(own, other, family, slices)
  }

  /// Sets the interval of the difference, or of the ratio of ratios, and the p-values.
  func apply(_ contrast: Contrast, _ result: inout ModelComparison, _ builder: ChangeBuilder) {
    let degrees = min(builder.degrees(contrast.slice), builder.degrees(contrast.reference))
    let isClustered = builder.plan.rows.isClustered
    // For clusters the critical value is Student's already.
    let usesT = degrees.isFinite && !isClustered
    let reach: Double
    let statistic: Double
    if usesT {
      let tail = Normal.cumulative(-critical.value)
      reach = -StudentT.quantile(tail, degreesOfFreedom: degrees) * contrast.standardError
      let own = StudentT.cumulative(-contrast.t, degreesOfFreedom: degrees)
      statistic = min(-Normal.quantile(min(max(own, 1e-300), 0.5)), 38)
    } else {
      reach = critical.value * contrast.standardError
      statistic = contrast.t
    }
    result.degreesOfFreedom = degrees.isFinite ? degrees : nil
    result.method = isClustered ? "cluster_linearised" : "linearised"
    result.pValue = critical.pValue(statistic)
    result.adjustedPValue = critical.adjustedPValue(statistic)
    let (low, high) = (contrast.distance - reach, contrast.distance + reach)
    let record = critical.record(metric: builder.metric.id, slices: builder.slices)
    func interval(_ low: Double, _ high: Double, _ value: Double) -> ReportedInterval {
      ReportedInterval(
        low: min(low, value), high: max(high, value), level: builder.plan.configuration.confidence,
        method: critical.methodName,
        family: Family(
          id: record.id + "/change", size: record.size, critical: record.critical))
    }
    if family.isRatio {
      result.ratio?.standardError = contrast.standardError
      guard let value = result.ratio?.value else { return }
      result.ratio?.interval = interval(Double.exp(low), Double.exp(high), value)
    } else {
      // A gap lies between −width and width, so that its change is at most twice as far.
      let range = builder.metric.range
      let width = 2 * (range.upperBound - range.lowerBound)
      result.difference.standardError = contrast.standardError
      guard let value = result.difference.value else { return }
      result.difference.interval = interval(max(-width, low), min(width, high), value)
    }
  }
}
