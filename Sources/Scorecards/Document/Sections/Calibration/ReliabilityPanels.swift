// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Reliability diagrams without bins: small multiples, a panel a slice, models together.
struct ReliabilityPanels {
  let reading: Reading

  private struct Panel {
    var slice: Slice
    var diagrams: [(series: Int, diagram: ReliabilityDiagram)] = []
  }

  private var panels: [Panel] {
    var panels: [Panel] = []
    for record in reading.scorecard.calibration.slices {
      guard let series = reading.plotted.firstIndex(of: record.model), record.status == .ok,
        let diagram = record.diagram, !diagram.steps.isEmpty
      else { continue }
      let place = panels.firstIndex { $0.slice == record.slice } ?? panels.count
      if place == panels.count { panels.append(Panel(slice: record.slice)) }
      panels[place].diagrams.append((series, diagram))
    }
    for place in panels.indices { panels[place].diagrams.sort { $0.series < $1.series } }
    return panels
  }

  var section: Section? {
    let curves = CurvesSection(reading: reading)
    let all = panels
    let shown = Array(all.prefix(curves.mostPanels))
    guard !shown.isEmpty else { return nil }
    let bins = curves.reliabilityBins
    let tables = [readings(shown), steps(shown)] + (bins.isEmpty ? [] : [bins])
    return Section(
      "reliability", "Reliability diagrams",
      [
        .figures(
          FigureGroup(
            caption: caption(shown), legend: curves.legend,
            figures: shown.map { figure($0, curves) }))
      ] + curves.rest(all.count - shown.count) + [
        .disclosure("Reliability diagrams: the numbers", tables.map(Block.table))
      ])
  }

  /// Bands of more than two models would hide each other: then only the first model's is drawn.
  private var hasOneBand: Bool { reading.plotted.count != 2 }

  private func caption(_ panels: [Panel]) -> RichText {
    """
    Recalibrated rate (vertical) against score (horizontal): steps of scores with one rate. On the \
    diagonal scores promise what happens.\(band(panels))
    """
  }

  private func band(_ panels: [Panel]) -> String {
    let diagrams = panels.flatMap { $0.diagrams.map(\.diagram) }
    guard let drawn = diagrams.first(where: { !$0.band.isEmpty }) else { return "" }
    let band =
      switch reading.plotted.count {
      case 1: "The shaded band is where the line lies"
      case 2: "A shaded band is where a model's line lies"
      default: "The shaded band is where the line of \(reading.labels[reading.plotted[0]]) lies"
      }
    return """
       \(band) in \(Format.level(drawn.level)) of samples, score by score, if every score is right: it \
      is wide where rows are few.
      """
  }

  private func figure(_ panel: Panel, _ curves: CurvesSection) -> FigureGroup.Figure {
    let unit = Axis(covering: 0...1, steps: 2)
    let banded = panel.diagrams.filter {
      $0.diagram.band.count > 1 && ($0.series == 0 || !hasOneBand)
    }
    let bands = banded.map { series, diagram in
      PanelChart.Layer.band(
        series: series, diagram.band.map { .init(x: $0.score, low: $0.low, high: $0.high) })
    }
    let lines = panel.diagrams.map { series, diagram in
      PanelChart.Layer.line(
        series: series,
        diagram.steps.flatMap { step in
          [step.low, step.high].map { .init(x: $0, y: step.rate) }
        })
    }
    return FigureGroup.Figure(
      .panel(
        PanelChart(
          title: "Reliability, \(reading.labels[panel.slice])", x: unit, y: unit, xTitle: "score",
          yTitle: "recalibrated rate", layers: bands + [.diagonal] + lines)),
      caption: curves.heading(panel.slice))
  }

  /// Scores at which the lines are read.
  private static let stops = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]

  /// What the lines say of some scores, a line a row.
  private func readings(_ panels: [Panel]) -> DocumentTable {
    let rows = panels.flatMap { panel in
      panel.diagrams.map { series, diagram in
        DocumentTable.Row(
          .words(name(panel, series)),
          Self.stops.map { score in
            diagram.rate(at: score).map { .number(Format.number($0)) }
              ?? DocumentTable.Cell(.status, "no rows")
          })
      }
    }
    return DocumentTable(
      caption: "Recalibrated rate at some scores, read from the lines between their ends.",
      columns: [.init("Slice")] + Self.stops.map { .init("at \(Format.number($0))") },
      groups: [.init("", rows)])
  }

  private func steps(_ panels: [Panel]) -> DocumentTable {
    let groups = panels.flatMap { panel in
      panel.diagrams.map { series, diagram in
        DocumentTable.Group(name(panel, series), diagram.steps.map(row))
      }
    }
    return DocumentTable(
      caption: "Reliability without bins: scores that are recalibrated to one rate.",
      columns: [.init("Scores"), .init("Recalibrated rate"), .init("n", .trailing)],
      groups: groups
    ).cut(to: reading.rows(40))
  }

  private func name(_ panel: Panel, _ series: Int) -> String {
    let model = reading.plotted.count > 1 ? ", " + reading.labels[reading.plotted[series]] : ""
    return reading.labels[panel.slice] + model
  }

  private func row(_ step: ReliabilityStep) -> DocumentTable.Row {
    let (low, high) = (Format.number(step.low), Format.number(step.high))
    return DocumentTable.Row(
      .words(low == high ? low : "\(low) to \(high)"),
      [.number(Format.number(step.rate)), .number(Format.count(step.n))])
  }
}

extension ReliabilityDiagram {
  /// The recalibrated rate of a score: straight between steps, `nil` outside of the scores there are.
  fileprivate func rate(at score: Double) -> Double? {
    guard let next = steps.firstIndex(where: { score <= $0.high }) else { return nil }
    let step = steps[next]
    if step.low <= score { return step.rate }
    guard next > 0 else { return nil }
    let before = steps[next - 1]
    let share = (score - before.high) / (step.low - before.high)
    return before.rate + share * (step.rate - before.rate)
  }
}
