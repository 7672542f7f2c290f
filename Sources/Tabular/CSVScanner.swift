// SPDX-License-Identifier: Apache-2.0

/// Splits CSV text into rows and fields by RFC 4180.
///
/// Records end with LF or CRLF. A field may be quoted; then it may hold delimiters, line ends and
/// doubled quotes. Every row must have as many fields as the header.
struct CSVScanner: RowScanner {
  private(set) var lines = LineMap()
  private(set) var rowCount = 0
  let delimiter: UInt8
  /// The names in the header.
  let header: [String]
  /// For each column the slot of a block that keeps it, or −1.
  private let slots: [Int]
  private var cursor: CSVCursor

  /// Reads the header.
  ///
  /// `keeping`: the indices of the columns that are kept, in the order of slots.
  init(
    _ bytes: Span<UInt8>, from start: Int, delimiter: UInt8, keeping: [Int] = []
  ) throws(DataError) {
    self.delimiter = delimiter
    cursor = CSVCursor(position: start, delimiter: delimiter)
    header = try cursor.header(bytes)
    var slots = [Int](repeating: -1, count: header.count)
    for (slot, column) in keeping.enumerated() { slots[column] = slot }
    self.slots = slots
  }

  mutating func fill(_ block: inout FieldBlock, from bytes: Span<UInt8>) throws(DataError) {
    while block.rowCount < FieldBlock.rowCapacity && cursor.position < bytes.count {
      lines.note(row: rowCount, line: cursor.line)
      try readRow(into: &block.fields, at: block.rowCount * block.width, from: bytes)
      block.rowCount += 1
      rowCount += 1
    }
  }

  private mutating func readRow(
    into fields: inout [Field], at base: Int, from bytes: Span<UInt8>
  ) throws(DataError) {
    let line = cursor.line
    let start = cursor.position
    var column = 0
    var isLast = false
    while !isLast {
      do {
        let field = try cursor.field(bytes)
        isLast = try cursor.endsRow(bytes)
        if column < slots.count && slots[column] >= 0 { fields[base + slots[column]] = field }
        column += 1
      } catch {
        var error = error
        if column < header.count { error.column = header[column] }
        throw error
      }
    }
    if column != slots.count { throw raggedRow(column, line, isBlank: isLineEnd(bytes[start])) }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private func raggedRow(_ count: Int, _ line: Int, isBlank: Bool) -> DataError {
    let found = "\(count) field\(count == 1 ? "" : "s")"
    let delimiter = String(UnicodeScalar(self.delimiter)).escapingControls()
    if isBlank {
      return DataError(
        problem: "a blank line between rows (\(header.count) fields expected)", line: line,
        remedy: "Remove the line.")
    }
    return DataError(
      problem: "ragged row: \(found), but the header has \(header.count)", line: line,
      remedy: count > header.count
        ? "Put quotes around a field that holds the delimiter \(delimiter)"
          + " (or name another one with --delimiter)."
        : "Look for a missing field, or a line break in a field that has no quotes.")
  }
}
