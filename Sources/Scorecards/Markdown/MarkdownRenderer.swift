// SPDX-License-Identifier: Apache-2.0

/// Renders a document as GitHub-flavoured Markdown: the same words and numbers as the page; figures are
/// left to their tables.
public enum MarkdownRenderer {
  /// A table of more rows than this is folded away.
  private static let longTable = 12

  public static func render(_ document: Document) -> String {
    var lines = ["# " + MarkdownEscaper.escape(document.title), ""]
    for block in document.blocks { lines += render(block, depth: 2) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func render(_ block: Block, depth: Int) -> [String] {
    switch block {
    case .section(let section):
      let level = String(repeating: "#", count: min(depth, 6))
      return ["\(level) \(MarkdownEscaper.escape(section.title))", ""]
        + section.blocks.flatMap { render($0, depth: depth + 1) }
    case .paragraph(let line), .note(let line): return [inline(line), ""]
    case .notice(let line): return ["> \(inline(line))", ""]
    case .list(let items, let ordered):
      return items.enumerated().map { index, item in
        (ordered ? "\(index + 1). " : "- ") + inline(item)
      } + [""]
    case .table(let table): return render(table)
    case .figures: return []
    case .disclosure(let summary, let blocks):
      return ["<details>", "<summary>\(html(summary))</summary>", ""]
        + blocks.flatMap { render($0, depth: depth) } + ["</details>", ""]
    case .keyFacts(let facts), .definitions(let facts):
      return facts.map { "- **\(inline($0.term))**: \(inline($0.detail))" } + [""]
    }
  }

  private static func inline(_ line: RichText) -> String {
    line.runs.map { run in
      let text = MarkdownEscaper.escape(run.text)
      return switch run.style {
      case .plain, .quiet: text
      case .strong: "**\(text)**"
      case .code: "<code>\(text)</code>"
      }
    }.joined()
  }

  /// Inside HTML elements on one line there is no Markdown.
  private static func html(_ line: RichText) -> String { HTMLEscaper.escape(line.plain) }

  private static func render(_ table: DocumentTable) -> [String] {
    let kept = table.columns.indices.filter { table.columns[$0].axis == nil }
    let titles = kept.map { MarkdownEscaper.escape(table.columns[$0].title) }
    let rules = kept.map { table.columns[$0].alignment == .trailing ? "---:" : "---" }
    var lines = [row(titles), row(rules)]
    for group in table.groups {
      if !group.title.isEmpty {
        let title = "**\(MarkdownEscaper.escape(group.title))**"
        lines.append(row([title] + Array(repeating: "", count: kept.count - 1)))
      }
      for item in group.rows {
        let cells = [item.header] + item.cells
        lines.append(row(kept.map { cell(cells[$0]) }))
      }
    }
    lines.append("")
    if table.more > 0 { lines += ["\(Format.count(table.more)) more in scorecard.json.", ""] }
    let rows = table.groups.reduce(0) { $0 + $1.rows.count }
    guard rows > longTable else { return [inline(table.caption), ""] + lines }
    let summary = "\(html(table.caption)) (\(Format.plural(rows, "row")))"
    return ["<details>", "<summary>\(summary)</summary>", ""] + lines + ["</details>", ""]
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func cell(_ cell: DocumentTable.Cell) -> String {
    [cell.text, cell.arrow, cell.detail].filter { !$0.isEmpty }
      .map(MarkdownEscaper.escape).joined(separator: " ")
  }
}
