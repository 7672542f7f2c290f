// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Whom the candidate decides otherwise, and what that means among a thousand people of each group.
struct PeopleTable {
  let changes: ChangeReading

  private var reading: Reading { changes.reading }

  private var flips: [ModelFlips] {
    reading.scorecard.flips.filter {
      $0.baseline == changes.baseline && $0.candidate == changes.candidate
    }
  }

  var blocks: [Block] {
    let bySlice = Dictionary(flips.map { ($0.slice, $0) }, uniquingKeysWith: { first, _ in first })
    guard !bySlice.isEmpty, flips.contains(where: { $0.n != nil }) else { return [] }
    let groups = reading.scorecard.attributes.map { attribute in
      (reading.labels[attribute.name], reading.slices(of: attribute))
    }
    let rows =
      [DocumentTable.Group("", [row(.overall, bySlice[.overall])])]
      + groups.map { title, slices in
        DocumentTable.Group(title, slices.map { row($0, bySlice[$0]) })
      }
    let selected = reading.wording.selected
    let table = DocumentTable(
      caption: """
        People whom \(reading.labels[changes.candidate]) decides otherwise than \
        \(reading.labels[changes.baseline]). The last two columns: how many more of a thousand people of \
        the group are rightly and wrongly \(selected), with the \(reading.level) interval of each group \
        by itself.
        """,
      columns: [
        .init("Group"), .init("n", .trailing), .init("Newly \(selected)", .trailing),
        .init("No longer \(selected)", .trailing),
        .init("Wrong → right", .trailing, inSummary: false),
        .init("Right → wrong", .trailing, inSummary: false),
        .init("Rightly, per 1,000"), .init("Wrongly, per 1,000"),
      ], groups: rows
    ).cut(to: 60)
    return sentence(bySlice).map { [.paragraph($0)] + [.table(table)] } ?? [.table(table)]
  }

  /// The group whose rightly selected people change most, in words.
  private func sentence(_ flips: [Slice: ModelFlips]) -> RichText? {
    let groups = reading.scorecard.attributes.flatMap { reading.slices(of: $0) }
    let known = groups.compactMap { slice -> (Slice, PeopleChange)? in
      guard let people = flips[slice]?.correctlySelected, people.low > 0 || people.high < 0 else {
        return nil
      }
      return (slice, people)
    }
    guard let (slice, people) = known.max(by: { nearest($0.1) < nearest($1.1) }) else { return nil }
    let word = people.perThousand > 0 ? "more" : "fewer"
    let ends = [abs(people.low), abs(people.high)].sorted()
    return """
      Of 1,000 people in \(strong: reading.labels[slice]), \(Format.number(abs(people.perThousand)))\
      \(quiet: " " + Format.interval(ends[0], ends[1])) \(word) are rightly \(reading.wording.selected).
      """
  }

  private func nearest(_ people: PeopleChange) -> Double { max(people.low, -people.high) }

  private func row(_ slice: Slice, _ flips: ModelFlips?) -> DocumentTable.Row {
    func count(_ value: Int?) -> DocumentTable.Cell {
      value.map { .number(Format.count($0)) }
        ?? DocumentTable.Cell(
          .status, flips.map { MeasurementCell.words($0.status, $0.reason) } ?? "not measured")
    }
    func people(_ value: PeopleChange?) -> DocumentTable.Cell {
      guard let value else { return DocumentTable.Cell(.status, "too few") }
      let sign = value.perThousand > 0 ? "+" : ""
      return .number(
        sign + Format.number(value.perThousand), detail: Format.interval(value.low, value.high))
    }
    return DocumentTable.Row(
      .words(reading.labels[slice]),
      [
        count(flips?.n), count(flips?.newlySelected), count(flips?.newlyRejected),
        count(flips?.corrected), count(flips?.spoilt), people(flips?.correctlySelected),
        people(flips?.wronglySelected),
      ])
  }
}
