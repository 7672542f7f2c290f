// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// Lines with bands over the thresholds: a panel a metric, gap or group, models together.
struct ThresholdFigures {
  let reading: Reading

  private var most: Int { reading.rows(12) }

  /// By series, the sweeps of the models that figures can show.
  private var sweeps: [(series: Int, sweep: ThresholdSweep)] {
    reading.scorecard.sweeps.compactMap { sweep in
      reading.plotted.firstIndex(of: sweep.model).map { ($0, sweep) }
    }
  }

  var legend: [LegendEntry] {
    guard sweeps.count > 1 else { return [] }
    return sweeps.map {
      LegendEntry(.mark(series: $0.series, filled: true), reading.labels[$0.sweep.model])
    }
  }

  func overall(_ metric: String) -> FigureGroup.Figure? {
    figure("\(reading.title(metric)) by threshold", "\(strong: reading.title(metric))") {
      $0.metric == metric && $0.slice == .overall
    }
  }

  func gap(_ metric: String, _ kind: GapKind, _ attribute: String) -> FigureGroup.Figure? {
    let what = kind == .minMaxRatio ? "Lowest ÷ highest" : "Highest − lowest"
    return figure(
      "\(what) \(reading.name(metric)) by threshold, \(reading.labels[attribute])",
      "\(strong: reading.labels[attribute]) \(quiet: "\(what) \(reading.name(metric))")"
    ) { $0.metric == metric && $0.gap == SweptGap(kind: kind, attribute: attribute) }
  }

  func groups(_ metric: String) -> FigureGroup {
    let slices = reading.scorecard.attributes.flatMap { reading.slices(of: $0) }
    let figures = slices.compactMap { slice in
      figure(
        "\(reading.title(metric)) by threshold, \(reading.labels[slice])",
        CurvesSection(reading: reading).heading(slice), isOverallBehind: sweeps.count == 1
      ) { $0.metric == metric && $0.slice == slice }
    }
    let grey = sweeps.count == 1 ? " The thin grey line is everybody." : ""
    let more = figures.count > most ? " More groups are in scorecard.json." : ""
    return FigureGroup(
      caption: "\(strong: reading.title(metric)) by threshold.\(grey)\(more)", legend: legend,
      figures: Array(figures.prefix(most)))
  }

  private func figure(
    _ title: String, _ caption: RichText, isOverallBehind: Bool = false,
    _ isShown: (SweptCurve) -> Bool
  ) -> FigureGroup.Figure? {
    var layers: [PanelChart.Layer] = []
    var shown: [SweptCurve] = []
    for (series, sweep) in sweeps {
      guard let curve = sweep.curves.first(where: isShown),
        curve.values.contains(where: { $0 != nil })
      else { continue }
      shown.append(curve)
      layers += stretches(sweep, curve).map { .band(series: series, $0) }
      if isOverallBehind,
        let everybody = sweep.curves.first(where: {
          $0.metric == curve.metric && $0.slice == .overall
        })
      {
        layers += lines(sweep, everybody).map { .reference($0) }
      }
      layers += lines(sweep, curve).map { .line(series: series, $0) }
    }
    guard !shown.isEmpty, let x = xAxis else { return nil }
    let y = yAxis(shown)
    let own = Set(sweeps.compactMap { item in threshold(item.sweep.model) }).sorted()
    let rules = own.map {
      PanelChart.Layer.reference([.init(x: $0, y: y.lower), .init(x: $0, y: y.upper)])
    }
    return FigureGroup.Figure(
      .panel(
        PanelChart(
          title: title, x: x, y: y, xTitle: "threshold", yTitle: title, layers: rules + layers)),
      caption: caption)
  }

  private func threshold(_ model: String) -> Double? {
    reading.scorecard.models.first { $0.name == model }?.threshold
  }

  private var xAxis: Axis? {
    guard let low = sweeps.compactMap({ $0.sweep.thresholds.first }).min(),
      let high = sweeps.compactMap({ $0.sweep.thresholds.last }).max()
    else { return nil }
    return Axis(covering: low...high, steps: 2)
  }

  /// Shares from 0 to 1; other metrics and gaps as far as their lines and most of their bands go.
  private func yAxis(_ curves: [SweptCurve]) -> Axis {
    let isShare = curves.allSatisfy {
      Catalogue.standard.metric($0.metric)?.range == 0...1
        && $0.gap?.kind != .maxMinDifference
    }
    if isShare { return Axis(covering: 0...1, steps: 2) }
    let values = curves.flatMap(\.values).compactMap { $0 }
    let widths = curves.flatMap { curve in
      zip(curve.low, curve.high).compactMap { low, high in
        low.flatMap { low in high.map { $0 - low } }
      }
    }.sorted()
    let room = widths.isEmpty ? 0.05 : widths[widths.count / 2]
    let low = min(0, (values.min() ?? 0) - room)
    let high = max(0.05, (values.max() ?? 1) + room)
    guard curves.contains(where: { $0.gap != nil }) else {
      return Axis(covering: low...high, steps: 2)
    }
    // A gap of shares is 1 at most.
    let widest =
      curves.compactMap { Catalogue.standard.metric($0.metric)?.range }
      .map { $0.upperBound - $0.lowerBound }.max() ?? .infinity
    return Axis(covering: 0...min(high, widest), steps: 2)
  }

  /// Where a line has values, without a bridge over the places where it has none.
  private func lines(_ sweep: ThresholdSweep, _ curve: SweptCurve) -> [[PanelChart.Point]] {
    zip(sweep.thresholds, curve.values).split { $0.1 == nil }.map { part in
      part.map { PanelChart.Point(x: $0.0, y: $0.1 ?? 0) }
    }
  }

  private func stretches(_ sweep: ThresholdSweep, _ curve: SweptCurve) -> [[PanelChart.Limits]] {
    let all = sweep.thresholds.indices.map { place -> PanelChart.Limits? in
      guard let low = curve.low[place], let high = curve.high[place] else { return nil }
      return PanelChart.Limits(x: sweep.thresholds[place], low: low, high: high)
    }
    return all.split { $0 == nil }.map { $0.compactMap { $0 } }.filter { $0.count > 1 }
  }
}
