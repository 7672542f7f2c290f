// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Gaps within the strata of a control feature.
struct StrataSection {
  let reading: Reading

  var section: Section? {
    let gaps = reading.scorecard.gaps.filter { $0.condition != nil && $0.kind == .maxMinDifference }
    guard !gaps.isEmpty else { return nil }
    let condition = Format.list(
      Set(gaps.flatMap { $0.condition?.attributes ?? [] }).sorted().map { reading.labels[$0] })
    let blocks = reading.perModel("strata") { model in
      let own = gaps.filter { $0.model == model }
      let leading = own.filter { MetricChoice.leading.contains($0.metric) }
      let others = own.filter { !MetricChoice.leading.contains($0.metric) }
      return tables(leading.isEmpty ? own : leading)
        + (leading.isEmpty || others.isEmpty
          ? [] : [.disclosure("Other metrics by \(condition)", tables(others))])
    }
    return Section(
      "strata", "Gaps within \(condition)",
      [
        .note(
          """
          Groups are compared only with groups of the same stratum, so that strata of different \
          composition do not make a gap.
          """)
      ] + blocks)
  }

  private func tables(_ gaps: [Gap]) -> [Block] {
    var metrics: [String] = []
    for gap in gaps where !metrics.contains(gap.metric) { metrics.append(gap.metric) }
    return metrics.prefix(8).map { metric in
      let rows = gaps.filter { $0.metric == metric }.map(row)
      let table = DocumentTable(
        caption: "\(strong: reading.title(metric)): the largest difference in each stratum.",
        columns: [
          .init("Stratum"), .init("Attribute"), .init("Lowest → highest"), .init("Gap"),
          .init("By chance"), .init("Ratio"),
        ], groups: [.init("", rows)])
      return .table(table.cut(to: 60))
    }
  }

  private func row(_ gap: Gap) -> DocumentTable.Row {
    let ratio = reading.scorecard.gaps.first {
      $0.kind == .minMaxRatio && $0.model == gap.model && $0.metric == gap.metric
        && $0.attributes == gap.attributes && $0.condition == gap.condition
    }
    let ends = gap.slice.flatMap { high in
      gap.reference.map { "\(reading.labels[$0]) → \(reading.labels[high])" }
    }
    return DocumentTable.Row(
      .words(gap.condition.map { reading.labels[$0] } ?? "All"),
      [
        .words(reading.labels.attributes(gap.attributes)),
        ends.map { .words($0) } ?? DocumentTable.Cell(.status, "fewer than two groups to compare"),
        GapCell.cell(gap),
        gap.noiseFloor.map { .number(Format.number($0.expected)) }
          ?? DocumentTable.Cell(.status, "not reckoned"),
        ratio.map(GapCell.cell) ?? DocumentTable.Cell(.status, "no ratio"),
      ])
  }
}
