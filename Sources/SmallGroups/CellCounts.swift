// SPDX-License-Identifier: Apache-2.0

/// A 0/1 outcome counted by cell: rows and those of them with the outcome 1.
public struct CellCounts: Sendable, Equatable {
  /// By cell the rows with the outcome 1.
  public let positives: [Int]
  /// By cell all rows; a cell may be without one.
  public let rows: [Int]

  /// - Parameters:
  ///   - positives: by cell, from 0 to its rows.
  ///   - rows: by cell.
  public init(positives: [Int], rows: [Int]) {
    precondition(positives.count == rows.count)
    precondition(zip(positives, rows).allSatisfy { 0 <= $0 && $0 <= $1 })
    self.positives = positives
    self.rows = rows
  }

  /// All rows, and all with the outcome 1.
  var total: SliceCounts { self[rows.indices] }

  /// The union of some cells, each named once.
  subscript(cells: some Sequence<Int>) -> SliceCounts {
    var union = SliceCounts(positives: 0, rows: 0)
    for cell in cells {
      union.positives += positives[cell]
      union.rows += rows[cell]
    }
    return union
  }
}

/// Rows of a slice and those of them with the outcome 1.
struct SliceCounts {
  var positives: Int
  var rows: Int

  var rate: Double { Double(positives) / Double(rows) }
  /// The variance of one row.
  var variance: Double { rate * (1 - rate) }
  /// The rows of the whole that are not in this slice.
  func rest(of whole: SliceCounts) -> SliceCounts {
    SliceCounts(positives: whole.positives - positives, rows: whole.rows - rows)
  }
}
