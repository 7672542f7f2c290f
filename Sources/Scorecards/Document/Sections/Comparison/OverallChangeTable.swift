// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// Every metric over everybody: before, after, the change and its ratio.
struct OverallChangeTable {
  let changes: ChangeReading

  private var reading: Reading { changes.reading }

  var blocks: [Block] {
    let leading = table(changes.leading, caption: "Changes over everybody.")
    let others = table(changes.others, caption: "Changes of other metrics over everybody.")
    let summary: RichText = "Other metrics over everybody"
    return (leading.isEmpty ? [] : [.table(leading)])
      + (others.isEmpty ? [] : [.disclosure(summary, [.table(others)])])
  }

  private func table(_ metrics: [String], caption: RichText) -> DocumentTable {
    let rows = metrics.compactMap { metric in
      changes.change(metric, .overall).map { row(metric, $0) }
    }
    return DocumentTable(
      caption: caption,
      columns: [
        .init("Metric"), .init(reading.labels[changes.baseline]),
        .init(reading.labels[changes.candidate]), .init("Change"),
        .init("Ratio", inSummary: false), .init("p"), .init("Test", inSummary: false),
      ], groups: [.init("", rows)])
  }

  private func row(_ metric: String, _ change: ModelComparison) -> DocumentTable.Row {
    DocumentTable.Row(
      .words(reading.title(metric), detail: direction(metric)),
      [
        ChangeCell.value(change.baselineValue), ChangeCell.value(change.candidateValue),
        ChangeCell.cell(change), ChangeCell.ratio(change), ChangeCell.pValue(change),
        .words(change.method.map(Method.title) ?? reason(change)),
      ])
  }

  private func reason(_ change: ModelComparison) -> String {
    change.difference.intervalReason.map { Visible.spelledOut($0) } ?? ""
  }

  private func direction(_ metric: String) -> String {
    switch Catalogue.standard.metric(metric)?.direction {
    case .higherIsBetter: "higher is better"
    case .lowerIsBetter: "lower is better"
    case .closer(let target): "best at \(Format.number(target))"
    case .descriptive, nil: ""
    }
  }
}
