// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// How a measurement stands in a table: its value and interval, or the words for why there is none.
struct MeasurementCell {
  let reading: Reading

  func cell(_ item: SliceMeasurement?, overall: SliceMeasurement? = nil) -> DocumentTable.Cell {
    guard let item else { return DocumentTable.Cell(.status, "not measured") }
    guard item.status == .ok, let value = item.value else {
      return DocumentTable.Cell(
        .status, Self.words(item.status, item.reason), detail: remainder(item))
    }
    return .number(
      text(value, item.metric), detail: detail(item), shade: shade(item, overall))
  }

  private func text(_ value: Double, _ metric: String) -> String {
    MetricChoice.isCount(metric) ? Format.count(value) : Format.number(value)
  }

  private func detail(_ item: SliceMeasurement) -> String {
    if let interval = item.interval { return Format.interval(interval.low, interval.high) }
    guard let null = item.nullReference else { return "" }
    return """
      by chance \(Format.number(null.expected)), 95 % below \(Format.number(null.upper95)); \
      \(Format.pValue(null.pValue))
      """
  }

  /// What the numbers behind a value without enough rows are; nothing of what is withheld.
  private func remainder(_ item: SliceMeasurement) -> String {
    guard item.status == .insufficient, let value = item.value else { return "" }
    let interval = item.interval.map { " " + Format.interval($0.low, $0.high) } ?? ""
    if let above = item.numerator, let below = item.denominator {
      return "\(Format.count(above))/\(Format.count(below))\(interval)"
    }
    return text(value, item.metric) + interval
  }

  /// "too few: 4 positives", "undefined: no negatives", "withheld".
  static func words(_ status: Status, _ reason: String?) -> String {
    let reason = reason.map(Visible.spelledOut)
    func join(_ word: String) -> String {
      guard let reason, !reason.isEmpty else { return word }
      return reason.hasPrefix(word) ? reason : "\(word): \(reason)"
    }
    return switch status {
    case .ok: join("not measured")
    case .undefined: join("undefined")
    case .insufficient: join("too few")
    case .notMeasured: join("not measured")
    case .suppressed: "withheld"
    }
  }

  /// How far the interval's near end lies from the overall value, in three steps of the metric's
  /// scale; 0 where the interval covers the overall value.
  private func shade(_ item: SliceMeasurement, _ overall: SliceMeasurement?) -> Int {
    guard let center = overall?.value, let interval = item.interval, let value = item.value else {
      return 0
    }
    let isAbove = interval.low > center
    guard isAbove || (interval.high ?? .infinity) < center else { return 0 }
    let scale = MetricChoice.scale(item.metric) == 0 ? 1 : max(abs(center), 0.5) * 2
    let distance = abs(value - center) / scale
    let strength = distance >= 0.15 ? 3 : distance >= 0.05 ? 2 : 1
    return isAbove ? strength : -strength
  }
}
