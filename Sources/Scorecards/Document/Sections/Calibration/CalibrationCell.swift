// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// How numbers about calibration stand in a table, or the words for why there are none.
enum CalibrationCell {
  static let absent = DocumentTable.Cell(.status, "not reckoned")

  /// The number with its interval; scaled where it is small by nature.
  static func estimate(_ item: CalibrationEstimate?, scale: Double = 1) -> DocumentTable.Cell {
    guard let item else { return absent }
    guard let value = item.value else { return DocumentTable.Cell(.status, words(item.reason)) }
    let detail = item.interval.map { limits($0, scale: scale) }
    return .number(
      Format.number(value * scale), detail: detail ?? "no interval: " + words(item.reason))
  }

  /// The error with what chance reaches: `0.0310`, `chance ≤ 0.0460`.
  static func error(_ item: CalibrationDistance?) -> DocumentTable.Cell {
    distance(item) { "chance ≤ \(Format.number($0.upper95))" }
  }

  /// `0.0310`, `chance ≤ 0.0460; p = 0.312`
  static func briefError(_ item: CalibrationDistance?, scale: Double) -> DocumentTable.Cell {
    distance(item, scale: scale) {
      "chance ≤ \(Format.number($0.upper95 * scale)); \(Format.pValue($0.pValue))"
    }
  }

  private static func distance(
    _ item: CalibrationDistance?, scale: Double = 1, _ chance: (NullReference) -> String
  ) -> DocumentTable.Cell {
    guard let item else { return absent }
    guard let value = item.value else { return DocumentTable.Cell(.status, words(item.reason)) }
    return .number(
      Format.number(value * scale), detail: item.nullReference.map(chance) ?? words(item.reason))
  }

  /// `[0.912, 1.12]`; a side without limit is infinite.
  static func limits(_ interval: EstimateInterval, scale: Double = 1) -> String {
    Format.interval((interval.low ?? -.infinity) * scale, interval.high.map { $0 * scale })
  }

  /// Why a slice is not judged.
  static func reason(_ record: SliceCalibration) -> String {
    guard record.status == .ok else { return words(record.status, record.reason) }
    let smooth = record.errors.first { $0.id == CalibrationJudgement.deciding.id }
    return words(smooth?.reason)
  }

  static func words(_ status: Status, _ reason: String?) -> String {
    MeasurementCell.words(status, reason.map(Format.words))
  }

  /// `not_available (clustered)` → `not available (clustered)`
  static func words(_ reason: String?) -> String {
    guard let reason, !reason.isEmpty else { return "not reckoned" }
    return Format.words(Visible.spelledOut(reason))
  }
}
