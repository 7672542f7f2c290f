// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import RealModule
import Testing

/// How often intervals hold the true value, over data sets drawn from known populations.
///
/// Seeds are fixed, so every count is reproducible. A promise of 95 % is refuted when the 99 % upper
/// Clopper–Pearson bound of the measured coverage lies below it. Tests print rows of a Markdown table:
/// interval, data sets, promise, coverage, mean width.
@Suite("Coverage", .serialized, .tags(.coverage))
struct CoverageTests {
  /// Four groups of unequal size and rate; membership is random.
  private static let groups = [
    (name: "a", share: 0.5, rate: 0.5), (name: "b", share: 0.25, rate: 0.4),
    (name: "c", share: 0.15, rate: 0.6), (name: "d", share: 0.1, rate: 0.3),
  ]
  private static let overall = groups.reduce(0) { $0 + $1.share * $1.rate }

  private static func rate(_ slice: Slice?) -> Double {
    guard let slice, let group = slice.group(of: "a") else { return overall }
    return groups.first { $0.name == group }?.rate ?? .nan
  }

  @Test("Families of selection rates against the reference, overall and in pairs, n = 500")
  func families() async throws {
    let simulation = Simulation(
      family: 21, dataSets: 2000,
      configuration: .decisions().with {
        $0.label = nil
        $0.references = ["a": "a"]
        $0.metrics = ["selection_rate"]
        $0.replicates = 399
      }
    ) { stream in
      (0..<500).map { _ in
        var (u, place) = (stream.uniform(), 0)
        while place < 3 && u >= Self.groups[place].share {
          u -= Self.groups[place].share
          place += 1
        }
        let group = Self.groups[place]
        return Row(groups: [group.name], decision: stream.uniform() < group.rate)
      }
    }
    let kinds: [GapKind] = [
      .differenceToReference, .differenceToOverall, .ratioToReference, .ratioToOverall,
      .pairwiseDifference,
    ]
    let names = kinds.map { "\($0.rawValue) of selection rate, 4 groups, jointly" }
    let found = try await simulation.run(names) { result in
      kinds.map { kind in
        result.gaps("selection_rate", kind, by: ["a"]).jointOutcome { gap in
          let (own, other) = (Self.rate(gap.slice), Self.rate(gap.reference))
          return kind.isRatio ? own / other : own - other
        }
      }
    }
    for coverage in found {
      coverage.printRow("≥ 95 %")
      #expect(coverage.upperBound >= 0.95, "\(coverage.name)")
    }
  }

  /// Three groups of 200 with base rate 0.5, false positive rate 0.2 and true positive rate 0.8,
  /// which is lower by `gap` in the last one.
  private static func odds(_ family: UInt32, gap: Double) -> Simulation {
    Simulation(
      family: family, dataSets: 1000,
      configuration: .decisions().with {
        $0.metrics = ["true_positive_rate", "false_positive_rate"]
        $0.replicates = 399
      }
    ) { stream in
      (0..<600).map { index in
        let label = stream.uniform() < 0.5
        let selected = label ? (index % 3 == 2 ? 0.8 - gap : 0.8) : 0.2
        return Row(
          groups: ["g\(index % 3)"], label: label, decision: stream.uniform() < selected)
      }
    }
  }

  @Test("Equalized odds, 3 × 200", arguments: [0.0, 0.1])
  func equalizedOdds(gap: Double) async throws {
    let simulation = Self.odds(gap == 0 ? 22 : 23, gap: gap)
    let name = "equalized_odds_difference, 3 × 200, holds \(gap)"
    let found = try await simulation.run([name]) { result in
      [result.gaps("equalized_odds", .maxMinDifference, by: ["a"]).jointOutcome { _ in gap }]
    }
    found[0].printRow("≥ 95 %")
    #expect(found[0].upperBound >= 0.95)
  }
}
