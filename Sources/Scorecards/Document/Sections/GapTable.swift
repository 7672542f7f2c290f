// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The table of the largest gaps of one model.
struct GapTable {
  private static let width = 170.0
  let reading: Reading
  let model: String?

  /// - Parameter plot: whether the gaps share a unit, so that one axis serves all.
  func table(_ findings: [Finding], caption: RichText, plot: Bool = false) -> DocumentTable {
    let axis = plot ? self.axis(findings) : nil
    var columns: [DocumentTable.Column] = [
      .init("Metric"), .init("Lowest → highest"), .init("Gap"),
    ]
    if let axis {
      columns.append(
        .init("", axis: .axis(StripAxis(title: "Scale of gaps", axis: axis, width: Self.width))))
    }
    columns += [
      .init("By chance"), .init("Detectable", inSummary: false), .init("Ratio", inSummary: false),
    ]
    return DocumentTable(
      caption: caption, columns: columns, groups: [.init("", findings.map { row($0, axis) })])
  }

  private func axis(_ findings: [Finding]) -> Axis {
    let ends = findings.flatMap { finding -> [Double] in
      [finding.gap.interval?.high ?? finding.gap.value ?? 0, finding.gap.noiseFloor?.upper95 ?? 0]
    }
    return Axis(covering: 0...max(0.01, min(1, ends.max() ?? 1)), steps: 4)
  }

  private func row(_ finding: Finding, _ axis: Axis?) -> DocumentTable.Row {
    let gap = finding.gap
    let header = DocumentTable.Cell.words(
      reading.title(gap.metric), detail: "by " + reading.labels.attributes(gap.attributes))
    var cells = [ends(gap), GapCell.cell(gap)]
    if let axis { cells.append(.chart(chart(finding, axis))) }
    cells += [byChance(gap), number(gap.minimumDetectable), ratio(finding)]
    return DocumentTable.Row(header, cells)
  }

  private func ends(_ gap: Gap) -> DocumentTable.Cell {
    guard let high = gap.slice, let low = gap.reference else {
      return DocumentTable.Cell(.status, "fewer than two groups to compare")
    }
    return .words("\(end(gap, low)) → \(end(gap, high))")
  }

  private func end(_ gap: Gap, _ slice: Slice) -> String {
    let value = reading.measurement(model, gap.metric, slice)?.value
    return reading.labels[slice] + (value.map { " " + Format.number($0) } ?? "")
  }

  private func byChance(_ gap: Gap) -> DocumentTable.Cell {
    guard let floor = gap.noiseFloor else { return DocumentTable.Cell(.status, "not reckoned") }
    let detail = floor.upper95.map { "≤ " + Format.number($0) } ?? ""
    return .number(Format.number(floor.expected), detail: detail)
  }

  private func number(_ value: Double?) -> DocumentTable.Cell {
    value.map { .number(Format.number($0)) } ?? DocumentTable.Cell(.status, "not reckoned")
  }

  private func ratio(_ finding: Finding) -> DocumentTable.Cell {
    finding.ratio.map(GapCell.cell) ?? DocumentTable.Cell(.status, "no ratio")
  }

  private func chart(_ finding: Finding, _ axis: Axis) -> Chart? {
    let gap = finding.gap
    guard gap.status == .ok, let value = gap.value else { return nil }
    let mark = StripChart.Mark(
      series: 0, value: value, low: gap.interval?.low, high: gap.interval?.high,
      filled: finding.isEstablished)
    let band = gap.noiseFloor?.upper95.map { 0...max(0, $0) }
    return .strip(
      StripChart(axis: axis, marks: [mark], rules: [0], band: band, width: Self.width))
  }
}

/// How a gap stands in a table.
enum GapCell {
  static func cell(_ gap: Gap) -> DocumentTable.Cell {
    guard gap.status == .ok, let value = gap.value else {
      return DocumentTable.Cell(.status, MeasurementCell.words(gap.status, gap.reason))
    }
    let interval = gap.interval.map { Format.interval($0.low, $0.high) }
    return .number(Format.number(value), detail: interval ?? "")
  }
}
