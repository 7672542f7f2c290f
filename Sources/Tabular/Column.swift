// SPDX-License-Identifier: Apache-2.0

/// A typed column of a table.
public enum Column: Sendable, Equatable {
  case category(CategoryColumn)
  case number(NumberColumn)

  public var name: String {
    switch self {
    case .category(let column): column.name
    case .number(let column): column.name
    }
  }

  /// The number of rows.
  public var count: Int {
    switch self {
    case .category(let column): column.codes.count
    case .number(let column): column.values.count
    }
  }
}

/// A column that a reader is asked to keep.
public struct ColumnRequest: Sendable, Hashable {
  /// What the column's text is turned into.
  public enum Kind: Sendable, Hashable { case category, number }

  public var name: String
  public var kind: Kind
  /// What the column is for, in messages: "score", "label".
  public var role: String

  public init(name: String, kind: Kind, role: String) {
    self.name = name
    self.kind = kind
    self.role = role
  }
}
