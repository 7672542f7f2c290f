// SPDX-License-Identifier: Apache-2.0

/// The first record of CSV text, and what it says about all others.
struct CSVHeader {
  let delimiter: UInt8
  let names: [String]
  /// Offset and line of the first row.
  let end: Int
  let endLine: Int

  init(_ bytes: Span<UInt8>, from start: Int, delimiter: UInt8) throws(DataError) {
    self.delimiter = delimiter
    var cursor = CSVCursor(position: start, line: 1, delimiter: delimiter)
    names = try cursor.header(bytes)
    (end, endLine) = (cursor.position, cursor.line)
  }

  /// The error for a row of `count` fields, which are too few or too many.
  func raggedRow(_ count: Int, _ line: Int, isBlank: Bool) -> DataError {
    let found = "\(count) field\(count == 1 ? "" : "s")"
    let delimiter = String(UnicodeScalar(self.delimiter)).escapingControls()
    if isBlank {
      return DataError(
        problem: "a blank line between rows (\(names.count) fields expected)", line: line,
        remedy: "Remove the line.")
    }
    return DataError(
      problem: "ragged row: \(found), but the header has \(names.count)", line: line,
      remedy: count > names.count
        ? "Put quotes around a field that holds the delimiter \(delimiter)"
          + " (or name another one with --delimiter)."
        : "Look for a missing field, or a line break in a field that has no quotes.")
  }
}
