// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Every group against the reference group of its attribute.
struct ReferenceTable {
  private static let metrics = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision",
  ]
  let reading: Reading
  let model: String

  var blocks: [Block] {
    let gaps = reading.scorecard.gaps.filter {
      $0.model == model && $0.condition == nil && $0.attributes.count == 1
        && ($0.kind == .differenceToReference || $0.kind == .ratioToReference)
        && Self.metrics.contains($0.metric)
    }
    let columns = Self.metrics.flatMap { metric in
      [GapKind.differenceToReference, .ratioToReference].filter { kind in
        gaps.contains { $0.metric == metric && $0.kind == kind }
      }.map { (metric: metric, kind: $0) }
    }
    guard !columns.isEmpty else { return [] }
    let groups = reading.scorecard.attributes.map { attribute in
      let reference = attribute.reference.map { ", against \(reading.labels[$0])" } ?? ""
      let slices = reading.slices(of: attribute).filter { slice in
        gaps.contains { $0.slice == slice }
      }
      let rows = slices.map { slice in
        DocumentTable.Row(
          .words(reading.labels[slice]),
          columns.map { column in
            gaps.first {
              $0.slice == slice && $0.metric == column.metric && $0.kind == column.kind
            }.map(GapCell.cell) ?? DocumentTable.Cell(.status, "not measured")
          })
      }
      return DocumentTable.Group(reading.labels[attribute.name] + reference, rows)
    }
    let table = DocumentTable(
      caption: """
        Group − reference, and group ÷ reference, with simultaneous \(reading.level) intervals.
        """,
      columns: [.init("Group")]
        + columns.map {
          .init(reading.title($0.metric) + ($0.kind.isRatio ? ", ratio" : ""))
        }, groups: groups)
    return [
      .disclosure("Every group against its reference", [.table(table.cut(to: reading.rows(40)))])
    ]
  }
}
