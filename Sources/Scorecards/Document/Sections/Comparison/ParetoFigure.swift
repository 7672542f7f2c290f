// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// All models by two criteria: a cross each, and how often another model is better by both.
struct ParetoFigure {
  let reading: Reading

  var blocks: [Block] {
    guard let record = reading.scorecard.pareto, record.models.count > 1 else { return [] }
    return [
      .section(Section("pareto", "Two criteria at once", [figure(record), .table(table(record))]))
    ]
  }

  private func figure(_ record: ParetoRecord) -> Block {
    let shown = record.models.prefix(SeriesStyle.limit)
    let layers = shown.enumerated().map { series, model in
      PanelChart.Layer.points(
        series: series,
        [
          .init(
            x: model.x.value, y: model.y.value, low: model.y.low, high: model.y.high,
            left: model.x.low, right: model.x.high)
        ])
    }
    let panel = PanelChart(
      title: "\(title(record.y)) by \(title(record.x))", x: axis(shown.map(\.x)),
      y: axis(shown.map(\.y)), xTitle: title(record.x), yTitle: title(record.y), layers: layers)
    let legend = shown.enumerated().map { series, model in
      LegendEntry(.mark(series: series, filled: true), reading.labels[model.model])
    }
    return .figures(
      FigureGroup(
        caption: """
          Across: \(title(record.x)), \(better(record.x)). Up: \(title(record.y)), \
          \(better(record.y)). Crosses are \(Format.level(record.level)) intervals of each model by \
          itself; models that judge the same people move together.
          """, legend: legend, figures: [.init(.panel(panel), caption: "")]))
  }

  private func table(_ record: ParetoRecord) -> DocumentTable {
    func cell(_ value: CriterionValue) -> DocumentTable.Cell {
      .number(Format.number(value.value), detail: Format.interval(value.low, value.high))
    }
    return DocumentTable(
      caption: """
        Outdone: another model is at least as good by both criteria and better by one. The share is of \
        draws from the joint distribution of both criteria of all models.
        """,
      columns: [
        .init("Model"), .init(title(record.x)), .init(title(record.y)), .init("Outdone"),
        .init("In draws", .trailing),
      ],
      groups: [
        .init(
          "",
          record.models.map { model in
            DocumentTable.Row(
              .words(reading.labels[model.model]),
              [
                cell(model.x), cell(model.y), .words(model.isDominated ? "yes" : "no"),
                .number(Format.percent(model.dominatedShare)),
              ])
          })
      ]
    ).cut(to: 20)
  }

  private func title(_ criterion: Criterion) -> String {
    let title = reading.title(criterion.metric)
    let own = reading.labels[criterion.slice]
    if let reference = criterion.reference {
      return "Gap in \(reading.name(criterion.metric)), \(own) and \(reading.labels[reference])"
    }
    return criterion.slice == .overall ? title : "\(title), \(own)"
  }

  private func better(_ criterion: Criterion) -> String {
    criterion.higherIsBetter ? "higher is better" : "lower is better"
  }

  private func axis(_ values: [CriterionValue]) -> Axis {
    let low = values.map(\.low).min() ?? 0
    let high = values.map(\.high).max() ?? 1
    let room = max(high - low, 1e-6) * 0.08
    return Axis(covering: (low - room)...(high + room), steps: 4)
  }
}
