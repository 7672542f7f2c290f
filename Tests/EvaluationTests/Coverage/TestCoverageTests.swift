// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Testing

/// How often tests of equality reject where all groups are equal: not above 5 %, beyond doubt.
@Suite("Type I error of tests", .tags(.coverage))
struct TestCoverageTests {
  /// Whether a test does not reject at 5 %.
  private static func outcome(_ p: Double?) -> Outcome {
    Outcome(isCovered: (p ?? 0) > 0.05, width: .nan)
  }

  /// - Parameter limit: what the share of rejections may truly be.
  private func check(_ found: Coverage, limit: Double = 0.05) {
    let percent = ((1 - found.share) * 1000).rounded() / 10
    print("| \(found.name) | \(found.outcomes.count) | 5 % | \(percent) % |")
    // The 99 % lower bound of the share of rejections.
    #expect(1 - found.upperBound <= limit)
    // A test that never rejects would be no test.
    #expect(found.share < 0.99)
  }

  /// Two groups' sizes and standard deviations, and the rejections of unstudentized permutations.
  struct Design: Sendable, CustomTestStringConvertible {
    var family: UInt32
    var sizes: [Int]
    var deviations: [Double]
    var unstudentized: ClosedRange<Double>
    var testDescription: String { "n \(sizes), sd \(deviations)" }
  }

  /// Published for unstudentized differences: .336, 0 and .051.
  static let designs = [
    Design(family: 301, sizes: [200, 40], deviations: [1, 5], unstudentized: 0.28...0.39),
    Design(family: 302, sizes: [40, 200], deviations: [1, 5], unstudentized: 0...0.01),
    Design(family: 303, sizes: [100, 100], deviations: [1, 5], unstudentized: 0.02...0.09),
  ]

  @Test("Means of unequal variance", arguments: designs)
  func means(design: Design) async throws {
    let (sizes, deviations) = (design.sizes, design.deviations)
    let draw: @Sendable (inout RandomStream) -> [Row] = { stream in
      (0..<2).flatMap { group in
        (0..<sizes[group]).map { _ in
          Row(groups: ["g\(group)"], score: deviations[group] * stream.normal())
        }
      }
    }
    let simulation = Simulation(
      family: design.family, dataSets: 1000,
      configuration: .scores(threshold: 0).with {
        $0.label = nil
        $0.metrics = ["mean_score"]
        $0.scoreKind = .score
        $0.method = .bootstrap
        $0.replicates = 100
        $0.permutations = 199
      }, draw: draw)
    let found = try await simulation.run(["studentized, \(design.testDescription)"]) { result in
      [Self.outcome(result.test("mean_score", by: ["a"])?.permutation?.pValue)]
    }
    check(found[0])

    // The contrast: the same data, the difference of means without its standard error.
    let rejections = (0..<1000).count { index in
      var stream = RandomStream(
        seed: 20_260_101, family: design.family, replicate: UInt32(index))
      var scores = draw(&stream).map(\.score)
      func difference() -> Double {
        let sum = scores[..<sizes[0]].reduce(0, +)
        return abs(sum / Double(sizes[0]) - (scores.reduce(0, +) - sum) / Double(sizes[1]))
      }
      let observed = difference()
      let reaching = (0..<199).count { _ in
        scores.shuffle(using: &stream)
        return difference() >= observed
      }
      return 1 + reaching <= 10
    }
    print("| unstudentized, \(design.testDescription) | 1000 | | \(Double(rejections) / 10) % |")
    #expect(design.unstudentized.contains(Double(rejections) / 1000))
  }

  @Test("False positive rates of 30 and 300 negatives at 0.1")
  func rates() async throws {
    let simulation = Simulation(
      family: 304, dataSets: 1500,
      configuration: .decisions().with {
        $0.metrics = ["false_positive_rate"]
        $0.replicates = 100
        $0.permutations = 199
      }
    ) { stream in
      (0..<330).map { index in
        Row(groups: [index < 30 ? "a" : "b"], label: false, decision: stream.uniform() < 0.1)
      }
    }
    let names = ["rates 30/300 at 0.1, omnibus", "rates 30/300 at 0.1, permutations"]
    let found = try await simulation.run(names) { result in
      let test = result.test("false_positive_rate", by: ["a"])
      return [Self.outcome(test?.omnibus?.pValue), Self.outcome(test?.permutation?.pValue)]
    }
    for coverage in found { check(coverage) }
  }

  @Test("Five groups of 50 to 400 at 0.3; F1 and balanced accuracy besides")
  func fiveGroups() async throws {
    let sizes = [50, 80, 120, 200, 400]
    let metrics = ["selection_rate", "f1", "balanced_accuracy"]
    let simulation = Simulation(
      family: 305, dataSets: 1000,
      configuration: .decisions().with {
        $0.metrics = Set(metrics)
        $0.replicates = 100
        $0.permutations = 199
      }
    ) { stream in
      sizes.indices.flatMap { group in
        (0..<sizes[group]).map { _ in
          let label = stream.uniform() < 0.4
          return Row(
            groups: ["g\(group)"], label: label, decision: stream.uniform() < (label ? 0.6 : 0.1))
        }
      }
    }
    let names = metrics.flatMap { ["\($0), omnibus", "\($0), permutations", "\($0), range"] }
    let found = try await simulation.run(names) { result in
      metrics.flatMap { metric in
        let test = result.test(metric, by: ["a"])
        return [
          Self.outcome(test?.omnibus?.pValue), Self.outcome(test?.permutation?.pValue),
          Self.outcome(test?.permutation?.rangePValue),
        ]
      }
    }
    for coverage in found { check(coverage) }
  }

  /// Clusters of 3 to 8 rows whose logit of selection has a normal part of the cluster.
  private func clustered(_ family: UInt32, _ name: String, _ groups: [String]) async throws {
    let simulation = Simulation(
      family: family, dataSets: 600,
      configuration: .decisions().with {
        $0.label = nil
        $0.metrics = ["selection_rate"]
        $0.cluster = Name.cluster
        $0.method = .bootstrap
        $0.replicates = 100
        $0.permutations = 199
      }
    ) { stream in
      groups.indices.flatMap { cluster in
        let own = stream.normal()
        return (0..<(3 + Int(stream.next() % 6))).map { _ in
          // "*": every row has a group of its own choosing.
          let group = groups[cluster] == "*" ? "g\(stream.next() % 3)" : groups[cluster]
          return Row(
            groups: [group], decision: stream.uniform() < Expectation.logistic(own),
            cluster: "c\(cluster)")
        }
      }
    }
    let found = try await simulation.run(["\(name), omnibus", "\(name), permutations"]) { result in
      let test = result.test("selection_rate", by: ["a"])
      return [Self.outcome(test?.omnibus?.pValue), Self.outcome(test?.permutation?.pValue)]
    }
    for coverage in found { check(coverage) }
  }

  @Test("Four groups of 12, 15, 20 and 30 clusters")
  func clusters() async throws {
    let groups = [12, 15, 20, 30].enumerated().flatMap { group, count in
      Array(repeating: "g\(group)", count: count)
    }
    try await clustered(306, "clusters in groups", groups)
  }

  @Test("Twenty clusters across three groups")
  func acrossClusters() async throws {
    try await clustered(307, "clusters across groups", Array(repeating: "*", count: 20))
  }
}
