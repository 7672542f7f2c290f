// SPDX-License-Identifier: Apache-2.0

/// The ids of a table's rows over one or more category columns, as one number a row.
struct CompositeKey {
  private struct Pair: Hashable {
    var first: Int32
    var second: Int32
  }

  private let columns: [CategoryColumn]
  /// For each column after the first: the number of (number so far, code).
  private var numbers: [[Pair: Int32]] = []
  /// For each row its id's number, equal for equal ids; −1 where a part is missing.
  private(set) var rows: [Int32]
  /// All numbers lie in 0 ..< count.
  private(set) var count: Int

  /// `columns`: at least one, of equal length.
  init(_ columns: [CategoryColumn]) {
    self.columns = columns
    rows = columns.first?.codes ?? []
    count = columns.first?.values.count ?? 0
    for column in columns.dropFirst() {
      var known: [Pair: Int32] = [:]
      for (row, code) in column.codes.enumerated() {
        guard code >= 0 && rows[row] >= 0 else {
          rows[row] = -1
          continue
        }
        let pair = Pair(first: rows[row], second: code)
        let number = known[pair] ?? Int32(known.count)
        known[pair] = number
        rows[row] = number
      }
      numbers.append(known)
      count = known.count
    }
  }

  /// For each row of `others`, columns of the same meaning in another table, the number of its id
  /// here; −1 if it is missing or not here.
  ///
  /// Ids are compared by their bytes.
  func numbers(of others: [CategoryColumn]) -> [Int32] {
    var result: [Int32] = []
    for (index, other) in others.enumerated() {
      let codes = translated(other, into: columns[index])
      if index == 0 {
        result = codes
        continue
      }
      for (row, code) in codes.enumerated() {
        let pair = Pair(first: result[row], second: code)
        result[row] = numbers[index - 1][pair] ?? -1
      }
    }
    return result
  }

  /// The codes of `column` in the code space of `target`; −1 for a value that it lacks.
  private func translated(_ column: CategoryColumn, into target: CategoryColumn) -> [Int32] {
    var dictionary = ByteDictionary()
    for value in target.values { _ = dictionary.insert(value.utf8.span) }
    let codes = column.values.map { value in
      dictionary.index(of: value.utf8.span).map { Int32($0) } ?? -1
    }
    return column.codes.map { $0 < 0 ? -1 : codes[Int($0)] }
  }

  /// The id of `row` as text, its parts joined by ", ".
  func text(ofRow row: Int) -> String {
    columns.map { column in
      let code = column.codes[row]
      return code < 0 ? "(missing)" : column.values[Int(code)]
    }.joined(separator: ", ")
  }

  func isMissing(row: Int) -> Bool { columns.contains { $0.codes[row] < 0 } }
}
