// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandParallel
import EvenhandSampling
import RealModule
import Testing

/// P-values over metrics × slices: from the joint covariance and from replicates.
@Suite("Families over metrics")
struct AcrossMetricsTests {
  /// Four groups with the selection rates 0.50, 0.56, 0.42 and 0.54.
  private static func rows(_ count: Int, seed: UInt64) -> [Row] {
    var stream = RandomStream(seed: seed, family: 920, replicate: 0)
    return (0..<count).map { index in
      let group = index % 4
      let shift = [0, 0.06, -0.08, 0.04][group]
      let chance = stream.uniform()
      let score = min(max(chance + shift, 0.001), 0.999)
      return Row(
        groups: ["g\(group)", "h\(index / 4 % 2)"], label: stream.uniform() < 0.1 + 0.8 * chance,
        score: score, decision: score >= 0.5)
    }
  }

  private func evaluate(
    _ count: Int = 1200, _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> EvaluationResult {
    try Evaluator(
      Configuration.scores(depth: 2).with {
        $0.references = ["a": "g0"]
        $0.replicates = 500
        change(&$0)
      }
    ).evaluate(Self.rows(count, seed: 1).table())
  }

  /// Monte-Carlo: 10,000 replicates of counts against 20,000 draws.
  @Test("One metric: replicates of counts, normal draws and Dunnett's integral agree, n = 4000")
  func routes() throws {
    let rows = Self.rows(4000, seed: 2)
    let configuration = Configuration.decisions().with {
      $0.label = nil
      $0.metrics = ["selection_rate"]
      $0.references = ["a": "g0"]
      $0.replicates = 10_000
    }
    let result = try Evaluator(configuration).evaluate(rows.table())
    let gaps = result.gaps("selection_rate", .differenceToReference, by: ["a"])
    #expect(gaps.count == 3)
    for gap in gaps {
      let (replicated, across) = (
        try #require(gap.adjustedPValue), try #require(gap.acrossMetrics)
      )
      #expect(across.size == 3 && across.family == "m/difference_to_reference")
      let error = (replicated * (1 - replicated) * (1e-4 + 5e-5)).squareRoot()
      #expect(abs(across.maxT - replicated) < 4 * error + 0.005, "\(gap.value ?? .nan)")
    }
    let covariance = try #require(Evaluator(configuration).covariances(rows.table()).first)
    let groups = ["g0", "g1", "g2", "g3"].map {
      EstimateCovariance.Estimate("selection_rate", .of(["a": $0]))
    }
    let variances = groups.map { covariance($0, $0) ?? .nan }
    var correlation = Matrix(rows: 3, columns: 3)
    for a in 0..<3 {
      for b in 0..<3 {
        let shared = a == b ? variances[0] + variances[a + 1] : variances[0]
        let product = (variances[0] + variances[a + 1]) * (variances[0] + variances[b + 1])
        correlation[a, b] = shared / product.squareRoot()
      }
    }
    let draws = JointDraws.draw(
      [CorrelatedFamily(correlation: correlation, deviates: [1, 2, 3])], count: 20_000, seed: 3,
      Parallel(threads: 2))[0]
    let drawn = MaxT(maxima: draws.maxima).criticalValue(confidence: 0.95)
    let dunnett = Dunnett.criticalValue(
      confidence: 0.95, referenceVariance: variances[0], variances: Array(variances.dropFirst()))
    // The quantile's standard error, √(0.05 · 0.95 / B) over the density there, is 0.012.
    #expect(abs(drawn - dunnett) < 0.045)
    let replicated = try #require(gaps[0].interval?.family?.critical)
    #expect(abs(drawn - replicated) < 0.06)
    for (deviate, p) in zip([1.0, 2, 3], draws.maxT) {
      let exact =
        1
        - Dunnett.cumulative(
          deviate, referenceVariance: variances[0], variances: Array(variances.dropFirst()))
      #expect(abs(p - exact) < 4 * (exact * (1 - exact) / 20_000).squareRoot() + 1e-4)
    }
  }

  @Test("Uncorrelated statistics: exactly the step-down p-values of the same draws' matrix")
  func stepDown() {
    let (count, size) = (1234, 6)
    let observed = [0.3, -2.5, 1.9, 2.2, 0.0, 1.1]
    var replicates = Array(repeating: 0.0, count: size * count)
    for draw in 0..<count {
      // The stream of a draw, as the decision about streams says.
      var stream = RandomStream(seed: 8, family: 6, replicate: UInt32(draw))
      for hypothesis in 0..<size { replicates[hypothesis * count + draw] = stream.normal() }
    }
    var identity = Matrix(rows: size, columns: size)
    for index in 0..<size { identity[index, index] = 1 }
    let expected = RomanoWolf(observed: observed, replicates: replicates)
    for threads in [1, 3] {
      let found = JointDraws.draw(
        [CorrelatedFamily(correlation: identity, deviates: observed)], count: count, seed: 8,
        Parallel(threads: threads))[0]
      #expect(found.romanoWolf == expected.stepDown() && found.maxT == expected.singleStep())
    }
  }

  @Test("Perfectly correlated statistics count once")
  func singular() {
    let correlation = Matrix(rows: 3, columns: 3, elements: [1, 1, -1, 1, 1, -1, -1, -1, 1])
    let deviate = 1.959964
    let found = JointDraws.draw(
      [CorrelatedFamily(correlation: correlation, deviates: [deviate, deviate, deviate])],
      count: 20_000, seed: 1, Parallel(threads: 2))[0]
    for p in found.maxT + found.romanoWolf { #expect(abs(p - 0.05) < 0.0062) }
  }

  @Test("A single hypothesis keeps its p-value in all five")
  func single() throws {
    let rows = Self.rows(400, seed: 3).filter { ["g0", "g1"].contains($0.groups[0]) }
    let result = try Evaluator(
      Configuration.decisions().with {
        $0.metrics = ["accuracy"]
        $0.replicates = 200
      }
    ).evaluate(rows.table())
    let gap = try #require(result.gap("accuracy", .differenceToReference, by: ["a"]))
    let (p, across) = (try #require(gap.pValue), try #require(gap.acrossMetrics))
    #expect(across.size == 1)
    for value in [
      across.maxT, across.romanoWolf, across.holm, across.benjaminiHochberg,
      across.benjaminiYekutieli,
    ] {
      #expect(agreeRelatively(value, p, within: 2e-6))
    }
  }

  @Test("Every difference has them, nothing else; complements pose no new hypothesis")
  func members() throws {
    let result = try evaluate()
    let complements = [
      "true_negative_rate": "false_positive_rate", "false_negative_rate": "true_positive_rate",
      "false_discovery_rate": "precision", "false_omission_rate": "negative_predictive_value",
    ]
    for kind in GapKind.allCases {
      let gaps = result.gaps.filter { $0.kind == kind && $0.pValue != nil }
      let isJudged = kind == .differenceToReference || kind == .differenceToOverall
      for gap in gaps {
        #expect((gap.acrossMetrics != nil) == (isJudged && gap.model != nil), "\(gap.metric)")
      }
      guard isJudged else { continue }
      let own = gaps.filter { $0.model != nil }
      let counted = own.filter { complements[$0.metric] == nil }
      #expect(own.allSatisfy { $0.acrossMetrics?.size == counted.count })
      for gap in own {
        guard let metric = complements[gap.metric] else { continue }
        let twin = counted.first {
          $0.metric == metric && $0.slice == gap.slice && $0.attributes == gap.attributes
        }
        #expect(gap.acrossMetrics == twin?.acrossMetrics, "\(gap.metric)")
      }
    }
  }

  /// The larger p-value of a − b and of logit a − logit b; all of these metrics lie in [0, 1].
  private static func pValue(of gap: Gap, _ result: EvaluationResult) throws -> Double {
    let ends = try [gap.slice, gap.reference].map { slice in
      try #require(slice.flatMap { result.measurement(gap.metric, $0) })
    }
    let values = ends.map { $0.value ?? .nan }
    let errors = ends.map { $0.standardError ?? .nan }
    let (value, error) = (gap.value ?? .nan, gap.standardError ?? .nan)
    let shared = errors[0] * errors[0] + errors[1] * errors[1] - error * error
    let slopes = values.map { 1 / ($0 * (1 - $0)) }
    let (x, y) = (errors[0] * slopes[0], errors[1] * slopes[1])
    let scaled = (x * x + y * y - shared * slopes[0] * slopes[1]).squareRoot()
    let logits = values.map { Double.log($0 / (1 - $0)) }
    let both = 2 * Normal.cumulative(-min(abs(value) / error, abs(logits[0] - logits[1]) / scaled))
    // A rate's own p-value against the reference comes with its interval.
    return max(try #require(gap.pValue), both)
  }

  @Test("Holm, Benjamini–Hochberg and –Yekutieli of the differences' p-values on both scales")
  func adjustments() throws {
    let result = try evaluate(4000) {
      $0.metrics = [
        "selection_rate", "accuracy", "true_positive_rate", "false_positive_rate", "precision",
        "negative_predictive_value", "brier_score", "roc_auc",
      ]
    }
    for kind in [GapKind.differenceToReference, .differenceToOverall] {
      let gaps = result.gaps.filter { $0.kind == kind && $0.acrossMetrics != nil }
      let across = gaps.compactMap(\.acrossMetrics)
      let pValues = try gaps.map { try Self.pValue(of: $0, result) }
      try #require(across.count == gaps.count && gaps.count > 30)
      let expected = [
        Holm().adjusted(pValues), BenjaminiHochberg().adjusted(pValues),
        BenjaminiYekutieli().adjusted(pValues),
      ]
      for (place, own) in across.enumerated() {
        for (value, reckoned) in zip(
          [own.holm, own.benjaminiHochberg, own.benjaminiYekutieli], expected.map { $0[place] })
        {
          #expect(agreeRelatively(value, reckoned, within: 1e-5))
        }
        let slack = 1 + 1e-5
        #expect(pValues[place] <= own.romanoWolf * slack && own.romanoWolf <= own.maxT)
        #expect(own.romanoWolf <= own.holm * slack && own.benjaminiHochberg <= own.holm * slack)
        #expect(own.maxT > 0 && own.maxT <= 1 && own.romanoWolf > 0)
      }
      // Among dependent differences the joint distribution is worth something.
      let judged = across.filter { $0.holm < 0.9 }
      try #require(judged.count > 3)
      #expect(
        judged.reduce(0) { $0 + $1.romanoWolf } < 0.95 * judged.reduce(0) { $0 + $1.holm })
    }
  }

  @Test("Strata and clusters have families too", arguments: [false, true])
  func designs(isClustered: Bool) throws {
    let rows = Self.rows(900, seed: 4).enumerated().map { index, row in
      var row = row
      row.cluster = "c\(index / 5)"
      row.stratum = "s\(index / 4 % 2)"
      return row
    }
    let configuration = Configuration.scores().with {
      $0.replicates = 200
      $0.metrics = ["accuracy", "selection_rate", "brier_score", "roc_auc"]
      if isClustered { $0.cluster = Name.cluster } else { $0.condition = Name.stratum }
    }
    let result = try Evaluator(configuration).evaluate(rows.table())
    let gaps = result.gaps.filter { $0.kind == .differenceToReference }
    #expect(gaps.count == (isClustered ? 12 : 36))
    for gap in gaps {
      let (p, across) = (try #require(gap.pValue), try #require(gap.acrossMetrics))
      #expect(across.size == gaps.count)
      #expect(p <= across.romanoWolf * (1 + 1e-5) && across.romanoWolf <= across.maxT)
    }
  }
}
