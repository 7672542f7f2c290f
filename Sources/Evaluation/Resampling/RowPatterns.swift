// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// Some neighbouring rows by pattern, in the order in which patterns are met.
///
/// Cells are split by label, then by each model's decisions: every column divides the parts that there
/// are, so that no key has to hold a whole pattern.
struct RowPatterns: Sendable {
  struct Pattern: Sendable {
    var cell: Int32
    /// The label and the decisions of all models: 0, 1 or missing.
    var values: [UInt8]
    var rows: Int

    /// By model, which of the eight counts the rows add to; −1: none.
    var places: [Int] {
      values.dropFirst().map {
        DecisionCounts.cell(label: Self.truth(values[0]), decision: Self.truth($0)) ?? -1
      }
    }

    private static func truth(_ value: UInt8) -> Bool? {
      value == BinaryColumn.missing ? nil : value == 1
    }
  }

  private(set) var patterns: [Pattern]

  init(_ rows: DistinctRows, _ range: Range<Int>) {
    var part = Array(repeating: Int32(0), count: range.count)
    patterns = []
    for (place, row) in range.enumerated() {
      let cell = rows.cells[row]
      if patterns.last?.cell != cell { patterns.append(Pattern(cell: cell, values: [], rows: 0)) }
      part[place] = Int32(patterns.count - 1)
    }
    divide(&part, by: rows.labels[range])
    for decisions in rows.decisions { divide(&part, by: decisions[range]) }
    for (place, row) in range.enumerated() {
      patterns[Int(part[place])].rows += Int(rows.multiplicities[row])
    }
  }

  /// Divides every part by the value of a column; parts are numbered anew in the order of their rows.
  private mutating func divide(_ part: inout [Int32], by column: ArraySlice<UInt8>) {
    let values = Int(BinaryColumn.missing) + 1
    var places = Array(repeating: Int32(-1), count: values * patterns.count)
    var divided: [Pattern] = []
    let first = column.startIndex
    for place in part.indices {
      let value = column[first + place]
      let key = values * Int(part[place]) + Int(value)
      if places[key] < 0 {
        places[key] = Int32(divided.count)
        divided.append(patterns[Int(part[place])])
        divided[divided.count - 1].values.append(value)
      }
      part[place] = places[key]
    }
    patterns = divided
  }
}
