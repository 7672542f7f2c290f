// SPDX-License-Identifier: Apache-2.0

/// What a text is as a decimal number.
enum DecimalReading: Equatable {
  case finite(Double)
  case notANumber
  /// An infinity, "nan", a hexadecimal number, or a decimal beyond the range of Double.
  case notFinite
}

/// The number that `[spaces][sign]digits[.digits][e[sign]digits][spaces]` stands for, correctly
/// rounded; spaces are ASCII spaces and tabs, and digits may lack on one side of the point.
///
/// Up to 19 significant digits and a power of ten within ±27 are rounded here; the rest is left to
/// the standard library, which is some ten times slower.
func readDecimal(_ bytes: Span<UInt8>) -> DecimalReading {
  var i = 0
  var end = bytes.count
  while i < end && isBlank(bytes[i]) { i += 1 }
  while end > i && isBlank(bytes[end - 1]) { end -= 1 }
  let start = i
  var isNegative = false
  if i < end && (bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+")) {
    isNegative = bytes[i] == UInt8(ascii: "-")
    i += 1
  }
  var number = DecimalDigits()
  number.read(bytes, from: &i, to: end, isFraction: false)
  if i < end && bytes[i] == UInt8(ascii: ".") {
    i += 1
    number.read(bytes, from: &i, to: end, isFraction: true)
  }
  guard number.digitCount > 0 else { return wordReading(bytes.extracting(start..<end)) }
  if i < end && (bytes[i] | 0x20) == UInt8(ascii: "e") {
    i += 1
    guard number.readExponent(bytes, from: &i, to: end) else { return .notANumber }
  }
  guard i == end else { return wordReading(bytes.extracting(start..<end)) }
  if let magnitude = number.rounded() { return .finite(isNegative ? -magnitude : magnitude) }
  return standardReading(bytes.extracting(start..<end))
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// By the standard library: `bytes` are known to have the form of a decimal number.
private func standardReading(_ bytes: Span<UInt8>) -> DecimalReading {
  guard let value = Double(text(bytes)) else { return .notANumber }
  return value.isFinite ? .finite(value) : .notFinite
}

/// Tells the words and forms that other programs write for numbers from text.
private func wordReading(_ bytes: Span<UInt8>) -> DecimalReading {
  guard bytes.count <= 40 else { return .notANumber }
  var word = text(bytes).lowercased()
  if word.hasPrefix("-") || word.hasPrefix("+") { word.removeFirst() }
  if ["inf", "infinity", "nan"].contains(word) { return .notFinite }
  let digits = word.dropFirst(2)
  let isHexadecimal =
    word.hasPrefix("0x") && !digits.isEmpty && digits.allSatisfy { $0.isHexDigit || $0 == "." }
  return isHexadecimal ? .notFinite : .notANumber
}

/// The text of bytes that are known to be UTF-8.
func text(_ bytes: Span<UInt8>) -> String {
  String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
}
