// SPDX-License-Identifier: Apache-2.0

/// What all values of a column look like; the narrowest that fits, in the order of the cases.
public enum ValueKind: String, Sendable, CaseIterable {
  /// 0, 1, true, false, yes or no, in any letter case.
  case boolean
  /// Optional sign and decimal digits.
  case integer
  /// A finite decimal number.
  case number
  case text
}

/// The kinds that one value, or every value so far, can be read as.
struct ValueReadings: OptionSet {
  let rawValue: UInt8
  static let boolean = ValueReadings(rawValue: 1)
  static let integer = ValueReadings(rawValue: 2)
  static let number = ValueReadings(rawValue: 4)

  /// The narrowest kind; `.text` if none is left.
  var kind: ValueKind {
    if contains(.boolean) { return .boolean }
    if contains(.integer) { return .integer }
    return contains(.number) ? .number : .text
  }
}

extension ValueReadings {
  /// How `bytes` can be read, and its number if it is one.
  static func of(_ bytes: Span<UInt8>) -> (readings: ValueReadings, number: Double?) {
    guard case .finite(let number) = readDecimal(bytes) else {
      return (isBooleanWord(bytes) ? .boolean : [], nil)
    }
    var readings: ValueReadings = .number
    if isInteger(bytes) { readings.insert(.integer) }
    if bytes.count == 1 && (number == 0 || number == 1) { readings.insert(.boolean) }
    return (readings, number)
  }

  /// For bytes that are a decimal number: whether they hold neither point nor exponent.
  private static func isInteger(_ bytes: Span<UInt8>) -> Bool {
    for i in bytes.indices {
      switch bytes[i] {
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return false
      default: continue
      }
    }
    return true
  }

  private static func isBooleanWord(_ bytes: Span<UInt8>) -> Bool {
    guard (2...5).contains(bytes.count) else { return false }
    // Bit 5 is the letter case of ASCII letters; no other byte becomes one of these words' letters
    // except their capitals, because all of them lie in 0x61...0x7A.
    let word = bytes.indices.map { bytes[$0] | 0x20 }
    return ["true", "false", "yes", "no"].contains { word.elementsEqual($0.utf8) }
  }
}
