// SPDX-License-Identifier: Apache-2.0

/// The places of the delimiters and line ends in a window of CSV text, found 64 bytes at a time.
///
/// Quotes are resolved by their parity: bytes behind an odd number of quotes are inside of quotes,
/// and no separators. That holds in well-formed text only, so this also looks for quotes and carriage
/// returns where none may be. It does not say what is wrong with them: `CSVCursor` does.
struct SeparatorIndex {
  /// Long enough to make its beginning and end cheap, short enough to stay in the first cache.
  static let windowSize = 16 << 10

  /// Where in the text the window begins, with a record.
  private(set) var start = 0
  /// Offset behind a separator from `start`, times two, plus one for a line end. The first stands
  /// for the line end before the window.
  private(set) var entries = [UInt32](repeating: 1, count: windowSize + 2)
  private(set) var count = 1
  /// The separators that are not used up begin behind entry `last`.
  var last = 0

  private var hasQuotes = false
  private var hasDoubledQuotes = false
  private var hasCarriageReturns = false
  private(set) var hasQuotedLineEnds = false

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Finds the separators of the window that begins with the record at `start`; none if the window
  /// has to be read with care.
  mutating func fill(_ text: Span<UInt8>, from start: Int, delimiter: UInt8) {
    self.start = start
    (last, count) = (0, 1)
    let end = min(start + Self.windowSize, text.count)
    var state = State()
    var found = 1
    var entries = entries.mutableSpan
    var offset = start
    while offset + 64 <= end && state.isWellFormed {
      let block = ByteBlock(text, at: offset)
      let separators = state.advance(block, delimiter)
      Self.note(separators, at: offset - start, &entries, &found)
      offset += 64
    }
    guard state.isWellFormed else { return }
    if end == text.count {
      // The last record may lack its line end: one is added.
      let isEnded = text[end - 1] == Self.newline
      var separators = state.advance(ByteBlock(endOf: text, from: offset), delimiter)
      let kept = UInt64.max >> UInt64(63 + offset - end + (isEnded ? 1 : 0))
      separators = (separators.all & kept, separators.lineEnds & kept)
      Self.note(separators, at: offset - start, &entries, &found)
      if state.isInQuotes || text[end - 1] == Self.carriageReturn { return }
    }
    guard state.isWellFormed else { return }
    count = found
    hasQuotes = state.hasQuotes
    hasDoubledQuotes = state.doubled != 0
    hasQuotedLineEnds = state.quotedLineEnds != 0
    hasCarriageReturns = state.hasCarriageReturns
  }

  mutating func clear() { (last, count) = (0, 1) }

  /// The position behind the separator `entry`.
  func position(behind entry: Int) -> Int { start + Int(entries[entry] >> 1) }

  /// The number of rows to come, at most `limit`, that have `width` fields.
  func rowCount(width: Int, limit: Int) -> Int {
    let entries = entries.span
    var row = 0
    var entry = last &+ 1
    while row < limit && entry &+ width <= count {
      var inner: UInt32 = 0
      for column in 0..<width - 1 { inner |= entries[entry &+ column] }
      guard inner & 1 == 0 && entries[entry &+ width &- 1] & 1 == 1 else { break }
      row += 1
      entry &+= width
    }
    return row
  }

  /// Writes the fields of `column` in the rows to come to the places `range`, without the quotes
  /// around them and the carriage return behind the last of a row.
  func copyFields(
    of column: Int, width: Int, from text: Span<UInt8>, to fields: inout MutableSpan<Field>,
    _ range: Range<Int>
  ) {
    let entries = entries.span
    let mayEndInReturn = hasCarriageReturns && column == width - 1
    var entry = last &+ column
    for row in range {
      var fieldStart = start &+ Int(entries[entry] >> 1)
      var fieldEnd = start &+ Int(entries[entry &+ 1] >> 1) &- 1
      entry &+= width
      if mayEndInReturn && fieldStart < fieldEnd && text[fieldEnd &- 1] == Self.carriageReturn {
        fieldEnd &-= 1
      }
      var form = Field.Form.text
      if hasQuotes && fieldStart < fieldEnd && text[fieldStart] == Self.quote {
        (fieldStart, fieldEnd) = (fieldStart &+ 1, fieldEnd &- 1)
        if hasDoubledQuotes && Self.hasQuote(text, fieldStart, fieldEnd) { form = .doubledQuotes }
      }
      fields[row] = Field(start: fieldStart, end: fieldEnd, form: form)
    }
  }

