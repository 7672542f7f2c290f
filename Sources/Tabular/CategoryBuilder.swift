// SPDX-License-Identifier: Apache-2.0

/// Builds a `CategoryColumn` value by value.
struct CategoryBuilder: Sendable {
  private(set) var dictionary = ByteDictionary()
  /// Numbers in `dictionary`.
  private(set) var indices: [Int32] = []
  /// The missing tokens come first in the dictionary, so that asking whether a value is missing
  /// costs one comparison of numbers.
  let tokenCount: Int
  /// For a look at a file: objects and arrays of JSON count as text instead of being refused.
  let keepsNested: Bool

  init(missing: MissingTokens = MissingTokens([]), keepsNested: Bool = false) {
    for token in missing.tokens { _ = dictionary.insert(token.span) }
    tokenCount = dictionary.count
    self.keepsNested = keepsNested
  }

  /// The numbers of the values that are not missing tokens.
  var valueRange: Range<Int> { tokenCount..<dictionary.count }

  mutating func reserve(_ count: Int) { indices.reserveCapacity(indices.count + count) }

  mutating func append(_ bytes: Span<UInt8>) {
    let index = dictionary.insert(bytes)
    indices.append(index < tokenCount ? -1 : Int32(index))
  }

  mutating func appendMissing() { indices.append(-1) }

  /// The column; no row is left.
  mutating func takeCategoryColumn(named name: String) -> CategoryColumn {
    let (kind, order) = dictionary.canonicalOrder(of: valueRange)
    var codes = [Int32](repeating: -1, count: dictionary.count)
    for (code, index) in order.enumerated() { codes[index] = Int32(code) }
    Self.renumber(&indices, from: 0, by: codes)
    defer { indices = [] }
    return CategoryColumn(
      name: name, codes: indices, values: order.map { dictionary.string($0) }, kind: kind)
  }

  /// Replaces the numbers from `start` on; missing values stay.
  private static func renumber(
    _ indices: inout [Int32], from start: Int, by numbers: [Int32]
  ) {
    var indices = indices.mutableSpan
    let numbers = numbers.span
    for row in start..<indices.count {
      let index = indices[row]
      if index >= 0 { indices[row] = numbers[Int(index)] }
    }
  }
}

extension CategoryBuilder: FieldSink {
  mutating func append(
    _ block: borrowing FieldBlock, slot: Int, from bytes: Span<UInt8>
  ) -> Refusal? {
    block.withFields(of: slot) { fields in append(fields, from: bytes) }
  }

  mutating func merge(_ next: Self) {
    let numbers = (0..<next.dictionary.count).map { index in
      next.dictionary.withBytes(of: index) { Int32(dictionary.insert($0)) }
    }
    let start = indices.count
    indices.append(contentsOf: next.indices)
    Self.renumber(&indices, from: start, by: numbers)
  }

  mutating func takeColumn(named name: String) -> Column {
    .category(takeCategoryColumn(named: name))
  }

  private mutating func append(_ fields: Span<Field>, from bytes: Span<UInt8>) -> Refusal? {
    let start = indices.count
    indices.append(contentsOf: repeatElement(-1, count: fields.count))
    return Self.number(
      fields, from: bytes, tokenCount: tokenCount, keepsNested: keepsNested, by: &dictionary,
      into: &indices, at: start)
  }

  /// Writes the numbers of `fields`; those of missing ones are −1 already.
  private static func number(
    _ fields: Span<Field>, from bytes: Span<UInt8>, tokenCount: Int, keepsNested: Bool,
    by dictionary: inout ByteDictionary, into indices: inout [Int32], at start: Int
  ) -> Refusal? {
    var indices = indices.mutableSpan
    var row = 0
    while true {
      row = dictionary.lookUp(fields, from: row, in: bytes) { row, index in
        if index >= tokenCount { indices[start &+ row] = index }
      }
      guard row < fields.count else { return nil }
      let field = fields[row]
      switch field.form {
      case .absent: break
      case .nested where !keepsNested: return Refusal.nested(field, row: row, in: bytes)
      case .text, .string, .nested:
        let index = dictionary.insert(bytes, field.start, field.end)
        if index >= tokenCount { indices[start + row] = Int32(index) }
      case .doubledQuotes, .escapedString:
        let index = dictionary.insert(field.unescaped(in: bytes).span)
        if index >= tokenCount { indices[start + row] = Int32(index) }
      }
      row += 1
    }
  }
}
