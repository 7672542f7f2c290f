// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Groups × metrics at a glance, one table a model.
struct HeatTableSection {
  let reading: Reading

  var section: Section? {
    let metrics = (["base_rate"] + MetricChoice.leading + ["brier_score"]).filter(reading.measures)
    guard !metrics.isEmpty, !reading.scorecard.attributes.isEmpty else { return nil }
    let explanation: RichText = """
      Shaded and marked ▲ or ▼ where the \(reading.level) interval lies above or below the overall \
      value, the stronger the farther. Neither hue means better or worse.
      """
    return Section(
      "glance", "Groups at a glance",
      [.note(explanation)]
        + reading.perModel("glance") { [.table(table($0, metrics).cut(to: reading.rows(60)))] })
  }

  private func table(_ model: String, _ metrics: [String]) -> DocumentTable {
    let overall = metrics.map { reading.measurement(model, $0, .overall) }
    let cells = MeasurementCell(reading: reading)
    func row(_ slice: Slice) -> DocumentTable.Row {
      let record = reading.record(slice)
      let count =
        record?.n.map { DocumentTable.Cell.number(Format.count($0)) }
        ?? DocumentTable.Cell(.status, record?.status == .suppressed ? "withheld" : "not measured")
      return DocumentTable.Row(
        .words(reading.labels[slice]),
        [count]
          + zip(metrics, overall).map { metric, whole in
            var cell = cells.cell(
              reading.measurement(model, metric, slice), overall: slice == .overall ? nil : whole)
            // The interval stands in the metric's own table.
            if cell.content == .number { cell.detail = "" }
            return cell
          })
    }
    let groups =
      [DocumentTable.Group("", [row(.overall)])]
      + reading.scorecard.attributes.map { attribute in
        DocumentTable.Group(reading.labels[attribute.name], reading.slices(of: attribute).map(row))
      }
    return DocumentTable(
      caption: "Model \(reading.labels[model]): groups and metrics.",
      columns: [.init("Group"), .init("n", .trailing)]
        + metrics.map { .init(reading.title($0)) }, groups: groups)
  }
}
