// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// What changes from the baseline to each candidate: for everybody, by group, in gaps and in people.
struct ComparisonSection {
  let reading: Reading
  private static let mostCandidates = 4

  var section: Section? {
    let card = reading.scorecard
    guard let baseline = card.comparisons.first?.baseline else { return nil }
    let candidates = reading.models.filter { model in
      card.comparisons.contains { $0.candidate == model }
    }
    let shown = candidates.prefix(Self.mostCandidates)
    let parts = shown.enumerated().map { index, candidate in
      Block.section(
        Section(
          "compared-\(index + 1)", "\(reading.labels[baseline]) → \(reading.labels[candidate])",
          inSummary: true, blocks(baseline, candidate)))
    }
    let more = candidates.count - shown.count
    let rest: [Block] =
      more > 0 ? [.note("\(Format.plural(more, "more candidate")) in scorecard.json.")] : []
    return Section(
      "compared", "Compared with \(reading.labels[baseline])", inSummary: true,
      [.note(explanation)] + parts + rest + ParetoFigure(reading: reading).blocks
        + StandingsTable(reading: reading).blocks)
  }

  private var explanation: RichText {
    let isPaired = reading.scorecard.comparisons.contains { $0.method != "unpaired" }
    let same: RichText =
      isPaired
      ? "Both models judge the same rows, so that a change is known better than either value. "
      : "The models were evaluated apart: nothing is known of how they agree row by row. "
    return same + """
      Intervals are \(reading.level), over the groups of an attribute at once. A change whose interval \
      contains 0 is not established; whether one is good enough is for the reader to decide.
      """
  }

  private func blocks(_ baseline: String, _ candidate: String) -> [Block] {
    let changes = ChangeReading(reading: reading, baseline: baseline, candidate: candidate)
    return [.list(ChangeSentences(changes: changes).sentences, ordered: false)]
      + OverallChangeTable(changes: changes).blocks
      + SliceChangeTable(changes: changes).blocks
      + GapChangeTable(changes: changes).blocks
      + PeopleTable(changes: changes).blocks
  }
}
