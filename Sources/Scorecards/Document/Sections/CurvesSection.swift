// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Reliability, ROC and score distributions: small multiples, a panel a group, models together.
struct CurvesSection {
  var mostPanels: Int { reading.rows(16) }
  let reading: Reading

  /// A group with the curves of all models that have them.
  private struct Panel {
    var slice: Slice
    /// By series.
    var curves: [Int: SliceCurves]
  }

  private func panels(_ keep: (SliceCurves) -> Bool) -> (shown: [Panel], more: Int) {
    var panels: [Panel] = []
    for curve in reading.scorecard.curves where keep(curve) {
      guard let series = reading.plotted.firstIndex(of: curve.model) else { continue }
      if let place = panels.firstIndex(where: { $0.slice == curve.slice }) {
        panels[place].curves[series] = curve
      } else {
        panels.append(Panel(slice: curve.slice, curves: [series: curve]))
      }
    }
    return (Array(panels.prefix(mostPanels)), max(0, panels.count - mostPanels))
  }

  var legend: [LegendEntry] {
    guard reading.plotted.count > 1 else { return [] }
    return reading.plotted.enumerated().map {
      LegendEntry(.mark(series: $0, filled: true), reading.labels[$1])
    }
  }

  private func section(
    _ id: String, _ title: String, _ caption: RichText, more: Int,
    _ figures: [FigureGroup.Figure], table: DocumentTable
  ) -> Section? {
    guard !figures.isEmpty else { return nil }
    var blocks: [Block] = [
      .figures(FigureGroup(caption: caption, legend: legend, figures: figures))
    ]
    blocks += rest(more)
    return Section(
      id, title, blocks + [.disclosure("\(title): the numbers", [.table(table)])])
  }

  /// What is said of panels that are not drawn.
  func rest(_ more: Int) -> [Block] {
    more > 0 ? [.note("\(Format.plural(more, "more group")) in scorecard.json.")] : []
  }

  func heading(_ slice: Slice) -> RichText {
    let attribute = slice.attributes.first.map { reading.labels[$0] + " " } ?? ""
    let count = reading.record(slice)?.n.map { " n = " + Format.count($0) } ?? ""
    return "\(quiet: attribute)\(strong: reading.labels[slice])\(quiet: count)"
  }

  private func title(_ kind: String, _ panel: Panel) -> String {
    "\(kind), \(reading.labels[panel.slice])"
  }

  private func sorted(_ panel: Panel) -> [(series: Int, curve: SliceCurves)] {
    panel.curves.sorted { $0.key < $1.key }.map { (series: $0.key, curve: $0.value) }
  }
}

// MARK: Reliability

extension CurvesSection {
  /// For scorecards without recalibration curves.
  var reliability: Section? {
    let (shown, more) = panels { !($0.reliability ?? []).isEmpty }
    let unit = Axis(covering: 0...1, steps: 2)
    let figures = shown.map { panel in
      let layers = sorted(panel).map { series, curve in
        PanelChart.Layer.points(
          series: series,
          (curve.reliability ?? []).map {
            .init(x: $0.meanScore, y: $0.observedRate, low: $0.low, high: $0.high)
          })
      }
      return FigureGroup.Figure(
        .panel(
          PanelChart(
            title: title("Reliability", panel), x: unit, y: unit, xTitle: "mean score",
            yTitle: "observed rate", layers: [.diagonal] + layers)),
        caption: heading(panel.slice))
    }
    let caption: RichText = """
      Observed rate (vertical) against mean score (horizontal) in bins of scores, with \
      \(reading.level) intervals. On the diagonal scores promise what happens.
      """
    return section(
      "reliability", "Reliability by group", caption, more: more, figures,
      table: reliabilityTable(shown))
  }

  var reliabilityBins: DocumentTable {
    reliabilityTable(panels { !($0.reliability ?? []).isEmpty }.shown)
  }

  private func reliabilityTable(_ panels: [Panel]) -> DocumentTable {
    let groups = panels.flatMap { panel in
      sorted(panel).map { series, curve in
        let model = reading.plotted.count > 1 ? ", \(reading.labels[curve.model])" : ""
        return DocumentTable.Group(
          reading.labels[panel.slice] + model,
          (curve.reliability ?? []).map { bin in
            DocumentTable.Row(
              .words(Format.number(bin.meanScore)),
              [
                .number(
                  Format.number(bin.observedRate), detail: Format.interval(bin.low, bin.high)),
                .number(Format.count(bin.n)),
              ])
          })
      }
    }
    return DocumentTable(
      caption: "Reliability: observed rate by mean score of a bin.",
      columns: [.init("Mean score"), .init("Observed rate"), .init("n", .trailing)],
      groups: groups
    ).cut(to: 60)
  }
}

// MARK: ROC

