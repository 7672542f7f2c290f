// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Where each model may stand among all, metric by metric; models that cannot be told apart share ranks.
struct StandingsTable {
  let reading: Reading

  var blocks: [Block] {
    let known = reading.scorecard.standings.filter { !MetricChoice.isComplement($0.metric) }
    guard !known.isEmpty, reading.models.count > 1 else { return [] }
    let groups = known.map { standings in
      DocumentTable.Group(
        reading.title(standings.metric), standings.models.map { row($0, standings.models.count) })
    }
    let table = DocumentTable(
      caption: """
        All models over everybody. Ranks: those that the data leave open at \(reading.level), over all \
        pairs of models at once. Leads: the share of draws from the models' joint distribution in which \
        no other model is better.
        """,
      columns: [
        .init("Model"), .init("Value"), .init("Rank"), .init("Leads in", .trailing),
        .init("Not told apart from"),
      ], groups: groups
    ).cut(to: 60)
    return [
      .section(
        Section("standings", "Which models can be told apart", [.table(table)]))
    ]
  }

  private func row(_ standing: ModelStanding, _ count: Int) -> DocumentTable.Row {
    let rank =
      standing.bestRank == standing.worstRank
      ? "\(standing.bestRank)" : "\(standing.bestRank) to \(standing.worstRank)"
    return DocumentTable.Row(
      .words(reading.labels[standing.model]),
      [
        .number(Format.number(standing.value)), .number("\(rank) of \(count)"),
        .number(Format.percent(standing.leads)),
        .words(
          standing.tiedWith.isEmpty
            ? "none" : Format.list(standing.tiedWith.map { reading.labels[$0] })),
      ])
  }
}
