// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

/// A column as it was searched.
public struct SearchedColumn: Sendable, Codable, Equatable {
  public enum Cut: String, Sendable, Codable {
    /// Every value is a group.
    case values
    /// Numbers, cut at the edges that were asked for.
    case bins
    /// Numbers with many values, cut at their quartiles.
    case quartiles
  }

  public var name: String
  public var cut: Cut
  /// The groups, in order.
  public var values: [String]
  /// Rows without a value: members of no group of this column.
  public var missing: Int

  public init(name: String, cut: Cut, values: [String], missing: Int) {
    self.name = name
    self.cut = cut
    self.values = values
    self.missing = missing
  }
}

/// A column's groups and every row's group.
struct SearchCodes: Sendable {
  var column: SearchedColumn
  /// −1 is missing.
  var codes: [Int32]

  init(
    _ name: String, in table: Table, bins: Bins?, multiplicities: [Int]
  ) throws(DataError) {
    let read = try table.category(name)
    var edges = bins
    let isNumeric = read.kind == .integer || read.kind == .number
    if bins == nil, isNumeric, read.values.count > SliceRequest.mostNumbers {
      edges = try Self.quartiles(of: read, multiplicities, table)
    }
    var (groups, cut) = (read, SearchedColumn.Cut.values)
    if let edges {
      groups = edges.cut(
        try NumberColumn(name: name, values: try Self.numbers(read, table)))
      cut = bins == nil ? .quartiles : .bins
    }
    guard groups.values.count <= SliceRequest.mostValues else {
      throw DataError(
        kind: .usage,
        problem: "\(groups.values.count) values are more than \(SliceRequest.mostValues)",
        file: table.source, column: name, value: groups.values[0],
        remedy: "An id makes no slice: leave the column out, or merge its values.")
    }
    codes = groups.codes
    var missing = 0
    for (code, count) in zip(codes, multiplicities) where code < 0 { missing += count }
    column = SearchedColumn(name: name, cut: cut, values: groups.values, missing: missing)
  }

  /// By row the number that its text spells; NaN is missing.
  private static func numbers(_ column: CategoryColumn, _ table: Table) throws(DataError)
    -> [Double]
  {
    var numbers: [Double] = []
    for (code, value) in column.values.enumerated() {
      guard column.kind != .text, let number = Double(value) else {
        let row = column.codes.firstIndex(of: Int32(code))
        throw DataError(
          problem: "not a number", file: table.source, line: row.flatMap(table.line(ofRow:)),
          column: column.name, value: value,
          remedy: "Only numbers can be cut; leave the column out of --bins.")
      }
      numbers.append(number)
    }
    return column.codes.map { $0 < 0 ? .nan : numbers[Int($0)] }
  }

  /// The quartiles that leave no group empty; the second value where half of all rows and more have the
  /// least one.
  private static func quartiles(
    of column: CategoryColumn, _ multiplicities: [Int], _ table: Table
  ) throws(DataError) -> Bins {
    var counts: [Double: Int] = [:]
    for (value, count) in zip(try numbers(column, table), multiplicities) where !value.isNaN {
      counts[value, default: 0] += count
    }
    let values = counts.keys.sorted()
    let total = counts.values.reduce(0, +)
    var edges: [Double] = []
    var below = 0
    for (place, value) in values.enumerated() where place > 0 {
      let before = below + (counts[values[place - 1]] ?? 0)
      let through = before + (counts[value] ?? 0)
      // A quartile is the smallest value that at least so many rows do not exceed.
      if (1...3).contains(where: { before * 4 < $0 * total && through * 4 >= $0 * total }) {
        edges.append(value)
      }
      below = before
    }
    return try Bins(column: column.name, edges: edges.isEmpty ? Array(values[1...1]) : edges)
  }
}
