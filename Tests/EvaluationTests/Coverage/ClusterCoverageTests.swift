// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import RealModule
import Testing

/// Intervals of clustered rows: the closed form (CR1, t with G − 1 degrees of freedom) and the cluster
/// bootstrap. Rows of one person share a normal effect; the latent correlation of two is 0.3.
extension CoverageTests {
  /// Draws people one after the other, and what their rows have in common.
  private struct People {
    private static let common = 0.3.squareRoot()
    private static let own = 0.7.squareRoot()
    var stream: RandomStream
    private var effects = [0.0, 0.0]

    init(_ stream: RandomStream) { self.stream = stream }

    mutating func next() { effects = [stream.normal(), stream.normal()] }

    /// True with probability `rate`, by one of the person's two effects.
    mutating func draws(_ rate: Double, by effect: Int = 0) -> Bool {
      Self.common * effects[effect] + Self.own * stream.normal() < Normal.quantile(rate)
    }
  }

  private static func selection(
    _ family: UInt32, dataSets: Int, groups: Bool = false, cluster: Bool = true,
    bootstrap: Bool = false, _ draw: @escaping @Sendable (inout People) -> [Row]
  ) -> Simulation {
    Simulation(
      family: family, dataSets: dataSets,
      configuration: .decisions().with {
        $0.label = nil
        $0.metrics = ["selection_rate"]
        $0.cluster = cluster ? Name.cluster : nil
        $0.method = bootstrap ? .bootstrap : .auto
        $0.replicates = bootstrap ? 399 : 100
      }
    ) { stream in
      var people = People(stream)
      return draw(&people)
    }
  }

  /// `sizes[k]` rows of person k, each selected with chance 0.4.
  private static func rows(_ sizes: [Int]) -> @Sendable (inout People) -> [Row] {
    { people in
      sizes.enumerated().flatMap { person, size -> [Row] in
        people.next()
        return (0..<size).map { _ in Row(decision: people.draws(0.4), cluster: "c\(person)") }
      }
    }
  }

  @Test("A selection rate over people with many rows")
  func clusterRates() async throws {
    // Sizes 1 to 96 with a mean of 25: few people have most of the rows.
    let unequal = (0..<60).map { 1 + Int(95 * Double.pow(Double($0) / 59, 3)) }
    let scenarios: [(name: String, family: UInt32, sizes: [Int], least: Double)] = [
      ("60 people × 20 rows", 40, Array(repeating: 20, count: 60), 0.95),
      ("60 people × 1…96 rows", 41, unequal, 0.93),
      ("20 people × 20 rows", 42, Array(repeating: 20, count: 20), 0.93),
    ]
    for scenario in scenarios {
      let rows = Self.rows(scenario.sizes)
      let read: @Sendable (EvaluationResult) -> [Outcome] = {
        [$0.measurement("selection_rate").outcome(0.4)]
      }
      let naive = try await Self.selection(
        scenario.family, dataSets: 500, cluster: false, rows
      ).run(["\(scenario.name), people ignored (Wilson)"], read)
      naive[0].printRow("what ignoring clusters costs")
      #expect(naive[0].share < 0.75)
      for bootstrap in [false, true] {
        let name = "\(scenario.name), \(bootstrap ? "cluster bootstrap" : "CR1, t")"
        let found = try await Self.selection(
          scenario.family, dataSets: bootstrap ? 800 : 2000, bootstrap: bootstrap, rows
        ).run([name], read)
        found[0].printRow("≥ \(Int(scenario.least * 100)) %")
        #expect(found[0].upperBound >= scenario.least, "\(name)")
      }
    }
  }

  @Test("The gap of two selection rates, 0.4 and 0.5", arguments: [false, true])
  func clusterGaps(crosses: Bool) async throws {
    let name = crosses ? "60 people × 10 + 10 rows, in both groups" : "30 + 30 people × 20 rows"
    let rows: @Sendable (inout People) -> [Row] = { people in
      (0..<60).flatMap { person -> [Row] in
        people.next()
        return (0..<20).map { row in
          let group = crosses ? row % 2 : person % 2
          return Row(
            groups: ["g\(group)"], decision: people.draws(group == 0 ? 0.4 : 0.5),
            cluster: "c\(person)")
        }
      }
    }
    for bootstrap in [false, true] {
      let names = [GapKind.pairwiseDifference, .ratioToReference, .differenceToOverall].map {
        "\($0.rawValue), \(name), \(bootstrap ? "cluster bootstrap" : "CR1, t")"
      }
      let found = try await Self.selection(
        crosses ? 44 : 43, dataSets: bootstrap ? 500 : 2000, bootstrap: bootstrap, rows
      ).run(names) { result in
        func truth(_ slice: Slice?) -> Double {
          guard let slice, let group = slice.group(of: "a") else { return 0.45 }
          return group == "g0" ? 0.4 : 0.5
        }
        return [GapKind.pairwiseDifference, .ratioToReference, .differenceToOverall].map { kind in
          result.gaps("selection_rate", kind, by: ["a"]).jointOutcome {
            kind.isRatio
              ? truth($0.slice) / truth($0.reference) : truth($0.slice) - truth($0.reference)
          }
        }
      }
      for coverage in found {
        coverage.printRow("≥ 95 %")
        #expect(coverage.upperBound >= 0.95, "\(coverage.name)")
      }
    }
  }

  /// Base rate 0.4, true positive rate 0.7, false positive rate 0.2: F1 = 0.7, accuracy 0.76, exactly.
  @Test("Composites over people with many rows, 60 × 20")
  func clusterComposites() async throws {
    let truths = [
      ("f1", 0.56 / 0.8), ("balanced_accuracy", 0.75), ("accuracy", 0.76),
      ("threat_score", 0.28 / 0.52),
    ]
    for bootstrap in [false, true] {
      let simulation = Simulation(
        family: 45, dataSets: bootstrap ? 600 : 2000,
        configuration: .decisions().with {
          $0.metrics = Set(truths.map(\.0))
          $0.cluster = Name.cluster
          $0.method = bootstrap ? .bootstrap : .auto
          $0.replicates = bootstrap ? 399 : 100
        }
      ) { stream in
        var people = People(stream)
        return (0..<60).flatMap { person -> [Row] in
          people.next()
          return (0..<20).map { _ in
            let label = people.draws(0.4)
            return Row(
              label: label, decision: people.draws(label ? 0.7 : 0.2, by: 1), cluster: "c\(person)")
          }
        }
      }
      let names = truths.map { "\($0.0), 60 × 20, \(bootstrap ? "cluster bootstrap" : "CR1, t")" }
      let found = try await simulation.run(names) { result in
        truths.map { result.measurement($0.0).outcome($0.1) }
      }
      for coverage in found {
        coverage.printRow("≥ 95 % (hard: ≥ 93 %)")
        #expect(coverage.upperBound >= 0.93, "\(coverage.name)")
      }
    }
  }
}
