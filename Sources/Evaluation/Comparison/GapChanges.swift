// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

extension ChangeBuilder {
  /// The change of every gap that both models have: a contrast of changes, with their variances added.
  ///
  /// The change of a range has no interval: which groups are its ends is itself an estimate, and may
  /// differ between the models.
  ///
  /// - Parameter gaps: of the metric, of all models.
  func ofGaps(_ gaps: [Gap]) -> [ModelComparison] {
    let bases = Dictionary(
      gaps.filter { $0.model == names.baseline }.map { (GapKey($0), $0) },
      uniquingKeysWith: { first, _ in first })
    let judges = gapJudges()
    return gaps.filter { $0.model == names.candidate }.compactMap { gap in
      guard let base = bases[GapKey(gap)] else { return nil }
      return ofGap(base, gap, judges)
    }
  }

  private func ofGap(
    _ base: Gap, _ gap: Gap, _ judges: [GapJudge]
  ) -> ModelComparison {
    var result = ModelComparison(
      baseline: names.baseline, candidate: names.candidate, from: base, to: gap)
    guard base.value != nil, gap.value != nil else { return result }
    guard !gap.kind.isRange, isPaired else {
      if !isPaired { result.difference.intervalReason = "no paired interval for this metric" }
      return result
    }
    guard result.status == .ok, let slice = gap.slice, let reference = gap.reference,
      let judge = judges.first(where: { $0.covers(gap, slices) }),
      let contrast = judge.contrast(slice, reference, self)
    else {
      let reason = result.reason ?? "no variation among its rows"
      if gap.kind.isRatio {
        result.ratio?.intervalReason = reason
      } else {
        result.difference.intervalReason = reason
      }
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
