// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

/// A column of labels or decisions as 0, 1 and 2 (missing).
enum BinaryColumn {
  static let missing: UInt8 = 2

  /// Which codes of a column are positive.
  ///
  /// Without `positive`, the values must be among 1/true/yes and 0/−1/false/no.
  static func read(
    _ column: CategoryColumn, positive: String?, role: String, table: Table
  ) throws(DataError) -> [UInt8] {
    let meaning = try meanings(column, positive: positive, role: role, table: table)
    return column.codes.map { $0 < 0 ? missing : meaning[Int($0)] }
  }

  private static func meanings(
    _ column: CategoryColumn, positive: String?, role: String, table: Table
  ) throws(DataError) -> [UInt8] {
    if let positive {
      guard column.values.isEmpty || column.values.contains(positive) || role == "decision" else {
        throw DataError(
          problem: "no row of the \(role) has the positive value", file: table.source,
          column: column.name, value: positive,
          remedy: "The values are \(list(column.values)).")
      }
      if column.values.contains(positive) { return column.values.map { $0 == positive ? 1 : 0 } }
    }
    let known = column.values.map(conventional)
    if let unknown = known.firstIndex(of: nil) {
      throw DataError(
        problem:
          "the \(role) has \(column.values.count) values and none is known to be the positive one",
        file: table.source, line: line(of: Int32(unknown), in: column, table), column: column.name,
        value: column.values[unknown],
        remedy: "Name the positive value with --positive; the values are \(list(column.values)).")
    }
    return known.map { $0 ?? 0 }
  }

  private static func conventional(_ value: String) -> UInt8? {
    switch value.lowercased() {
    case "1", "1.0", "true", "yes": 1
    case "0", "0.0", "-1", "-1.0", "false", "no": 0
    default: nil
    }
  }

  private static func line(of code: Int32, in column: CategoryColumn, _ table: Table) -> Int? {
    column.codes.firstIndex(of: code).flatMap(table.line(ofRow:))
  }

  private static func list(_ values: [String]) -> String {
    values.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (values.count > 5 ? ", …" : "")
  }
}
