// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

extension ChangeBuilder {
  /// The change of every gap that both models have: a contrast of changes, with their variances added.
  ///
  /// The change of a range has no interval: which groups are its ends is itself an estimate, and may
  /// differ between the models.
  func ofGaps(_ gaps: [Gap]) -> [ModelComparison] {
    let own = gaps.filter { $0.metric == metric.id && $0.condition == nil }
    let bases = Dictionary(
      own.filter { $0.model == names.baseline }.map { (GapKey($0), $0) },
      uniquingKeysWith: { first, _ in first })
    let judges = gapJudges()
    return own.filter { $0.model == names.candidate }.compactMap { gap in
      guard let base = bases[GapKey(gap)] else { return nil }
      return ofGap(base, gap, judges)
    }
  }

  private func ofGap(
    _ base: Gap, _ gap: Gap, _ judges: [GapJudge]
  ) -> ModelComparison {
    var result = blank()
    result.gap = ComparedGap(
      kind: gap.kind, name: gap.name, attributes: gap.attributes,
      slice: gap.kind.isRange ? nil : gap.slice, reference: gap.kind.isRange ? nil : gap.reference)
    (result.status, result.reason) = Status.ofBoth(
      (base.status, base.reason), (gap.status, gap.reason))
    (result.baselineValue, result.candidateValue) = (base.value, gap.value)
    guard let b = base.value, let c = gap.value else { return result }
    result.difference = Change(value: c - b)
    if gap.kind.isRatio, b > 0 { result.ratio = Change(value: c / b) }
    let reason =
      gap.kind.isRange
      ? "which groups are its ends may differ between the models; see the pairs"
      : gap.kind.isRatio ? "see the ratio's interval" : nil
    result.difference.intervalReason = reason
    guard !gap.kind.isRange, isPaired else {
      result.difference.intervalReason = reason ?? "no paired interval for this metric"
      return result
    }
    guard let slice = gap.slice, let reference = gap.reference,
      let judge = judges.first(where: { $0.covers(gap, slices) }),
      let contrast = judge.contrast(slice, reference, self)
    else {
      if !gap.kind.isRatio { result.difference.intervalReason = "no variation among its rows" }
      return result
    }
    judge.apply(contrast, &result, self)
    return result
  }

  private func gapJudges() -> [GapJudge] {
    guard isPaired else { return [] }
    return ContrastFamily.families(change, slices).map { family in
      GapJudge(
        family: family,
        critical: CriticalValue(
          family, change, slices, confidence: plan.configuration.confidence, tukey: tukey,
          maxima: nil))
    }
  }
}

/// What a gap is the same by under both models.
private struct GapKey: Hashable {
  var kind: GapKind
  var attributes: [String]
  var slice: Slice?
  var reference: Slice?

  init(_ gap: Gap) {
    kind = gap.kind
    attributes = gap.attributes
    // The ends of a range may differ.
    slice = gap.kind.isRange ? nil : gap.slice
    reference = gap.kind.isRange ? nil : gap.reference
  }
}

extension GapKind {
  /// Between the highest and the lowest of several groups.
  var isRange: Bool { self == .maxMinDifference || self == .minMaxRatio }
}
