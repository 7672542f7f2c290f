// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Conjunctions of groups: size and the leading metrics, small ones said to be too small.
struct IntersectionsSection {
  private static let metrics = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision",
  ]
  /// All tables together.
  private static let rows = 160
  let reading: Reading

  var section: Section? {
    let records = reading.scorecard.slices.filter { $0.slice.assignments.count > 1 }
    guard !records.isEmpty else { return nil }
    var combinations: [[String]] = []
    for record in records where !combinations.contains(record.slice.attributes) {
      combinations.append(record.slice.attributes)
    }
    let shown = Self.metrics.filter(reading.measures)
    let metrics = shown.isEmpty ? Array(reading.metrics.prefix(4)) : shown
    let tables = max(1, min(combinations.count, 6) * reading.models.count)
    let limit = min(60, max(8, Self.rows / tables))
    let blocks = reading.perModel("intersections") { model in
      combinations.prefix(6).map { attributes in
        let own = records.filter { $0.slice.attributes == attributes }
        return disclosure(attributes, own, model, metrics, limit)
      }
    }
    let more = max(0, combinations.count - 6)
    let rest: [Block] =
      more > 0
      ? [.note("\(Format.plural(more, "more combination")) in scorecard.json.")] : []
    return Section(
      "intersections", "Intersections",
      [.note("Largest first. Where a rate rests on too few rows, its fraction is printed instead.")]
        + blocks + rest)
  }

  private func disclosure(
    _ attributes: [String], _ records: [SliceRecord], _ model: String, _ metrics: [String],
    _ limit: Int
  ) -> Block {
    let cells = MeasurementCell(reading: reading)
    let sorted = records.sorted { ($1.n ?? -1, $0.slice) < ($0.n ?? -1, $1.slice) }
    let rows = sorted.map { record in
      DocumentTable.Row(
        .words(reading.labels[record.slice]),
        [size(record)]
          + metrics.map { metric in
            cells.cell(
              reading.measurement(model, metric, record.slice),
              overall: reading.measurement(model, metric, .overall))
          })
    }
    let small = records.filter { $0.status == .insufficient }.count
    let note = small > 0 ? ", \(Format.count(small)) too small" : ""
    let name = reading.labels.attributes(attributes)
    let table = DocumentTable(
      caption: "\(name). ▲ and ▼: the interval lies above or below the overall value.",
      columns: [.init("Intersection"), .init("n", .trailing)]
        + metrics.map { .init(reading.title($0)) }, groups: [.init("", rows)])
    let summary: RichText = "\(name) \(quiet: Format.plural(records.count, "slice") + note)"
    return .disclosure(summary, [.table(table.cut(to: limit))])
  }

  private func size(_ record: SliceRecord) -> DocumentTable.Cell {
    guard let n = record.n, record.status != .suppressed else {
      return DocumentTable.Cell(.status, MeasurementCell.words(record.status, record.reason))
    }
    return .number(Format.count(n))
  }
}
