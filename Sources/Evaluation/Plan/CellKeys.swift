// SPDX-License-Identifier: Apache-2.0

/// Every row's groups as one number, which ascends with the groups of the first column, then of the
/// second, and so on.
struct CellKeys {
  /// Numbers below this are looked up in an array.
  private static let most = 1 << 22

  private var keys: [Int]
  /// All keys are below.
  private var size = 1

  init(rows: Int) { keys = Array(repeating: 0, count: rows) }

  /// Adds a column, less significant than those before.
  mutating func add(_ column: AttributeCodes) {
    if size > Self.most { makeDense() }
    let (codes, count) = (column.codes, column.groups.count)
    for row in keys.indices { keys[row] = keys[row] * count + Int(codes[row]) }
    size *= max(1, count)
  }

  /// Numbers the keys that occur in rows that count, in their order: every row's number (0 where its key
  /// has none), and the first row of each.
  mutating func numbered(counts: (Int) -> Bool) -> (cells: [Int32], firsts: [Int]) {
    if size > Self.most { makeDense() }
    var firsts = Array(repeating: -1, count: size)
    for row in keys.indices where firsts[keys[row]] < 0 && counts(row) { firsts[keys[row]] = row }
    var numbers = Array(repeating: Int32(0), count: size)
    var observed: [Int] = []
    for key in firsts.indices where firsts[key] >= 0 {
      numbers[key] = Int32(observed.count)
      observed.append(firsts[key])
    }
    return (keys.map { numbers[$0] }, observed)
  }

  /// Makes the keys ranks: no more of them than rows.
  private mutating func makeDense() {
    let distinct = Set(keys).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    keys = keys.map { ranks[$0] ?? 0 }
    size = distinct.count
  }
}