  private static func hasQuote(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for i in start..<end where text[i] == quote { return true }
    return false
  }

  /// Appends the separators of a block.
  @inline(__always)
  private static func note(
    _ separators: (all: UInt64, lineEnds: UInt64), at offset: Int,
    _ entries: inout MutableSpan<UInt32>, _ found: inout Int
  ) {
    var left = separators.all
    let base = UInt32(truncatingIfNeeded: offset &+ 1)
    while left != 0 {
      let i = UInt32(truncatingIfNeeded: left.trailingZeroBitCount)
      let isLineEnd = UInt32(truncatingIfNeeded: separators.lineEnds >> UInt64(i)) & 1
      entries[found] = (base &+ i) &* 2 | isLineEnd
      found &+= 1
      left &= left &- 1
    }
  }

  /// What one block has to know of those before it. Bit 0 of a carry is about the block's first byte.
  private struct State {
    private var inside: UInt64 = 0
    private var afterSeparator: UInt64 = 1
    private var afterClosing: UInt64 = 0
    private var afterReturn: UInt64 = 0
    /// Quotes and carriage returns where none may be.
    private var misplaced: UInt64 = 0
    private(set) var doubled: UInt64 = 0
    private(set) var quotedLineEnds: UInt64 = 0
    private(set) var hasQuotes = false
    private(set) var hasCarriageReturns = false

    var isWellFormed: Bool { misplaced == 0 }

    var isInQuotes: Bool { inside != 0 }

    @inline(__always)
    mutating func advance(
      _ block: ByteBlock, _ delimiter: UInt8
    ) -> (all: UInt64, lineEnds: UInt64) {
      var lineEnds = block.positions(of: newline)
      var separators = block.positions(of: delimiter) | lineEnds
      if inside | afterClosing | afterReturn != 0 || block.contains(quote, or: carriageReturn) {
        resolve(block, &separators, &lineEnds)
      } else {
        afterSeparator = separators >> 63
      }
      return (separators, lineEnds)
    }

    @inline(__always)
    private mutating func resolve(
      _ block: ByteBlock, _ separators: inout UInt64, _ lineEnds: inout UInt64
    ) {
      let quotes = block.positions(of: quote)
      // From each opening quote up to the byte before the closing one.
      let quoted = quotes | inside == 0 ? 0 : prefixParity(quotes) ^ (0 &- inside)
      let opening = quotes & quoted
      let closing = quotes & ~quoted
      let returns = block.positions(of: carriageReturn) & ~quoted
      quotedLineEnds |= lineEnds & quoted
      separators &= ~quoted
      lineEnds &= ~quoted

      let behindSeparator = separators << 1 | afterSeparator
      let behindClosing = closing << 1 | afterClosing
      let behindReturn = returns << 1 | afterReturn
      misplaced |= opening & ~(behindSeparator | behindClosing)
      misplaced |= behindClosing & ~(separators | opening | returns)
      misplaced |= behindReturn & ~lineEnds
      doubled |= opening & behindClosing
      hasQuotes = hasQuotes || quotes != 0
      hasCarriageReturns = hasCarriageReturns || returns != 0

      inside = quoted >> 63
      afterSeparator = separators >> 63
      afterClosing = closing >> 63
      afterReturn = returns >> 63
    }
  }
}

/// Bit i: whether bits 0 … i have an odd number of ones.
private func prefixParity(_ bits: UInt64) -> UInt64 {
  var x = bits
  x ^= x << 1
  x ^= x << 2
  x ^= x << 4
  x ^= x << 8
  x ^= x << 16
  return x ^ (x << 32)
}
