// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The established slices in sentences, or that there are none.
struct SliceFindingsSection {
  private static let most = 5
  let reading: SliceReading

  var section: Section {
    let blocks = reading.perSearch("findings") { search in
      let sentences = search.established.prefix(Self.most).map { sentence($0, search) }
      return [
        sentences.isEmpty
          ? .paragraph(none(search)) : .list(Array(sentences), ordered: true),
        .paragraph(closing(search)),
      ]
    }
    return Section("findings", "Findings", inSummary: true, blocks)
  }

  private func sentence(_ slice: FoundSlice, _ search: SliceSearch) -> RichText {
    let count = "(n = \(Format.count(slice.n)))"
    let interval = slice.interval.map { " " + reading.interval($0) } ?? ""
    let rest = slice.restMeanError.map { ", against \(reading.number($0)) in the rest" } ?? ""
    return """
      Among \(reading.among(slice.predicates)) \(count) the \
      \(reading.measure(search)) is \(strong: reading.number(slice.meanError))\(interval)\(rest); \
      adjusted p \(reading.pValue(slice.adjustedPValue)) among \
      \(Format.plural(search.familySize, "slice")).\(heldOut(slice))
      """
  }

  private func heldOut(_ slice: FoundSlice) -> String {
    guard let estimate = slice.holdout else { return "" }
    let count = "(n = \(Format.count(estimate.n)))"
    guard let mean = estimate.meanError, let rest = estimate.restMeanError else {
      return " On the held-out rows \(count) it cannot be estimated."
    }
    let test = estimate.pValue.map { _ in
      ", adjusted p \(reading.pValue(estimate.adjustedPValue))"
    }
    return """
       On the held-out rows \(count) it is \(reading.number(mean)) against \
      \(reading.number(rest))\(test ?? "").
      """
  }

  private func none(_ search: SliceSearch) -> RichText {
    """
    \(strong: "No slice is established") at \(reading.level) among \
    \(Format.plural(search.familySize, "slice")) of at least \
    \(Format.plural(reading.settings.minimum, "row")). The largest are listed below for what they are: \
    the largest of many, as chance alone would show some.
    """
  }

  private func closing(_ search: SliceSearch) -> RichText {
    let reference = """
      Of all \(Format.count(reading.findings.data.searched)) searched \(reading.rows) the \
      \(reading.measure(search)) is \(reading.number(search.meanError)).
      """
    guard search.establishedCount > 0 else { return RichText(reference) }
    let listed = search.established.count
    let said = min(listed, Self.most)
    let folded = search.establishedCount - search.standingCount
    let more = search.standingCount - said
    let below = said < listed ? ", some of them listed below" : ""
    let others = more > 0 ? ", \(Format.count(more)) more than are said here\(below)" : ""
    let parts =
      folded == 0
      ? ""
      : " \(Format.count(folded)) of them \(folded == 1 ? "is" : "are") folded into others, because they "
        + "hold nearly the same rows or add nothing to them;"
    let own = search.standingCount == 1 ? "its" : "their"
    return """
      \(reference) \(Format.plural(search.establishedCount, "slice is", "slices are")) established.\
      \(parts) \(Format.plural(search.standingCount, "stands", "stand")) on \(own) own\(others).
      """
  }
}
