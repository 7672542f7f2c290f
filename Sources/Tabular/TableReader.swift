// SPDX-License-Identifier: Apache-2.0

/// The text formats that tables are read from.
public enum TableFormat: String, Sendable, CaseIterable {
  /// Comma-separated values by RFC 4180, with any one-byte delimiter.
  case csv
  /// One flat JSON object a line.
  case jsonLines
}

/// Reads the columns that are asked for from a file, and checks the shape of every row.
///
/// CSV: UTF-8 with or without byte order mark; records end with LF or CRLF, and the last one may
/// lack its end. Blank lines at the very end are ignored; elsewhere a blank line is a missing value
/// in a file of one column, and an error otherwise. Spaces around a field belong to a category and
/// are ignored by a number. JSON Lines: an absent key and `null` are missing; blank lines are
/// skipped.
///
/// The text is cut where records begin and read over threads; the table, or the error, does not
/// depend on their number.
public struct TableReader: Sendable {
  /// Nil: JSON Lines if the first byte that is not blank is `{`, else CSV.
  public var format: TableFormat?
  /// Nil: the most frequent of comma, semicolon, tab and bar outside quotes in the header.
  public var delimiter: UInt8?
  /// The texts that stand for a missing value; exact match, around which numbers tolerate spaces.
  public var missing: Set<String> = ["", "NA", "NaN", "null"]

  /// Nil: as many as there are processors.
  public var threads: Int?
  /// Bytes that a thread takes at a time, a parameter for the tests.
  package var pieceSize = 1 << 20

  public init() {}

  /// The names in a CSV header, where unnamed columns are ""; the keys of all JSON lines in order of
  /// first appearance.
  public func columnNames(of file: InputFile) throws(DataError) -> [String] {
    try withText(of: file) { (bytes, text) throws(DataError) -> [String] in
      switch text.format {
      case .csv: return try csvHeader(bytes, text.start).names
      case .jsonLines:
        return try scanJSONLines(bytes, text, keeping: [], into: []).keyNames
      }
    }
  }

  /// The columns asked for, in that order; a name asked for twice must be of one kind.
  ///
  /// Throws the first error in the file by line: see `DataError`.
  public func read(
    _ file: InputFile, columns requests: [ColumnRequest]
  ) throws(DataError) -> Table {
    try withText(of: file) { (bytes, text) throws(DataError) -> Table in
      let requests = try distinct(requests)
      let names = requests.map(\.name)
      let missing = MissingTokens(missing)
      let sinks = requests.map { request -> any FieldSink in
        switch request.kind {
        case .category: CategoryBuilder(missing: missing)
        case .number: NumberBuilder(missing: missing)
        }
      }
      let scan: TableScan
      switch text.format {
      case .csv:
        let header = try csvHeader(bytes, text.start)
        try check(requests, areAmong: header.names)
        let kept = names.compactMap { header.names.firstIndex(of: $0) }
        scan = try scanCSV(bytes, text, header, keeping: kept, into: sinks)
      case .jsonLines:
        scan = try scanJSONLines(bytes, text, keeping: names, into: sinks)
        try check(requests, areAmong: scan.keyNames)
      }
      guard scan.rowCount > 0 else { throw DataError(problem: "there is no row") }
      let columns = parallel.map(names.count) { slot in
        scan.columns[slot].withAll { $0.takeColumn(named: names[slot]) }
      }
      return Table(
        source: file.name, rowCount: scan.rowCount, columns: columns, lines: scan.lines)
    }
  }

  private func check(
    _ requests: [ColumnRequest], areAmong names: [String]
  ) throws(DataError) {
    let known = Set(names)
    for request in requests where request.name.isEmpty || !known.contains(request.name) {
      throw DataError.noColumn(request.name, role: request.role, among: names)
    }
  }

  private func distinct(_ requests: [ColumnRequest]) throws(DataError) -> [ColumnRequest] {
    var distinct: [ColumnRequest] = []
    for request in requests {
      guard let other = distinct.first(where: { $0.name == request.name }) else {
        distinct.append(request)
        continue
      }
      if other.kind != request.kind {
        throw DataError(
          kind: .usage,
          problem: "asked for as numbers and as categories (\(other.role), \(request.role))",
          column: request.name, remedy: "Give one of the roles another column.")
      }
    }
    return distinct
  }
}
