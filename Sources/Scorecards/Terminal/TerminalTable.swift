// SPDX-License-Identifier: Apache-2.0

/// A table in aligned columns of text.
struct TerminalTable {
  struct Line {
    var text: String
    var isStrong = false
  }

  private static let longest = 10
  private let table: DocumentTable
  private let kept: [Int]
  private let widths: [Int]

  /// Columns that are not for summaries are left out, and while the table does not fit, the widest but
  /// the first two goes: a number is never cut. Only a row's name may be.
  init(_ table: DocumentTable, width: Int) {
    self.table = table
    var kept = table.columns.indices.filter {
      table.columns[$0].axis == nil && table.columns[$0].inSummary
    }
    var widths = kept.map { index in
      let texts = table.groups.flatMap { $0.rows }.map { Self.text(Self.cells($0)[index]) }
      return ([Visible.spelledOut(table.columns[index].title)] + texts)
        .map(DisplayWidth.of).max() ?? 0
    }
    func excess() -> Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) - width }
    while excess() > 0, kept.count > 2, let widest = widths.dropFirst().max(),
      let index = widths.lastIndex(of: widest)
    {
      kept.remove(at: index)
      widths.remove(at: index)
    }
    if excess() > 0, let first = widths.first { widths[0] = max(8, first - excess()) }
    self.kept = kept
    self.widths = widths
  }

  var lines: [Line] {
    var result = [Line(text: join(kept.map { table.columns[$0].title }), isStrong: true)]
    var room = Self.longest
    var more = table.more
    for group in table.groups {
      let rows = group.rows.prefix(room)
      more += group.rows.count - rows.count
      room -= rows.count
      if rows.isEmpty { continue }
      if !group.title.isEmpty { result.append(Line(text: Visible.spelledOut(group.title))) }
      for row in rows {
        let cells = Self.cells(row)
        result.append(Line(text: join(kept.map { Self.text(cells[$0]) })))
      }
    }
    if more > 0 { result.append(Line(text: "\(Format.count(more)) more in scorecard.json")) }
    return result
  }

  private static func cells(_ row: DocumentTable.Row) -> [DocumentTable.Cell] {
    [row.header] + row.cells
  }

  private static func text(_ cell: DocumentTable.Cell) -> String {
    Visible.spelledOut(cell.detail.isEmpty ? cell.text : cell.text + " " + cell.detail)
  }

  private func join(_ texts: [String]) -> String {
    let parts = zip(zip(texts, widths), kept).map { pair, index in
      DisplayWidth.fit(
        Visible.spelledOut(pair.0), pair.1,
        trailing: table.columns[index].alignment == .trailing)
    }
    var line = parts.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
