// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel
import EvenhandTabular

/// A table and a configuration, checked against each other and resolved into codes.
struct Plan: Sendable {
  struct Model: Sendable {
    var name: String
    var column: String
    var kind: Kind
    var threshold: Double?
    var lowest: Double?
    var highest: Double?

    enum Kind: String { case probability, score, decision }
  }

  var configuration: Configuration
  var models: [Model] = []
  var attributes: [AttributeCodes] = []
  var condition: AttributeCodes?
  var hasLabels: Bool { configuration.label != nil }
  /// In the table's order at first; collapsed by `resolve`.
  var rows = DistinctRows()
  var slices: SliceTable
  var notes: [ColumnNote] = []
  var leftOut: [LeftOut] = []
  var used = 0
  var warnings: [Warning] = []

  /// Reads the roles out of the table.
  ///
  /// - Throws: `DataError` for values that cannot be what their role says.
  init(_ table: consuming Table, _ configuration: Configuration) throws(DataError) {
    self.configuration = configuration
    slices = SliceTable()
    try readLabels(table)
    try readModels(table)
    try readMultiplicities(table)
    try readAttributes(table)
    try readClusters(table)
    account()
    let source = (consume table).source
    let cellGroups = assignCells()
    for index in attributes.indices { attributes[index].codes = [] }
    condition?.codes = []
    rows = rows.collapsed(Parallel(threads: configuration.threads))
    guard rows.total > 0 else {
      throw DataError(
        problem: "no rows to evaluate: every count is 0", file: source,
        column: configuration.count)
    }
    slices = SliceTable(plan: self, cellGroups: cellGroups)
  }

  /// Rows in = used + left out, by the first reason that applies.
  private mutating func account() {
    var byReason = Array(repeating: 0.0, count: models.count + 1)
    var complete = 0.0
    for row in rows.labels.indices {
      let multiplicity = rows.multiplicities[row]
      if hasLabels && rows.labels[row] == BinaryColumn.missing {
        byReason[0] += multiplicity
      } else if let model = models.indices.first(where: {
        rows.decisions[$0][row] == BinaryColumn.missing
      }) {
        byReason[model + 1] += multiplicity
      } else {
        complete += multiplicity
      }
    }
    used = Int(complete)
    if byReason[0] > 0 {
      leftOut.append(
        LeftOut(reason: "no label: left out of what needs labels", rows: Int(byReason[0])))
    }
    for (model, rows) in zip(models, byReason.dropFirst()) where rows > 0 {
      let what = model.kind == .decision ? "decision" : "score"
      leftOut.append(
        LeftOut(
          reason: "no \(what) in \(model.column): left out of what needs it", rows: Int(rows)))
    }
  }

  /// Numbers the observed full-depth cells in the order of their groups; returns each cell's groups
  /// (condition last).
  private mutating func assignCells() -> [[Int32]] {
    let columns = attributes + (condition.map { [$0] } ?? [])
    var keys = CellKeys(rows: rows.labels.count)
    for column in columns { keys.add(column) }
    let (cells, firsts) = keys.numbered { rows.multiplicities[$0] > 0 }
    rows.cells = cells
    return firsts.map { row in columns.map { $0.codes[row] } }
  }
}
