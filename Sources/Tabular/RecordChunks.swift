// SPDX-License-Identifier: Apache-2.0

/// Consecutive parts of a text's records that can be read independently of each other.
struct RecordChunks: Sendable {
  private(set) var ranges: [Range<Int>]
  /// The line at which the first range begins.
  let firstLine: Int

  /// The records from `start` to the end of `text`.
  ///
  /// Cut behind a line end in each piece of `text`: outside of quotes if `quotes` tells for each
  /// piece whether it begins inside of quotes, any line end if it is nil. A piece without such a
  /// line end is not cut, so that no byte is looked at twice.
  init(
    _ text: Span<UInt8>, from start: Int, firstLine: Int, pieceSize: Int, quotes: [Bool]?
  ) {
    self.firstLine = firstLine
    var begin = start
    ranges = []
    for (piece, offset) in stride(from: 0, to: text.count, by: pieceSize).enumerated()
    where offset > start {
      let end = min(offset + pieceSize, text.count)
      let isQuoted = quotes?[piece] ?? false
      if let lineEnd = Self.lineEnd(
        text, in: offset..<end, isQuoted: isQuoted, hasQuotes: quotes != nil),
        lineEnd + 1 < text.count
      {
        ranges.append(begin..<lineEnd + 1)
        begin = lineEnd + 1
      }
    }
    ranges.append(begin..<text.count)
  }

  private static func lineEnd(
    _ text: Span<UInt8>, in range: Range<Int>, isQuoted: Bool, hasQuotes: Bool
  ) -> Int? {
    var isQuoted = isQuoted
    for i in range {
      if text[i] == UInt8(ascii: "\"") && hasQuotes { isQuoted.toggle() }
      if text[i] == UInt8(ascii: "\n") && !isQuoted { return i }
    }
    return nil
  }
}
