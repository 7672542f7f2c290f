// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import Testing

/// Error rates over whole families of differences, metrics × slices.
extension CoverageTests {
  private static let metrics: Set<String> = [
    "selection_rate", "accuracy", "true_positive_rate", "false_positive_rate", "precision", "f1",
    "brier_score", "mean_score", "roc_auc", "average_precision",
  ]

  /// Four groups with the shares 0.4, 0.3, 0.2 and 0.1; the last one's labels are positive with
  /// `shift` less probability.
  private static func population(
    _ family: UInt32, shift: Double, dataSets: Int, isClustered: Bool = false
  ) -> Simulation {
    Simulation(
      family: family, dataSets: dataSets,
      configuration: .scores().with {
        $0.metrics = metrics
        $0.references = ["a": "g0"]
        $0.replicates = 250
        $0.cluster = isClustered ? Name.cluster : nil
      }
    ) { stream in
      (0..<400).map { index in
        let u = stream.uniform()
        let group = u < 0.4 ? 0 : u < 0.7 ? 1 : u < 0.9 ? 2 : 3
        let score = 0.05 + 0.9 * stream.uniform()
        let chance = max(0, score - (group == 3 ? shift : 0))
        return Row(
          groups: ["g\(group)"], label: stream.uniform() < chance, score: score,
          cluster: "c\(index / 2)")
      }
    }
  }

  private static let criteria: [(name: String, value: @Sendable (AcrossMetrics) -> Double)] = [
    ("max-t", { $0.maxT }), ("Romano–Wolf", { $0.romanoWolf }), ("Holm", { $0.holm }),
    ("Benjamini–Hochberg", { $0.benjaminiHochberg }),
  ]

  /// Without any difference each finding is a false one, and the false discovery rate is the
  /// family-wise error rate.
  @Test("No differences, n = 400: any finding at 5 %", arguments: [false, true])
  func globalNull(isClustered: Bool) async throws {
    let kinds = [GapKind.differenceToReference, .differenceToOverall]
    let names = kinds.flatMap { kind in
      Self.criteria.map {
        "\(kind.rawValue), 10 metrics\(isClustered ? ", clustered" : ""), \($0.name)"
      }
    }
    let found = try await Self.population(
      isClustered ? 32 : 31, shift: 0, dataSets: 1000, isClustered: isClustered
    ).run(names) { result in
      kinds.flatMap { kind in
        let across = result.gaps.filter { $0.kind == kind }.compactMap(\.acrossMetrics)
        return Self.criteria.map { criterion in
          Outcome(
            isCovered: !across.contains { criterion.value($0) <= 0.05 },
            width: across.map(criterion.value).min() ?? .nan)
        }
      }
    }
    for coverage in found {
      coverage.printRow("no finding in ≥ 95 %")
      #expect(coverage.upperBound >= 0.95, "\(coverage.name)")
    }
  }

  /// The other groups' differences to the reference are all null.
  @Test("One group of four differs: false findings among all, n = 400")
  func mixture() async throws {
    let names = ["false discoveries, 10 metrics", "false findings, Romano–Wolf", "power"]
    let found = try await Self.population(33, shift: 0.45, dataSets: 600).run(names) { result in
      let gaps = result.gaps.filter { $0.kind == .differenceToReference && $0.acrossMetrics != nil }
      func isNull(_ gap: Gap) -> Bool { gap.slice?.group(of: "a") != .some("g3") }
      let discovered = gaps.filter { ($0.acrossMetrics?.benjaminiHochberg ?? 1) <= 0.05 }
      let rejected = gaps.filter { ($0.acrossMetrics?.romanoWolf ?? 1) <= 0.05 }
      let share = Double(discovered.count(where: isNull)) / Double(max(1, discovered.count))
      return [
        Outcome(isCovered: true, width: share),
        Outcome(isCovered: !rejected.contains(where: isNull), width: 0),
        Outcome(isCovered: rejected.contains { !isNull($0) }, width: 0),
      ]
    }
    let shares = found[0].outcomes.map(\.width)
    let mean = found[0].meanWidth
    let spread = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count)
    let error = (spread / Double(shares.count)).squareRoot()
    found[0].printRow("rate (mean width) ≤ 5 %")
    #expect(mean - 2.326 * error <= 0.05)
    found[1].printRow("no false finding in ≥ 95 %")
    #expect(found[1].upperBound >= 0.95)
    found[2].printRow("the group is found in ≥ 50 %")
    #expect(found[2].share >= 0.5)
  }
}
