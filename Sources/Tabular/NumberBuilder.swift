// SPDX-License-Identifier: Apache-2.0

/// Builds a `NumberColumn` field by field.
struct NumberBuilder: Sendable {
  private var values: [Double] = []
  private let missing: MissingTokens

  init(missing: MissingTokens) { self.missing = missing }
}

extension NumberBuilder: FieldSink {
  mutating func reserve(_ count: Int) { values.reserveCapacity(values.count + count) }

  mutating func append(
    _ block: borrowing FieldBlock, slot: Int, from bytes: Span<UInt8>
  ) -> Refusal? {
    block.withFields(of: slot) { fields in append(fields, from: bytes) }
  }

  mutating func merge(_ next: Self) { values.append(contentsOf: next.values) }

  mutating func takeColumn(named name: String) -> Column {
    defer { values = [] }
    return .number(NumberColumn(name: name, finite: values))
  }

  private mutating func append(_ fields: Span<Field>, from bytes: Span<UInt8>) -> Refusal? {
    let start = values.count
    values.append(contentsOf: repeatElement(.nan, count: fields.count))
    return Self.read(fields, from: bytes, missing, into: &values, at: start)
  }

  private static func read(
    _ fields: Span<Field>, from bytes: Span<UInt8>, _ missing: MissingTokens,
    into values: inout [Double], at start: Int
  ) -> Refusal? {
    var values = values.mutableSpan
    let hasNumber = missing.hasNumber
    for row in fields.indices {
      let field = fields[row]
      if field.isText && !hasNumber {
        if let value = shortDecimal(bytes, field.start, field.end) {
          values[start &+ row] = value
          continue
        }
        if case .finite(let value) = readDecimal(bytes.extracting(field.start..<field.end)) {
          values[start &+ row] = value
          continue
        }
      }
      switch unusualNumber(field, row: row, from: bytes, missing) {
      case .success(let value): values[start &+ row] = value
      case .failure(let refusal): return refusal
      }
    }
    return nil
  }

  /// Everything but a plain number: missing, quoted with escapes, or not a number.
  private static func unusualNumber(
    _ field: Field, row: Int, from bytes: Span<UInt8>, _ missing: MissingTokens
  ) -> Result<Double, Refusal> {
    if field.form == .nested { return .failure(Refusal.nested(field, row: row, in: bytes)) }
    let content = field.unescaped(in: bytes)
    if field.form == .absent || missing.contains(trimming: content.span) {
      return .success(.nan)
    }
    let reading = readDecimal(content.span)
    if field.form == .string || field.form == .escapedString {
      return .failure(
        Refusal(
          row: row, problem: "a string, not a number", value: text(content.span),
          remedy: reading == .notANumber
            ? remedy(for: text(content.span)) : "Write the number without quotes."))
    }
    switch reading {
    case .finite(let value): return .success(value)
    case .notFinite:
      return .failure(
        Refusal(
          row: row, problem: "not a finite number", value: text(content.span),
          remedy: remedy(for: text(content.span))))
    case .notANumber:
      return .failure(
        Refusal(
          row: row, problem: "not a number", value: text(content.span),
          remedy: remedy(for: text(content.span))))
    }
  }

  private static func remedy(for value: String) -> String {
    let parts = value.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 2 && parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) {
      return "Write a point for the decimal comma."
    }
    // Only what a shell takes as it stands is quoted as a flag.
    let isPlain = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "-"):
        return true
      default: return false
      }
    }
    let flag = isPlain && value.utf8.count <= 20 ? "--missing \(value)" : "--missing"
    return "Use \(flag) if it stands for a missing value."
  }
}
