// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The listed slices again, on rows that took no part in the search.
struct SliceHoldoutSection {
  let reading: SliceReading

  var section: Section? {
    guard reading.findings.data.heldOut > 0 else { return nil }
    let blocks = reading.perSearch("holdout") { search in
      let rows = search.slices.compactMap { slice in slice.holdout.map { row(slice, $0) } }
      guard !rows.isEmpty else { return [] }
      return [
        .table(
          DocumentTable(
            caption: """
              On \(Format.plural(reading.findings.data.heldOut, "row")) that took no part in the search: \
              what is left of a slice without the luck of having been selected. Intervals at \
              \(reading.level), each on its own; p one-sided, adjusted by Holm over the established slices \
              listed, and over the others.
              """,
            columns: [
              .init("Slice"), .init("Searched", .trailing), .init("n", .trailing),
              .init(Format.sentence(reading.measure(search)), .trailing),
              .init("Rest", .trailing), .init("Difference"), .init("Adjusted p", .trailing),
            ], groups: [.init("", rows)]))
      ]
    }
    guard !blocks.isEmpty else { return nil }
    return Section("holdout", "On the held-out rows", inSummary: true, blocks)
  }

  private func row(_ slice: FoundSlice, _ estimate: HoldoutRecord) -> DocumentTable.Row {
    let absent = DocumentTable.Cell(.status, reason(estimate.status))
    return DocumentTable.Row(
      .words(reading.name(slice.predicates), detail: slice.isEstablished ? "" : "not established"),
      [
        .number(reading.number(slice.meanError)), .number(Format.count(estimate.n)),
        estimate.meanError.map { .number(reading.number($0)) } ?? absent,
        estimate.restMeanError.map { .number(reading.number($0)) } ?? absent,
        estimate.difference.map {
          .number(reading.number($0), detail: reading.interval(estimate.interval))
        } ?? absent,
        estimate.pValue.map { _ in .number(reading.pValue(estimate.adjustedPValue)) } ?? absent,
      ])
  }

  private func reason(_ status: String) -> String {
    switch status {
    case "no_rows": "no rows"
    case "no_rest": "no rest"
    case "too_few_rows": "too few rows"
    case "no_variation": "errors do not vary"
    default: Format.words(Visible.spelledOut(status))
    }
  }
}
