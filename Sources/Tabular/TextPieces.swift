// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

/// A first look at all bytes of a file, in pieces of equal size and over threads: whether they are
/// text, and which pieces begin inside of quotes.
struct TextPieces {
  /// For each piece, whether an odd number of quotes is before it.
  let beginsQuoted: [Bool]

  init(
    _ file: InputFile, pieceSize: Int, over parallel: Parallel
  ) throws(DataError) {
    let count = (file.byteCount + pieceSize - 1) / pieceSize
    let pieces = parallel.map(count) { index in
      file.withBytes { Piece($0, index * pieceSize, (index + 1) * pieceSize) }
    }
    if pieces.contains(where: { !$0.isText }) {
      try file.withBytes { (bytes) throws(DataError) in try TextEncoding.check(bytes) }
    }
    var isQuoted = false
    beginsQuoted = pieces.map { piece in
      defer { isQuoted = isQuoted != piece.hasOddQuotes }
      return isQuoted
    }
  }

  private struct Piece {
    var isText = true
    var hasOddQuotes = false

    init(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
      let end = min(end, bytes.count)
      let piece = bytes.extracting(start..<end)
      var summary = ByteSummary()
      var offset = 0
      while offset + 64 <= piece.count {
        summary.add(ByteBlock(piece, at: offset))
        offset += 64
      }
      summary.add(ByteBlock(endOf: piece, from: offset))
      isText = !summary.hasZero
      hasOddQuotes = summary.hasOddQuotes
      // A piece is about the scalars that begin in it, and what follows its last one.
      let scalarEnd = Self.scalarStart(bytes, end)
      if !summary.isASCII || scalarEnd > end {
        let scalarStart = start == 0 ? 0 : Self.scalarStart(bytes, start)
        let text = bytes.extracting(scalarStart..<max(scalarStart, scalarEnd))
        isText = isText && (try? UTF8Span(validating: text)) != nil
      }
    }

    /// The next offset that is not in the midst of a scalar. Four bytes are never: then the text is
    /// not UTF-8, which the piece before finds.
    private static func scalarStart(_ bytes: Span<UInt8>, _ offset: Int) -> Int {
      var i = offset
      while i < bytes.count && i < offset + 4 && bytes[i] & 0xC0 == 0x80 { i += 1 }
      return i
    }
  }
}
