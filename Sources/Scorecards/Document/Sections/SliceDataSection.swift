// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// What became of the rows, and the columns as they were searched.
struct SliceDataSection {
  private static let mostColumns = 60
  private static let mostValues = 8
  let reading: SliceReading

  var section: Section {
    let columns = reading.findings.columns
    var blocks: [Block] = [.definitions(rows), .table(table(columns.prefix(Self.mostColumns)))]
    if columns.count > Self.mostColumns {
      let more = columns.count - Self.mostColumns
      blocks.append(.note("\(Format.plural(more, "more column")) in slices.json."))
    }
    return Section("data", "Rows and columns", blocks)
  }

  private var rows: [Fact] {
    let data = reading.findings.data
    var facts = [
      Fact("Rows read", RichText(Format.count(data.rows))),
      Fact("Searched", RichText(Format.count(data.searched))),
    ]
    if data.heldOut > 0 { facts.append(Fact("Held out", RichText(Format.count(data.heldOut)))) }
    facts += data.leftOut.map {
      Fact(
        "Left out",
        RichText("\(Format.count($0.rows)): \(reading.labels.long($0.reason))"))
    }
    return facts
  }

  private func table(_ columns: some Sequence<SearchedColumn>) -> DocumentTable {
    let rows = columns.map { column in
      let values = column.values.prefix(Self.mostValues).map { reading.labels[$0] }
      let more = column.values.count - values.count
      return DocumentTable.Row(
        .words(reading.labels[column.name]),
        [
          .words(cut(column.cut)), .number(Format.count(column.values.count)),
          .words(
            values.joined(separator: ", ") + (more > 0 ? ", … (\(Format.count(more)) more)" : "")),
          .number(Format.count(column.missing)),
        ])
    }
    return DocumentTable(
      caption: """
        The columns that slices were made of. A row without a value belongs to no slice of that column, \
        but counts among the others.
        """,
      columns: [
        .init("Column"), .init("Groups are"), .init("Groups", .trailing), .init("Values"),
        .init("Missing", .trailing),
      ], groups: [.init("", rows)])
  }

  private func cut(_ cut: SearchedColumn.Cut) -> String {
    switch cut {
    case .values: "its values"
    case .bins: "cut as asked for"
    case .quartiles: "cut at its quartiles"
    }
  }
}
