// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Testing

/// Tests/Reference/comparison: numpy, scipy and statsmodels.
@Suite("Comparisons against the reference")
struct ComparisonReferenceTests {
  struct Document: Decodable {
    struct Area: Decodable {
      var value: Double
      var standardError: Double
      var p: Double
    }
    struct Rate: Decodable {
      var value: Double
      var baselineOnly: Double
      var candidateOnly: Double
      var pairs: Double
      var standardError: Double
      var exact: Double
      var mid: Double
    }
    struct Ratio: Decodable {
      var value: Double
      var standardError: Double
    }
    struct Entry: Decodable {
      var slice: [String: String]
      var auc: Area
      var accuracy: Rate
      var selectionRate: Rate
      var truePositiveRate: Rate
      var precision: Ratio
    }
    struct Gap: Decodable {
      var slice: [String: String]
      var reference: [String: String]
      var metric: String
      var value: Double
      var standardError: Double?
      var sharedCovariance: Double?
    }
    var slices: [Entry]
    var gaps: [Gap]
  }

  private static let document = Result {
    try Reference.json("comparison/adult.json", as: Document.self)
  }
  private static let compared = Result {
    try Reference.evaluate(
      Adult.path,
      Adult.configuration.with {
        $0.baseline = "logistic"
        $0.metrics = [
          "roc_auc", "accuracy", "selection_rate", "true_positive_rate", "precision",
        ]
        $0.attributes = ["sex", "race"]
        $0.permutations = 0
        $0.labelDraws = 0
        $0.smallGroups = false
      })
  }

  private func change(_ metric: String, _ slice: [String: String]) throws -> ModelComparison {
    let all = try Self.compared.get().comparisons
    return try #require(all.first { $0.metric == metric && $0.slice == .of(slice) })
  }

  @Test("AUC: value, DeLong's error and p-value, in 18 slices")
  func areas() throws {
    let entries = try Self.document.get().slices
    #expect(entries.count == 18)
    for entry in entries {
      let found = try change("roc_auc", entry.slice)
      guard found.status == .ok else { continue }
      #expect(agree(found.difference.value, entry.auc.value, within: 1e-12))
      #expect(agreeRelatively(found.difference.standardError, entry.auc.standardError))
      #expect(agree(found.pValue, max(entry.auc.p, 1e-15), within: 1e-12))
      #expect(found.method == "delong")
    }
    let overall = try change("roc_auc", [:])
    #expect(agree(overall.difference.value, 0.0218768, within: 5e-8))
    let interval = try #require(overall.difference.interval)
    let error = try #require(overall.difference.standardError)
    #expect(agree(interval.low, 0.021876835030012365 - 1.959963984540054 * error))
    #expect(agree(interval.high, 0.021876835030012365 + 1.959963984540054 * error))
  }

  @Test("Rates of the same rows: discordant rows, McNemar's p-values, the error of gaps")
  func rates() throws {
    var compared = 0
    for entry in try Self.document.get().slices {
      for (metric, expected) in [
        ("accuracy", entry.accuracy), ("selection_rate", entry.selectionRate),
        ("true_positive_rate", entry.truePositiveRate),
      ] {
        let found = try change(metric, entry.slice)
        guard found.status == .ok else { continue }
        let pairs = try #require(found.discordant)
        #expect(agree(found.difference.value, expected.value, within: 1e-12))
        #expect(pairs.baselineOnly == expected.baselineOnly)
        #expect(pairs.candidateOnly == expected.candidateOnly && pairs.pairs == expected.pairs)
        #expect(agreeRelatively(found.difference.standardError, expected.standardError))
        #expect(agreeRelatively(pairs.exactPValue, expected.exact, within: 1e-10))
        #expect(agreeRelatively(found.pValue, expected.mid, within: 1e-10))
        compared += 1
      }
      let precision = try change("precision", entry.slice)
      guard precision.status == .ok, entry.precision.standardError > 0 else { continue }
      #expect(agree(precision.difference.value, entry.precision.value, within: 1e-12))
      #expect(
        agreeRelatively(precision.difference.standardError, entry.precision.standardError))
    }
    #expect(compared > 45)
  }

  @Test("Changes of gaps by sex, by race and of sex × race against everybody")
  func gaps() throws {
    let result = try Self.compared.get()
    var compared = 0
    for gap in try Self.document.get().gaps {
      let metric = gap.metric == "auc" ? "roc_auc" : gap.metric
      let kind: GapKind =
        gap.reference.isEmpty ? .differenceToOverall : .differenceToReference
      let found = result.comparisons.first {
        $0.metric == metric && $0.gap?.kind == kind && $0.gap?.slice == .of(gap.slice)
      }
      guard let found, found.status == .ok else { continue }
      #expect(agree(found.difference.value, gap.value, within: 1e-12))
      if let error = gap.standardError {
        #expect(agreeRelatively(found.difference.standardError, error))
      } else if let shared = gap.sharedCovariance {
        let own = try #require(try change(metric, gap.slice).difference.standardError)
        let whole = try #require(try change(metric, [:]).difference.standardError)
        let rows = try #require(try change(metric, gap.slice).discordant).pairs
        let variance = own * own + whole * whole - 2 * shared * rows / (rows - 1)
        #expect(agreeRelatively(found.difference.standardError, variance.squareRoot()))
      }
      compared += 1
    }
    #expect(compared >= 25)
  }

  @Test("198 items × 5 epochs, clustered by item, as statsmodels")
  func clustered() throws {
    struct Clustered: Decodable {
      struct Entry: Decodable {
        var group: String?
        var value: Double
        var standardError: Double
        var clusters: Int
        var p: Double
        var low: Double
        var high: Double
      }
      struct Gap: Decodable {
        var value: Double
        var standardError: Double
      }
      var slices: [Entry]
      var gap: Gap
    }
    let expected = try Reference.json("comparison/clustered.json", as: Clustered.self)
    var configuration = Configuration(
      label: "label",
      models: ["one", "two"].map { ModelRole($0, column: $0, output: .decision) }, by: ["group"])
    configuration.cluster = "item"
    configuration.baseline = "one"
    configuration.positive = "1"
    configuration.metrics = ["selection_rate"]
    configuration.permutations = 0
    let result = try Reference.evaluate(
      "Tests/Reference/comparison/clustered.csv", configuration)
    for entry in expected.slices {
      let slice = entry.group.map { Slice.of(["group": $0]) } ?? .overall
      let found = try #require(result.comparisons.first { $0.slice == slice })
      #expect(agree(found.difference.value, entry.value, within: 1e-12))
      #expect(agreeRelatively(found.difference.standardError, entry.standardError))
      #expect(found.degreesOfFreedom == Double(entry.clusters - 1))
      #expect(agreeRelatively(found.pValue, entry.p, within: 1e-8))
      guard entry.group == nil else { continue }
      let interval = try #require(found.difference.interval)
      #expect(agree(interval.low, entry.low) && agree(interval.high, entry.high))
    }
    let gap = try #require(
      result.comparisons.first {
        $0.gap?.kind == .differenceToReference && $0.gap?.slice == .of(["group": "a"])
      })
    #expect(agree(gap.difference.value, expected.gap.value, within: 1e-12))
    #expect(agreeRelatively(gap.difference.standardError, expected.gap.standardError))
  }
}
