// SPDX-License-Identifier: Apache-2.0

/// Builds a `NumberColumn` field by field.
struct NumberBuilder: Sendable {
  private var values: [Double] = []
  private let missing: MissingTokens

  init(missing: MissingTokens) { self.missing = missing }
}

extension NumberBuilder: FieldSink {
  mutating func append(
    _ block: borrowing FieldBlock, slot: Int, from bytes: Span<UInt8>
  ) -> Refusal? {
    for row in 0..<block.rowCount {
      let field = block[row, slot]
      if field.form == .text && !missing.hasNumber,
        case .finite(let value) = readDecimal(bytes.extracting(field.start..<field.end))
      {
        values.append(value)
      } else if let refusal = appendUnusual(field, row: row, from: bytes) {
        return refusal
      }
    }
    return nil
  }

  func column(named name: String) -> Column { .number(NumberColumn(name: name, finite: values)) }

  /// Everything but a plain number: missing, quoted with escapes, or not a number.
  private mutating func appendUnusual(
    _ field: Field, row: Int, from bytes: Span<UInt8>
  ) -> Refusal? {
    if field.form == .nested { return Refusal.nested(field, row: row, in: bytes) }
    let content = field.unescaped(in: bytes)
    if field.form == .absent || missing.contains(trimming: content.span) {
      values.append(.nan)
      return nil
    }
    let reading = readDecimal(content.span)
    if field.form == .string || field.form == .escapedString {
      return Refusal(
        row: row, problem: "a string, not a number", value: text(content.span),
        remedy: reading == .notANumber
          ? remedy(for: text(content.span)) : "Write the number without quotes.")
    }
    switch reading {
    case .finite(let value):
      values.append(value)
      return nil
    case .notFinite:
      return Refusal(
        row: row, problem: "not a finite number", value: text(content.span),
        remedy: remedy(for: text(content.span)))
    case .notANumber:
      return Refusal(
        row: row, problem: "not a number", value: text(content.span),
        remedy: remedy(for: text(content.span)))
    }
  }

  private func remedy(for value: String) -> String {
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
