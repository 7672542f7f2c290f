// SPDX-License-Identifier: Apache-2.0

/// Adds columns of another table of predictions for the same rows, by an id of one or more columns that is
/// unique in both.
public struct PredictionJoin: Sendable {
  /// The names of the columns that make an id, in both tables.
  public var keys: [String]
  /// Whether rows without a partner are tolerated: the first table's then lack the other's columns, the
  /// other's are left out.
  public var allowUnmatched: Bool

  /// - Parameters:
  ///   - keys: the names of the columns that make an id, in both tables.
  ///   - allowUnmatched: whether rows without a partner are tolerated.
  public init(keys: [String], allowUnmatched: Bool = false) {
    self.keys = keys
    self.allowUnmatched = allowUnmatched
  }

  /// The first table with columns of the other, and the number of rows on each side without a partner.
  ///
  /// - Parameters:
  ///   - first: the table that keeps its rows and their order.
  ///   - other: the table that gives columns.
  ///   - columns: the names of the other's columns that are added.
  /// - Throws: `DataError` for an id that is repeated on a side, for a column that is not there or in
  ///   both tables and, unless `allowUnmatched`, for missing and unmatched ids of either side.
  public func join(_ first: Table, _ other: Table, adding columns: [String]) throws(DataError)
    -> (table: Table, unmatched: Int, unused: Int)
  {
    for table in [first, other] { try refuseRepeated(table) }
    let ahead = AttributeJoin(keys: keys, allowUnmatched: allowUnmatched)
    do {
      let joined = try ahead.join(first, other, adding: columns)
      if !allowUnmatched { _ = try ahead.join(other, first, adding: []) }
      return (joined.table, joined.unmatchedPredictions, joined.unusedAttributes)
    } catch {
      guard error.kind == .data else { throw error }
      var said = error
      said.remedy =
        "Both tables must hold the same rows; or leave out those without a partner "
        + "(--allow-unmatched)."
      throw said
    }
  }

  private func refuseRepeated(_ table: Table) throws(DataError) {
    let ids = AttributeJoin(keys: keys)
    guard let repeated = try ids.repeatedIds(in: table) else { return }
    let lines = repeated.exampleLines.prefix(2).map { "\($0)" }.joined(separator: " and ")
    throw DataError(
      problem: "\(repeated.rowCount) rows have an id that occurs more than once"
        + (lines.isEmpty ? "" : " (here in lines \(lines))"),
      file: table.source, line: repeated.exampleLines.first,
      column: keys.joined(separator: ","), value: repeated.example,
      remedy: "An id names one row of each table: add the columns that tell rows apart to --id.")
  }
}

extension Column {
  /// The same column by another name.
  ///
  /// - Parameter name: its new name.
  public func renamed(_ name: String) -> Column {
    switch self {
    case .category(let column):
      .category(
        CategoryColumn(name: name, codes: column.codes, values: column.values, kind: column.kind))
    case .number(let column): .number(NumberColumn(name: name, finite: column.values))
    }
  }
}
