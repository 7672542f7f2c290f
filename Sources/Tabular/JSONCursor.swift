// SPDX-License-Identifier: Apache-2.0

/// A place in JSON text (RFC 8259), and the rules for moving on from it within a line.
struct JSONCursor {
  var position: Int
  /// Physical line at `position`, counted from 1.
  var line = 1

  private static let deepestNesting = 100

  init(position: Int) { self.position = position }

  /// Skips blanks other than a line feed and returns the byte that follows; 0 at the end.
  mutating func peek(_ bytes: Span<UInt8>) -> UInt8 {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case let byte: return byte
      }
    }
    return 0
  }

  /// Skips blanks and `byte` if it follows; whether it did.
  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard peek(bytes) == byte else { return false }
    position += 1
    return true
  }

  func malformed(_ problem: String, remedy: String? = nil) -> DataError {
    DataError(
      problem: "not a JSON object: " + problem, line: line,
      remedy: remedy ?? "Write one JSON object a line, for example with jq -c.")
  }

  /// Reads any value; `null` is absent.
  mutating func value(_ bytes: Span<UInt8>, depth: Int = 0) throws(DataError) -> Field {
    let first = peek(bytes)
    let start = position
    switch first {
    case UInt8(ascii: "\""): return try string(bytes)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < Self.deepestNesting else { throw malformed("nested too deeply") }
      try skipNested(bytes, depth: depth)
      return Field(start: start, end: position, form: .nested)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(bytes)
    default: return try word(bytes)
    }
  }

  private mutating func skipNested(_ bytes: Span<UInt8>, depth: Int) throws(DataError) {
    let isObject = bytes[position] == UInt8(ascii: "{")
    let close = UInt8(ascii: isObject ? "}" : "]")
    position += 1
    if take(close, bytes) { return }
    repeat {
      if isObject { _ = try key(bytes) }
      _ = try value(bytes, depth: depth + 1)
    } while take(UInt8(ascii: ","), bytes)
    guard take(close, bytes) else { throw expected("a comma or the end of a nested value", bytes) }
  }

  /// Reads a key and its colon.
  mutating func key(_ bytes: Span<UInt8>) throws(DataError) -> Field {
    guard peek(bytes) == UInt8(ascii: "\"") else { throw expected("a key in quotes", bytes) }
    let key = try string(bytes)
    guard take(UInt8(ascii: ":"), bytes) else { throw expected("a colon after the key", bytes) }
    return key
  }

  /// What was expected instead of the byte at `position`.
  func expected(_ what: String, _ bytes: Span<UInt8>) -> DataError {
    let isEnd = position >= bytes.count || bytes[position] == UInt8(ascii: "\n")
    return malformed("\(what) is expected" + (isEnd ? " before the line ends" : ""))
  }

  private mutating func word(_ bytes: Span<UInt8>) throws(DataError) -> Field {
    let start = position
    while position < bytes.count, isASCIILetter(bytes[position]) { position += 1 }
    switch text(bytes.extracting(start..<position)) {
    case "true", "false": return Field(start: start, end: position, form: .text)
    case "null": return Field()
    case "NaN", "Infinity":
      throw malformed("NaN and Infinity are no JSON", remedy: "Write null for a missing value.")
    default: throw expected("a value", bytes)
    }
  }

  private func isASCIILetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Reads a number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  private mutating func number(_ bytes: Span<UInt8>) throws(DataError) -> Field {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = position
    let hasLeadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
    skipDigits(bytes)
    var isValid = position > whole && !(hasLeadingZero && position > whole + 1)
    if position < bytes.count && bytes[position] == UInt8(ascii: ".") {
      position += 1
      isValid = skipDigits(bytes) && isValid
    }
    if position < bytes.count && bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) {
        position += 1
      }
      isValid = skipDigits(bytes) && isValid
    }
    guard isValid else {
      throw malformed("the number \(text(bytes.extracting(start..<position)).cut()) is malformed")
    }
    return Field(start: start, end: position, form: .text)
  }

  /// Whether there was a digit.
  @discardableResult
  private mutating func skipDigits(_ bytes: Span<UInt8>) -> Bool {
    let start = position
    while position < bytes.count && bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
    return position > start
  }
}
