// SPDX-License-Identifier: Apache-2.0

/// Writes blocks as HTML, each element on its own line.
struct HTMLWriter {
  private(set) var text = ""
  private(set) var stencils = Stencils()

  mutating func write(_ block: Block, depth: Int) {
    switch block {
    case .section(let section):
      text += "<section id=\"\(HTMLEscaper.escape(section.id))\">\n"
      let level = min(depth, 6)
      text += "<h\(level)>\(HTMLEscaper.escape(section.title))</h\(level)>\n"
      for block in section.blocks { write(block, depth: depth + 1) }
      text += "</section>\n"
    case .paragraph(let line): text += "<p>\(inline(line))</p>\n"
    case .note(let line): text += "<p class=\"note\">\(inline(line))</p>\n"
    case .notice(let line): text += "<p class=\"notice\" role=\"note\">\(inline(line))</p>\n"
    case .list(let items, let ordered): write(items, ordered: ordered)
    case .table(let table): write(table)
    case .figures(let group): write(group)
    case .disclosure(let summary, let blocks):
      text += "<details>\n<summary>\(inline(summary))</summary>\n"
      for block in blocks { write(block, depth: depth) }
      text += "</details>\n"
    case .keyFacts(let facts): write(facts, style: "keys")
    case .definitions(let facts): write(facts, style: "definitions")
    }
  }

  private mutating func write(_ items: [RichText], ordered: Bool) {
    let tag = ordered ? "ol" : "ul"
    text += "<\(tag)>\n"
    for item in items { text += "<li>\(inline(item))</li>\n" }
    text += "</\(tag)>\n"
  }

  private mutating func write(_ facts: [Fact], style: String) {
    text += "<dl class=\"\(style)\">\n"
    for fact in facts {
      text += "<div><dt>\(inline(fact.term))</dt><dd>\(inline(fact.detail))</dd></div>\n"
    }
    text += "</dl>\n"
  }

  private mutating func write(_ group: FigureGroup) {
    text += "<figure class=\"multiples\">\n<figcaption>\(inline(group.caption))"
    if !group.legend.isEmpty {
      for entry in group.legend {
        let mark = SVG.draw(entry.chart, &stencils)
        text += " <span class=\"key\">\(mark) \(HTMLEscaper.escape(entry.text))</span>"
      }
    }
    text += "</figcaption>\n<div class=\"panels\">\n"
    for figure in group.figures {
      text += "<figure>\(SVG.draw(figure.chart, &stencils))"
      text += "<figcaption>\(inline(figure.caption))</figcaption></figure>\n"
    }
    text += "</div>\n</figure>\n"
  }

  private func inline(_ line: RichText) -> String {
    line.runs.filter { !$0.text.isEmpty }.map { run in
      let text = HTMLEscaper.escape(run.text)
      return switch run.style {
      case .plain: text
      case .strong: "<strong>\(text)</strong>"
      case .code: "<code>\(text)</code>"
      case .quiet: "<small>\(text)</small>"
      }
    }.joined()
  }
}

// MARK: Tables

extension HTMLWriter {
  private mutating func write(_ table: DocumentTable) {
    let hasCharts = table.columns.contains { $0.axis != nil }
    let style = hasCharts ? " class=\"strips\"" : ""
    text += "<div class=\"scroll\" role=\"group\" tabindex=\"0\" "
    text += "aria-label=\"Table\">\n<table\(style)>\n<caption>\(inline(table.caption))</caption>\n"
    text += "<thead><tr>"
    for column in table.columns { text += heading(column) }
    text += "</tr></thead>\n"
    for group in table.groups {
      text += "<tbody>\n"
      if !group.title.isEmpty {
        text += "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(table.columns.count)\">"
        text += "\(HTMLEscaper.escape(group.title))</th></tr>\n"
      }
      for row in group.rows { write(row, of: table) }
      text += "</tbody>\n"
    }
    text += "</table>\n</div>\n"
    if table.more > 0 {
      text += "<p class=\"note\">\(Format.count(table.more)) more in scorecard.json.</p>\n"
    }
  }

  private mutating func heading(_ column: DocumentTable.Column) -> String {
    let style = column.alignment == .trailing ? " class=\"n\"" : ""
    let mark = column.mark.map { SVG.draw($0, &stencils) + " " } ?? ""
    let title = HTMLEscaper.escape(column.title)
    guard let axis = column.axis else { return "<th scope=\"col\"\(style)>\(mark)\(title)</th>" }
    let words = title.isEmpty ? "" : "<span>\(title)</span>"
    return "<th scope=\"col\" class=\"c\">\(words)\(SVG.draw(axis, &stencils))</th>"
  }

  /// Cells and rows end where the next begins: HTML lets their end tags be left out, and that is a tenth
  /// of the page.
  private mutating func write(_ row: DocumentTable.Row, of table: DocumentTable) {
    text += "<tr><th scope=\"row\">\(content(row.header))"
    for (cell, column) in zip(row.cells, table.columns.dropFirst()) {
      let style = self.style(cell, column)
      text += "<td\(style.isEmpty ? "" : " class=\"\(style)\"")>\(content(cell))"
    }
    text += "\n"
  }

  private func style(_ cell: DocumentTable.Cell, _ column: DocumentTable.Column) -> String {
    var names: [String] = []
    if column.axis != nil { names.append("c") }
    if cell.content == .number, column.alignment == .trailing { names.append("n") }
    if cell.content == .words, cell.chart == nil, cell.text.utf8.count > 20 { names.append("w") }
    if cell.content == .status { names.append("s") }
    if cell.shade > 0 { names.append("up\(min(cell.shade, 3))") }
    if cell.shade < 0 { names.append("down\(min(-cell.shade, 3))") }
    return names.joined(separator: " ")
  }

  private mutating func content(_ cell: DocumentTable.Cell) -> String {
    if let chart = cell.chart { return SVG.draw(chart, &stencils) }
    var result = HTMLEscaper.escape(cell.text)
    let detail = HTMLEscaper.escape(cell.detail)
    let isQualified = cell.content == .number && !detail.isEmpty
    // The style sheet sets the value apart, so that its interval needs no element of its own.
    if isQualified { result = "<b>\(result)</b>" }
    if !cell.arrow.isEmpty { result += " <i>\(cell.arrow)</i>" }
    if !detail.isEmpty { result += isQualified ? " " + detail : " <small>\(detail)</small>" }
    return result
  }
}
