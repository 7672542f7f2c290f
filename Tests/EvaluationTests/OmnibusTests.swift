// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandTabular
import Testing

extension EvaluationResult {
  /// The test of a metric over the groups of some attributes, everywhere.
  func test(_ metric: String, by attributes: [String], model: String? = nil) -> GroupTest? {
    tests.first {
      $0.metric == metric && $0.attributes == attributes && $0.condition == nil
        && (model == nil || $0.model == model)
    }
  }
}

/// Wald tests that all groups are equal. Reference values: numpy 2.4 and scipy 1.17, with
/// W = Σ (θ − θ̄)²/v, v = p̃(1 − p̃)/(n + 2), p̃ = (x + 1)/(n + 2), θ̄ weighted by 1/v, and
/// `scipy.stats.chi2.sf(W, K − 1)`.
@Suite("Omnibus tests")
struct OmnibusTests {
  @Test("COMPAS: false positive rates by race, x/n = 805/1795, 2/23, 349/1488, 87/405, 36/244")
  func compas() throws {
    var configuration = Configuration(
      label: "two_year_recid",
      models: [ModelRole("compas", column: "decile_score", output: .score(threshold: 5))],
      by: ["race"])
    configuration.count = "count"
    configuration.scoreKind = .score
    configuration.replicates = 100
    configuration.permutations = 200
    let result = try Reference.evaluate("Datasets/compas-two-year/counts.csv", configuration)
    let test = try #require(result.test("false_positive_rate", by: ["race"]))
    #expect(agreeRelatively(test.omnibus?.statistic, 268.57436184273))
    #expect(test.omnibus?.degreesOfFreedom == 4 && test.groups == 5)
    #expect((test.omnibus?.denominatorDegreesOfFreedom ?? 0) > 50)
    // Further out than normal theory is trusted.
    #expect(test.omnibus?.pValue == 1e-15)
    // Eight Native Americans without a new offence are too few.
    #expect(test.excluded.map(\.slice) == [.of(["race": "Native American"])])
    #expect(test.permutation?.pValue == 0.00497512)
    let missed = try #require(result.test("false_negative_rate", by: ["race"]))
    #expect(agreeRelatively(missed.omnibus?.statistic, 217.619407889696))
  }

  @Test("Adult: precision of the boosted model by race and by sex")
  func adult() throws {
    let result = try Adult.evaluated.get()
    let race = try #require(result.test("precision", by: ["race"], model: "boosted"))
    #expect(agreeRelatively(race.omnibus?.statistic, 5.3213856970817))
    // scipy.stats.f.sf of Welch's F on 4 and 51.71548298055338 degrees of freedom: 0.28957154723.
    // Pearson's χ² (chi2_contingency without correction) has the smaller 0.18388911231.
    #expect(race.omnibus?.pValue == 0.289572)
    let sex = try #require(result.test("precision", by: ["sex"], model: "boosted"))
    #expect(agreeRelatively(sex.omnibus?.statistic, 1.84548460210119))
    #expect(sex.omnibus?.pValue == 0.174737)
  }

