// SPDX-License-Identifier: Apache-2.0

/// 64 bytes of text, asked which bytes are where: bit i of an answer stands for byte i.
///
/// Words and arithmetic, of which the compiler makes vector instructions of any processor; of
/// comparisons of `SIMD64<UInt8>` it makes loops over the bytes.
struct ByteBlock {
  typealias Words = SIMD2<UInt64>
  fileprivate let first, second, third, fourth: Words

  @inline(__always)
  init(_ text: Span<UInt8>, at offset: Int) {
    first = text.twoWords(at: offset)
    second = text.twoWords(at: offset + 16)
    third = text.twoWords(at: offset + 32)
    fourth = text.twoWords(at: offset + 48)
  }

  /// Fewer than 64 bytes, up to the end of `text`, and then line feeds.
  init(endOf text: Span<UInt8>, from offset: Int) {
    var bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: 64)
    for i in offset..<text.count { bytes[i - offset] = text[i] }
    self.init(bytes.span, at: 0)
  }

  @inline(__always)
  func positions(of byte: UInt8) -> UInt64 {
    Self.bits(
      Self.matches(first, byte), Self.matches(second, byte), Self.matches(third, byte),
      Self.matches(fourth, byte))
  }

  /// The positions of line feeds and of `byte`, and those of line feeds alone.
  @inline(__always)
  func positions(ofLineFeedOr byte: UInt8) -> (all: UInt64, lineEnds: UInt64) {
    let lineFeed = UInt8(ascii: "\n")
    let (a, b) = (Self.matches(first, lineFeed), Self.matches(second, lineFeed))
    let (c, d) = (Self.matches(third, lineFeed), Self.matches(fourth, lineFeed))
    let all = Self.bits(
      a | Self.matches(first, byte), b | Self.matches(second, byte),
      c | Self.matches(third, byte), d | Self.matches(fourth, byte))
    // Most blocks have one line end or none.
    return (all, Self.bits(a, b, c, d))
  }

  @inline(__always)
  func contains(_ a: UInt8, or b: UInt8) -> Bool {
    let marks =
      (Self.mark(first, a) | Self.mark(second, a) | Self.mark(third, a) | Self.mark(fourth, a))
      | (Self.mark(first, b) | Self.mark(second, b) | Self.mark(third, b) | Self.mark(fourth, b))
    return (marks[0] | marks[1]) & eachByte(0x80) != 0
  }

  @inline(__always)
  private static func difference(_ words: Words, _ byte: UInt8) -> Words {
    words ^ Words(repeating: eachByte(UInt64(byte)))
  }

  /// Subtracting one turns on the top bit of a zero byte; a borrow makes it do so of others above.
  @inline(__always)
  private static func mark(_ words: Words, _ byte: UInt8) -> Words {
    let x = difference(words, byte)
    return (x &- Words(repeating: eachByte(0x01))) & ~x
  }

  /// 0x80 where the bytes are `byte`, 0 elsewhere: no byte carries into another.
  @inline(__always)
  fileprivate static func matches(_ words: Words, _ byte: UInt8) -> Words {
    let x = difference(words, byte)
    let low = Words(repeating: eachByte(0x7F))
    return ~(((x & low) &+ low) | x | low)
  }

  /// One bit for each byte that is 0x80.
  ///
  /// The bits of word i are moved to bit i of its bytes, so that the words can be laid over each
  /// other; what then is bit i of byte j has to become bit j of byte i: the transpose of 8 · 8 bits.
  @inline(__always)
  private static func bits(_ a: Words, _ b: Words, _ c: Words, _ d: Words) -> UInt64 {
    let even: Words = a &>> Words(repeating: 6) | b &>> Words(repeating: 4)
    let odd: Words = c &>> Words(repeating: 2) | d
    let words = even | odd
    var x = words[0] &>> 1 | words[1]
    var swapped = (x ^ (x &>> 7)) & 0x00AA_00AA_00AA_00AA
    x ^= swapped ^ (swapped &<< 7)
    swapped = (x ^ (x &>> 14)) & 0x0000_CCCC_0000_CCCC
    x ^= swapped ^ (swapped &<< 14)
    swapped = (x ^ (x &>> 28)) & 0x0000_0000_F0F0_F0F0
    return x ^ swapped ^ (swapped &<< 28)
  }
}

/// What is asked of all bytes of a text.
struct ByteSummary {
  private var all = ByteBlock.Words()
  private var zeros = ByteBlock.Words()
  private var quotes = ByteBlock.Words()

  @inline(__always)
  mutating func add(_ block: ByteBlock) {
    add(block.first)
    add(block.second)
    add(block.third)
    add(block.fourth)
  }

  @inline(__always)
  private mutating func add(_ words: ByteBlock.Words) {
    all |= words
    // Subtracting one turns on the top bit of a zero byte, as in `ByteBlock.mark`.
    zeros |= (words &- ByteBlock.Words(repeating: eachByte(0x01))) & ~words
    quotes ^= ByteBlock.matches(words, UInt8(ascii: "\""))
  }

  var isASCII: Bool { (all[0] | all[1]) & eachByte(0x80) == 0 }
  var hasZero: Bool { (zeros[0] | zeros[1]) & eachByte(0x80) != 0 }
  var hasOddQuotes: Bool { (quotes[0] ^ quotes[1]).nonzeroBitCount & 1 == 1 }
}
