// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

/// What is known of an input's text before its rows are read.
struct TextLayout {
  let file: InputFile
  /// The offset at which the text starts.
  let start: Int
  let format: TableFormat
  let pieces: TextPieces
}

extension TableReader {
  var parallel: Parallel { Parallel(threads: threads) }

  /// Calls `body` with the bytes up to the end of the text, and what is known of it; errors get the
  /// file's name.
  func withText<R>(
    of file: InputFile, _ body: (Span<UInt8>, TextLayout) throws(DataError) -> R
  ) throws(DataError) -> R {
    do {
      let pieces = try TextPieces(file, pieceSize: pieceSize, over: parallel)
      return try file.withBytes { (bytes) throws(DataError) -> R in
        let text = try FileText(bytes)
        let format = if let format { format } else { try text.format(of: bytes) }
        let layout = TextLayout(file: file, start: text.start, format: format, pieces: pieces)
        return try body(bytes.extracting(first: text.end), layout)
      }
    } catch {
      throw error.inFile(file.name)
    }
  }

  func csvHeader(_ bytes: Span<UInt8>, _ start: Int) throws(DataError) -> CSVHeader {
    if let delimiter, delimiter == 0 || delimiter >= 0x80 || "\"\r\n".utf8.contains(delimiter) {
      throw DataError(
        kind: .usage, problem: "a delimiter is one ASCII character, not a quote or a line end")
    }
    return try CSVHeader(
      bytes, from: start,
      delimiter: delimiter ?? CSVCursor.detectedDelimiter(bytes, from: start))
  }

  /// `keeping`: the indices of the columns that are kept, one a sink.
  func scanCSV(
    _ bytes: Span<UInt8>, _ text: TextLayout, _ header: CSVHeader, keeping kept: [Int],
    into sinks: [any FieldSink]
  ) throws(DataError) -> TableScan {
    let chunks = RecordChunks(
      bytes, from: header.end, firstLine: header.endLine, pieceSize: pieceSize,
      quotes: text.pieces.beginsQuoted)
    return try TableScan(
      text.file, chunks, names: kept.map { header.names[$0] }, into: sinks, over: parallel
    ) { start in CSVScanner(header, keeping: kept, from: start) }
  }

  /// `names`: the keys that are kept, one a sink.
  func scanJSONLines(
    _ bytes: Span<UInt8>, _ text: TextLayout, keeping names: [String],
    into sinks: [any FieldSink]
  ) throws(DataError) -> TableScan {
    // No line end is allowed in a JSON string.
    let chunks = RecordChunks(
      bytes, from: text.start, firstLine: 1, pieceSize: pieceSize, quotes: nil)
    return try TableScan(text.file, chunks, names: names, into: sinks, over: parallel) { start in
      JSONLinesScanner(from: start, keeping: names)
    }
  }
}
