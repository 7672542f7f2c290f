// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling
import RealModule
import Testing

extension CoverageTests {
  /// 8 groups of 100 at rate 0.8; the last one at `last`.
  private static func eightGroups(_ family: UInt32, last: Double) -> Simulation {
    Simulation(
      family: family, dataSets: 2000,
      configuration: .decisions().with {
        $0.label = nil
        $0.metrics = ["selection_rate"]
        $0.replicates = 399
      }
    ) { stream in
      (0..<800).map { index in
        let group = index / 100
        return Row(
          groups: ["g\(group)"], decision: stream.uniform() < (group == 7 ? last : 0.8))
      }
    }
  }

  @Test("The range of eight equal selection rates")
  func equalGroups() async throws {
    let names = ["max-min of selection rate, 8 × 100, all 0.8"]
    let found = try await Self.eightGroups(1, last: 0.8).run(names) { result in
      [result.gaps("selection_rate", .maxMinDifference, by: ["a"]).jointOutcome { _ in 0 }]
    }
    found[0].printRow("0 in ≥ 93 %, width ≤ 0.30")
    #expect(found[0].share >= 0.93)
    #expect(found[0].meanWidth <= 0.30)
  }

  @Test("One group of eight is at 0.6")
  func oneUnequalGroup() async throws {
    let names = ["max-min of selection rate, 8 × 100, one at 0.6, holds 0.2"]
    let found = try await Self.eightGroups(2, last: 0.6).run(names) { result in
      [result.gaps("selection_rate", .maxMinDifference, by: ["a"]).jointOutcome { _ in 0.2 }]
    }
    let power = Double(found[0].outcomes.count { $0.extra > 0 }) / Double(found[0].outcomes.count)
    found[0].printRow("≥ 95 %; low > 0 in ≥ 85 %: \((power * 1000).rounded() / 10) %")
    #expect(power >= 0.85)
    #expect(found[0].upperBound >= 0.95)
  }

  @Test("Composites of counts, n = 200")
  func composites() async throws {
    // Base rate 0.3, true positive rate 0.7, false positive rate 0.2; true values exact.
    let truth = DecisionCounts(
      truePositives: 0.21, falsePositives: 0.14, falseNegatives: 0.09, trueNegatives: 0.56)
    let metrics: [any DecisionMetric] = [
      BalancedAccuracy(), F1(), MatthewsCorrelation(), ThreatScore(), AverageOdds(),
    ]
    let values = try metrics.map { try $0.value(truth) }
    let simulation = Simulation(
      family: 3, dataSets: 2000,
      configuration: .decisions().with {
        $0.metrics = Set(metrics.map(\.id))
        $0.replicates = 999
      }
    ) { stream in
      (0..<200).map { _ in
        let label = stream.uniform() < 0.3
        return Row(label: label, decision: stream.uniform() < (label ? 0.7 : 0.2))
      }
    }
    let found = try await simulation.run(metrics.map { "\($0.id), n = 200" }) { result in
      zip(metrics, values).map { result.measurement($0.id).outcome($1) }
    }
    for (metric, coverage) in zip(metrics, found) {
      coverage.printRow("≥ 95 %")
      let isHard = ["f1", "matthews_correlation", "threat_score"].contains(metric.id)
      #expect(coverage.upperBound >= (isHard ? 0.93 : 0.95), "\(coverage.name)")
    }
  }

  @Test("A weighted selection rate, n = 300")
  func weighted() async throws {
    // Weights 1 and 3 with equal chance, rates 0.2 and 0.5: (0.2 + 3 · 0.5) / 4 exactly.
    let simulation = Simulation(
      family: 4, dataSets: 2000,
      configuration: .decisions().with {
        $0.label = nil
        $0.weight = Name.weight
        $0.metrics = ["selection_rate"]
      }
    ) { stream in
      (0..<300).map { _ in
        let isHeavy = stream.uniform() < 0.5
        return Row(
          decision: stream.uniform() < (isHeavy ? 0.5 : 0.2), weight: isHeavy ? 3 : 1)
      }
    }
    let found = try await simulation.run(["weighted selection_rate, n = 300"]) { result in
      [result.measurement("selection_rate").outcome(0.425)]
    }
    found[0].printRow("≥ 95 %")
    #expect(found[0].upperBound >= 0.95)
  }

  @Test("A clustered selection rate: 40 clusters of 10, ICC 0.3")
  func clustered() async throws {
    // A row copies its cluster's draw with probability √ICC, so that two rows correlate by ICC.
    let copies = 0.3.squareRoot()
    let draw: @Sendable (inout RandomStream) -> [Row] = { stream in
      (0..<40).flatMap { cluster -> [Row] in
        let common = stream.uniform() < 0.4
        return (0..<10).map { _ in
          let own = stream.uniform() < 0.4
          return Row(
            decision: stream.uniform() < copies ? common : own, cluster: "c\(cluster)")
        }
      }
    }
    let configuration = Configuration.decisions().with {
      $0.label = nil
      $0.metrics = ["selection_rate"]
      $0.replicates = 100
    }
    let clustered = configuration.with { $0.cluster = Name.cluster }
    let names = ["clustered selection_rate, 40 × 10, ICC 0.3"]
    let found = try await Simulation(
      family: 5, dataSets: 2000, configuration: clustered, draw: draw
    ).run(names) { [$0.measurement("selection_rate").outcome(0.4)] }
    found[0].printRow("≥ 95 % (hard: ≥ 93 %)")
    #expect(found[0].upperBound >= 0.93)

    let naive = try await Simulation(
      family: 5, dataSets: 1000, configuration: configuration, draw: draw
    ).run(["the same rows, clusters ignored (Wilson)"]) {
      [$0.measurement("selection_rate").outcome(0.4)]
    }
    naive[0].printRow("2Φ(1.96/√3.7) − 1 = 69 %: what ignoring clusters costs")
    #expect(naive[0].lowerBound <= 0.72 && naive[0].share < 0.8)
  }
}
