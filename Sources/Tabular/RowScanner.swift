// SPDX-License-Identifier: Apache-2.0

/// Finds the rows and fields of one format.
protocol RowScanner {
  /// The lines of the rows found so far.
  var lines: LineMap { get }
  var rowCount: Int { get }

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
    repeat {
      block.firstRow = rowCount
      block.rowCount = 0
      var scanError: DataError?
      do {
        try fill(&block, from: bytes)
      } catch {
        scanError = error
      }
      var first: (refusal: Refusal, slot: Int)?
      for slot in sinks.indices {
        if let refusal = sinks[slot].append(block, slot: slot, from: bytes),
          refusal.row < first?.refusal.row ?? .max
        {
          first = (refusal, slot)
        }
      }
      if let (refusal, slot) = first {
        throw DataError(
          problem: refusal.problem, line: lines.line(ofRow: block.firstRow + refusal.row),
          column: names[slot], value: refusal.value, remedy: refusal.remedy)
      }
      if let scanError { throw scanError }
    } while block.rowCount == FieldBlock.rowCapacity
  }
}
