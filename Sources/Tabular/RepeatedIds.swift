// SPDX-License-Identifier: Apache-2.0

/// Rows of a table that share their id with another row: they are not independent observations.
public struct RepeatedIds: Sendable, Equatable {
  /// The number of rows whose id occurs more than once.
  public let rowCount: Int
  /// The first such id in the table, its parts joined by ", ".
  public let example: String
  /// The rows, from 0, in which `example` first and next occurs.
  public let exampleRows: [Int]
  /// Their lines, if the table comes from a file.
  public let exampleLines: [Int]
}

extension AttributeJoin {
  /// The rows of `table` whose id occurs more than once; nil if every id is unique.
  ///
  /// Missing ids do not count.
  public func repeatedIds(in table: Table) throws(DataError) -> RepeatedIds? {
    var columns: [CategoryColumn] = []
    for key in keys { columns.append(try table.category(key)) }
    let ids = CompositeKey(columns)
    var counts = [Int](repeating: 0, count: ids.count)
    for id in ids.rows where id >= 0 { counts[Int(id)] += 1 }
    let isRepeated = { (id: Int32) in id >= 0 && counts[Int(id)] > 1 }
    guard let first = ids.rows.firstIndex(where: isRepeated) else { return nil }
    let next = ids.rows[(first + 1)...].firstIndex(of: ids.rows[first])
    let rows = [first] + (next.map { [$0] } ?? [])
    return RepeatedIds(
      rowCount: ids.rows.count { isRepeated($0) }, example: ids.text(ofRow: first),
      exampleRows: rows, exampleLines: rows.compactMap { table.line(ofRow: $0) })
  }
}
