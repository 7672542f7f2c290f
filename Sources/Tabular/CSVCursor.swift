// SPDX-License-Identifier: Apache-2.0

/// A place in CSV text, and the rules for moving on from it.
struct CSVCursor {
  private(set) var position: Int
  /// Physical line at `position`, counted from 1 where the cursor began.
  private(set) var line: Int
  private let delimiter: UInt8
  /// Whether a byte ends an unquoted field, or must not be in it.
  private var isStop = InlineArray<256, Bool>(repeating: false)

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(position: Int, line: Int, delimiter: UInt8) {
    self.position = position
    self.line = line
    self.delimiter = delimiter
    for byte in [delimiter, Self.quote, Self.newline, Self.carriageReturn] {
      isStop[Int(byte)] = true
    }
  }

  /// Passes over rows that were read otherwise.
  mutating func move(to position: Int, lines: Int) {
    self.position = position
    line += lines
  }

  /// Reads the field that begins here and stops behind it.
  @inline(__always)
  mutating func field(_ bytes: Span<UInt8>) throws(DataError) -> Field {
    let start = position
    var i = start
    while i < bytes.count && !isStop[Int(bytes[i])] { i += 1 }
    if i == start && i < bytes.count && bytes[i] == Self.quote { return try quotedField(bytes) }
    position = i
    return Field(start: start, end: i, form: .text)
  }

  /// Reads what follows a field: a delimiter, or the end of the row.
  @inline(__always)
  mutating func endsRow(_ bytes: Span<UInt8>) throws(DataError) -> Bool {
    guard position < bytes.count else { return true }
    let byte = bytes[position]
    if byte == delimiter {
      position += 1
      return false
    }
    if byte == Self.newline {
      position += 1
      line += 1
      return true
    }
    try endUnusually(bytes)
    return true
  }

  /// Ends a row by CRLF; anything else is no end of a field.
  private mutating func endUnusually(_ bytes: Span<UInt8>) throws(DataError) {
    let byte = bytes[position]
    if byte == Self.carriageReturn {
      guard position + 1 < bytes.count && bytes[position + 1] == Self.newline else {
        throw DataError(
          problem: "a carriage return (CR) without a line feed does not end a row", line: line,
          remedy: "Convert the line ends, for example with tr '\\r' '\\n'; quote it if it is text.")
      }
      position += 2
      line += 1
    } else if byte == Self.quote {
      throw DataError(
        problem: "a quote inside a field that does not begin with one", line: line,
        remedy: "Put quotes around the field and double those in it.")
    } else {
      throw DataError(
        problem: "text after the closing quote of a field", line: line,
        remedy: "Double the quotes that belong to the field's text.")
    }
  }

  private mutating func quotedField(_ bytes: Span<UInt8>) throws(DataError) -> Field {
    let openingLine = line
    let start = position + 1
    var form = Field.Form.text
    var i = start
    while i < bytes.count {
      let byte = bytes[i]
      if byte == Self.newline {
        line += 1
      } else if byte == Self.quote {
        guard i + 1 < bytes.count && bytes[i + 1] == Self.quote else {
          position = i + 1
          return Field(start: start, end: i, form: form)
        }
        form = .doubledQuotes
        i += 1
      }
      i += 1
    }
    throw DataError(
      problem: "a quote that opens here is never closed", line: openingLine,
      remedy: "Close it, or double the quotes that belong to a field's text.")
  }

  /// Reads the first record: distinct names, of which empty ones may repeat.
  mutating func header(_ bytes: Span<UInt8>) throws(DataError) -> [String] {
    let start = position
    var names: [String] = []
    var seen: Set<String> = []
    var isLast = false
    while !isLast {
      let name = String(decoding: try field(bytes).unescaped(in: bytes), as: UTF8.self)
      isLast = try endsRow(bytes)
      names.append(name)
      if !name.isEmpty && !seen.insert(name).inserted {
        throw DataError(
          problem: "two columns have this name", line: 1, column: name, remedy: "Rename one.")
      }
    }
    let first = bytes[start]
    guard first != Self.newline && first != Self.carriageReturn else {
      throw DataError(
        problem: "the first line is blank", line: 1,
        remedy: "Begin the file with a header: one name a column.")
    }
    guard position < bytes.count else {
      throw DataError(problem: "there is a header but no row", remedy: "Add rows below the header.")
    }
    return names
  }

  /// The most frequent of comma, semicolon, tab and bar outside quotes in the first record; a comma
  /// if there is none, the earlier in this order if two are as frequent.
  static func detectedDelimiter(_ bytes: Span<UInt8>, from start: Int) -> UInt8 {
    let candidates = [",", ";", "\t", "|"].map { (delimiter: String) in Array(delimiter.utf8)[0] }
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    for i in start..<bytes.count {
      let byte = bytes[i]
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == newline { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    var best = 0
    for index in candidates.indices where counts[index] > counts[best] { best = index }
    return candidates[best]
  }
}

/// The text of a quoted field, without its outer quotes, in which every quote is doubled.
func undoublingQuotes(_ field: Span<UInt8>) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(field.count)
  var i = 0
  while i < field.count {
    text.append(field[i])
    i += field[i] == UInt8(ascii: "\"") ? 2 : 1
  }
  return text
}
