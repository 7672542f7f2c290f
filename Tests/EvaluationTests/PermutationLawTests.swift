// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Testing

/// What holds of every permutation test, and the reasons where there is none.
@Suite("Laws of permutation tests")
struct PermutationLawTests {
  @Test("A rate and its complement have the same p; it is never 0 nor above 1")
  func complements() throws {
    for seed in 7200..<7220 {
      let result = try RandomTable(seed: UInt64(seed), design: .simple).evaluate {
        $0.permutations = 100
      }
      for test in result.tests {
        guard let permutation = test.permutation else { continue }
        #expect(permutation.pValue >= 0.00990099 && permutation.pValue <= 1)
        let twins = [
          "true_positive_rate": "false_negative_rate", "false_positive_rate": "true_negative_rate",
          "precision": "false_discovery_rate", "negative_predictive_value": "false_omission_rate",
        ]
        guard let twin = twins[test.metric] else { continue }
        let other = result.tests.first {
          $0.metric == twin && $0.attributes == test.attributes && $0.condition == test.condition
        }
        #expect(other?.permutation == permutation)
      }
    }
  }

  @Test("Order, threads and expansion", arguments: [UInt64](7300..<7310))
  func laws(seed: UInt64) throws {
    var table = RandomTable(seed: seed, design: .counted)
    table.configuration.method = .bootstrap
    table.configuration.permutations = 150
    let one = try table.evaluate { $0.threads = 1 }
    #expect(!one.tests.isEmpty)
    let expanded = table.rows.flatMap { Array(repeating: $0, count: Int($0.count)) }
    let other = try Evaluator(
      table.configuration.with {
        $0.count = nil
        $0.threads = 3
      }
    ).evaluate(Array(expanded.reversed()).table())
    #expect(other.tests == one.tests)
  }

  @Test("Order and threads with clusters", arguments: [UInt64](7320..<7326))
  func clusteredLaws(seed: UInt64) throws {
    var table = RandomTable(seed: seed, design: .clustered)
    table.configuration.method = .bootstrap
    table.configuration.permutations = 100
    table.configuration.condition = nil
    let one = try table.evaluate { $0.threads = 1 }
    let other = try Evaluator(table.configuration.with { $0.threads = 2 })
      .evaluate(Array(table.rows.reversed()).table())
    #expect(other.tests == one.tests)
  }

  @Test("A metric's p-value does not depend on which others are asked for")
  func alone() throws {
    let table = RandomTable(seed: 7400, design: .simple)
    let all = try table.evaluate()
    for metric in ["true_positive_rate", "balanced_accuracy", "f1"] {
      let one = try table.evaluate { $0.metrics = [metric] }
      #expect(!one.tests.isEmpty && one.tests == all.tests.filter { $0.metric == metric })
    }
  }

  @Test("Where nothing is permuted the reason stands")
  func reasons() throws {
    let rows = (0..<200).map { index -> Row in
      var row = Row(groups: ["g\(index % 2)"], label: index % 3 == 0)
      row.score = Double((index * 37) % 101) / 101
      row.weight = 1 + Double(index % 4)
      row.cluster = "c\(index / 5)"
      return row
    }
    func reason(_ metric: String, _ change: (inout Configuration) -> Void) throws -> String? {
      let result = try Evaluator(Configuration.scores().with(change)).evaluate(rows.table())
      let test = try #require(result.test(metric, by: ["a"]))
      #expect(test.status == .ok && test.omnibus != nil)
      #expect((test.permutation == nil) == (test.permutationReason != nil))
      return test.permutationReason
    }
    #expect(try reason("accuracy") { _ in } == nil)
    #expect(try reason("accuracy") { $0.permutations = 0 } == "no permutations were asked for")
    #expect(try reason("accuracy") { $0.weight = Name.weight } == "not_available (weighted)")
    #expect(
      try reason("accuracy") { $0.cluster = Name.cluster }
        == "clusters are permuted under --method bootstrap")
    #expect(
      try reason("brier_score") { _ in } == "scores are permuted under --method bootstrap")
    #expect(
      try reason("average_precision") { $0.method = .bootstrap } == "not offered for this metric")
    #expect(
      try reason("roc_auc") {
        $0.cluster = Name.cluster
        $0.method = .bootstrap
      } == "not offered for clustered rows")
  }
}
