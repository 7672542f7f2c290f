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

  mutating func reserve(_ count: Int) { indices.reserveCapacity(count) }

  mutating func append(_ bytes: Span<UInt8>) {
    let index = dictionary.insert(bytes)
    indices.append(index < tokenCount ? -1 : Int32(index))
  }

  mutating func appendMissing() { indices.append(-1) }

  func categoryColumn(named name: String) -> CategoryColumn {
    let (kind, order) = dictionary.canonicalOrder(of: valueRange)
    var codes = [Int32](repeating: -1, count: dictionary.count)
    for (code, index) in order.enumerated() { codes[index] = Int32(code) }
    return CategoryColumn(
      name: name, codes: indices.map { $0 < 0 ? -1 : codes[Int($0)] },
      values: order.map { dictionary.string($0) }, kind: kind)
  }
}

extension CategoryBuilder: FieldSink {
  mutating func append(
    _ block: borrowing FieldBlock, slot: Int, from bytes: Span<UInt8>
  ) -> Refusal? {
    for row in 0..<block.rowCount {
      let field = block[row, slot]
      switch field.form {
      case .text, .string: append(bytes.extracting(field.start..<field.end))
      case .absent: appendMissing()
      case .doubledQuotes, .escapedString: append(field.unescaped(in: bytes).span)
      case .nested:
        guard keepsNested else { return Refusal.nested(field, row: row, in: bytes) }
        append(bytes.extracting(field.start..<field.end))
      }
    }
    return nil
  }

  func column(named name: String) -> Column { .category(categoryColumn(named: name)) }
}
