// SPDX-License-Identifier: Apache-2.0

/// Where a field lies in the bytes of its file, and how its text is written there.
struct Field: Sendable {
  enum Form: UInt8 {
    /// No such key in this line, or JSON `null`.
    case absent
    /// The bytes are the text: a CSV field without its quotes, a JSON number or boolean.
    case text
    /// A quoted CSV field that holds doubled quotes.
    case doubledQuotes
    /// A JSON string whose bytes are its text, and one with escapes.
    case string, escapedString
    /// A JSON object or array.
    case nested
  }

  var start = 0
  var end = 0
  var form = Form.absent

  /// The text, with doubled quotes and JSON escapes resolved.
  func unescaped(in bytes: Span<UInt8>) -> [UInt8] {
    let field = bytes.extracting(start..<end)
    switch form {
    case .doubledQuotes: return undoublingQuotes(field)
    case .escapedString: return resolvingEscapes(field)
    default: return field.indices.map { field[$0] }
    }
  }
}

/// The fields of some consecutive rows, row by row, for the columns that are kept.
///
/// Scanners fill blocks and columns take them in, so that each loop is about one thing, and its data
/// stay in the cache.
struct FieldBlock: Sendable {
  static let rowCapacity = 512

  /// Kept columns.
  let width: Int
  /// The number of the first row in the file.
  var firstRow = 0
  var rowCount = 0
  var fields: [Field]

  init(width: Int) {
    self.width = width
    fields = [Field](repeating: Field(), count: width * Self.rowCapacity)
  }

  subscript(row: Int, slot: Int) -> Field { fields[row * width + slot] }
}

/// Takes in one column's fields.
protocol FieldSink: Sendable {
  /// Appends the fields at `slot`, up to the first that the column cannot hold, which is returned.
  mutating func append(
    _ block: borrowing FieldBlock, slot: Int, from bytes: Span<UInt8>
  ) -> Refusal?

  /// What was appended.
  func column(named name: String) -> Column
}

/// A field that does not fit its column.
struct Refusal {
  /// Row in the block.
  var row: Int
  var problem: String
  var value: String
  var remedy: String

  static func nested(_ field: Field, row: Int, in bytes: Span<UInt8>) -> Refusal {
    Refusal(
      row: row, problem: "an object or array, not a single value",
      value: text(bytes.extracting(field.start..<field.end)),
      remedy: "Flatten the records before.")
  }
}
