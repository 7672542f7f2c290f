// SPDX-License-Identifier: Apache-2.0

/// Renders the summary of a document for a terminal: findings, gaps, warnings.
///
/// No text from a file can control the terminal: control characters are spelled out.
public struct TerminalRenderer: Sendable {
  public var width: Int
  public var colour: Bool

  /// - Parameters:
  ///   - width: columns; values under 40 are taken as 40.
  ///   - colour: whether to emphasise with escape sequences.
  public init(width: Int = 88, colour: Bool = false) {
    self.width = max(40, width)
    self.colour = colour
  }

  public func render(_ document: Document) -> String {
    var lines = wrapped("\(strong: document.title)", indent: 0) + [""]
    for block in document.blocks {
      switch block {
      case .section(let section) where section.inSummary: lines += render(section)
      case .section: continue
      default: lines += render(block)
      }
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private func render(_ section: Section) -> [String] {
    wrapped("\(strong: section.title)", indent: 0) + section.blocks.flatMap(render)
  }

  private func render(_ block: Block) -> [String] {
    switch block {
    case .section(let section): return section.inSummary ? render(section) : []
    case .paragraph(let line): return wrapped(line, indent: 2) + [""]
    case .notice(let line): return wrapped(line, indent: 2) + [""]
    case .list(let items, let ordered):
      return items.enumerated().flatMap { index, item in
        bullet(ordered ? "\(index + 1)." : "-", item)
      } + [""]
    case .keyFacts(let facts):
      let text = facts.map { "\($0.detail.plain) \($0.term.plain)" }.joined(separator: " · ")
      return wrapped(RichText(text), indent: 2) + [""]
    case .table(let table): return TerminalTable(table, width: width - 2).lines.map(styled) + [""]
    case .note, .figures, .disclosure, .definitions: return []
    }
  }

  private func bullet(_ mark: String, _ item: RichText) -> [String] {
    // What qualifies a finding stands in the page and in the table below.
    let loud = RichText(item.runs.filter { $0.style != .quiet })
    var lines = wrapped(loud, indent: mark.count + 3)
    guard let first = lines.first else { return [] }
    lines[0] = "  " + mark + " " + first.drop { $0 == " " }
    return lines
  }

  private func styled(_ line: TerminalTable.Line) -> String {
    let text = "  " + line.text
    return colour && line.isStrong ? "\u{1B}[1m" + text + "\u{1B}[0m" : text
  }

  /// Words are wrapped with their emphasis, so that no escape sequence counts as text.
  private func wrapped(_ line: RichText, indent: Int) -> [String] {
    let start = String(repeating: " ", count: indent)
    let plain = Visible.spelledOut(line.plain)
    let lines = DisplayWidth.wrap(plain, width - indent).map { start + $0 }
    guard colour, let first = line.runs.first, first.style == .strong else { return lines }
    let lead = start + Visible.spelledOut(first.text)
    return lines.enumerated().map { index, text in
      index == 0 && text.hasPrefix(lead)
        ? start + "\u{1B}[1m" + text.dropFirst(start.count).prefix(lead.count - start.count)
          + "\u{1B}[0m" + text.dropFirst(lead.count)
        : text
    }
  }
}
