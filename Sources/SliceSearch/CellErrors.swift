// SPDX-License-Identifier: Apache-2.0

/// The errors of a table's cells, as whole multiples of a quantum.
///
/// The quantum is 1 for errors of 0 or 1, else a power of two so small that the sum over all rows just
/// fits an integer: at 100,000 rows 2⁻⁴⁵ of the largest error. Sums of integers are exact: they depend
/// neither on the order of the rows nor on the threads, slices of the same rows have the same
/// sum, and what is permuted back is what was there before.
struct CellErrors: Sendable {
  let quantum: Double
  let isBinary: Bool
  /// By row, in quanta.
  let rows: [Int]
  /// By cell: the sum over its rows with their multiplicities, in quanta.
  let sums: [Int]
  /// By cell: the greatest error, in quanta.
  let maxima: [Int]

  var total: Int { sums.reduce(0, +) }

  init(
    _ errors: SliceErrors, of table: SliceFeatures, in cells: SliceCells
  ) throws(SliceSearchError) {
    guard errors.values.count == table.rowCount else {
      throw .lengthMismatch(expected: table.rowCount, found: errors.values.count)
    }
    isBinary = errors.isBinary
    quantum = isBinary ? 1 : Self.quantum(largest: errors.values.max() ?? 0, rows: table.total)
    var rows = [Int](repeating: 0, count: table.rowCount)
    var sums = [Int](repeating: 0, count: cells.count)
    var maxima = sums
    for (row, cell) in cells.cellOfRow.enumerated() where cell >= 0 {
      let error = Int((errors.values[row] / quantum).rounded())
      rows[row] = error
      sums[Int(cell)] += error * table.multiplicity(row)
      maxima[Int(cell)] = max(maxima[Int(cell)], error)
    }
    self.rows = rows
    self.sums = sums
    self.maxima = maxima
  }

  /// The power of two that keeps the largest error times the number of rows below 2⁶².
  private static func quantum(largest: Double, rows: Int) -> Double {
    if largest == 0 { return 1 }
    let bits = Int(largest.exponent) + 1 + (Int.bitWidth - rows.leadingZeroBitCount)
    return Double(sign: .plus, exponent: max(-1022, bits - 62), significand: 1)
  }
}
