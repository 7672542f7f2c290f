// SPDX-License-Identifier: Apache-2.0

/// The errors of one stratum: rows among which errors may be exchanged.
struct ErrorStratum: Sendable {
  /// Its cells; they are neighbours.
  let cells: Range<Int>
  /// Rows of the strata before it, with their multiplicities.
  let start: Int
  /// Its rows, with their multiplicities.
  let size: Int
  /// The errors of its rows, ascending, in quanta; empty when all errors are 0 or 1.
  let values: [Int]
  /// The sum of its errors, in quanta.
  let sum: Int
  /// Σ (e − ē)², in squared quanta; exactly 0 when all errors are the same.
  let squares: Double

  static func all(
    _ errors: CellErrors, of table: SliceFeatures, in cells: SliceCells
  ) -> [ErrorStratum] {
    var values = [[Int]](repeating: [], count: cells.stratumCount)
    if !errors.isBinary {
      for (row, cell) in cells.cellOfRow.enumerated() where cell >= 0 {
        values[cells.strata[Int(cell)]] += repeatElement(
          errors.rows[row], count: table.multiplicity(row))
      }
    }
    var result: [ErrorStratum] = []
    var cell = 0
    for stratum in 0..<cells.stratumCount {
      let first = cell
      while cell < cells.count && cells.strata[cell] == stratum { cell += 1 }
      result.append(
        ErrorStratum(
          cells: first..<cell, start: result.last.map { $0.start + $0.size } ?? 0,
          size: cells.counts[first..<cell].reduce(0, +),
          sum: errors.sums[first..<cell].reduce(0, +), values: values[stratum].sorted(),
          isBinary: errors.isBinary))
    }
    return result
  }

  private init(
    cells: Range<Int>, start: Int, size: Int, sum: Int, values: [Int], isBinary: Bool
  ) {
    self.cells = cells
    self.start = start
    self.size = size
    self.sum = sum
    self.values = values
    if isBinary {
      squares = Double(sum) * Double(size - sum) / Double(size)
    } else if values.first == values.last {
      squares = 0
    } else {
      let mean = Double(sum) / Double(size)
      squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    }
  }
}
