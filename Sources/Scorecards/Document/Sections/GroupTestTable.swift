// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Whether a metric differs between groups at all, and how much groups vary beyond chance.
struct GroupTestTable {
  let reading: Reading
  let model: String

  var blocks: [Block] {
    let tests = reading.scorecard.tests.filter {
      $0.model == model && $0.condition == nil && MetricChoice.leading.contains($0.metric)
        && $0.omnibus != nil
    }
    let rows = MetricChoice.leading.flatMap { metric in
      tests.filter { $0.metric == metric && $0.attributes.count == 1 }.map(row)
    }
    guard !rows.isEmpty else { return [] }
    let table = DocumentTable(
      caption: caption,
      columns: [
        .init("Metric"), .init("All groups equal?"), .init("By permutation"),
        .init("Spread between groups"),
      ], groups: [.init("", rows)])
    return [
      .disclosure("Tests of any difference at all", [.table(table.cut(to: reading.rows(24)))])
    ]
  }

  private var caption: RichText {
    """
    All groups equal: the chance of differences this large among any of the groups if all were equal \
    (Wald test). By permutation: the same chance with groups dealt to people at random, and for the \
    largest pair. Spread: the standard deviation between groups beyond what estimation adds, with its \
    \(reading.level) interval; 0 means that nothing was found beyond that.
    """
  }

  private func row(_ test: GroupTest) -> DocumentTable.Row {
    DocumentTable.Row(
      .words(
        reading.title(test.metric), detail: "by " + reading.labels.attributes(test.attributes)),
      [omnibus(test), permutation(test), spread(test)])
  }

  private func omnibus(_ test: GroupTest) -> DocumentTable.Cell {
    guard let omnibus = test.omnibus else {
      return DocumentTable.Cell(.status, MeasurementCell.words(test.status, test.reason))
    }
    let below = omnibus.denominatorDegreesOfFreedom.map { " and \(Format.number($0))" } ?? ""
    return .number(
      Format.pValue(omnibus.pValue),
      detail: """
        W \(Format.number(omnibus.statistic)), \(Format.number(omnibus.degreesOfFreedom))\(below) d.f.
        """)
  }

  private func permutation(_ test: GroupTest) -> DocumentTable.Cell {
    guard let found = test.permutation else {
      return DocumentTable.Cell(.status, test.permutationReason ?? "not reckoned")
    }
    let range = found.rangePValue.map { "largest pair \(Format.pValue($0))" } ?? ""
    return .number(Format.pValue(found.pValue), detail: range)
  }

  private func spread(_ test: GroupTest) -> DocumentTable.Cell {
    guard let between = test.betweenGroup else { return DocumentTable.Cell(.status, "no rate") }
    func deviation(_ variance: Double) -> Double { max(0, variance).squareRoot() }
    let limits = between.interval.map {
      Format.interval(deviation($0.low), $0.high.map(deviation))
    }
    return .number(
      Format.number(deviation(between.corrected)), detail: limits ?? "none beyond estimation")
  }
}
