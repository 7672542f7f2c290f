// SPDX-License-Identifier: Apache-2.0

/// Writes JSON straight into bytes.
///
/// Gaps and measurements come by the ten thousand; a general encoder takes longer to write them than
/// the evaluation takes to find them. Keys are written in the order given, which is alphabetical.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  mutating func object(_ members: (inout JSONText) -> Void) {
    open(UInt8(ascii: "{"))
    members(&self)
    close(UInt8(ascii: "}"))
  }

  mutating func array<Element>(
    _ elements: [Element], _ element: (inout JSONText, Element) -> Void
  ) {
    open(UInt8(ascii: "["))
    for one in elements { element(&self, one) }
    close(UInt8(ascii: "]"))
  }

  /// The key of the member that is written next.
  mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    // Keys are plain ASCII of this source.
    bytes.append(contentsOf: name.description.utf8)
    bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
    needsComma = false
  }

  mutating func null() { literal("null") }

  mutating func value(_ number: Int) { literal(String(number)) }

  mutating func value(_ number: Int?) {
    if let number { value(number) } else { null() }
  }

  /// The shortest text that reads back as the same number; NaN and infinity do not occur.
  mutating func value(_ number: Double?) {
    guard let number else { return null() }
    precondition(number.isFinite, "a scorecard holds no NaN and no infinity")
    if number == number.rounded(), abs(number) < 0x1p53 {
      literal(String(Int(number)))
    } else {
      literal(number.description)
    }
  }

  mutating func value(_ text: String?) {
    guard let text else { return null() }
    separate()
    string(text)
    needsComma = true
  }

  /// Bytes that are JSON already.
  mutating func json(_ encoded: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: encoded)
    needsComma = true
  }

  /// The name of a member that is not known beforehand.
  mutating func key(_ name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x08: bytes.append(contentsOf: Array("\\b".utf8))
      case 0x09: bytes.append(contentsOf: Array("\\t".utf8))
      case 0x0A: bytes.append(contentsOf: Array("\\n".utf8))
      case 0x0C: bytes.append(contentsOf: Array("\\f".utf8))
      case 0x0D: bytes.append(contentsOf: Array("\\r".utf8))
      case 0..<0x20:
        let digits = Array(String(byte, radix: 16).utf8)
        bytes.append(contentsOf: Array("\\u00".utf8))
        if digits.count < 2 { bytes.append(UInt8(ascii: "0")) }
        bytes.append(contentsOf: digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
