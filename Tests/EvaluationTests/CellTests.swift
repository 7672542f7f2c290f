// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import EvenhandTabular
import Testing

/// Rows are put into cells of groups that occur together, however many could.
@Suite("Cells of many attributes")
struct CellTests {
  private static let depth = 6

  /// Twenty groups an attribute: 64 million combinations, of which at most 500 occur.
  private static func groups(_ seed: UInt64, rows: Int) -> [[String?]] {
    var stream = RandomStream(seed: seed, family: 970, replicate: 0)
    return (0..<rows).map { _ in
      (0..<depth).map { attribute in
        let group = Int(20 * stream.uniform())
        return attribute == 3 && group == 7 ? nil : "g\(group)"
      }
    }
  }

  private static func table(_ rows: [[String?]], _ labels: [Bool]) throws -> Table {
    try Table(
      columns: (0..<depth).map { place in
        .category(CategoryColumn(name: "a\(place)", values: rows.map { $0[place] }))
      } + [
        .category(CategoryColumn(name: "label", values: labels)),
        .category(CategoryColumn(name: "decision", values: labels)),
      ])
  }

  @Test("every slice has its rows, counted one by one", arguments: [1, 2] as [UInt64])
  func slicesHaveTheirRows(seed: UInt64) throws {
    let rows = Self.groups(seed, rows: 500)
    let labels = rows.map { ($0[0] ?? "") < "g14" }
    let configuration = Configuration(
      label: "label", models: [ModelRole("m", column: "decision", output: .decision)],
      by: (0..<Self.depth).map { "a\($0)" }
    ).with {
      $0.metrics = ["base_rate"]
      $0.smallGroups = false
      $0.missingAsGroup = true
    }
    let result = try Evaluator(configuration).evaluate(Self.table(rows, labels))
    var expected: [Slice: (rows: Int, positives: Int)] = [:]
    for (row, label) in zip(rows, labels) {
      for slice in Self.slices(row) {
        expected[slice, default: (0, 0)].rows += 1
        expected[slice, default: (0, 0)].positives += label ? 1 : 0
      }
    }
    let found = result.measurements.filter { $0.metric == "base_rate" }
    #expect(found.count { $0.n != 0 } == expected.count)
    for measurement in found where measurement.n != 0 {
      let counts = try #require(expected[measurement.slice])
      #expect(measurement.n == counts.rows)
      #expect(measurement.numerator == Double(counts.positives))
    }
  }

  /// Everybody, each group and each pair of groups that a row is in.
  private static func slices(_ row: [String?]) -> [Slice] {
    let own = row.enumerated().map { Slice.Assignment(attribute: "a\($0)", group: $1) }
    var slices = [Slice.overall]
    for (place, one) in own.enumerated() {
      slices.append(Slice([one]))
      for other in own.dropFirst(place + 1) { slices.append(Slice([one, other])) }
    }
    return slices
  }
}
