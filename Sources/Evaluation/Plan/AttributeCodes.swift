// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

/// A slicing column: its groups in canonical order and every row's group.
///
/// A missing value is the group after the last named one, present only if some row lacks a value.
struct AttributeCodes: Sendable {
  var name: String
  /// `nil` is the missing group.
  var groups: [String?]
  /// In the table's order; empty once rows have cells.
  var codes: [Int32]

  init(_ column: CategoryColumn, table: Table, maxGroups: Int) throws(DataError) {
    guard column.values.count <= maxGroups else {
      let examples = column.values.prefix(3).joined(separator: ", ") + ", …"
      throw DataError(
        problem: "\(column.values.count) groups are more than \(maxGroups)", file: table.source,
        column: column.name, value: examples,
        remedy: """
          Cut numbers into groups with --bins \(column.name)=a,b,c, merge groups, or raise --max-groups.
          """)
    }
    name = column.name
    groups = column.values
    codes = column.codes
    if codes.contains(-1) {
      groups.append(nil)
      let last = Int32(groups.count - 1)
      codes = codes.map { $0 < 0 ? last : $0 }
    }
  }
}
