// SPDX-License-Identifier: Apache-2.0
import EvenhandCoverageStudy
import Testing

/// What a range's interval is for: it contains "no gap" where there is none, and finds one.
extension CoverageTests {
  private static func rows(_ id: String) async throws -> [StudyRow] {
    let trial = try #require(Study.trials.first { $0.id == id })
    return try await trial.run(most: Study.shortDataSets)
  }

  private static func row(_ rows: [StudyRow], _ number: String, _ method: String) throws
    -> StudyRow
  {
    try #require(rows.first { $0.claim.number == number && $0.claim.method.hasPrefix(method) })
  }

  @Test("The range of eight equal rates: 0 is inside, and a percentile interval misses it")
  func equalGroups() async throws {
    let rows = try await Self.rows("range/8 groups of 100, all rates 0.8")
    let standard = try Self.row(rows, "max − min", "max_t")
    #expect(standard.coverage >= 0.93)
    #expect(standard.width <= 0.30)
    #expect(try #require(standard.relativeWidth) <= StudyRow.mostWidth)
    #expect(try Self.row(rows, "max − min", "percentile").covered == 0)
  }

  @Test("One rate of eight is 0.6, the others 0.8: the gap is found")
  func oneUnequalGroup() async throws {
    let rows = try await Self.rows("range/8 groups of 100, one rate 0.6, the others 0.8")
    let standard = try Self.row(rows, "max − min", "max_t")
    #expect(Double(standard.apart) / Double(standard.dataSets) >= 0.85)
  }

  /// 2 Φ(1.96/√4.6) − 1 = 64 %: rows of one person are not independent.
  @Test("What ignoring clusters costs")
  func clusters() async throws {
    let rows = try await Self.rows("cluster/60 people of 20 rows")
    #expect(try Self.row(rows, "selection rate", "Wilson").coverage < 0.72)
    #expect(try Self.row(rows, "selection rate", "cluster_linearised").bounds.high >= 0.93)
  }
}
