// SPDX-License-Identifier: Apache-2.0

/// Typed columns of equal length with distinct names, and where they come from.
public struct Table: Sendable {
  /// Display name: a path as given, "standard input", or "arrays".
  public let source: String
  public let rowCount: Int
  public private(set) var columns: [Column]
  private let lines: LineMap?

  /// A table from columns; throws `.usage` for unequal lengths or a repeated name.
  public init(source: String = "arrays", columns: [Column]) throws(DataError) {
    var names: Set<String> = []
    let rowCount = columns.first?.count ?? 0
    for column in columns {
      guard names.insert(column.name).inserted else {
        throw DataError(
          kind: .usage, problem: "two columns have this name", file: source, column: column.name,
          remedy: "Rename one.")
      }
      guard column.count == rowCount else {
        throw DataError(
          kind: .usage,
          problem: "\(column.count) rows, but column '\(columns[0].name)' has \(rowCount)",
          file: source, column: column.name)
      }
    }
    self.init(source: source, rowCount: rowCount, columns: columns, lines: nil)
  }

  init(source: String, rowCount: Int, columns: [Column], lines: LineMap?) {
    self.source = source
    self.rowCount = rowCount
    self.columns = columns
    self.lines = lines
  }

  /// The physical line in the file, counted from 1, at which row `row` (from 0) begins; nil for
  /// tables that were not read from a file.
  ///
  /// Line breaks in quotes make it differ from row + 2.
  public func line(ofRow row: Int) -> Int? { lines?.line(ofRow: row) }

  public subscript(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The category column `name`; throws `.usage` if there is none or it holds numbers.
  public func category(_ name: String) throws(DataError) -> CategoryColumn {
    guard case .category(let column) = try column(name) else {
      throw wrongKind(
        name, "this is a column of numbers, groups are needed", "Cut it into groups with --bins.")
    }
    return column
  }

  /// The number column `name`; throws `.usage` if there is none or it holds categories.
  public func number(_ name: String) throws(DataError) -> NumberColumn {
    guard case .number(let column) = try column(name) else {
      throw wrongKind(
        name, "this is a column of categories, numbers are needed", "Read it as numbers.")
    }
    return column
  }

  /// The same rows with `column` in the place of the one of its name, or as a last column.
  public func replacing(_ column: Column) throws(DataError) -> Table {
    var columns = columns
    if let index = columns.firstIndex(where: { $0.name == column.name }) {
      columns[index] = column
    } else {
      columns.append(column)
    }
    let checked = try Table(source: source, columns: columns)
    return Table(source: source, rowCount: checked.rowCount, columns: columns, lines: lines)
  }

  private func column(_ name: String) throws(DataError) -> Column {
    guard let column = self[name] else {
      throw DataError.noColumn(name, among: columns.map(\.name)).inFile(source)
    }
    return column
  }

  private func wrongKind(_ name: String, _ problem: String, _ remedy: String) -> DataError {
    DataError(kind: .usage, problem: problem, file: source, column: name, remedy: remedy)
  }
}
