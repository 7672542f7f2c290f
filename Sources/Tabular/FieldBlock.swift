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

  let start: Int
  /// Number of bytes times eight, plus the form: fields are written and read by the million.
  private let sizeAndForm: Int

  init() { self.init(start: 0, end: 0, form: .absent) }

  @inline(__always)
  init(start: Int, end: Int, form: Form) {
    self.start = start
    sizeAndForm = (end &- start) << 3 | Int(form.rawValue)
  }

  var end: Int { start &+ count }
  var count: Int { sizeAndForm >> 3 }
  var isText: Bool { sizeAndForm & 7 == Int(Form.text.rawValue) }
  var form: Form { Form(rawValue: UInt8(sizeAndForm & 7)) ?? .absent }

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

/// The fields of some consecutive rows, column by column, for the columns that are kept.
///
/// Scanners fill blocks and columns take them in, so that each loop is about one thing, and its data
/// stay in the cache.
struct FieldBlock: Sendable {
  static let rowCapacity = 256

  /// Kept columns.
  let width: Int
  /// The number of the first row in the chunk.
  var firstRow = 0
  var rowCount = 0
  private(set) var fields: [Field]

  init(width: Int) {
    self.width = width
    fields = [Field](repeating: Field(), count: width * Self.rowCapacity)
  }

  subscript(row: Int, slot: Int) -> Field {
    get { fields[slot * Self.rowCapacity + row] }
    set { fields[slot * Self.rowCapacity + row] = newValue }
  }

  /// Calls `body` with the fields of the rows that are here.
  func withFields<R>(of slot: Int, _ body: (Span<Field>) -> R) -> R {
    let start = slot * Self.rowCapacity
    return body(fields.span.extracting(start..<start + rowCount))
  }

  /// Calls `body` with all places, and the number of the one for the next row's field.
  mutating func withPlaces(
    of slot: Int, _ body: (_ places: inout MutableSpan<Field>, _ next: Int) -> Void
  ) {
    let next = slot * Self.rowCapacity + rowCount
    var places = fields.mutableSpan
    body(&places, next)
  }
}
