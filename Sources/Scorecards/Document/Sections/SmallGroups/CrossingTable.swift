// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference

/// Whether crossed groups differ from what their attributes say one by one.
struct CrossingTable {
  let reading: Reading
  let model: String

  var blocks: [Block] {
    let entries = SmallGroupsSection.metrics.flatMap { metric in
      reading.groupEstimates(model, metric).compactMap { entry in
        entry.goodnessOfFit.map { (entry: entry, fit: $0) }
      }
    }
    guard !entries.isEmpty else { return [] }
    let adjusted = Holm().adjusted(entries.map(\.fit.pValue))
    let rows = zip(entries, adjusted).map { item, p in
      DocumentTable.Row(
        .words(
          reading.title(item.entry.metric),
          detail: "by " + reading.labels.attributes(item.entry.attributes)),
        [
          .number(Format.count(item.entry.groups.count)),
          .number(Format.number(item.fit.statistic)),
          .number(Format.count(item.fit.degreesOfFreedom)),
          .number(
            Format.probability(item.fit.pValue), detail: "(\(Format.probability(p)))"),
          .words(isEstablished(p) ? "yes, beyond chance" : "not shown by these data"),
        ])
    }
    let table = DocumentTable(
      caption: """
        Do intersections add anything to their attributes? X² is what an additive model of the \
        attributes leaves over; p by parametric bootstrap, in brackets adjusted over the table (Holm).
        """,
      columns: [
        .init("Rate"), .init("Cells", .trailing), .init("X²", .trailing),
        .init("Degrees of freedom", .trailing), .init("p (adjusted)"), .init("Do they?"),
      ],
      groups: [.init("", rows)])
    let summary: RichText =
      "Do intersections add anything? \(quiet: Format.plural(rows.count, "test"))"
    return [.disclosure(summary, [.table(table.cut(to: reading.rows(24)))])]
  }

  private func isEstablished(_ pValue: Double) -> Bool {
    CalibrationJudgement.isEstablished(pValue, confidence: reading.number("confidence", or: 0.95))
  }
}
