// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Testing

/// Weighted and clustered Adult rows against statsmodels' WLS: HC1 and cluster-robust variances.
@Suite("Weights and clusters against the reference")
struct WeightedReferenceTests {
  struct Weighted: Decodable {
    struct Entry: Decodable {
      var slice: [String: String]
      var metrics: [String: Rate]
    }
    struct Rate: Decodable {
      var value: Double
      var sumOfWeights: Double?
      var effectiveN: Double?
      var linearisedVariance: Double?
    }
    var models: [String: [Entry]]
  }

  struct Clustered: Decodable {
    struct Entry: Decodable {
      var slice: [String: String]
      var unweighted: [String: Rate]
      var weighted: [String: Rate]
    }
    struct Rate: Decodable {
      var value: Double
      var clusters: Double
      var cr1Variance: Double
    }
    var models: [String: [Entry]]
  }

  private func evaluate(_ change: (inout Configuration) -> Void) throws -> EvaluationResult {
    let configuration = Adult.configuration.with {
      $0.attributes = ["sex"]
      change(&$0)
    }
    return try Evaluator(configuration).evaluate(Adult.weightedTable())
  }

  @Test("Weighted values, and the linearised variance n/(n−1) Σ (w(y − r)/Σw)²")
  func weighted() throws {
    let result = try evaluate { $0.weight = "w" }
    let document = try Reference.json("adult/weighted.json", as: Weighted.self)
    for (model, entries) in document.models {
      for entry in entries {
        for (metric, expected) in entry.metrics {
          let found = try #require(
            result.measurement(metric, .of(entry.slice), model: model))
          #expect(agree(found.value, expected.value), "\(metric) \(entry.slice)")
          guard let variance = expected.linearisedVariance else { continue }
          #expect(
            agreeRelatively(found.standardError.map { $0 * $0 }, variance),
            "\(metric) \(entry.slice)")
          #expect(agreeRelatively(found.denominator, expected.sumOfWeights ?? 0))
        }
        let record = try #require(result.slices.first { $0.slice == .of(entry.slice) })
        let all = try #require(entry.metrics["selection_rate"])
        #expect(agreeRelatively(record.effectiveN, all.effectiveN ?? 0))
        #expect(agreeRelatively(record.weight, all.sumOfWeights ?? 0))
      }
    }
  }

  /// The reference's G counts clusters with a row in the metric's denominator. Here G counts clusters
  /// with a row in the slice, the same for all metrics, so that their covariances are comparable. The
  /// factor is G(G′−1)/((G−1)G′): within 2e-3 of 1 in this table, which is asserted.
  @Test("CR1 variances, with and without weights", arguments: [false, true])
  func clustered(isWeighted: Bool) throws {
    let result = try evaluate {
      $0.cluster = "c"
      if isWeighted { $0.weight = "w" }
    }
    let document = try Reference.json("adult/clustered.json", as: Clustered.self)
    for (model, entries) in document.models {
      for entry in entries {
        let rates = isWeighted ? entry.weighted : entry.unweighted
        let inSlice = try #require(rates["selection_rate"]).clusters
        #expect(result.slices.first { $0.slice == .of(entry.slice) }?.clusters == Int(inSlice))
        for (metric, expected) in rates {
          let found = try #require(result.measurement(metric, .of(entry.slice), model: model))
          let own = expected.clusters
          let factor = inSlice / (inSlice - 1) * (own - 1) / own
          #expect(agree(found.value, expected.value))
          #expect(
            agreeRelatively(
              found.standardError.map { $0 * $0 }, expected.cr1Variance * factor),
            "\(metric) \(entry.slice)")
          #expect(abs(factor - 1) < 2e-3)
        }
      }
    }
  }
}
