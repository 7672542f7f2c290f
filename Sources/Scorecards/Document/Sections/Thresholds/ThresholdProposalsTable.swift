// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Thresholds that meet an aim on the rows at hand.
struct ThresholdProposalsTable {
  let reading: Reading

  var blocks: [Block] {
    let groups = reading.scorecard.sweeps.map { sweep in
      DocumentTable.Group(
        reading.models.count > 1 ? reading.labels[sweep.model] : "",
        sweep.proposals.flatMap { rows($0, sweep) })
    }
    let table = DocumentTable(
      caption: """
        Thresholds for an aim. Established: the whole band meets it; of the least cost: no other \
        threshold is established to cost less. Observed: the value alone does.
        """,
      columns: [
        .init("Aim"), .init("Established at"), .init("Observed at"), .init("Proposed"),
        .init("Value there"),
      ], groups: groups
    ).cut(to: 40)
    return table.isEmpty ? [] : [.table(table)]
  }

  private func rows(_ proposal: ThresholdProposal, _ sweep: ThresholdSweep) -> [DocumentTable.Row] {
    let chosen = proposal.chosenBy.map { "best \(reading.name($0))" } ?? ""
    let isByGroup = proposal.thresholds.contains { $0.slice != .overall }
    let none = DocumentTable.Cell(.status, "none")
    return proposal.thresholds.map { proposed in
      let group = proposed.slice == .overall ? "" : reading.labels[proposed.slice]
      let stretches =
        isByGroup
        ? [DocumentTable.Cell.words(""), .words("")]
        : [proposal.established, proposal.observed].map {
          $0.isEmpty ? none : .words(Self.stretches($0, of: sweep.thresholds))
        }
      return DocumentTable.Row(
        .words(proposal.aim, detail: group),
        stretches + [
          proposed.threshold.map { .number(Format.threshold($0), detail: chosen) } ?? none,
          proposed.value.map { .number(Format.number($0)) } ?? none,
        ])
    }
  }

  /// `0.02 to 0.11, 0.4`: neighbours on the grid as one stretch.
  static func stretches(_ chosen: [Double], of grid: [Double]) -> String {
    let isChosen = Set(chosen)
    return grid.split { !isChosen.contains($0) }.map { part in
      let (first, last) = (part[part.startIndex], part[part.endIndex - 1])
      return first == last
        ? Format.threshold(first) : "\(Format.threshold(first)) to \(Format.threshold(last))"
    }.joined(separator: ", ")
  }
}
