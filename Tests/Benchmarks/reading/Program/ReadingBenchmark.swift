// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

/// Reads a table several times and prints the seconds of each run on a line, after one that warms
/// the caches; then what was read of the first category and of the first number.
///
/// usage: reading-benchmark TABLE REPEATS CATEGORY,… NUMBER,…
@main struct ReadingBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let repeats = Int(arguments[2]) else {
      print("usage: reading-benchmark TABLE REPEATS CATEGORY,… NUMBER,…")
      return
    }
    let columns =
      requests(arguments[3], kind: .category) + requests(arguments[4], kind: .number)
    let clock = ContinuousClock()
    for run in 0...repeats {
      var table: Table?
      let time = try clock.measure {
        let file = try InputFile.open(path: arguments[1])
        table = try TableReader().read(file, columns: columns)
      }
      if run > 0 { print(time / .seconds(1), table?.rowCount ?? 0) }
      if run == repeats, let table { printValues(of: table) }
    }
  }

  /// `sum NUMBER` and, for each value, `count VALUE ROWS`.
  private static func printValues(of table: Table) {
    for case .number(let column) in table.columns.filter({ $0.isNumber }).prefix(1) {
      print("sum", column.values.reduce(0, +))
    }
    for case .category(let column) in table.columns.prefix(1) {
      var counts = [Int](repeating: 0, count: column.values.count)
      for code in column.codes where code >= 0 { counts[Int(code)] += 1 }
      for (value, count) in zip(column.values, counts) { print("count", value, count) }
    }
  }

  private static func requests(_ names: String, kind: ColumnRequest.Kind) -> [ColumnRequest] {
    names.split(separator: ",").map {
      ColumnRequest(name: String($0), kind: kind, role: "column")
    }
  }
}

extension Column {
  fileprivate var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}
