// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The other ways of measuring how far scores are off, each with what chance would show; the Brier score
/// in parts. Folded: they say what the smooth error says, or less.
struct CalibrationErrorsTable {
  let reading: Reading
  let model: String

  var blocks: [Block] {
    let records = reading.calibration(model).filter { $0.status == .ok && !$0.errors.isEmpty }
    let ids = CalibrationTerms.order(records.flatMap { $0.errors.map(\.id) })
      .filter { $0 != CalibrationJudgement.deciding.id }
    guard !records.isEmpty else { return [] }
    let limit = reading.rows(16)
    let parts = records.filter { $0.brier != nil || $0.spiegelhalter != nil }
    let tables = [errors(records, ids), brier(parts)].filter { !$0.isEmpty }
    return [
      .disclosure("Other calibration errors, Brier score", tables.map { .table($0.cut(to: limit)) })
    ]
  }

  private func errors(_ records: [SliceCalibration], _ ids: [String]) -> DocumentTable {
    DocumentTable(
      caption: """
        Model \(reading.labels[model]): errors, the value that each exceeds by chance in 5 of 100 samples, \
        and unadjusted p-values. Do not compare errors of groups of different sizes.
        """,
      columns: [.init("Slice")] + ids.map { .init(CalibrationTerms.column($0)) },
      groups: [
        .init(
          "",
          records.map { record in
            DocumentTable.Row(
              .words(reading.labels[record.slice]),
              ids.map { id in
                CalibrationCell.briefError(
                  record.errors.first { $0.id == id }, scale: CalibrationTerms.scale(id))
              })
          })
      ])
  }

  private func brier(_ records: [SliceCalibration]) -> DocumentTable {
    func number(_ value: Double?) -> DocumentTable.Cell {
      value.map { .number(Format.number($0)) } ?? CalibrationCell.absent
    }
    return DocumentTable(
      caption: """
        Model \(reading.labels[model]): Brier score = miscalibration − discrimination + uncertainty. \
        Miscalibration is above 0 by chance too. Spiegelhalter's z: whether the Brier score is what the \
        scores themselves predict.
        """,
      columns: [
        .init("Slice"), .init("Brier score"), .init("Miscalibration"), .init("Discrimination"),
        .init("Uncertainty"), .init("Spiegelhalter’s z"),
      ],
      groups: [
        .init(
          "",
          records.map { record in
            let parts = record.brier
            return DocumentTable.Row(
              .words(reading.labels[record.slice]),
              [
                number(parts?.score), number(parts?.miscalibration),
                number(parts?.discrimination), number(parts?.uncertainty),
                record.spiegelhalter.map {
                  .number(Format.number($0.z), detail: Format.pValue($0.pValue))
                } ?? CalibrationCell.absent,
              ])
          })
      ])
  }
}
