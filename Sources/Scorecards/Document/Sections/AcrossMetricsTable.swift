// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// How many comparisons stand when all metrics and slices of a model are judged together.
struct AcrossMetricsTable {
  let reading: Reading
  let model: String

  var blocks: [Block] {
    let rows = [GapKind.differenceToReference, .differenceToOverall].compactMap(row)
    guard !rows.isEmpty else { return [] }
    let table = DocumentTable(
      caption: caption,
      columns: [
        .init("Compared with"), .init("Comparisons", .trailing), .init("Max-t", .trailing),
        .init("Romano–Wolf", .trailing), .init("Holm", .trailing),
        .init("Benjamini–Hochberg", .trailing), .init("Benjamini–Yekutieli", .trailing),
      ], groups: [.init("", rows)])
    return [.disclosure("All metrics and slices judged together", [.table(table)])]
  }

  /// Whether another metric of the scorecard is 1 minus this one: they pose one hypothesis.
  private func isRepeated(_ metric: String) -> Bool {
    MetricChoice.complements[metric].map(reading.measures) ?? false
  }

  private var level: Double { 1 - reading.number("confidence", or: 0.95) }

  private var caption: RichText {
    """
    How many of a model's comparisons, over every metric and slice, stand at \(Format.level(level)). The \
    first three columns bound the chance of any false finding; the last two the share of false findings \
    among those counted. The p-values of each comparison are in scorecard.json.
    """
  }

  private func row(_ kind: GapKind) -> DocumentTable.Row? {
    let found = reading.scorecard.gaps.filter {
      $0.model == model && $0.kind == kind && !isRepeated($0.metric)
    }.compactMap(\.acrossMetrics)
    guard let size = found.first?.size else { return nil }
    func count(_ p: (AcrossMetrics) -> Double) -> DocumentTable.Cell {
      .number(Format.count(found.count { p($0) <= level }))
    }
    return DocumentTable.Row(
      .words(kind == .differenceToReference ? "the reference group" : "everybody"),
      [
        .number(Format.count(size)), count(\.maxT), count(\.romanoWolf), count(\.holm),
        count(\.benjaminiHochberg), count(\.benjaminiYekutieli),
      ])
  }
}
