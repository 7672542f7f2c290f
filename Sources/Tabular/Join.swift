// SPDX-License-Identifier: Apache-2.0

/// Adds columns of an attributes table to a predictions table, by an id of one or more columns.
///
/// The key columns are category columns in both tables; ids are equal if their bytes are ("1" and
/// "1.0" are two ids). An id occurs at most once in the attributes; in the predictions it may occur
/// more often, see `repeatedIds(in:)`.
public struct AttributeJoin: Sendable {
  /// The names of the columns that make an id, in both tables.
  public var keys: [String]
  /// Whether predictions with a missing or unknown id are kept, with missing attributes.
  public var allowUnmatched: Bool

  public init(keys: [String], allowUnmatched: Bool = false) {
    self.keys = keys
    self.allowUnmatched = allowUnmatched
  }

  /// The predictions with the attribute columns `columns`, and the number of rows on each side that
  /// have no partner.
  ///
  /// Throws `.usage` for a column that is not there, or is in both tables; `.data` for an id that is
  /// repeated in the attributes, and, unless `allowUnmatched`, for missing and unmatched ids.
  public func join(
    _ predictions: Table, _ attributes: Table, adding columns: [String]
  ) throws(DataError) -> (table: Table, unmatchedPredictions: Int, unusedAttributes: Int) {
    let ids = CompositeKey(try keyColumns(of: predictions))
    let attributeIds = CompositeKey(try keyColumns(of: attributes))
    if !allowUnmatched {
      try refuseMissing(ids, predictions)
      try refuseMissing(attributeIds, attributes)
    }
    let rowOfId = try attributeRows(attributeIds, attributes)
    let partners = attributeIds.numbers(of: try keyColumns(of: predictions)).map {
      $0 < 0 ? -1 : rowOfId[Int($0)]
    }
    let unmatched = partners.indices.filter { partners[$0] < 0 }
    if !allowUnmatched && !unmatched.isEmpty {
      throw unmatchedError(unmatched, ids, predictions, attributes)
    }
    var table = predictions
    for name in columns {
      table = try table.replacing(added(name, from: attributes, to: table, rows: partners))
    }
    let usedCount = Set(partners).subtracting([-1]).count
    return (table, unmatched.count, attributes.rowCount - usedCount)
  }

  private func keyColumns(of table: Table) throws(DataError) -> [CategoryColumn] {
    if keys.isEmpty {
      throw DataError(
        kind: .usage, problem: "no id column is named", remedy: "Name it with --id.")
    }
    var columns: [CategoryColumn] = []
    for key in keys { columns.append(try table.category(key)) }
    return columns
  }

  private var idName: String { keys.joined(separator: ", ") }

  private func refuseMissing(_ ids: CompositeKey, _ table: Table) throws(DataError) {
    guard let row = (0..<table.rowCount).first(where: { ids.isMissing(row: $0) }) else { return }
    throw DataError(
      problem: "the id is missing", file: table.source, line: table.line(ofRow: row),
      column: idName, remedy: "Fill it in, or allow rows without attributes (--allow-unmatched).")
  }

  /// The attributes' row of each id.
  private func attributeRows(
    _ ids: CompositeKey, _ attributes: Table
  ) throws(DataError) -> [Int] {
    var rowOfId = [Int](repeating: -1, count: ids.count)
    for (row, id) in ids.rows.enumerated() where id >= 0 {
      let first = rowOfId[Int(id)]
      if first >= 0 {
        let place = attributes.line(ofRow: first).map { "line \($0)" } ?? "row \(first)"
        throw DataError(
          problem: "the id occurs twice in the attributes (first: \(place))",
          file: attributes.source,
          line: attributes.line(ofRow: row), column: idName, value: ids.text(ofRow: row),
          remedy: "Keep one row an id.")
      }
      rowOfId[Int(id)] = row
    }
    return rowOfId
  }

  private func unmatchedError(
    _ rows: [Int], _ ids: CompositeKey, _ predictions: Table, _ attributes: Table
  ) -> DataError {
    var examples: [String] = []
    var seen: Set<String> = []
    for row in rows where examples.count < 10 {
      let id = ids.text(ofRow: row)
      if seen.insert(id).inserted { examples.append("\"\(id.cut(at: 40))\"") }
    }
    let list = examples.joined(separator: ", ")
    return DataError(
      problem: "\(rows.count) of \(predictions.rowCount) rows have an id that is not in "
        + "\(attributes.source): \(list)" + (rows.count > examples.count ? ", …" : ""),
      file: predictions.source, line: rows.first.flatMap { predictions.line(ofRow: $0) },
      column: idName,
      remedy: "Add them there, or allow rows without attributes (--allow-unmatched).")
  }

  /// The attribute column `name`, arranged by the predictions' rows; −1 is no row.
  private func added(
    _ name: String, from attributes: Table, to table: Table, rows: [Int]
  ) throws(DataError) -> Column {
    guard table[name] == nil else {
      throw DataError(
        kind: .usage, problem: "the column is in \(table.source) too", file: attributes.source,
        column: name, remedy: "Rename one of them.")
    }
    switch attributes[name] {
    case .category(let column):
      let codes = rows.map { $0 < 0 ? -1 : column.codes[$0] }
      return .category(
        CategoryColumn(name: name, codes: codes, values: column.values, kind: column.kind)
          .compacted())
    case .number(let column):
      let values = rows.map { $0 < 0 ? .nan : column.values[$0] }
      return .number(NumberColumn(name: name, finite: values))
    case nil:
      throw DataError.noColumn(name, role: "attribute", among: attributes.columns.map(\.name))
        .inFile(attributes.source)
    }
  }
}
