// SPDX-License-Identifier: Apache-2.0

/// Finds the rows and fields of one format in a chunk of its text; lines and rows count from the
/// chunk's beginning.
protocol RowScanner: Sendable {
  /// The lines of the rows found so far.
  var lines: LineMap { get }
  var rowCount: Int { get }
  /// Where the next row begins.
  var position: Int { get }
  var line: Int { get }
  /// Names met in the rows, in order of first appearance.
  var keyNames: [String] { get }

  /// Adds rows to an empty block until it is full or the bytes end; errors carry no file name.
  /// Rows before an error are in the block.
  mutating func fill(_ block: inout FieldBlock, from bytes: Span<UInt8>) throws(DataError)
}

extension RowScanner {
  /// Scans all rows into `sinks`, one a kept column; throws the first error by line.
  mutating func scan(
    _ bytes: Span<UInt8>, names: [String], into sinks: inout [any FieldSink]
  ) throws(DataError) {
    var block = FieldBlock(width: names.count)
    let start = position
    repeat {
      block.firstRow = rowCount
      block.rowCount = 0
      var scanError: DataError?
      do {
        try fill(&block, from: bytes)
      } catch {
        scanError = error
      }
      if block.firstRow == 0 && block.rowCount > 0 {
        // By the size of the first rows, and a tenth more.
        let expected = (bytes.count - start) / (position - start) * block.rowCount
        for slot in sinks.indices { sinks[slot].reserve(expected + expected / 10) }
      }
      if let error = append(block, from: bytes, names: names, to: &sinks) { throw error }
      if let scanError { throw scanError }
    } while block.rowCount == FieldBlock.rowCapacity
  }

  /// The error of the first row that has a field which its column refuses.
  private func append(
    _ block: FieldBlock, from bytes: Span<UInt8>, names: [String], to sinks: inout [any FieldSink]
  ) -> DataError? {
    var first: (refusal: Refusal, slot: Int)?
    for slot in sinks.indices {
      if let refusal = sinks[slot].append(block, slot: slot, from: bytes),
        refusal.row < first?.refusal.row ?? .max
      {
        first = (refusal, slot)
      }
    }
    guard let (refusal, slot) = first else { return nil }
    return DataError(
      problem: refusal.problem, line: lines.line(ofRow: block.firstRow + refusal.row),
      column: names[slot], value: refusal.value, remedy: refusal.remedy)
  }
}
