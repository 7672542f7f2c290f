// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

/// One model's labels and decisions as a counted table, made from a scorecard's tally: cells × label ×
/// decision, which counts the same rows as the table that was evaluated.
package struct CountedTable: Sendable {
  /// A slicing column with its groups in the order of the evaluation.
  package struct Column: Sendable, Equatable {
    package var name: String
    package var groups: [String]

    package init(name: String, groups: [String]) {
      self.name = name
      self.groups = groups
    }
  }

  let table: Table
  let label: String
  let decision: String
  let count: String

  /// The label and the decision of each of the eight counts; −1: missing.
  private static let meanings: [(label: Int32, decision: Int32)] = [
    (1, 1), (0, 1), (1, 0), (0, 0), (-1, 1), (-1, 0), (1, -1), (0, -1),
  ]

  /// - Throws: `DataError` for a tally that is not one of whole numbers.
  init(_ tally: Tally, model: Int, columns: [Column]) throws(DataError) {
    var suffix = ""
    while columns.contains(where: { ["label", "decision", "count"].contains($0.name + suffix) }) {
      suffix += "_"
    }
    (label, decision, count) = ("label" + suffix, "decision" + suffix, "count" + suffix)
    var labels: [Int32] = []
    var decisions: [Int32] = []
    var counts: [Double] = []
    var codes = columns.map { _ in [Int32]() }
    for cell in tally.cells {
      guard cell.counts.indices.contains(model), cell.counts[model].count == Self.meanings.count
      else { throw DataError(problem: "the tally lacks counts of a model", file: "tally") }
      // Rows without a label and a decision are in no count.
      let rest = Double(cell.n) - cell.counts[model].reduce(0, +)
      for (meaning, number) in zip(
        Self.meanings + [(-1, -1)], cell.counts[model] + [max(0, rest)])
      where number > 0 {
        labels.append(meaning.label)
        decisions.append(meaning.decision)
        counts.append(number)
        for (place, column) in columns.enumerated() {
          let group = cell.slice.group(of: column.name) ?? nil
          let code = group.flatMap { column.groups.firstIndex(of: $0) }.map(Int32.init)
          codes[place].append(code ?? -1)
        }
      }
    }
    func binary(_ name: String, _ codes: [Int32]) -> EvenhandTabular.Column {
      .category(
        CategoryColumn(name: name, codes: codes, values: ["0", "1"], kind: .integer).compacted())
    }
    table = try Table(
      source: "tally",
      columns: zip(columns, codes).map { column, codes in
        .category(
          CategoryColumn(name: column.name, codes: codes, values: column.groups, kind: .text)
            .compacted())
      } + [
        binary(label, labels), binary(decision, decisions),
        .number(try NumberColumn(name: count, values: counts)),
      ])
  }
}
