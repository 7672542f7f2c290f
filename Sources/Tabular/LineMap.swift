// SPDX-License-Identifier: Apache-2.0

/// The line at which each row of a file begins, kept as the rows where lines and rows fall out of
/// step: one entry for an ordinary file.
struct LineMap: Sendable {
  private var steps: [(row: Int, line: Int)] = []

  /// Notes that `row` begins at `line`; rows come in ascending order.
  mutating func note(row: Int, line: Int) {
    if let last = steps.last, line - last.line == row - last.row { return }
    steps.append((row, line))
  }

  /// Notes the rows of `other`, which begin `rows` and `lines` later.
  mutating func append(_ other: LineMap, rows: Int, lines: Int) {
    for step in other.steps { note(row: step.row + rows, line: step.line + lines) }
  }

  /// The line of `row`, which was noted.
  func line(ofRow row: Int) -> Int {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return row + 1 }
    return steps[low - 1].line + row - steps[low - 1].row
  }
}
