// SPDX-License-Identifier: Apache-2.0

/// Splits CSV text into rows and fields by RFC 4180.
///
/// Records end with LF or CRLF. A field may be quoted; then it may hold delimiters, line ends and
/// doubled quotes. Every row must have as many fields as the header.
///
/// Rows whose separators `SeparatorIndex` finds are taken by the hundred; `CSVCursor` reads the rest
/// field by field, and says what is wrong with a row.
struct CSVScanner: RowScanner {
  private(set) var lines = LineMap()
  private(set) var rowCount = 0
  private let header: CSVHeader
  /// The columns that are kept, in the order of slots, and for each column its slot or −1.
  private let kept: [Int]
  private let slots: [Int]
  private var cursor: CSVCursor
  private var index = SeparatorIndex()

  /// Begins at the record at `start`.
  ///
  /// `keeping`: the indices of the columns that are kept, in the order of slots.
  init(_ header: CSVHeader, keeping: [Int], from start: Int) {
    self.header = header
    kept = keeping
    cursor = CSVCursor(position: start, line: 1, delimiter: header.delimiter)
    var slots = [Int](repeating: -1, count: header.names.count)
    for (slot, column) in keeping.enumerated() { slots[column] = slot }
    self.slots = slots
  }

  var position: Int { cursor.position }
  var line: Int { cursor.line }
  var keyNames: [String] { [] }

  mutating func fill(_ block: inout FieldBlock, from bytes: Span<UInt8>) throws(DataError) {
    while block.rowCount < FieldBlock.rowCapacity && cursor.position < bytes.count {
      if takeIndexedRows(into: &block, from: bytes) { continue }
      index.fill(bytes, from: cursor.position, delimiter: header.delimiter)
      if takeIndexedRows(into: &block, from: bytes) { continue }
      index.clear()
      lines.note(row: rowCount, line: cursor.line)
      try readRow(into: &block, from: bytes)
      block.rowCount += 1
      rowCount += 1
    }
  }

  private mutating func readRow(
    into block: inout FieldBlock, from bytes: Span<UInt8>
  ) throws(DataError) {
    let line = cursor.line
    let start = cursor.position
    var column = 0
    var isLast = false
    while !isLast {
      do {
        let field = try cursor.field(bytes)
        isLast = try cursor.endsRow(bytes)
        if column < slots.count && slots[column] >= 0 {
          block[block.rowCount, slots[column]] = field
        }
        column += 1
      } catch {
        var error = error
        if column < slots.count { error.column = header.names[column] }
        throw error
      }
    }
    if column != slots.count {
      throw header.raggedRow(column, line, isBlank: isLineEnd(bytes[start]))
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}

// MARK: - Indexed rows

extension CSVScanner {
  /// Takes the next rows in the index that have a field for each column; false if there is none.
  private mutating func takeIndexedRows(
    into block: inout FieldBlock, from bytes: Span<UInt8>
  ) -> Bool {
    let count = index.rowCount(width: slots.count, limit: FieldBlock.rowCapacity - block.rowCount)
    guard count > 0 else { return false }
    for (slot, column) in kept.enumerated() {
      block.withPlaces(of: slot) { fields, next in
        let new = next..<next + count
        index.copyFields(of: column, width: slots.count, from: bytes, to: &fields, new)
      }
    }
    noteLines(of: count, from: bytes)
    block.rowCount += count
    rowCount += count
    index.last += count * slots.count
    cursor.move(to: min(index.position(behind: index.last), bytes.count), lines: count)
    return true
  }

  /// Line ends in quotes make rows and lines fall out of step.
  private mutating func noteLines(of count: Int, from bytes: Span<UInt8>) {
    guard index.hasQuotedLineEnds else { return lines.note(row: rowCount, line: cursor.line) }
    for row in 0..<count {
      lines.note(row: rowCount + row, line: cursor.line + row)
      let entry = index.last + row * slots.count
      let start = index.position(behind: entry)
      let end = index.position(behind: entry + slots.count) - 1
      var quotedCount = 0
      for i in start..<end where bytes[i] == UInt8(ascii: "\n") { quotedCount += 1 }
      cursor.move(to: end, lines: quotedCount)
    }
  }
}
