// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The numbers behind the lines of everybody, at some of the thresholds.
struct ThresholdTable {
  let reading: Reading
  let metrics: [String]

  private static let most = 11

  var blocks: [Block] {
    let groups = reading.scorecard.sweeps.map { sweep in
      DocumentTable.Group(
        reading.models.count > 1 ? reading.labels[sweep.model] : "",
        places(sweep).map { row(sweep, $0) })
    }
    let table = DocumentTable(
      caption: """
        Everybody at some thresholds, with the limits of the bands. All thresholds, groups and gaps are \
        in scorecard.json.
        """,
      columns: [.init("Threshold")] + metrics.map { .init(reading.title($0)) }, groups: groups
    ).cut(to: reading.rows(24))
    return table.isEmpty
      ? [] : [.disclosure("Other thresholds: the numbers", [.table(table)])]
  }

  /// Evenly over the grid, and the model's own.
  private func places(_ sweep: ThresholdSweep) -> [Int] {
    let count = sweep.thresholds.count
    let own = reading.scorecard.models.first { $0.name == sweep.model }?.threshold
    let even = (1..<Self.most).map { $0 * count / Self.most }
    let place = own.flatMap { own in sweep.thresholds.firstIndex(of: own) }
    return Set(even + [place].compactMap { $0 }).filter { $0 < count }.sorted()
  }

  private func row(_ sweep: ThresholdSweep, _ place: Int) -> DocumentTable.Row {
    let cells = metrics.map { metric -> DocumentTable.Cell in
      guard
        let curve = sweep.curves.first(where: { $0.metric == metric && $0.slice == .overall }),
        let value = curve.values[place]
      else { return DocumentTable.Cell(.status, "undefined") }
      let limits = curve.low[place].flatMap { low in
        curve.high[place].map { Format.interval(low, $0) }
      }
      return .number(Format.number(value), detail: limits ?? "")
    }
    return DocumentTable.Row(.words(Format.threshold(sweep.thresholds[place])), cells)
  }
}
