// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// All gaps of one metric of one model.
struct GapBuilder {
  let plan: Plan
  let estimates: MetricEstimates
  let families: [ContrastFamily]
  /// By family: the largest |t*| of each replicate; `nil` without replicates.
  let maxima: [[Double]]?
  let theory: GapTheory
  let missing: MissingBoundsFinder

  /// Pairs are listed up to this many groups; beyond, only their range is.
  static let mostGroupsInPairs = 12
  static let power = 0.8

  var slices: SliceTable { plan.slices }
  private var metric: any Metric { estimates.metric }

  func gaps() -> [Gap] {
    guard metric.comparison != .none else { return [] }
    return slices.groupings.indices.flatMap { grouping -> [Gap] in
      var result: [Gap] = []
      for isRatio in metric.comparison == .differenceAndRatio ? [false, true] : [false] {
        for against in [ContrastFamily.Against.reference, .overall, .pairs] {
          let place = families.firstIndex {
            $0.grouping == grouping && $0.isRatio == isRatio && $0.against == against
          }
          guard let place else {
            if against == .pairs { result.append(unmeasured(grouping, isRatio)) }
            continue
          }
          result += gaps(of: place)
        }
      }
      return result
    }
  }

  private func gaps(of place: Int) -> [Gap] {
    let family = families[place]
    let critical = CriticalValue(
      family, estimates, slices, confidence: plan.configuration.confidence,
      tukey: theory.tukey, maxima: maxima?[place],
      method: ScoreMethod(family, estimates, plan))
    let judged = estimates.contrasts(family, slices).map {
      critical.judge($0, estimates, width: width)
    }
    let grouping = slices.groupings[family.grouping]
    switch family.against {
    case .reference:
      return judged.map {
        gap($0, family.isRatio ? .ratioToReference : .differenceToReference, critical)
      }
    case .overall:
      return judged.map {
        gap($0, family.isRatio ? .ratioToOverall : .differenceToOverall, critical)
      }
    case .pairs:
      var result = [range(judged, critical)]
      if !family.isRatio, grouping.attributes.count == 1,
        family.slices.count <= Self.mostGroupsInPairs
      {
        result = judged.map { gap($0, .pairwiseDifference, critical) } + result
      }
      return result
    }
  }

  /// The width of the metric's range, which no difference exceeds.
  var width: Double { metric.range.upperBound - metric.range.lowerBound }

  /// A gap with everything but its numbers.
  func blank(_ kind: GapKind, _ grouping: Grouping) -> Gap {
    var gap = Gap(
      model: estimates.model.map { plan.models[$0].name }, metric: metric.id, kind: kind,
      attributes: grouping.attributes)
    gap.name = NamedGap.name(metric: metric.id, kind: kind)
    let context = slices.slices[grouping.context]
    if !context.assignments.isEmpty { gap.condition = context }
    gap.excluded = Self.exclusions(estimates, grouping, slices)
    return gap
  }

  /// The members that should have been compared and cannot be.
  static func exclusions(_ estimates: MetricEstimates, _ grouping: Grouping, _ slices: SliceTable)
    -> [Exclusion]
  {
    grouping.comparable.filter { !estimates.isComparable($0) }.map { slice in
      let estimate = estimates.estimates[slice]
      return Exclusion(
        slice: slices.slices[slice],
        denominator: estimate.status == .suppressed ? nil : estimate.support,
        reason: estimate.reason ?? "no variation among its rows")
    }
  }

  private func gap(_ judged: JudgedContrast, _ kind: GapKind, _ critical: CriticalValue) -> Gap {
    let contrast = judged.contrast
    var gap = blank(kind, slices.groupings[critical.family.grouping])
    gap.slice = slices.slices[contrast.slice]
    gap.reference = slices.slices[contrast.reference]
    guard let a = estimates.estimates[contrast.slice].value,
      let b = estimates.estimates[contrast.reference].value
    else { return gap }
    if kind.isRatio && b == 0 {
      gap.status = .undefined
      gap.reason = "the reference's value is 0"
      return gap
    }
    let value = kind.isRatio ? a / b : a - b
    gap.value = value
    gap.standardError = contrast.standardError
    setInterval(&gap, (judged, judged.low), (judged, judged.high), value, critical)
    gap.pValue = critical.pValue(judged.t)
    gap.adjustedPValue = critical.adjustedPValue(judged.t)
    gap.noiseFloor = NoiseFloor.of(contrast, isRatio: kind.isRatio)
    gap.minimumDetectable = detectable(contrast.standardError, critical, kind)
    if kind == .differenceToReference || kind == .pairwiseDifference, metric is any Rate,
      plan.rows.isSimple, let own = estimates.estimates[contrast.slice].proportion,
      let other = estimates.estimates[contrast.reference].proportion
    {
      gap.tableTests = TableTests(own, other)
    }
    gap.missingBounds = missing.bounds(
      kind, grouping: critical.family.grouping, slice: contrast.slice,
      reference: contrast.reference)
    return gap
  }

  /// - Parameters: the limits, each with the contrast that it is taken from.
  func setInterval(
    _ gap: inout Gap, _ low: (JudgedContrast, Double), _ high: (JudgedContrast, Double),
    _ value: Double, _ critical: CriticalValue
  ) {
    func error(_ limit: (judged: JudgedContrast, value: Double)) -> Double {
      let slope = limit.judged.standardError * (gap.kind.isRatio ? limit.value : 1)
      return slope * (critical.monteCarloError ?? 0)
    }
    let upper = max(high.1, value)
    let interval = rounded(
      ReportedInterval(
        low: min(low.1, value), high: upper.isFinite ? upper : nil,
        level: plan.configuration.confidence, method: critical.methodName,
        family: critical.record(metric: metric.id, slices: slices),
        monteCarloError: critical.monteCarloError == nil
          ? nil : MonteCarloError(low: error(low), high: error(high))),
      containing: value)
    if interval.low < interval.high ?? .infinity {
      gap.interval = interval
    } else {
      gap.intervalReason = "too little variation for an interval of six digits"
    }
  }

  /// The gap that would be detected with 80 % power: (c + z₀.₈) standard errors.
  func detectable(_ error: Double, _ critical: CriticalValue, _ kind: GapKind) -> Double {
    let distance = (critical.value + Normal.quantile(Self.power)) * error
    return rounded(kind.isRatio ? Double.exp(-distance) : distance)
  }

  func unmeasured(_ index: Int, _ isRatio: Bool) -> Gap {
    let grouping = slices.groupings[index]
    var gap = blank(isRatio ? .minMaxRatio : .maxMinDifference, grouping)
    gap.status = gap.excluded.isEmpty ? .undefined : .insufficient
    gap.reason =
      grouping.comparable.count < 2
      ? "only one group" : "fewer than two groups can be compared"
    return gap
  }
}
