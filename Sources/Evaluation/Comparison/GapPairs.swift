// SPDX-License-Identifier: Apache-2.0

/// What a gap is the same by under two models; the ends of a range may differ.
struct GapKey: Hashable {
  var metric: String
  var kind: GapKind
  var attributes: [String]
  var slice: Slice?
  var reference: Slice?

  init(_ gap: Gap) {
    metric = gap.metric
    kind = gap.kind
    attributes = gap.attributes
    slice = gap.kind.isRange ? nil : gap.slice
    reference = gap.kind.isRange ? nil : gap.reference
  }
}

extension GapKind {
  /// Between the highest and the lowest of several groups.
  var isRange: Bool { self == .maxMinDifference || self == .minMaxRatio }
}

extension ModelComparison {
  /// The change of a gap that both models have, without its limits.
  init(baseline: String, candidate: String, from base: Gap, to gap: Gap) {
    self.init(baseline: baseline, candidate: candidate, metric: gap.metric)
    let key = GapKey(gap)
    self.gap = ComparedGap(
      kind: gap.kind, name: gap.name, attributes: gap.attributes, slice: key.slice,
      reference: key.reference)
    (status, reason) = Status.ofBoth((base.status, base.reason), (gap.status, gap.reason))
    (baselineValue, candidateValue) = (base.value, gap.value)
    guard let before = base.value, let after = gap.value else { return }
    difference = Change(value: after - before)
    if gap.kind.isRatio, before > 0 { ratio = Change(value: after / before) }
    difference.intervalReason =
      gap.kind.isRange
      ? "which groups are its ends may differ between the models; see the pairs"
      : gap.kind.isRatio ? "see the ratio's interval" : nil
  }
}
