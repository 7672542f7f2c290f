// SPDX-License-Identifier: Apache-2.0

/// The distinct rows of a table: every pattern of codes that occurs, and how often.
///
/// Cells are ordered by content, so that the order of the rows, and whether they are counted or
/// expanded, cannot be told any more.
struct SliceCells: Sendable {
  /// By feature, by cell; −1 where the value is missing.
  let codes: [[Int32]]
  /// By cell: the rank of its stratum.
  let strata: [Int]
  let stratumCount: Int
  /// By cell: its rows, with their multiplicities.
  let counts: [Int]
  /// By row: its cell, or −1 where the multiplicity is 0.
  let cellOfRow: [Int32]

  var count: Int { counts.count }

  /// - Parameter strata: by row, any numbers; `nil` when there is one stratum.
  /// - Complexity: O(rows × features).
  init(_ table: SliceFeatures, strata: [Int]? = nil) throws(SliceSearchError) {
    if let strata, strata.count != table.rowCount {
      throw .lengthMismatch(expected: table.rowCount, found: strata.count)
    }
    var order = PatternOrder(
      (0..<Int32(table.rowCount)).filter { table.multiplicity(Int($0)) > 0 })
    let ranks = Self.ranks(strata, of: order.rows, rows: table.rowCount)
    order.append(count: ranks.count) { Int(ranks.byRow[$0]) }
    for feature in table.features {
      order.append(count: feature.values.count + 1) { Int(feature.codes[$0]) + 1 }
    }
    order.sort()

    var cellOfRow = [Int32](repeating: -1, count: table.rowCount)
    var counts: [Int] = []
    var firsts: [Int] = []
    var previous: Int32?
    for row in order.rows {
      if previous.map({ order.areAlike($0, row) }) != true {
        counts.append(0)
        firsts.append(Int(row))
      }
      counts[counts.count - 1] += table.multiplicity(Int(row))
      cellOfRow[Int(row)] = Int32(counts.count - 1)
      previous = row
    }
    codes = table.features.map { feature in firsts.map { feature.codes[$0] } }
    self.strata = firsts.map { Int(ranks.byRow[$0]) }
    stratumCount = ranks.count
    self.counts = counts
    self.cellOfRow = cellOfRow
  }

  /// Strata numbered in their order.
  private static func ranks(
    _ strata: [Int]?, of order: [Int32], rows: Int
  ) -> (byRow: [Int32], count: Int) {
    guard let strata else { return ([Int32](repeating: 0, count: rows), 1) }
    let values = Set(order.lazy.map { strata[Int($0)] }).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: zip(values, Int32(0)...))
    return (strata.map { ranks[$0] ?? 0 }, values.count)
  }
}
