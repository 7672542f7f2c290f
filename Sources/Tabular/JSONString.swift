// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
  /// Reads the string whose opening quote is here, and checks its escapes.
  mutating func string(_ bytes: Span<UInt8>) throws(DataError) -> Field {
    let start = position + 1
    var form = Field.Form.string
    position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return Field(start: start, end: position - 1, form: form)
      case UInt8(ascii: "\\"):
        form = .escapedString
        try skipEscape(bytes)
      case UInt8(ascii: "\n"): throw malformed("a string does not end on its line")
      case 0..<0x20: throw malformed("a control character in a string", remedy: "Escape it.")
      default: position += 1
      }
    }
    throw malformed("a string does not end on its line")
  }

  private mutating func skipEscape(_ bytes: Span<UInt8>) throws(DataError) {
    let escape = position
    guard escape + 1 < bytes.count else { throw malformed("a string ends in an escape") }
    position += 2
    switch bytes[escape + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      guard let unit = codeUnit(bytes, at: escape) else { throw malformed("a bad \\u escape") }
      position += 4
      guard UTF16.isSurrogate(unit) else { return }
      guard UTF16.isLeadSurrogate(unit), let trail = codeUnit(bytes, at: position),
        UTF16.isTrailSurrogate(trail)
      else { throw malformed("half a surrogate pair in \\u escapes") }
      position += 6
    default: throw malformed("an unknown escape in a string")
    }
  }
}

/// The code unit of a `\u` escape with four hexadecimal digits at `position`; nil if there is none.
private func codeUnit(_ bytes: Span<UInt8>, at position: Int) -> UInt16? {
  guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
    bytes[position + 1] == UInt8(ascii: "u")
  else { return nil }
  var unit: UInt16 = 0
  for i in position + 2..<position + 6 {
    guard let digit = Character(UnicodeScalar(bytes[i])).hexDigitValue else { return nil }
    unit = unit << 4 | UInt16(digit)
  }
  return unit
}

/// The UTF-8 text of a JSON string, without its quotes, whose escapes were checked.
func resolvingEscapes(_ string: Span<UInt8>) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(string.count)
  var i = 0
  while i < string.count {
    guard string[i] == UInt8(ascii: "\\") else {
      text.append(string[i])
      i += 1
      continue
    }
    if let unit = codeUnit(string, at: i) {
      i += 6
      var units = [unit]
      if UTF16.isLeadSurrogate(unit), let trail = codeUnit(string, at: i) {
        units.append(trail)
        i += 6
      }
      text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    } else {
      text.append(simpleEscape(string[i + 1]))
      i += 2
    }
  }
  return text
}

private func simpleEscape(_ letter: UInt8) -> UInt8 {
  switch letter {
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "f"): 0x0C
  case UInt8(ascii: "n"): 0x0A
  case UInt8(ascii: "r"): 0x0D
  case UInt8(ascii: "t"): 0x09
  default: letter
  }
}
