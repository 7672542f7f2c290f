// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// What became of the rows, who is in the groups and how columns were read.
struct DataSection {
  let reading: Reading

  var section: Section {
    let data = reading.scorecard.data
    let out = data.leftOut.reduce(0) { $0 + $1.rows }
    let sum: RichText = """
      \(Format.plural(data.rows, "row")) read = \(Format.count(data.used)) used for every number + \
      \(Format.count(out)) left out of what needs what they lack. \
      \(Format.plural(data.distinctRows, "row")) are distinct in the columns used.
      """
    let reasons = data.leftOut.map {
      RichText("\(Format.plural($0.rows, "row")): \(Visible.spelledOut($0.reason))")
    }
    var blocks: [Block] = [.paragraph(sum)]
    if !reasons.isEmpty { blocks.append(.list(reasons, ordered: false)) }
    let tables = [groups, columns].filter { !$0.isEmpty }
    return Section("data", "Data", blocks + tables.map(Block.table))
  }

  private var groups: DocumentTable {
    let card = reading.scorecard
    let isWeighted = card.slices.contains { $0.weight != nil }
    let isClustered = card.slices.contains { $0.clusters != nil }
    func row(_ slice: Slice) -> DocumentTable.Row? {
      guard let record = reading.record(slice) else { return nil }
      let missing = DocumentTable.Cell(
        .status, record.status == .suppressed ? "withheld" : "not measured")
      func cell(_ text: String?) -> DocumentTable.Cell { text.map { .number($0) } ?? missing }
      var cells = [
        cell(record.n.map { Format.count($0) }), cell(record.share.map(Format.percent)),
        cell(record.positives.map { Format.count($0) }), cell(record.baseRate.map(Format.number)),
      ]
      if isWeighted {
        cells += [
          cell(record.weight.map(Format.number)), cell(record.effectiveN.map(Format.number)),
        ]
      }
      if isClustered { cells.append(cell(record.clusters.map { Format.count($0) })) }
      return DocumentTable.Row(.words(reading.labels[slice]), cells)
    }
    var columns: [DocumentTable.Column] = [
      .init("Group"), .init("n", .trailing), .init("Share", .trailing),
      .init("Positives", .trailing), .init("Base rate", .trailing),
    ]
    if isWeighted { columns += [.init("Σw", .trailing), .init("Effective n", .trailing)] }
    if isClustered { columns.append(.init("Clusters", .trailing)) }
    let groups =
      [DocumentTable.Group("", [row(.overall)].compactMap { $0 })]
      + card.attributes.map {
        DocumentTable.Group(reading.labels[$0.name], reading.slices(of: $0).compactMap(row))
      }
    return DocumentTable(caption: "Who is in the data.", columns: columns, groups: groups).cut(
      to: 120)
  }

  private var columns: DocumentTable {
    let rows = reading.scorecard.data.columns.map { column in
      DocumentTable.Row(
        .words(reading.labels[column.name]),
        [
          .words(Visible.spelledOut(column.role)), .words(Visible.spelledOut(column.kind)),
          column.missing.map { .number(Format.count($0)) }
            ?? DocumentTable.Cell(.status, "withheld"),
        ])
    }
    return DocumentTable(
      caption: "How columns were read.",
      columns: [.init("Column"), .init("Role"), .init("Read as"), .init("Missing", .trailing)],
      groups: [.init("", rows)]
    ).cut(to: 60)
  }
}
