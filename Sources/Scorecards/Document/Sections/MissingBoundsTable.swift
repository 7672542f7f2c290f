// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// How far the people whose group is not known could move the gaps.
struct MissingBoundsTable {
  let reading: Reading
  let model: String

  var blocks: [Block] {
    let gaps = reading.scorecard.gaps.filter {
      $0.model == model && $0.condition == nil && $0.kind == .maxMinDifference
        && $0.missingBounds != nil && MetricChoice.leading.contains($0.metric)
    }
    let rows = MetricChoice.leading.flatMap { metric in
      gaps.filter { $0.metric == metric }.compactMap(row)
    }
    guard !rows.isEmpty else { return [] }
    let table = DocumentTable(
      caption: """
        Everyone without a group belongs to one. These are the smallest and the largest gap that any \
        assignment of those people to groups would show, sampling error aside.
        """,
      columns: [
        .init("Metric"), .init("Gap"), .init("If groups were known"),
        .init("Rows without a group", .trailing),
      ], groups: [.init("", rows)])
    return [
      .disclosure("If people without a group had one", [.table(table.cut(to: reading.rows(20)))])
    ]
  }

  private func row(_ gap: Gap) -> DocumentTable.Row? {
    guard let bounds = gap.missingBounds else { return nil }
    return DocumentTable.Row(
      .words(reading.title(gap.metric), detail: "by " + reading.labels.attributes(gap.attributes)),
      [
        GapCell.cell(gap),
        .number(
          "\(Format.number(bounds.low)) to \(bounds.high.map(Format.number) ?? "∞")"),
        .number(Format.count(bounds.rows)),
      ])
  }
}
