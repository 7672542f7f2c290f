// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards

/// A scorecard with what judging looks up in it.
struct ScorecardIndex: Sendable {
  private struct MeasurementKey: Hashable {
    var model: String?
    var metric: String
    var slice: Slice
  }

  private struct GapKey: Hashable {
    var model: String?
    var metric: String
    var kind: GapKind
    var slice: Slice
    var reference: Slice
  }

  let scorecard: Scorecard
  let isWeighted: Bool
  let isClustered: Bool
  let missingIsGroup: Bool
  let minimum: Double
  private let measurements: [MeasurementKey: Int]
  private let gaps: [GapKey: Int]
  private let records: [Slice: SliceRecord]

  init(_ scorecard: Scorecard) {
    self.scorecard = scorecard
    let settings = scorecard.configuration
    isWeighted = settings.text("weight") != nil
    isClustered = settings.text("cluster") != nil
    missingIsGroup = settings["missing_as_group"] == .flag(true)
    minimum = settings.number("minimum") ?? 10
    measurements = Dictionary(
      scorecard.measurements.enumerated().map {
        (MeasurementKey(model: $1.model, metric: $1.metric, slice: $1.slice), $0)
      }, uniquingKeysWith: { first, _ in first })
    gaps = Dictionary(
      scorecard.gaps.enumerated().compactMap { place, gap in
        guard let slice = gap.slice, let reference = gap.reference, gap.condition == nil else {
          return nil
        }
        return (
          GapKey(
            model: gap.model, metric: gap.metric, kind: gap.kind, slice: slice,
            reference: reference), place
        )
      }, uniquingKeysWith: { first, _ in first })
    records = Dictionary(
      scorecard.slices.map { ($0.slice, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether counts of rows are what intervals rest on.
  var isSimple: Bool { !isWeighted && !isClustered }

  func measurement(_ model: String?, _ metric: String, _ slice: Slice) -> SliceMeasurement? {
    measurements[MeasurementKey(model: model, metric: metric, slice: slice)].map {
      scorecard.measurements[$0]
    }
  }

  func gap(
    _ model: String?, _ metric: String, _ kind: GapKind, _ slice: Slice, _ reference: Slice
  ) -> Gap? {
    gaps[
      GapKey(model: model, metric: metric, kind: kind, slice: slice, reference: reference)
    ].map { scorecard.gaps[$0] }
  }

  func has(_ slice: Slice) -> Bool { records[slice] != nil }

  /// The slices that partition everybody by some attributes, in the scorecard's order.
  func slices(over attributes: [String]) -> [Slice] {
    let wanted = attributes.sorted()
    return scorecard.slices.map(\.slice).filter { $0.attributes == wanted }
  }

  /// Models that a metric was measured for, in the scorecard's order; `nil` stands for the data.
  func models(of metric: String) -> [String?] {
    let found = Set(scorecard.measurements.filter { $0.metric == metric }.map(\.model))
    let named = scorecard.models.map(\.name).filter { found.contains($0) }.map(Optional.some)
    return found.contains(nil) ? [nil] + named : named
  }

  func kind(of model: String?) -> String? {
    scorecard.models.first { $0.name == model }?.kind
  }

  /// Of Student's t for a slice; infinite for independent rows.
  func degreesOfFreedom(_ slice: Slice) -> Double? {
    guard isClustered else { return .infinity }
    return records[slice]?.clusters.map { Double(max(1, $0 - 1)) }
  }

  /// What a number rests on: its denominator, or rows where that is a weight.
  func support(_ measurement: SliceMeasurement) -> Int? {
    guard !isWeighted, let denominator = measurement.denominator, denominator.isFinite,
      denominator >= 0, denominator < 0x1p53
    else { return measurement.n }
    return min(measurement.n ?? .max, Int(denominator.rounded(.down)))
  }
}

extension [String: ConfigurationValue] {
  func text(_ key: String) -> String? {
    guard case .text(let text)? = self[key] else { return nil }
    return text
  }

  func number(_ key: String) -> Double? {
    switch self[key] {
    case .integer(let value)?: Double(value)
    case .number(let value)?: value
    default: nil
    }
  }

  func texts(_ key: String) -> [String] {
    guard case .list(let list)? = self[key] else { return [] }
    return list.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}
