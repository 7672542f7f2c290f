// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandScorecards

/// What the groups of a table can show, in words and tables.
struct PowerTableDocument {
  let report: PowerReport
  let table: PowerTableRecord
  let rowsInTable: Int

  var document: Document {
    Document(
      title: "Detectable gaps: \(title)",
      blocks: [.paragraph(RichText(lead))]
        + table.families.enumerated().map { .section(section($0.offset, $0.element)) })
  }

  private var metric: (any Metric)? { Catalogue.standard.metric(table.metric) }
  private var title: String { metric?.title ?? table.metric }

  private var lead: String {
    let request = report.request
    let kind =
      request.comparisons.kind == .pairs ? "all pairs of groups" : "all groups with the reference"
    let level = Format.level(request.confidence)
    let power = Format.level(request.power ?? 0)
    return
      "\(table.source), \(Format.plural(table.rows, "row")). The smallest gap to the reference "
      + "that is established with power \(power): its \(level) interval, which holds at once for "
      + "\(kind) of an attribute, excludes zero."
  }

  private func section(_ index: Int, _ family: PowerTableRecord.Family) -> Section {
    let model = family.model.map { ", \($0)" } ?? ""
    let tables = groups(family).split(rows: rowsInTable).map(Block.table)
    return Section(
      "power-\(index + 1)", family.attribute + model, inSummary: true,
      [.paragraph(RichText(supposed(family)))] + tables + remarks(family))
  }

  private func supposed(_ family: PowerTableRecord.Family) -> String {
    guard let reference = family.reference, let critical = family.critical else {
      return "There are no two groups to compare."
    }
    let comparisons =
      "\(Format.plural(family.comparisons, "comparison")), critical value \(Format.number(critical))"
    guard let rate = family.plannedRate else { return "Reference \(reference); \(comparisons)." }
    let origin = family.plannedRateIsObserved ? "observed" : "supposed"
    return "Reference \(reference), rate \(Format.number(rate)) (\(origin)); \(comparisons)."
  }

  private func groups(_ family: PowerTableRecord.Family) -> DocumentTable {
    let margin = report.request.margin
    // Without a model there is no decision that rows could have.
    let isPlanned = family.model == nil && table.metric == SelectionRate().id
    let support = isPlanned ? "Rows" : Format.sentence(metric?.supportName ?? "rows")
    var columns: [DocumentTable.Column] = [
      .init("Group"), .init(support, .trailing), .init("Value", .trailing),
      .init("Below", .trailing), .init("Above", .trailing),
    ]
    if let margin { columns.append(.init("For ±\(Format.number(margin))", .trailing)) }
    let rows = family.groups.map { group in
      var cells = [
        PowerDocument.number(group.denominator), PowerDocument.number(group.value),
        gap(group.detectableBelow, group), gap(group.detectableAbove, group),
      ]
      if margin != nil { cells.append(PowerDocument.count(group.needed)) }
      let name = group.group ?? Slice.missing
      return DocumentTable.Row(.words(group.isReference ? name + " (reference)" : name), cells)
    }
    return DocumentTable(
      caption: "The smallest gap to the reference that is seen, below it and above it",
      columns: columns, groups: [.init("", rows)])
  }

  private func gap(_ value: Double?, _ group: PowerTableRecord.Group) -> DocumentTable.Cell {
    if value == nil, group.method != nil { return .words("none") }
    return PowerDocument.signed(value)
  }

  private func remarks(_ family: PowerTableRecord.Family) -> [Block] {
    var lines = family.groups.compactMap { group -> RichText? in
      guard let reason = group.reason else { return nil }
      return "\(strong: group.group ?? Slice.missing): \(reason)"
    }
    let short = family.groups.filter { $0.neededReason != nil }
    if let reason = short.first?.neededReason {
      let names = Format.list(short.map { $0.group ?? Slice.missing })
      lines.append("\(strong: names): \(reason) for this margin, whatever the group's size")
    }
    return lines.isEmpty ? [] : [.list(lines, ordered: false)]
  }
}

extension DocumentTable {
  /// The table as several of so many rows.
  func split(rows limit: Int) -> [DocumentTable] {
    groups.flatMap { group in
      stride(from: 0, to: group.rows.count, by: min(limit, max(1, group.rows.count))).map { start in
        let end = start + min(limit, group.rows.count - start)
        return DocumentTable(
          caption: caption, columns: columns,
          groups: [.init(group.title, Array(group.rows[start..<end]))])
      }
    }
  }
}
