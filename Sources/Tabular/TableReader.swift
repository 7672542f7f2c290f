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
public struct TableReader: Sendable {
  /// Nil: JSON Lines if the first byte that is not blank is `{`, else CSV.
  public var format: TableFormat?
  /// Nil: the most frequent of comma, semicolon, tab and bar outside quotes in the header.
  public var delimiter: UInt8?
  /// The texts that stand for a missing value; exact match, around which numbers tolerate spaces.
  public var missing: Set<String> = ["", "NA", "NaN", "null"]

  public init() {}

  /// The names in a CSV header, where unnamed columns are ""; the keys of all JSON lines in order of
  /// first appearance.
  public func columnNames(of file: InputFile) throws(DataError) -> [String] {
    try withText(of: file) { (bytes, start, format) throws(DataError) -> [String] in
      switch format {
      case .csv: return try csvScanner(bytes, start).header
      case .jsonLines:
        var scanner = JSONLinesScanner(from: start)
        var sinks: [any FieldSink] = []
        try scanner.scan(bytes, names: [], into: &sinks)
        return scanner.keyNames
      }
    }
  }

  /// The columns asked for, in that order; a name asked for twice must be of one kind.
  ///
  /// Throws the first error in the file by line: see `DataError`.
  public func read(
    _ file: InputFile, columns requests: [ColumnRequest]
  ) throws(DataError) -> Table {
    try withText(of: file) { (bytes, start, format) throws(DataError) -> Table in
      let requests = try distinct(requests)
      let names = requests.map(\.name)
      let missing = MissingTokens(missing)
      var sinks = requests.map { request -> any FieldSink in
        switch request.kind {
        case .category: CategoryBuilder(missing: missing)
        case .number: NumberBuilder(missing: missing)
        }
      }
      let scanned: any RowScanner
      switch format {
      case .csv:
        let header = try csvScanner(bytes, start).header
        try check(requests, areAmong: header)
        let keeping = names.compactMap { header.firstIndex(of: $0) }
        var scanner = try csvScanner(bytes, start, keeping: keeping)
        try scanner.scan(bytes, names: names, into: &sinks)
        scanned = scanner
      case .jsonLines:
        var scanner = JSONLinesScanner(from: start, keeping: names)
        try scanner.scan(bytes, names: names, into: &sinks)
        try check(requests, areAmong: scanner.keyNames)
        scanned = scanner
      }
      guard scanned.rowCount > 0 else { throw DataError(problem: "there is no row") }
      return Table(
        source: file.name, rowCount: scanned.rowCount,
        columns: zip(sinks, names).map { $0.column(named: $1) }, lines: scanned.lines)
    }
  }

  /// Calls `body` with the bytes up to the end of the text, the offset at which it starts, and the
  /// format; errors get the file's name.
  func withText<R>(
    of file: InputFile, _ body: (Span<UInt8>, Int, TableFormat) throws(DataError) -> R
  ) throws(DataError) -> R {
    do {
      return try file.withBytes { (bytes) throws(DataError) -> R in
        let text = try FileText(bytes)
        let format = if let format { format } else { try text.format(of: bytes) }
        return try body(bytes.extracting(first: text.end), text.start, format)
      }
    } catch {
      throw error.inFile(file.name)
    }
  }

  func csvScanner(
    _ bytes: Span<UInt8>, _ start: Int, keeping: [Int] = []
  ) throws(DataError) -> CSVScanner {
    if let delimiter, delimiter == 0 || delimiter >= 0x80 || "\"\r\n".utf8.contains(delimiter) {
      throw DataError(
        kind: .usage, problem: "a delimiter is one ASCII character, not a quote or a line end")
    }
    return try CSVScanner(
      bytes, from: start, delimiter: delimiter ?? CSVCursor.detectedDelimiter(bytes, from: start),
      keeping: keeping)
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
