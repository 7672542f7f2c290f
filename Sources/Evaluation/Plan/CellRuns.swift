// SPDX-License-Identifier: Apache-2.0

extension DistinctRows {
  /// Rows that one thread takes at a time.
  private static let longestRun = 1 << 15

  /// Stretches of rows of one cell, in their order, none longer than a thread takes at a time: what is
  /// summed by stretch does not depend on how many threads there are.
  var cellRuns: [(cell: Int, rows: Range<Int>)] { cellRuns(longest: Self.longestRun) }

  /// All rows of each cell.
  var cellRanges: [(cell: Int, rows: Range<Int>)] { cellRuns(longest: .max) }

  private func cellRuns(longest: Int) -> [(cell: Int, rows: Range<Int>)] {
    var (result, start): ([(cell: Int, rows: Range<Int>)], Int) = ([], 0)
    for row in cells.indices
    where row + 1 == cells.count || cells[row + 1] != cells[row]
      || row + 1 - start == longest
    {
      result.append((Int(cells[row]), start..<(row + 1)))
      start = row + 1
    }
    return result
  }
}
