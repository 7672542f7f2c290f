// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandEvaluation

/// One model's calibration, a slice a row: how scores lie in the large, and how far off they are.
struct CalibrationTable {
  /// What is squared is small: it is shown in thousandths.
  static let thousandths = 1000.0
  /// The measurement that the table shows as well.
  static let debiased = DebiasedCalibrationError().id
  let reading: Reading
  let model: String
  let judgement: CalibrationJudgement

  var blocks: [Block] {
    let records = reading.calibration(model)
    let crossed = records.filter { $0.slice != .overall && !reading.isSingleGroup($0.slice) }
      .sorted { ($1.n ?? -1, $0.slice) < ($0.n ?? -1, $1.slice) }
    let table = table(single(records), caption).cut(to: reading.rows(30))
    let count = Format.count(crossed.count)
    let more = self.table([.init("", crossed)], crossedCaption)
    return (table.isEmpty ? [] : [.table(table)])
      + (more.isEmpty
        ? []
        : [.disclosure("Intersections \(quiet: count)", [.table(more.cut(to: reading.rows(16)))])])
  }

  private struct Rows {
    var title: String
    var records: [SliceCalibration]

    init(_ title: String, _ records: [SliceCalibration]) {
      (self.title, self.records) = (title, records)
    }
  }

  private func single(_ records: [SliceCalibration]) -> [Rows] {
    [Rows("", records.filter { $0.slice == .overall })]
      + reading.scorecard.attributes.map { attribute in
        Rows(
          reading.labels[attribute.name],
          records.filter { $0.slice.attributes == [attribute.name] })
      }
  }

  private var caption: RichText {
    """
    Model \(reading.labels[model]), with \(reading.level) intervals. Slope 1 and intercept 0: scores \
    are right in the large; an intercept above 0 says that scores are too low. Squared error: what \
    remains of it beyond chance, negative where less than chance is seen. Smooth calibration error: \
    with the value it exceeds in 5 of 100 samples if every score is right; in brackets, p adjusted over \
    all single groups (Holm).
    """
  }

  private var crossedCaption: RichText {
    """
    Model \(reading.labels[model]), largest first. None is judged by itself: see the calibration by \
    slice and score.
    """
  }

  /// Slices whose errors are not compared with chance do without the columns about that.
  private func table(_ groups: [Rows], _ caption: RichText) -> DocumentTable {
    let hasErrors = groups.contains { $0.records.contains { !$0.errors.isEmpty } }
    let columns: [DocumentTable.Column] = [
      .init("Slice"), .init("n (positives)"), .init("Slope"), .init("Intercept"),
      .init("Squared error × 1,000"),
    ]
    let compared: [DocumentTable.Column] = [
      .init(CalibrationJudgement.deciding.title), .init("p (adjusted)"),
    ]
    return DocumentTable(
      caption: caption, columns: columns + (hasErrors ? compared : []),
      groups: groups.map { group in
        .init(group.title, group.records.map { row($0, hasErrors: hasErrors) })
      })
  }

  private func row(_ record: SliceCalibration, hasErrors: Bool) -> DocumentTable.Row {
    let header = DocumentTable.Cell.words(reading.labels[record.slice])
    let smooth = record.errors.first { $0.id == CalibrationJudgement.deciding.id }
    guard record.status == .ok else {
      // The reason once, then a word.
      let why = DocumentTable.Cell(
        .status, CalibrationCell.words(record.status, record.reason))
      let word = DocumentTable.Cell(.status, MeasurementCell.words(record.status, nil))
      let rest = Array(repeating: word, count: hasErrors ? 4 : 2)
      return DocumentTable.Row(header, [size(record) ?? word, why] + rest)
    }
    let cells = [
      size(record) ?? CalibrationCell.absent, CalibrationCell.estimate(record.slope),
      CalibrationCell.estimate(record.intercept),
      CalibrationCell.estimate(record.debiased, scale: Self.thousandths),
    ]
    guard hasErrors else { return DocumentTable.Row(header, cells) }
    return DocumentTable.Row(
      header, cells + [CalibrationCell.error(smooth), pValue(record, smooth)])
  }

  private func size(_ record: SliceCalibration) -> DocumentTable.Cell? {
    guard let n = record.n else { return nil }
    let positives = record.positives.map { "(\(Format.count($0)))" } ?? ""
    return .number(Format.count(n), detail: positives)
  }

  private func pValue(
    _ record: SliceCalibration, _ smooth: CalibrationDistance?
  ) -> DocumentTable.Cell {
    guard let chance = smooth?.nullReference else {
      return DocumentTable.Cell(.status, "not compared")
    }
    let adjusted = judgement.adjustedPValue(record.slice).map { "(\(Format.probability($0)))" }
    return .number(Format.probability(chance.pValue), detail: adjusted ?? "")
  }
}
