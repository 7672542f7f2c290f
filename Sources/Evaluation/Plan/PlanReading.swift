// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

extension Plan {
  mutating func readLabels(_ table: Table) throws(DataError) {
    guard let name = configuration.label else {
      rows.labels = Array(repeating: BinaryColumn.missing, count: table.rowCount)
      return
    }
    let column = try table.category(name)
    rows.labels = try BinaryColumn.read(
      column, positive: configuration.positive, role: "label", table: table)
    note(name, "label", column.kind.rawValue, rows.labels.count { $0 == BinaryColumn.missing })
  }

  mutating func readModels(_ table: Table) throws(DataError) {
    for role in configuration.models {
      switch role.output {
      case .decision:
        let column = try table.category(role.column)
        let decisions = try BinaryColumn.read(
          column, positive: configuration.positive, role: "decision", table: table)
        rows.scores.append([])
        rows.decisions.append(decisions)
        models.append(Model(name: role.name, column: role.column, kind: .decision))
        note(
          role.column, "decision of \(role.name)", column.kind.rawValue,
          decisions.count { $0 == BinaryColumn.missing })
      case .score(let threshold):
        try readScores(table, role, threshold)
      }
    }
  }

  private mutating func readScores(_ table: Table, _ role: ModelRole, _ given: Double?)
    throws(DataError)
  {
    let scores = try table.number(role.column).values
    let (lowest, highest, outside) = Self.extent(scores)
    if let outside, configuration.scoreKind == .probability {
      throw DataError(
        problem: "not a probability", file: table.source, line: table.line(ofRow: outside),
        column: role.column, value: scores[outside].shortText,
        remedy: "Use --score-kind score if the column holds scores of another kind.")
    }
    if let outside, given == nil {
      throw DataError(
        problem: "scores outside [0, 1] have no default threshold", file: table.source,
        line: table.line(ofRow: outside), column: role.column, value: scores[outside].shortText,
        remedy: "Give the score from which on a row is selected: --threshold \(role.name)=T.")
    }
    let isProbability = outside == nil && configuration.scoreKind != .score
    let threshold = given ?? 0.5
    models.append(
      Model(
        name: role.name, column: role.column, kind: isProbability ? .probability : .score,
        threshold: threshold, lowest: lowest, highest: highest))
    rows.decisions.append(
      scores.map { $0.isNaN ? BinaryColumn.missing : ($0 >= threshold ? 1 : 0) })
    note(role.column, "score of \(role.name)", "number", scores.count { $0.isNaN })
    rows.scores.append(scores)
  }

  /// The smallest and the largest score, and the first row whose score is no probability.
  private static func extent(_ scores: [Double]) -> (low: Double?, high: Double?, outside: Int?) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for score in scores where !score.isNaN { (low, high) = (min(low, score), max(high, score)) }
    guard low <= high else { return (nil, nil, nil) }
    let isProbability = low >= 0 && high <= 1
    return (low, high, isProbability ? nil : scores.firstIndex { $0 < 0 || $0 > 1 })
  }

  mutating func readMultiplicities(_ table: Table) throws(DataError) {
    rows.multiplicities = Array(repeating: 1, count: table.rowCount)
    if let name = configuration.count {
      let counts = try table.number(name).values
      for (row, value) in counts.enumerated() where !(value >= 0 && value == value.rounded()) {
        throw DataError(
          problem: "a count is a whole number, 0 or more", file: table.source,
          line: table.line(ofRow: row), column: name,
          value: value.isNaN ? "(missing)" : value.shortText,
          remedy: "Use --weight for sampling weights.")
      }
      rows.multiplicities = counts
      note(name, "count", "integer", 0)
    }
    let total = rows.multiplicities.reduce(0, +)
    guard total <= 0x1p53 else {
      throw DataError(
        problem: "the counts add up to more than 2^53", file: table.source,
        column: configuration.count)
    }
    rows.total = Int(total)
    guard let name = configuration.weight else { return }
    let weights = try table.number(name).values
    for (row, value) in weights.enumerated() where !(value > 0) {
      throw DataError(
        problem: value.isNaN ? "a weight is missing" : "a weight is a number above 0",
        file: table.source, line: table.line(ofRow: row), column: name,
        value: value.isNaN ? "(missing)" : value.shortText,
        remedy: "Leave out rows that do not count, or give them their weight.")
    }
    rows.weights = weights
    note(name, "weight", "number", 0)
  }

  mutating func readAttributes(_ table: Table) throws(DataError) {
    for name in configuration.attributes {
      attributes.append(try codes(of: name, in: table, role: "attribute"))
    }
    if let name = configuration.condition {
      condition = try codes(of: name, in: table, role: "condition")
    }
    for attribute in attributes {
      guard let value = configuration.references[attribute.name] else { continue }
      guard attribute.groups.contains(value) else {
        throw DataError(
          kind: .usage, problem: "no row has the reference group", file: table.source,
          column: attribute.name, value: value,
          remedy: "The groups are \(attribute.groups.compactMap { $0 }.joined(separator: ", ")).")
      }
    }
  }

  private mutating func codes(of name: String, in table: Table, role: String) throws(DataError)
    -> AttributeCodes
  {
    let column: CategoryColumn
    if let bins = configuration.bins.first(where: { $0.column == name }) {
      column = bins.cut(try table.number(name))
    } else {
      column = try table.category(name)
    }
    let result = try AttributeCodes(column, table: table, maxGroups: configuration.maxGroups)
    note(name, role, column.kind.rawValue, column.codes.count { $0 < 0 })
    return result
  }

  mutating func readClusters(_ table: Table) throws(DataError) {
    guard let name = configuration.cluster else { return }
    let column = try table.category(name)
    if let row = column.codes.firstIndex(of: -1) {
      throw DataError(
        problem: "a cluster id is missing", file: table.source, line: table.line(ofRow: row),
        column: name, remedy: "Every row must say which cluster it belongs to.")
    }
    guard column.values.count >= 2 else {
      throw DataError(
        problem: "one cluster shows no variation between clusters", file: table.source,
        column: name, remedy: "Leave out --cluster if rows are independent.")
    }
    rows.clusters = column.codes
    note(name, "cluster", column.kind.rawValue, 0)
  }

  private mutating func note(_ name: String, _ role: String, _ kind: String, _ missing: Int) {
    notes.append(ColumnNote(name: name, role: role, kind: kind, missing: missing))
  }
}

extension Double {
  /// 3 rather than 3.0, as it most likely stands in the file.
  fileprivate var shortText: String {
    description.hasSuffix(".0") ? String(description.dropLast(2)) : description
  }
}
