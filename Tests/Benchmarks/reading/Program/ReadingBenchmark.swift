// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

/// Reads a table several times and prints the seconds of each run on a line, after one that warms
/// the caches.
///
/// usage: reading-benchmark TABLE.csv REPEATS CATEGORY,… NUMBER,…
@main struct ReadingBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let repeats = Int(arguments[2]) else {
      print("usage: reading-benchmark TABLE.csv REPEATS CATEGORY,… NUMBER,…")
      return
    }
    let columns =
      requests(arguments[3], kind: .category) + requests(arguments[4], kind: .number)
    let clock = ContinuousClock()
    for run in 0...repeats {
      var rowCount = 0
      let time = try clock.measure {
        let file = try InputFile.open(path: arguments[1])
        rowCount = try TableReader().read(file, columns: columns).rowCount
      }
      if run > 0 { print(time / .seconds(1), rowCount) }
    }
  }

  private static func requests(_ names: String, kind: ColumnRequest.Kind) -> [ColumnRequest] {
    names.split(separator: ",").map {
      ColumnRequest(name: String($0), kind: kind, role: "column")
    }
  }
}
