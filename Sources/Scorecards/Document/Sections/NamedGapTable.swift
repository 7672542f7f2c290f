// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The gaps under the names that the field gives them, by attribute.
struct NamedGapTable {
  let reading: Reading
  let model: String

  var blocks: [Block] {
    let gaps = reading.scorecard.gaps.filter {
      $0.model == model && $0.name != nil && $0.condition == nil
    }
    guard !gaps.isEmpty else { return [] }
    var attributes: [[String]] = []
    var names: [String] = []
    for gap in gaps {
      if !attributes.contains(gap.attributes) { attributes.append(gap.attributes) }
      if let name = gap.name, !names.contains(name) { names.append(name) }
    }
    attributes = Array(attributes.prefix(8))
    let rows = names.map { name in
      DocumentTable.Row(
        .words(Visible.spelledOut(name)),
        attributes.map { list in
          cell(gaps.filter { $0.name == name && $0.attributes == list })
        })
    }
    let columns = attributes.map { DocumentTable.Column(reading.labels.attributes($0)) }
    let caption: RichText = """
      Gaps by their usual names. Differences are highest − lowest and ratios lowest ÷ highest, except \
      where a group is named: that group against its reference. Equalized odds is the worse of the \
      gaps in true and false positive rate, average odds the mean of both; both stand beside them.
      """
    let table = DocumentTable(
      caption: caption, columns: [.init("Name")] + columns, groups: [.init("", rows)])
    return [.disclosure("Gaps by their usual names", [.table(table)])]
  }

  /// Where groups are compared with a reference one by one, the one that is farthest from it.
  private func cell(_ gaps: [Gap]) -> DocumentTable.Cell {
    let measured = gaps.filter { $0.status == .ok && $0.value != nil }
    let worst = measured.max { distance($0) < distance($1) }
    guard let gap = worst ?? gaps.first else { return DocumentTable.Cell(.status, "not measured") }
    var cell = GapCell.cell(gap)
    if [.differenceToReference, .ratioToReference].contains(gap.kind), let slice = gap.slice {
      cell.detail += (cell.detail.isEmpty ? "" : " ") + reading.labels[slice]
    }
    for component in gap.components {
      let value = component.value.map(Format.number) ?? "not measured"
      cell.detail += " \(reading.name(component.metric)) \(value)"
    }
    return cell
  }

  private func distance(_ gap: Gap) -> Double { abs((gap.value ?? 0) - gap.kind.neutral) }
}
