// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// What a gate's words amount to: which metrics, how they are compared, and the limits in force.
struct GateMeaning: Sendable {
  enum Form: Sendable { case value, difference, ratio }

  /// Two for equalized odds, one otherwise.
  let metrics: [any Metric]
  let form: Form
  /// Of the value that comparisons have; `nil`: no limit on this side.
  let lowest: Double?
  let highest: Double?
  /// Whether pairs are written highest over lowest, so that the limit in force is the policy's own.
  let isHighestFirst: Bool

  /// - Throws: `PolicyError` for a gate that contradicts itself or that nothing could meet.
  init(_ gate: Gate) throws(PolicyError) {
    form = try Self.form(gate)
    metrics = try Self.metrics(gate)
    try Self.check(gate, form, metrics)
    (lowest, highest) = Self.limits(gate, form)
    isHighestFirst = form == .difference || gate.min == nil
    guard (lowest ?? -.infinity) <= (highest ?? .infinity) else {
      throw PolicyError(
        gate.of == .pairs && gate.change == nil
          ? "pairs are judged in both directions; no value is within these limits in both"
          : "no value lies above the lowest and below the highest limit")
    }
    try checkRange(gate)
  }

  private static func form(_ gate: Gate) throws(PolicyError) -> Form {
    switch gate.gap {
    case nil: return .value
    case .difference: return .difference
    case .ratio: return .ratio
    case .named(let name):
      guard let meaning = NamedGap.meaning(name) else {
        throw PolicyError("no gap is called '\(name)'")
      }
      return meaning.kind.isRatio ? .ratio : .difference
    }
  }

  private static func metrics(_ gate: Gate) throws(PolicyError) -> [any Metric] {
    if case .named(let name) = gate.gap, let meaning = NamedGap.meaning(name),
      meaning.metric != (Catalogue.standard.metric(gate.metric)?.id ?? gate.metric)
    {
      throw PolicyError("the gap '\(name)' is of \(meaning.metric), not of \(gate.metric)")
    }
    if gate.metric == "equalized_odds" {
      guard case .named = gate.gap else {
        throw PolicyError(
          "equalized_odds is a gap: write 'gap: equalized_odds_difference' or '…_ratio'")
      }
      return [TruePositiveRate(), FalsePositiveRate()]
    }
    guard let metric = Catalogue.standard.metric(gate.metric) else {
      throw PolicyError("no metric '\(gate.metric)'")
    }
    return [metric]
  }

  private static func check(_ gate: Gate, _ form: Form, _ metrics: [any Metric])
    throws(PolicyError)
  {
    if let change = gate.change {
      guard gate.min == nil, gate.max == nil else {
        throw PolicyError("either min and max, or change; two gates can have one each")
      }
      let difference = [change.maxDrop, change.maxRise].contains { $0 != nil }
      let ratio = [change.minRatio, change.maxRatio].contains { $0 != nil }
      guard difference != ratio else {
        throw PolicyError(
          difference
            ? "a change is limited as a difference or as a ratio; two gates can have one each"
            : "a change needs max_drop, max_rise, min_ratio or max_ratio")
      }
      guard form == .value || ratio == (form == .ratio) else {
        throw PolicyError(
          ratio
            ? "the change of a difference is a difference: max_drop, max_rise"
            : "the change of a ratio is a ratio: min_ratio, max_ratio")
      }
    } else if gate.min == nil && gate.max == nil {
      throw PolicyError("no limit: give min, max or change")
    }
    if form == .value {
      guard gate.of == .groups || gate.of == .overall else {
        throw PolicyError("of: \(gate.of.rawValue) needs a gap")
      }
    } else {
      guard gate.of != .groups else { throw PolicyError("of: groups is for a metric, not a gap") }
      guard !gate.over.isEmpty else {
        throw PolicyError("a gap needs the attributes whose groups are compared: over: […]")
      }
      for metric in metrics where metric.comparison != .differenceAndRatio {
        if form == .ratio { throw PolicyError("no ratios are taken of \(metric.id)") }
        guard metric.comparison == .difference || metric is DebiasedSquaredCalibrationError else {
          throw PolicyError("groups are not compared by \(metric.id)")
        }
      }
    }
    guard gate.of != .reference || gate.over.count == 1 else {
      throw PolicyError("of: reference needs one attribute; crossed groups have no reference")
    }
    guard gate.of != .overall || form != .value || gate.over.isEmpty else {
      throw PolicyError("of: overall without a gap is about everybody; leave out over")
    }
  }

  /// Pairs hold in both directions; so does a difference of which only the size is limited.
  private static func limits(_ gate: Gate, _ form: Form) -> (Double?, Double?) {
    if let change = gate.change {
      return (
        change.maxDrop.map { $0 == 0 ? 0 : -$0 } ?? change.minRatio,
        change.maxRise ?? change.maxRatio
      )
    }
    func least(_ values: [Double?]) -> Double? { values.compactMap { $0 }.min() }
    func greatest(_ values: [Double?]) -> Double? { values.compactMap { $0 }.max() }
    switch (form, gate.of) {
    case (.difference, .pairs):
      return (
        greatest([gate.min, gate.max.map { 0 - $0 }]), least([gate.max, gate.min.map { 0 - $0 }])
      )
    case (.difference, _) where gate.min == nil: return (gate.max.map { 0 - $0 }, gate.max)
    case (.ratio, .pairs):
      func inverse(_ value: Double?) -> Double? { value.flatMap { $0 > 0 ? 1 / $0 : nil } }
      return (
        greatest([gate.min, inverse(gate.max)]), least([gate.max, inverse(gate.min)])
      )
    default: return (gate.min, gate.max)
    }
  }

  /// A limit that no value can reach is a slip, such as 80 for 80 %.
  private func checkRange(_ gate: Gate) throws(PolicyError) {
    let limits = [
      gate.min, gate.max, gate.change?.maxDrop, gate.change?.maxRise, gate.change?.minRatio,
      gate.change?.maxRatio,
    ].compactMap { $0 }
    let range = metrics[0].range
    let isRatio = form == .ratio || gate.change?.minRatio != nil || gate.change?.maxRatio != nil
    let isDifference = !isRatio && (form == .difference || gate.change != nil)
    let width = range.upperBound - range.lowerBound
    let allowed = isRatio ? 0 ... .infinity : isDifference ? -width...width : range
    for limit in limits where !allowed.contains(limit) {
      throw PolicyError(
        isRatio
          ? "a ratio is never negative; the limit is \(limit)"
          : "\(gate.metric) \(isDifference ? "differs by at most \(width)" : "lies in [\(range.lowerBound), \(range.upperBound)]")"
            + ", which the limit \(limit) does not; 80 % is written 0.8")
    }
    if form == .ratio, gate.change == nil, [gate.min, gate.max].contains(0), gate.min == nil {
      throw PolicyError("a ratio of at most 0 cannot be met")
    }
  }
}
