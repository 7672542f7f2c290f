// SPDX-License-Identifier: Apache-2.0

/// Who is in a slice.
public struct SliceRecord: Sendable, Codable, Equatable {
  public var slice: Slice
  public var status: Status
  @ExplicitNull public var reason: String?
  @ExplicitNull public var n: Int?
  /// Share of all rows.
  @ExplicitNull public var share: Double?
  @ExplicitNull public var positives: Double?
  @ExplicitNull public var baseRate: Double?
  /// Σw and (Σw)²/Σw², where weights are given.
  @ExplicitNull public var weight: Double?
  @ExplicitNull public var effectiveN: Double?
  /// Sampling units (clusters), where rows are clustered.
  @ExplicitNull public var clusters: Int?

  public init(slice: Slice) {
    self.slice = slice
    status = .ok
  }
}

/// Rows that some numbers do without, and why.
public struct LeftOut: Sendable, Codable, Equatable {
  public var reason: String
  public var rows: Int

  public init(reason: String, rows: Int) {
    self.reason = reason
    self.rows = rows
  }
}

/// What became of the rows: rows = used + Σ leftOut.
public struct DataRecord: Sendable, Codable, Equatable {
  public var rows: Int
  /// Rows that entered every number of every model.
  public var used: Int
  public var leftOut: [LeftOut]
  /// Rows with identical used columns are one distinct row.
  public var distinctRows: Int
  public var columns: [ColumnNote]

  public init(rows: Int, used: Int, leftOut: [LeftOut], distinctRows: Int, columns: [ColumnNote]) {
    self.rows = rows
    self.used = used
    self.leftOut = leftOut
    self.distinctRows = distinctRows
    self.columns = columns
  }
}

/// How a column was read.
public struct ColumnNote: Sendable, Codable, Equatable {
  public var name: String
  public var role: String
  public var kind: String
  /// Rows without a value; `null` where their number is withheld.
  @ExplicitNull public var missing: Int?

  public init(name: String, role: String, kind: String, missing: Int?) {
    self.name = name
    self.role = role
    self.kind = kind
    _missing = ExplicitNull(wrappedValue: missing)
  }
}

/// Something the reader must know.
public struct Warning: Sendable, Codable, Equatable {
  /// A stable name: `small_cell`, `clipped_probabilities`, `one_class`.
  public var code: String
  public var message: String

  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }
}
