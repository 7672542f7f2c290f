// SPDX-License-Identifier: Apache-2.0

/// Splits JSON Lines text into rows and fields: one flat object a line, blank lines skipped.
struct JSONLinesScanner: RowScanner {
  private(set) var lines = LineMap()
  private(set) var rowCount = 0
  private var cursor: JSONCursor
  /// The kept names first, so that their numbers are their slots, then all others met.
  private var keys = ByteDictionary()
  private let keptCount: Int
  /// For each key the last row that had it; −1 before any has.
  private var lastRow: [Int]
  /// Numbers of the keys in order of first appearance.
  private var met: [Int] = []

  /// `keeping`: the distinct names of the columns that are kept, in the order of slots.
  init(from start: Int, keeping names: [String] = []) {
    cursor = JSONCursor(position: start)
    for name in names { _ = keys.insert(name.utf8.span) }
    keptCount = keys.count
    lastRow = [Int](repeating: -1, count: keys.count)
  }

  var position: Int { cursor.position }
  var line: Int { cursor.line }

  /// The keys met so far, in order of first appearance.
  var keyNames: [String] { met.map { keys.string($0) } }

  mutating func fill(_ block: inout FieldBlock, from bytes: Span<UInt8>) throws(DataError) {
    while block.rowCount < FieldBlock.rowCapacity && cursor.position < bytes.count {
      if cursor.peek(bytes) != UInt8(ascii: "\n") && cursor.position < bytes.count {
        lines.note(row: rowCount, line: cursor.line)
        try readRow(into: &block, from: bytes)
        block.rowCount += 1
        rowCount += 1
      }
      try endLine(bytes)
    }
  }

  private mutating func readRow(
    into block: inout FieldBlock, from bytes: Span<UInt8>
  ) throws(DataError) {
    for slot in 0..<keptCount { block[block.rowCount, slot] = Field() }
    guard cursor.take(UInt8(ascii: "{"), bytes) else {
      throw cursor.malformed("the line does not begin with {")
    }
    if cursor.take(UInt8(ascii: "}"), bytes) { return }
    repeat {
      let key = try number(of: cursor.key(bytes), in: bytes)
      let field = try cursor.value(bytes)
      if key < keptCount { block[block.rowCount, key] = field }
    } while cursor.take(UInt8(ascii: ","), bytes)
    guard cursor.take(UInt8(ascii: "}"), bytes) else {
      throw cursor.expected("a comma or }", bytes)
    }
  }

  /// The key's number in `keys`; throws if this row has had it.
  private mutating func number(of key: Field, in bytes: Span<UInt8>) throws(DataError) -> Int {
    let number =
      key.form == .string
      ? keys.insert(bytes.extracting(key.start..<key.end))
      : keys.insert(key.unescaped(in: bytes).span)
    if number == lastRow.count { lastRow.append(-1) }
    if lastRow[number] == rowCount {
      throw DataError(
        problem: "the key occurs twice in the line", line: cursor.line, column: keys.string(number),
        remedy: "Remove one.")
    }
    if lastRow[number] < 0 { met.append(number) }
    lastRow[number] = rowCount
    return number
  }

  private mutating func endLine(_ bytes: Span<UInt8>) throws(DataError) {
    let next = cursor.peek(bytes)
    guard cursor.position < bytes.count else { return }
    guard next == UInt8(ascii: "\n") else { throw cursor.malformed("text after the object's end") }
    cursor.position += 1
    cursor.line += 1
  }
}
