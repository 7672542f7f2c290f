// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// A metric by group, from the baseline to the candidate: a dumbbell a row, with the interval of the
/// change laid off from the baseline.
struct SliceChangeTable {
  private static let width = 260.0
  private static let mostRows = 40
  let changes: ChangeReading

  private var reading: Reading { changes.reading }

  var blocks: [Block] {
    let known = changes.leading.filter { metric in
      changes.all.contains { $0.metric == metric && $0.difference.interval != nil }
    }
    return known.enumerated().map { index, metric in
      let table = table(metric)
      // The first few questions stand open.
      return index < 3
        ? Block.table(table)
        : Block.disclosure("\(reading.title(metric)) by group", [.table(table)])
    }
  }

  private func table(_ metric: String) -> DocumentTable {
    let groups = reading.scorecard.attributes.map { attribute in
      (reading.labels[attribute.name], reading.slices(of: attribute))
    }
    let slices = [Slice.overall] + groups.flatMap { $0.1 }
    let axis = axis(metric, slices)
    let title = reading.title(metric)
    let rows =
      [DocumentTable.Group("", [row(metric, .overall, axis)])]
      + groups.map { name, slices in
        DocumentTable.Group(name, slices.map { row(metric, $0, axis) })
      }
    return DocumentTable(
      caption: """
        \(title) by group. Hollow: \(reading.labels[changes.baseline]); filled: \
        \(reading.labels[changes.candidate]). The line is the \(reading.level) interval of the change, \
        laid off from the baseline: where it does not reach the hollow mark, the change is established.
        """,
      columns: [
        .init("Group"),
        .init(
          "", axis: .axis(StripAxis(title: "Scale: \(title)", axis: axis, width: Self.width))),
        .init(reading.labels[changes.baseline], mark: .mark(series: 0, filled: false)),
        .init(reading.labels[changes.candidate], mark: .mark(series: 1, filled: true)),
        .init("Change"), .init("p", inSummary: false),
      ], groups: rows
    ).cut(to: Self.mostRows)
  }

  private func row(_ metric: String, _ slice: Slice, _ axis: Axis) -> DocumentTable.Row {
    let change = changes.change(metric, slice)
    return DocumentTable.Row(
      .words(reading.labels[slice]),
      [
        .chart(chart(change, axis)), ChangeCell.value(change?.baselineValue),
        ChangeCell.value(change?.candidateValue), ChangeCell.cell(change),
        ChangeCell.pValue(change),
      ])
  }

  private func chart(_ change: ModelComparison?, _ axis: Axis) -> Chart? {
    guard let change, change.status == .ok, let before = change.baselineValue,
      let after = change.candidateValue
    else { return nil }
    let interval = change.difference.interval
    return .strip(
      StripChart(
        axis: axis,
        marks: [
          .init(series: 0, value: before, low: nil, high: nil, filled: false),
          .init(
            series: 1, value: after, low: interval.map { before + $0.low },
            high: interval.map { before + ($0.high ?? .infinity) }, filled: true),
        ], width: Self.width))
  }

  private func axis(_ metric: String, _ slices: [Slice]) -> Axis {
    let shown = slices.compactMap { changes.change(metric, $0) }.filter { $0.status == .ok }
    let values = shown.flatMap { [$0.baselineValue, $0.candidateValue].compactMap { $0 } }
    guard let least = values.min(), let most = values.max() else {
      return Axis(covering: 0...1, steps: 4)
    }
    let widths = shown.compactMap { change in
      change.difference.interval.flatMap { interval in interval.high.map { $0 - interval.low } }
    }.sorted()
    // One wide interval does not squeeze all others: it leaves the scale.
    let room = max((most - least) / 4, widths.isEmpty ? 0 : widths[widths.count / 2], 1e-6)
    let limits = shown.flatMap { change -> [Double] in
      guard let interval = change.difference.interval, let before = change.baselineValue else {
        return []
      }
      return [before + interval.low, before + (interval.high ?? interval.low)]
    }
    let low = max((limits + values).min() ?? least, least - room)
    let high = min((limits + values).max() ?? most, most + room)
    return Axis(covering: low...max(low, high), steps: 4)
  }
}