extension CurvesSection {
  private static let stops = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5]

  var roc: Section? {
    let (shown, more) = panels { ($0.roc ?? []).count > 1 }
    let unit = Axis(covering: 0...1, steps: 2)
    let overall = shown.first { $0.slice == .overall }
    let figures = shown.map { panel in
      // With one model there is room for everybody's curve behind the group's.
      let reference =
        reading.plotted.count == 1 && panel.slice != .overall
        ? overall?.curves[0]?.roc : nil
      let behind: [PanelChart.Layer] = reference.map { [.reference(points($0))] } ?? []
      let layers = sorted(panel).map { series, curve in
        PanelChart.Layer.line(series: series, points(curve.roc ?? []))
      }
      return FigureGroup.Figure(
        .panel(
          PanelChart(
            title: title("ROC", panel), x: unit, y: unit, xTitle: "false positive rate",
            yTitle: "true positive rate", layers: [.diagonal] + behind + layers)),
        caption: heading(panel.slice))
    }
    let grey = reading.plotted.count == 1 ? " The thin grey line is everybody." : ""
    let caption: RichText = """
      True positive rate (vertical) against false positive rate (horizontal) at every threshold. On \
      the diagonal scores rank no better than chance.\(grey)
      """
    return section("roc", "ROC by group", caption, more: more, figures, table: rocTable(shown))
  }

  private func points(_ vertices: [[Double]]) -> [PanelChart.Point] {
    vertices.compactMap { $0.count == 2 ? PanelChart.Point(x: $0[0], y: $0[1]) : nil }
  }

  private func rocTable(_ panels: [Panel]) -> DocumentTable {
    let rows = panels.flatMap { panel in
      sorted(panel).map { series, curve in
        let model = reading.plotted.count > 1 ? ", \(reading.labels[curve.model])" : ""
        let line = points(curve.roc ?? [])
        let cells = MeasurementCell(reading: reading)
        return DocumentTable.Row(
          .words(reading.labels[panel.slice] + model),
          [cells.cell(reading.measurement(curve.model, "roc_auc", panel.slice))]
            + Self.stops.map { .number(Format.number(Self.height(of: line, at: $0))) })
      }
    }
    return DocumentTable(
      caption: "True positive rate at some false positive rates, read from the curves.",
      columns: [.init("Group"), .init("ROC AUC")]
        + Self.stops.map { .init("at \(Format.number($0))") },
      groups: [.init("", rows)])
  }

  /// Linear between the vertices of the curve; the highest value where it rises vertically.
  static func height(of line: [PanelChart.Point], at x: Double) -> Double {
    var best = 0.0
    for (left, right) in zip(line, line.dropFirst()) where left.x <= x && x <= right.x {
      let share = right.x > left.x ? (x - left.x) / (right.x - left.x) : 1
      best = max(best, left.y + share * (right.y - left.y))
    }
    return best
  }
}

// MARK: Distributions

extension CurvesSection {
  var distributions: Section? {
    let (shown, more) = panels { !($0.histogram?.shares ?? []).isEmpty }
    let histograms = shown.flatMap { $0.curves.values.compactMap(\.histogram) }
    guard let low = histograms.map(\.low).min(), let high = histograms.map(\.high).max() else {
      return nil
    }
    let top = histograms.flatMap(\.shares).max() ?? 1
    let (x, y) = (Axis(covering: low...high, steps: 2), Axis(covering: 0...top, steps: 2))
    let figures = shown.map { panel in
      let layers = sorted(panel).compactMap { series, curve in
        curve.histogram.map {
          PanelChart.Layer.steps(series: series, $0.shares, from: $0.low, to: $0.high)
        }
      }
      let overall = shown.first { $0.slice == .overall }?.curves[0]?.histogram
      let behind: [PanelChart.Layer] =
        reading.plotted.count == 1
        ? overall.map { [.steps(series: nil, $0.shares, from: $0.low, to: $0.high)] } ?? [] : []
      return FigureGroup.Figure(
        .panel(
          PanelChart(
            title: title("Scores", panel), x: x, y: y, xTitle: "score", yTitle: "share of rows",
            layers: behind + layers)),
        caption: heading(panel.slice))
    }
    let grey = reading.plotted.count == 1 ? " The grey area is everybody." : ""
    return section(
      "scores", "Score distributions by group",
      "Share of rows (vertical) in bins of equal width of the score (horizontal).\(grey)",
      more: more, figures, table: quantileTable(shown))
  }

  private func quantileTable(_ panels: [Panel]) -> DocumentTable {
    let quantiles = reading.metrics.filter(MetricChoice.isQuantile)
    let cells = MeasurementCell(reading: reading)
    let rows = panels.flatMap { panel in
      sorted(panel).map { series, curve in
        let model = reading.plotted.count > 1 ? ", \(reading.labels[curve.model])" : ""
        return DocumentTable.Row(
          .words(reading.labels[panel.slice] + model),
          (["mean_score"] + quantiles).map {
            cells.cell(reading.measurement(curve.model, $0, panel.slice))
          })
      }
    }
    return DocumentTable(
      caption: "Mean and quantiles of the scores; the bins are in scorecard.json.",
      columns: [.init("Group")]
        + (["mean_score"] + quantiles).map { .init(reading.title($0)) },
      groups: [.init("", rows)])
  }
}
