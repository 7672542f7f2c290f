// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// One metric over all groups of all single attributes: a row a group, models side by side.
struct ForestTable {
  static let mostRows = 60
  let reading: Reading
  let metric: String
  var isPlotted = true
  var rowLimit = mostRows

  private var models: [String?] {
    isOfData ? [nil] : reading.plotted
  }

  /// Whether the metric describes the data and not a model.
  private var isOfData: Bool {
    reading.models.allSatisfy {
      reading.measurement($0, metric, .overall).map { $0.model == nil } ?? false
    }
  }

  var table: DocumentTable {
    let groups = reading.scorecard.attributes.map { attribute in
      (reading.labels[attribute.name], reading.slices(of: attribute))
    }
    let slices = [Slice.overall] + groups.flatMap { $0.1 }
    let axis = isPlotted ? axis(slices) : nil
    var columns: [DocumentTable.Column] = [.init("Group"), .init("n", .trailing)]
    if let axis {
      let scale = StripAxis(title: "Scale: \(reading.title(metric))", axis: axis)
      columns.append(.init("", axis: .axis(scale)))
    }
    for (index, model) in models.enumerated() {
      columns.append(
        .init(
          model.map { reading.labels[$0] } ?? "Value",
          mark: models.count > 1 ? .mark(series: index, filled: true) : nil))
    }
    let rows =
      [DocumentTable.Group("", [row(.overall, axis)])]
      + groups.map { title, slices in
        DocumentTable.Group(title, slices.map { row($0, axis) })
      }
    return DocumentTable(caption: caption, columns: columns, groups: rows).cut(to: rowLimit)
  }

  private var caption: RichText {
    let unplotted = reading.models.count - reading.plotted.count
    let more =
      unplotted > 0 && !isOfData
      ? " \(Format.plural(unplotted, "more model")) in scorecard.json." : ""
    let method = method.map { " Intervals: \($0)." } ?? ""
    let meaning = Catalogue.standard.metric(metric).map {
      Format.sentence(reading.wording.adapt($0.meaning)) + "."
    }
    return RichText((meaning ?? "\(reading.title(metric)) by group.") + method + more)
  }

  /// How the intervals were made, or why there are none.
  private var method: String? {
    let overall = models.lazy.compactMap { reading.measurement($0, metric, .overall) }.first
    if let interval = overall?.interval { return Method.title(interval.method) }
    return overall?.intervalReason.map { "none, " + Visible.spelledOut($0) }
  }

  private func row(_ slice: Slice, _ axis: Axis?) -> DocumentTable.Row {
    let items = models.map { reading.measurement($0, metric, slice) }
    let cells = MeasurementCell(reading: reading)
    let count = reading.record(slice)?.n ?? items.lazy.compactMap { $0 }.first?.n
    let isWithheld = reading.record(slice)?.status == .suppressed
    var row: [DocumentTable.Cell] = [
      isWithheld
        ? DocumentTable.Cell(.status, "withheld")
        : count.map { .number(Format.count($0)) } ?? DocumentTable.Cell(.status, "not measured")
    ]
    if let axis { row.append(.chart(chart(slice, items, axis))) }
    row += items.map { cells.cell($0) }
    return DocumentTable.Row(.words(reading.labels[slice]), row)
  }

  private func chart(_ slice: Slice, _ items: [SliceMeasurement?], _ axis: Axis) -> Chart {
    let overall = models.map { reading.measurement($0, metric, .overall)?.value }
    let marks = items.enumerated().compactMap { series, item -> StripChart.Mark? in
      guard let item, item.status == .ok, let value = item.value else { return nil }
      let center = overall[series]
      let isApart = center.map { center in
        item.interval.map { $0.low > center || ($0.high ?? .infinity) < center } ?? false
      }
      return StripChart.Mark(
        series: series, value: value, low: item.interval?.low,
        high: item.interval.map { $0.high ?? .infinity },
        filled: slice == .overall || isApart ?? false)
    }
    let known = overall.compactMap { $0 }
    return .strip(
      StripChart(
        axis: axis, marks: marks, rules: known.count == models.count ? known : []))
  }

  /// The scale over all that has enough rows. One very wide interval does not squeeze all others: it
  /// leaves the scale and is drawn with an arrow.
  private func axis(_ slices: [Slice]) -> Axis? {
    let items = slices.flatMap { slice in
      models.compactMap { reading.measurement($0, metric, slice) }
    }.filter { $0.status == .ok }
    let values = items.compactMap(\.value)
    guard let least = values.min(), let most = values.max() else { return nil }
    let widths = items.compactMap { item in
      item.interval.flatMap { interval in interval.high.map { $0 - interval.low } }
    }.sorted()
    let median = widths.isEmpty ? 0 : widths[widths.count / 2]
    let room = max(most - least, median, 1e-6)
    let lows = items.compactMap { $0.interval?.low } + values
    let highs = items.compactMap { $0.interval?.high } + values
    let low = max(lows.min() ?? least, least - room)
    let high = min(highs.max() ?? most, most + room)
    return Axis(covering: low...max(low, high), steps: 4)
  }
}
