// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import Testing

/// Tests/Reference/adult/intervals_scipy.json and intervals_r.json: two independent computations of
/// DeLong's errors, score intervals and tests of 2 × 2 tables.
@Suite("Intervals on Adult against scipy and R")
struct AdultIntervalTests {
  struct Document: Decodable {
    var models: [String: Model]
  }

  struct Model: Decodable {
    var aucGaps: [AreaGap]
    var comparisons: [Comparison]
  }

  struct AreaGap: Decodable {
    var compared: [String: String]
    var reference: [String: String]
    var gap: Double
    var standardError: Double
    var interval: [Double]
    var pValue: Double
  }

  struct Comparison: Decodable {
    var metric: String
    var compared: [String: String]
    var x1: Double
    var n1: Double
    var x2: Double
    var n2: Double
    var intervals: [String: [Double]]
    var tests: [String: Double]
    var rates: [Rate]

    var sample: Proportion { Proportion(successes: x1, trials: n1) }
    var reference: Proportion { Proportion(successes: x2, trials: n2) }
  }

  struct Rate: Decodable {
    var k: Double
    var n: Double
    var clopperPearson: [Double]
    var wilson: [Double]
    var jeffreys: [Double]
  }

  private static let scipy = Result {
    try Reference.json("adult/intervals_scipy.json", as: Document.self)
  }
  private static let pROC = Result {
    try Reference.json("adult/intervals_r.json", as: Document.self)
  }

  private static func evaluated(_ change: (inout Configuration) -> Void) throws
    -> EvaluationResult
  {
    var configuration = Adult.configuration
    configuration.attributes = ["sex"]
    configuration.permutations = 0
    change(&configuration)
    return try Reference.evaluate(Adult.path, configuration)
  }

  @Test("The AUC gap by sex and its DeLong error, in scipy's and in pROC's computation")
  func areas() throws {
    let result = try Self.evaluated { _ in }
    for document in [try Self.scipy.get(), try Self.pROC.get()] {
      for (model, expected) in document.models {
        for area in expected.aucGaps where area.compared == ["sex": "Female"] {
          let found = try #require(
            result.gaps("roc_auc", .differenceToReference, by: ["sex"], model: model).first)
          #expect(found.slice == .of(["sex": "Female"]))
          #expect(agree(found.value, area.gap, within: 1e-12))
          #expect(agree(found.standardError, area.standardError, within: 1e-12))
          // Limits are kept to six digits; with one comparison they are pointwise.
          #expect(agree(found.interval?.low, area.interval[0], within: 1e-6))
          #expect(agree(found.interval?.high, area.interval[1], within: 1e-6))
          #expect(abs((found.pValue ?? 1) - area.pValue) < 1e-12)
        }
      }
    }
  }

  @Test(
    "The scorecard's differences and ratios of rates by sex",
    arguments: [
      (IntervalChoice.Difference.newcombe, IntervalChoice.Ratio.koopman, "newcombe", "koopman"),
      (.miettinenNurminen, .miettinenNurminen, "miettinen_nurminen", "miettinen_nurminen_ratio"),
      (.mee, .katz, "mee", "katz"),
    ])
  func scorecard(
    difference: IntervalChoice.Difference, ratio: IntervalChoice.Ratio, first: String,
    second: String
  ) throws {
    let result = try Self.evaluated {
      $0.intervals.difference = difference
      $0.intervals.ratio = ratio
    }
    for (model, expected) in try Self.scipy.get().models {
      for comparison in expected.comparisons where comparison.compared == ["sex": "Female"] {
        for (kind, id) in [(GapKind.differenceToReference, first), (.ratioToReference, second)] {
          let found = try #require(
            result.gaps(comparison.metric, kind, by: ["sex"], model: model).first?.interval)
          let limits = try #require(comparison.intervals[id])
          #expect(found.method == (kind.isRatio ? ratio.rawValue : difference.rawValue))
          #expect(abs(found.low / limits[0] - 1) < 1e-5, "\(comparison.metric) \(id)")
          #expect(abs((found.high ?? 0) / limits[1] - 1) < 1e-5, "\(comparison.metric) \(id)")
        }
      }
    }
  }

  @Test("Every interval and test of the 2 × 2 tables to 1e-10")
  func tables() throws {
    let z = Normal.critical(confidence: 0.95)
    for model in try Self.scipy.get().models.values {
      for table in model.comparisons {
        let (a, b) = (table.sample, table.reference)
        let found: [String: Interval] = [
          "newcombe": Newcombe.difference(a, b, critical: z),
          "mee": Mee.difference(a, b, critical: z),
          "miettinen_nurminen": MiettinenNurminen.difference(a, b, critical: z),
          "koopman": Koopman.ratio(a, b, critical: z),
          "miettinen_nurminen_ratio": MiettinenNurminen.ratio(a, b, critical: z),
          "katz": Katz.ratio(a, b, critical: z),
        ]
        #expect(Set(found.keys) == Set(table.intervals.keys))
        for (name, interval) in found {
          let limits = try #require(table.intervals[name])
          #expect(agree(interval.low, limits[0], within: 1e-10), "\(name)")
          #expect(agree(interval.high, limits[1], within: 1e-10), "\(name)")
        }
        let tests: [String: Double] = [
          "pooled_z": PooledZ.statistic(a, b), "hypergeometric_z": HypergeometricZ.statistic(a, b),
          "fisher_p": FisherExact.pValue(a, b), "mid_p": FisherExact.midPValue(a, b),
        ]
        for (name, value) in tests {
          let expected = try #require(table.tests[name])
          #expect(abs(value / expected - 1) < 1e-9, "\(name): \(value) for \(expected)")
        }
        for rate in table.rates {
          let exact = ClopperPearson.interval(successes: rate.k, trials: rate.n, confidence: 0.95)
          let score = Wilson.interval(successes: rate.k, trials: rate.n, confidence: 0.95)
          let prior = Jeffreys.interval(successes: rate.k, trials: rate.n, confidence: 0.95)
          #expect(agree(exact.low, rate.clopperPearson[0], within: 1e-10))
          #expect(agree(exact.high, rate.clopperPearson[1], within: 1e-10))
          #expect(agree(score.low, rate.wilson[0], within: 1e-10))
          #expect(agree(score.high, rate.wilson[1], within: 1e-10))
          #expect(agree(prior.low, rate.jeffreys[0], within: 1e-10))
          #expect(agree(prior.high, rate.jeffreys[1], within: 1e-10))
        }
      }
    }
  }

  @Test("The scorecard's tests of 2 × 2 tables are these")
  func tableTests() throws {
    let result = try Self.evaluated { _ in }
    for (model, expected) in try Self.scipy.get().models {
      for table in expected.comparisons where table.compared == ["sex": "Female"] {
        let found = try #require(
          result.gaps(table.metric, .differenceToReference, by: ["sex"], model: model).first?
            .tableTests)
        #expect(abs(found.fisherExact / (table.tests["fisher_p"] ?? 0) - 1) < 1e-9)
        #expect(abs(found.midP / (table.tests["mid_p"] ?? 0) - 1) < 1e-9)
        #expect(agree(found.pooledZ, table.tests["pooled_z"], within: 1e-9))
        #expect(agree(found.hypergeometricZ, table.tests["hypergeometric_z"], within: 1e-9))
      }
    }
  }
}
