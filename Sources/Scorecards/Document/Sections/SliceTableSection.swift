// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The listed slices with all their numbers: the established ones, and the largest of the others.
struct SliceTableSection {
  let reading: SliceReading

  var established: Section? {
    let blocks = reading.perSearch("established") { search in
      let own = search.established
      guard !own.isEmpty else { return [] }
      var blocks: [Block] = [.table(table(own, search, caption: captionOfEstablished(search)))]
      if let folded = folded(own, search) { blocks.append(folded) }
      return blocks
    }
    guard !blocks.isEmpty else { return nil }
    return Section("established", "Established slices", inSummary: true, blocks)
  }

  var others: Section? {
    let blocks = reading.perSearch("others") { search in
      let rest = search.slices.filter { !$0.isEstablished }
      guard !rest.isEmpty else { return [] }
      let caption: RichText = """
        The highest scores among the slices that are not established: an adjusted p above \
        \(reading.alpha) says that permuted errors show such a slice \
        somewhere too often.
        """
      return [.table(table(rest, search, caption: caption))]
    }
    guard !blocks.isEmpty else { return nil }
    return Section("others", "Largest, not established", blocks)
  }

  private func captionOfEstablished(_ search: SliceSearch) -> RichText {
    let more = search.standingCount - search.established.count
    let rest =
      more > 0 ? " \(Format.plural(more, "more stands", "more stand")) beyond --top." : ""
    return """
      The established slices with the highest scores. Intervals use the critical value of the largest of \
      all \(Format.plural(search.familySize, "slice")) (\(reading.number(search.critical)) standard \
      errors); their lower limits hold for all of them together at \(reading.level), \
      approximately.\(rest)
      """
  }

  private func table(
    _ slices: [FoundSlice], _ search: SliceSearch, caption: RichText
  ) -> DocumentTable {
    let rows = slices.map { slice in
      DocumentTable.Row(
        .words(reading.name(slice.predicates)),
        [
          .number(Format.count(slice.n)),
          .number(reading.number(slice.meanError), detail: reading.interval(slice.interval)),
          slice.restMeanError.map { .number(reading.number($0)) } ?? missing,
          slice.difference.map {
            .number(reading.number($0), detail: reading.interval(slice.differenceInterval))
          } ?? missing,
          .number(reading.pValue(slice.adjustedPValue)),
          .number(reading.pValue(slice.benjaminiHochberg)),
          .number(reading.pValue(slice.benjaminiYekutieli)),
          slice.score.map { .number(reading.number($0)) } ?? missing,
        ])
    }
    return DocumentTable(
      caption: caption,
      columns: [
        .init("Slice"), .init("n", .trailing), .init(Format.sentence(reading.measure(search))),
        .init("Rest", .trailing), .init("Difference"), .init("Adjusted p", .trailing),
        .init("BH", .trailing, inSummary: false), .init("BY", .trailing, inSummary: false),
        .init("Score", .trailing, inSummary: false),
      ], groups: [.init("", rows)])
  }

  private var missing: DocumentTable.Cell { DocumentTable.Cell(.status, "no rest") }

  /// The slices that others stand for, the first ten of each.
  private func folded(_ slices: [FoundSlice], _ search: SliceSearch) -> Block? {
    let groups = slices.filter { $0.foldedCount > 0 }.map { slice in
      let shown = slice.folded.prefix(10)
      let more = slice.foldedCount - shown.count
      let title =
        "Folded into \(reading.name(slice.predicates))"
        + (more > 0 ? ": \(Format.count(shown.count)) of \(Format.count(slice.foldedCount))" : "")
      return DocumentTable.Group(title, shown.map(row))
    }
    guard !groups.isEmpty else { return nil }
    let table = DocumentTable(
      caption: "Established slices that another one stands for, and why.",
      columns: [
        .init("Slice"), .init("n", .trailing),
        .init(Format.sentence(reading.measure(search)), .trailing), .init("Why it is folded"),
      ], groups: groups)
    let count = search.establishedCount - search.standingCount
    return .disclosure(
      "Folded slices \(quiet: "\(Format.count(count)) in all")", [.table(table)])
  }

  private func row(_ folded: FoldedRecord) -> DocumentTable.Row {
    let why =
      switch folded.reason {
      case .sameRows: "\(Format.percent(folded.value)) of the rows of either are common"
      case .addsNothing: "adjusted p \(reading.pValue(folded.value)) within it"
      }
    return DocumentTable.Row(
      .words(reading.name(folded.predicates)),
      [
        .number(Format.count(folded.n)), .number(reading.number(folded.meanError)), .words(why),
      ])
  }
}
