// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// The changes from the baseline to one candidate, and what sections look up in them.
struct ChangeReading {
  let reading: Reading
  let baseline: String
  let candidate: String
  let all: [ModelComparison]
  /// The metrics that are shown openly, or the first few that there are.
  let leading: [String]
  /// By metric and slice, the place of the change.
  private let places: [String: [Slice: Int]]

  init(reading: Reading, baseline: String, candidate: String) {
    self.reading = reading
    self.baseline = baseline
    self.candidate = candidate
    all = reading.scorecard.comparisons.filter {
      $0.baseline == baseline && $0.candidate == candidate
    }
    var places: [String: [Slice: Int]] = [:]
    for (place, change) in all.enumerated() {
      if let slice = change.slice { places[change.metric, default: [:]][slice] = place }
    }
    self.places = places
    let known = Set(all.map(\.metric))
    let leading = (MetricChoice.leading + ["brier_score"]).filter(known.contains)
    self.leading =
      leading.isEmpty ? Array(reading.metrics.filter(known.contains).prefix(4)) : leading
  }

  func change(_ metric: String, _ slice: Slice) -> ModelComparison? {
    places[metric]?[slice].map { all[$0] }
  }

  /// The other metrics, without those that say the same with another sign.
  var others: [String] {
    let known = Set(all.map(\.metric))
    return reading.metrics.filter {
      known.contains($0) && !leading.contains($0) && !MetricChoice.isComplement($0)
        && !MetricChoice.isQuantile($0)
    }
  }
}

extension ModelComparison {
  /// Whether the interval of the change leaves out "no change".
  var isEstablished: Bool {
    if let interval = difference.interval {
      return interval.low > 0 || (interval.high ?? .infinity) < 0
    }
    guard let interval = ratio?.interval else { return false }
    return interval.low > 1 || (interval.high ?? .infinity) < 1
  }

  /// +1 where the change is for the better by the metric's direction, −1 for the worse, 0 where the
  /// metric does not tell.
  func improvement(_ metric: (any Metric)?) -> Int {
    guard let value = difference.value, value != 0 else { return 0 }
    switch metric?.direction {
    case .higherIsBetter: return value > 0 ? 1 : -1
    case .lowerIsBetter: return value < 0 ? 1 : -1
    case .closer, .descriptive, nil: return 0
    }
  }
}

/// How a change stands in a table.
enum ChangeCell {
  static func cell(_ comparison: ModelComparison?) -> DocumentTable.Cell {
    guard let comparison else { return DocumentTable.Cell(.status, "not measured") }
    guard comparison.status == .ok, let value = comparison.difference.value else {
      return DocumentTable.Cell(
        .status, MeasurementCell.words(comparison.status, comparison.reason))
    }
    let sign = value > 0 ? "+" : ""
    let interval = comparison.difference.interval.map { Format.interval($0.low, $0.high) }
    return .number(sign + Format.number(value), detail: interval ?? "")
  }

  static func ratio(_ comparison: ModelComparison?) -> DocumentTable.Cell {
    guard let ratio = comparison?.ratio, let value = ratio.value, comparison?.status == .ok else {
      return DocumentTable.Cell(.status, "no ratio")
    }
    let interval = ratio.interval.map { Format.interval($0.low, $0.high) }
    return .number("× " + Format.number(value), detail: interval ?? "")
  }

  static func value(_ value: Double?) -> DocumentTable.Cell {
    value.map { .number(Format.number($0)) } ?? DocumentTable.Cell(.status, "no value")
  }

  static func pValue(_ comparison: ModelComparison?) -> DocumentTable.Cell {
    comparison?.adjustedPValue.map { .number(Format.probability($0)) }
      ?? DocumentTable.Cell(.status, "none")
  }
}
