// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// What becomes of the gaps: of every group against its reference, and of intersections against
/// everybody.
struct GapChangeTable {
  private static let width = 170.0
  private static let mostOfMetric = 9
  let changes: ChangeReading

  private var reading: Reading { changes.reading }

  var blocks: [Block] {
    let single = rows { $0.kind == .differenceToReference && $0.attributes.count == 1 }
    let crossed = rows { $0.kind == .differenceToOverall && $0.attributes.count > 1 }
    let caption: RichText = """
      Changes of gaps against the reference group: the difference of differences, with \
      \(reading.level) intervals that hold at once over the groups of an attribute. Established changes \
      first; all are in scorecard.json.
      """
    let open = table(single, caption).cut(to: 40)
    let folded = table(
      crossed, "Changes of the differences between intersections and everybody."
    ).cut(to: 30)
    let summary: RichText = "Changes of gaps of intersections"
    return (open.isEmpty ? [] : [.table(open)])
      + (folded.isEmpty ? [] : [.disclosure(summary, [.table(folded)])])
  }

  /// Shares only, so that one axis serves all; the established changes first.
  private func rows(_ isShown: (ComparedGap) -> Bool) -> [ModelComparison] {
    changes.all.filter { change in
      guard let gap = change.gap, isShown(gap) else { return false }
      return changes.leading.contains(change.metric) && MetricChoice.scale(change.metric) == 0
    }.sorted { nearest($0) > nearest($1) }
  }

  /// The size of the change that is established; negative where none is.
  private func nearest(_ change: ModelComparison) -> Double {
    guard let interval = change.difference.interval else { return -.infinity }
    return max(interval.low, -(interval.high ?? .infinity))
  }

  private func table(_ changes: [ModelComparison], _ caption: RichText) -> DocumentTable {
    let axis = axis(changes)
    return DocumentTable(
      caption: caption,
      columns: [
        .init("Gap"), .init("Before → after"),
        .init(
          "", axis: .axis(StripAxis(title: "Scale of changes", axis: axis, width: Self.width))),
        .init("Change"), .init("p", inSummary: false),
      ],
      groups: self.changes.leading.map { metric in
        let own = changes.filter { $0.metric == metric }.prefix(Self.mostOfMetric)
        return DocumentTable.Group(reading.title(metric), own.map { row($0, axis) })
      })
  }

  /// One wide interval does not squeeze all others: it leaves the scale.
  private func axis(_ changes: [ModelComparison]) -> Axis {
    let values = changes.compactMap(\.difference.value)
    let widths = changes.compactMap { change in
      change.difference.interval.flatMap { interval in interval.high.map { $0 - interval.low } }
    }.sorted()
    let room = widths.isEmpty ? 0.01 : max(0.01, widths[widths.count / 2])
    let low = min(0, values.min() ?? 0) - room
    return Axis(covering: low...(max(0, values.max() ?? 0) + room), steps: 4)
  }

  private func row(_ change: ModelComparison, _ axis: Axis) -> DocumentTable.Row {
    let gap = change.gap
    let slice = gap?.slice.map { reading.labels[$0] } ?? ""
    let reference = gap?.reference.map { reading.labels[$0] } ?? ""
    let values = [change.baselineValue, change.candidateValue].map { value in
      value.map(Format.number) ?? "no value"
    }
    return DocumentTable.Row(
      .words("\(slice) against \(reference)"),
      [
        .words(values.joined(separator: " → ")),
        .chart(chart(change, axis)), ChangeCell.cell(change), ChangeCell.pValue(change),
      ])
  }

  private func chart(_ change: ModelComparison, _ axis: Axis) -> Chart? {
    guard change.status == .ok, let value = change.difference.value else { return nil }
    let mark = StripChart.Mark(
      series: 0, value: value, low: change.difference.interval?.low,
      high: change.difference.interval?.high, filled: change.isEstablished)
    return .strip(StripChart(axis: axis, marks: [mark], rules: [0], width: Self.width))
  }
}