  @Test("With two groups W is the square of the contrast's t")
  func square() throws {
    for design in RandomTable.Design.allCases {
      for seed in 7000..<7040 {
        let result = try RandomTable(seed: UInt64(seed), design: design).evaluate {
          $0.permutations = 0
        }
        for test in result.tests where test.groups == 2 {
          guard let omnibus = test.omnibus else { continue }
          let gap = result.gaps.first {
            $0.kind == .maxMinDifference && $0.metric == test.metric && $0.model == test.model
              && $0.attributes == test.attributes && $0.condition == test.condition
          }
          let value = try #require(gap?.value)
          let error = try #require(gap?.standardError)
          #expect(
            agree(omnibus.statistic, value * value / (error * error), within: 1e-8),
            "\(test.metric) of \(seed)")
        }
      }
    }
  }

  @Test("Renamed groups give the same statistic", arguments: [UInt64](7100..<7120))
  func renaming(seed: UInt64) throws {
    let table = RandomTable(seed: seed)
    let names = ["g0": "z", "g1": "y", "g2": "x", "g3": "w"]
    var renamed = table
    for index in renamed.rows.indices {
      renamed.rows[index].groups = table.rows[index].groups.map { $0.flatMap { names[$0] } }
    }
    let (one, other) = (
      try table.evaluate { $0.permutations = 0 }, try renamed.evaluate { $0.permutations = 0 }
    )
    #expect(one.tests.count == other.tests.count)
    for (a, b) in zip(one.tests, other.tests) where a.groups == b.groups {
      #expect(a.status == b.status && a.metric == b.metric)
      #expect(
        agree(a.omnibus?.statistic, b.omnibus?.statistic, within: 1e-8), "\(a.metric) of \(table)")
    }
  }

  /// Row i of 240 in cluster i div 8: a value of 101 steps, and one of the cluster.
  private static func clustered(_ group: (Int) -> Int) -> [Row] {
    (0..<240).map { index in
      let own = Double((index * 37 + 11) % 101) / 101 * 0.6
      let shared = 0.4 * Double((index / 8 * 29) % 17) / 17
      return Row(
        groups: ["g\(group(index))"], label: index % 2 == 0, score: own + shared,
        cluster: "c\(index / 8)")
    }
  }

  private func meanScores(_ rows: [Row]) throws -> OmnibusTest {
    let configuration = Configuration.scores().with {
      $0.cluster = Name.cluster
      $0.metrics = ["mean_score"]
    }
    let result = try Evaluator(configuration).evaluate(rows.table())
    return try #require(result.test("mean_score", by: ["a"])?.omnibus)
  }

  @Test("Clusters within groups: Welch's F of means with CR1 variances")
  func welch() throws {
    let test = try meanScores(Self.clustered { $0 / 8 % 3 })
    #expect(agreeRelatively(test.statistic, 0.997590810274833))
    #expect(agreeRelatively(test.denominatorDegreesOfFreedom, 17.9687629078943))
    #expect(test.degreesOfFreedom == 2)
    #expect(agreeRelatively(test.pValue, 0.62592794560761, within: 1e-6))
  }

  @Test("Clusters across groups: Hotelling's F with the joint CR1 covariance")
  func hotelling() throws {
    let test = try meanScores(Self.clustered { ($0 * 7 + $0 / 5) % 3 })
    #expect(agreeRelatively(test.statistic, 0.760123654147889))
    #expect(test.degreesOfFreedom == 2 && test.denominatorDegreesOfFreedom == 28)
    #expect(agreeRelatively(test.pValue, 0.696122596187923, within: 1e-6))
  }

  @Test("What cannot be compared says why")
  func reasons() throws {
    let rows = (0..<60).map { index in
      Row(
        groups: [index < 55 ? "a" : "b", "only"], label: index % 2 == 0, decision: index % 3 == 0)
    }
    let result = try Evaluator(.decisions(depth: 2)).evaluate(rows.table())
    let few = try #require(result.test("selection_rate", by: ["a"]))
    #expect(few.status == .insufficient && few.omnibus == nil && few.groups == 1)
    #expect(few.reason == "fewer than two groups can be compared" && few.excluded.count == 1)
    let one = try #require(result.test("selection_rate", by: ["b"]))
    #expect(one.status == .undefined && one.reason == "only one group")
    #expect(one.permutation == nil && one.permutationReason == one.reason)
  }

  @Test("Fewer clusters than groups leave no degrees of freedom")
  func tooFewClusters() throws {
    let rows = (0..<300).map { index in
      Row(
        groups: ["g\(index % 5)"], label: true, decision: (index * 7) % 11 < 4,
        cluster: "c\(index / 5 % 4)")
    }
    let configuration = Configuration.decisions().with { $0.cluster = Name.cluster }
    let test = try #require(
      Evaluator(configuration).evaluate(rows.table()).test("selection_rate", by: ["a"]))
    #expect(test.status == .undefined && test.reason == "too few clusters for 5 groups")
  }
}
