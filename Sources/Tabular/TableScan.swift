// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

/// What a scan of all of a file's rows found.
struct TableScan {
  let rowCount: Int
  let lines: LineMap
  /// One a kept column.
  let columns: [ColumnMerge]
  /// Names met in the rows, in order of first appearance.
  let keyNames: [String]

  /// Scans chunks of `file` over threads; throws the first error by line.
  ///
  /// A chunk begins where a record does, if the chunks before it are well-formed. If one is not, its
  /// error comes first, and what later ones found does not matter.
  init<Scanner: RowScanner>(
    _ file: InputFile, _ chunks: RecordChunks, names: [String], into sinks: [any FieldSink],
    over parallel: Parallel, scanner: @Sendable (_ start: Int) -> Scanner
  ) throws(DataError) {
    let columns = sinks.map { ColumnMerge($0) }
    let byteCount = Double(file.byteCount)
    let parts = parallel.map(chunks.ranges.count) { index -> Part in
      let range = chunks.ranges[index]
      let (part, sinks) = file.withBytes { bytes in
        let bytes = bytes.extracting(first: range.upperBound)
        return Part.scanning(scanner(range.lowerBound), bytes, names: names, into: sinks)
      }
      let expected = Double(part.rowCount) * byteCount / Double(max(1, range.count))
      for (column, sink) in zip(columns, sinks) {
        column.add(sink, index, expecting: Int(expected * 1.05))
      }
      return part
    }
    var rowCount = 0
    var lines = LineMap()
    var line = chunks.firstLine
    for part in parts {
      if var error = part.error {
        error.line = error.line.map { $0 + line - 1 }
        throw error
      }
      lines.append(part.lines, rows: rowCount, lines: line - 1)
      rowCount += part.rowCount
      line += part.lineCount
    }
    var seen: Set<String> = []
    keyNames = parts.flatMap(\.keyNames).filter { seen.insert($0).inserted }
    self.rowCount = rowCount
    self.lines = lines
    self.columns = columns
  }

  /// What a chunk adds, besides columns.
  private struct Part: Sendable {
    let rowCount: Int
    let lines: LineMap
    let lineCount: Int
    let keyNames: [String]
    var error: DataError?

    static func scanning(
      _ scanner: some RowScanner, _ bytes: Span<UInt8>, names: [String],
      into sinks: [any FieldSink]
    ) -> (Part, [any FieldSink]) {
      var (scanner, sinks) = (scanner, sinks)
      var error: DataError?
      do throws(DataError) {
        try scanner.scan(bytes, names: names, into: &sinks)
      } catch let first {
        error = first
      }
      let part = Part(
        rowCount: scanner.rowCount, lines: scanner.lines, lineCount: scanner.line - 1,
        keyNames: scanner.keyNames, error: error)
      return (part, sinks)
    }
  }
}
