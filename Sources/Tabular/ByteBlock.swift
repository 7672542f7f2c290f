// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandBytes

/// 64 bytes of text, asked which bytes are where: bit i of an answer stands for byte i.
struct ByteBlock {
  /// The vectors of every processor; larger ones are not on all.
  typealias Part = SIMD16<UInt8>
  fileprivate let first, second, third, fourth: Part

  @inline(__always)
  init(_ text: Span<UInt8>, at offset: Int) {
    // Why unsafe: a type might have padding that is read, which UInt8 has not.
    let block = unsafe text.bytes.extracting(offset..<offset &+ 64)
    first = Self.part(block, 0)
    second = Self.part(block, 16)
    third = Self.part(block, 32)
    fourth = Self.part(block, 48)
  }

  /// Fewer than 64 bytes, up to the end of `text`, and then line feeds.
  init(endOf text: Span<UInt8>, from offset: Int) {
    var bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: 64)
    for i in offset..<text.count { bytes[i - offset] = text[i] }
    self.init(bytes.span, at: 0)
  }

  @inline(__always)
  private static func part(_ block: RawSpan, _ offset: Int) -> Part {
    // Why unsafe: only because a type might have invalid bit patterns, which this one has not; the
    // bounds are checked.
    unsafe block.unsafeLoadUnaligned(fromByteOffset: offset, as: Part.self)
  }

  @inline(__always)
  func positions(of byte: UInt8) -> UInt64 {
    evenhand_top_bits(matches(first, byte)) | evenhand_top_bits(matches(second, byte)) << 16
      | evenhand_top_bits(matches(third, byte)) << 32
      | evenhand_top_bits(matches(fourth, byte)) << 48
  }

  @inline(__always)
  func contains(_ a: UInt8, or b: UInt8) -> Bool {
    let marks =
      matches(first, a) | matches(second, a) | matches(third, a) | matches(fourth, a)
      | matches(first, b) | matches(second, b) | matches(third, b) | matches(fourth, b)
    return evenhand_top_bits(marks) != 0
  }
}

/// 0xFF where the bytes are `byte`, 0 elsewhere.
@inline(__always)
private func matches(_ bytes: ByteBlock.Part, _ byte: UInt8) -> ByteBlock.Part {
  evenhand_matches(bytes, byte)
}

/// What is asked of all bytes of a text.
struct ByteSummary {
  private var all = ByteBlock.Part()
  private var zeros = ByteBlock.Part()
  private var quotes = ByteBlock.Part()

  @inline(__always)
  mutating func add(_ block: ByteBlock) {
    add(block.first)
    add(block.second)
    add(block.third)
    add(block.fourth)
  }

  @inline(__always)
  private mutating func add(_ bytes: ByteBlock.Part) {
    all |= bytes
    zeros |= matches(bytes, 0)
    quotes ^= matches(bytes, UInt8(ascii: "\""))
  }

  var isASCII: Bool { evenhand_top_bits(all) == 0 }
  var hasZero: Bool { evenhand_top_bits(zeros) != 0 }
  var hasOddQuotes: Bool { evenhand_top_bits(quotes).nonzeroBitCount & 1 == 1 }
}
