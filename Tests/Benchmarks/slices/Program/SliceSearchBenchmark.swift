// SPDX-License-Identifier: Apache-2.0
import EvenhandSliceSearch
import EvenhandTabular
import Foundation

/// Times the slice search of a table: `slice-search-benchmark TABLE COLUMN K DEPTH REPEATS`.
///
/// Searches the columns f0 … f9, whole numbers from 0 on, for the errors in COLUMN, and prints
/// `{"seconds": [one a repeat], "slices": [{"score": …, "size": …}]}`. Timed are encoding and search.
@main struct SliceSearchBenchmark {
  private struct Answer: Encodable {
    struct Found: Encodable {
      var score: Double
      var size: Int
    }

    var seconds: [Double]
    var slices: [Found]
  }

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 5, let path = arguments.first,
      let counts = Optional(arguments.dropFirst(2).compactMap { Int($0) }), counts.count == 3
    else {
      FileHandle.standardError.write(
        Data("usage: slice-search-benchmark TABLE COLUMN K DEPTH REPEATS\n".utf8))
      exit(64)
    }
    let (features, errors) = try read(path, errors: arguments[arguments.startIndex + 1])
    let search = try SliceLine(
      k: counts[0], minimumSupport: errors.count / 100, maximumDepth: counts[1])
    var answer = Answer(seconds: [], slices: [])
    for _ in 0..<counts[2] {
      let start = ContinuousClock.now
      let result = try search.search(SliceFeatures(features), SliceErrors(errors))
      answer.seconds.append((ContinuousClock.now - start) / .seconds(1))
      answer.slices = result.slices.map { Answer.Found(score: $0.score, size: $0.size) }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  }

  private static func read(
    _ path: String, errors: String
  ) throws -> (features: [SliceFeature], errors: [Double]) {
    let names = (0..<10).map { "f\($0)" }
    let requests = (names + [errors]).map { ColumnRequest(name: $0, kind: .number, role: "column") }
    let table = try TableReader().read(InputFile.open(path: path), columns: requests)
    let features = try names.map { name in
      let codes = try table.number(name).values.map { Int32($0) }
      return SliceFeature(
        name: name, values: (0...Int(codes.max() ?? 0)).map(String.init), codes: codes)
    }
    return (features, try table.number(errors).values)
  }
}
