// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandSampling
import Testing

/// The covariances of estimates across metrics and slices, from influence functions.
@Suite("Joint covariance")
struct JointCovarianceTests {
  /// Scores on a grid of `grid` steps or without ties, labels by them, decisions at 0.5.
  private static func rows(_ count: Int, seed: UInt64, grid: Double? = nil) -> [Row] {
    var stream = RandomStream(seed: seed, family: 910, replicate: 0)
    return (0..<count).map { index in
      var score = stream.uniform()
      if let grid { score = (score * grid).rounded() / grid }
      return Row(
        groups: ["g\(index % 3)", "h\(Int(3 * stream.uniform()))"],
        label: stream.uniform() < 0.2 + 0.6 * score, score: score,
        weight: 0.5 + 3 * stream.uniform(), count: Double(Int.random(in: 1...3, using: &stream)),
        cluster: "c\(index / 4)")
    }
  }

  private func covariance(
    _ rows: [Row], _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> EstimateCovariance {
    let configuration = Configuration.scores(depth: 2).with {
      $0.replicates = 100
      change(&$0)
    }
    return try #require(Evaluator(configuration).covariances(rows.table()).first)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private static func covariance(_ one: [Double], _ other: [Double]) -> Double {
    let (a, b) = (mean(one), mean(other))
    return zip(one, other).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } / Double(one.count)
  }

  @Test("Means over rows: Σ (a − ā)(b − b̄)/n², within and across slices")
  func means() throws {
    let rows = Self.rows(300, seed: 1)
    let found = try covariance(rows)
    func values(_ rows: [Row]) -> (correct: [Double], loss: [Double]) {
      let errors = rows.map { $0.score - ($0.label == true ? 1 : 0) }
      return (rows.map { ($0.score >= 0.5) == $0.label ? 1 : 0 }, errors.map { $0 * $0 })
    }
    let all = values(rows)
    let own = rows.filter { $0.groups[0] == "g1" }
    let inside = values(own)
    let slice = Slice.of(["a": "g1"])
    let (n, m) = (Double(rows.count), Double(own.count))
    func check(_ a: String, _ one: Slice, _ b: String, _ other: Slice, _ expected: Double) {
      let value = found(.init(a, one), .init(b, other))
      #expect(agreeRelatively(value, expected), "\(a) on \(one), \(b) on \(other)")
      #expect(value == found(.init(b, other), .init(a, one)))
    }
    let ids = ["accuracy", "brier_score"]
    for (a, x, u) in [(ids[0], all.correct, inside.correct), (ids[1], all.loss, inside.loss)] {
      for (b, y, v) in [(ids[0], all.correct, inside.correct), (ids[1], all.loss, inside.loss)] {
        check(a, .overall, b, .overall, Self.covariance(x, y) / n)
        check(a, slice, b, slice, Self.covariance(u, v) / m)
        // Only the slice's own rows are shared.
        check(a, slice, b, .overall, Self.covariance(u, v) / n)
      }
    }
    let other = Slice.of(["a": "g2"])
    #expect(found(.init("accuracy", slice), .init("brier_score", other)) == 0)
    // Two groups of different attributes share the rows of both.
    let crossed = Slice.of(["b": "h0"])
    let shared = own.filter { $0.groups[1] == "h0" }
    let size = Double(rows.count { $0.groups[1] == "h0" })
    let centred = { (rows: [Row], centre: Double) in values(rows).correct.map { $0 - centre } }
    let centre = Self.mean(values(rows.filter { $0.groups[1] == "h0" }).correct)
    let products = zip(
      centred(shared, Self.mean(inside.correct)), centred(shared, centre)
    ).reduce(0) { $0 + $1.0 * $1.1 }
    check("accuracy", slice, "accuracy", crossed, products / (m * size))
  }

  @Test("Rates: p(1 − p)/n unsmoothed; complements are perfectly correlated")
  func rates() throws {
    let rows = Self.rows(200, seed: 2)
    let found = try covariance(rows)
    let positives = rows.filter { $0.label == true }
    let p = Double(positives.count { $0.score >= 0.5 }) / Double(positives.count)
    let variance = p * (1 - p) / Double(positives.count)
    let rate = EstimateCovariance.Estimate("true_positive_rate", .overall)
    let complement = EstimateCovariance.Estimate("false_negative_rate", .overall)
    #expect(agreeRelatively(found(rate, rate), variance))
    #expect(agreeRelatively(found(complement, complement), variance))
    #expect(agreeRelatively(found(rate, complement).map { -$0 }, variance))
    // Positives and negatives are other rows.
    #expect(abs(found(rate, .init("false_positive_rate", .overall)) ?? 1) < 1e-18)
  }

  /// By metric, its values over multinomial resamples of the rows.
  private static func resampled(_ rows: [Row], count: Int) throws -> [String: [Double]] {
    let rows = rows.sorted { $0.score < $1.score }
    var stream = RandomStream(seed: 5, family: 911, replicate: 0)
    var result: [String: [Double]] = [:]
    var draws = Array(repeating: 0.0, count: rows.count)
    for _ in 0..<count {
      Multinomial.resample(rows.map { _ in 1 }, into: &draws, using: &stream)
      var (counts, moments) = (DecisionCounts(), SIMD8<Double>())
      var view = RankedScores()
      for (row, times) in zip(rows, draws) where times > 0 {
        counts.cells[DecisionCounts.cell(label: row.label, decision: row.score >= 0.5) ?? 0] +=
          times
        moments += times * ScoreMoments.row(score: row.score, label: row.label)
        view.append(score: row.score, label: row.label, rows: times)
      }
      for metric in [Accuracy(), TruePositiveRate(), F1(), Precision()] as [any DecisionMetric] {
        result[metric.id, default: []].append(try metric.value(counts))
      }
      for metric in [BrierScore(), MeanScore()] as [any ProbabilityMetric] {
        result[metric.id, default: []].append(try metric.value(ScoreMoments(moments)))
      }
      for metric in [AreaUnderROC(), AveragePrecision()] as [any RankedMetric] {
        result[metric.id, default: []].append(try metric.value(view))
      }
    }
    return result
  }

  /// A covariance of B pairs of normal values has the standard error √((σ²τ² + c²)/B). Means over all
  /// rows are linear, so that both routes estimate the same; others differ by terms of 1/n.
  @Test("Over 20,000 bootstrap replicates: accuracy with Brier score, and all others")
  func replicates() throws {
    let rows = Self.rows(300, seed: 3, grid: 40)
    let replicates = 20_000
    let values = try Self.resampled(rows, count: replicates)
    let found = try covariance(rows)
    let linear = ["accuracy", "brier_score", "mean_score"]
    var compared = 0
    for (a, x) in values {
      for (b, y) in values where a <= b {
        let own = try #require(found(.init(a, .overall), .init(b, .overall)))
        let variances = try [a, b].map {
          try #require(found(.init($0, .overall), .init($0, .overall)))
        }
        let scale = (variances[0] * variances[1]).squareRoot()
        let error = ((scale * scale + own * own) / Double(replicates)).squareRoot()
        let isLinear = linear.contains(a) && linear.contains(b)
        let difference = abs(Self.covariance(x, y) - own)
        #expect(difference < 4 * error + (isLinear ? 0 : 0.03 * scale), "\(a) with \(b)")
        compared += 1
      }
    }
    #expect(compared == 36)
  }

  @Test("Another order of rows changes nothing, nor does counting equal rows")
  func order() throws {
    let rows = Self.rows(120, seed: 4, grid: 10)
    let expanded = rows.flatMap { Array(repeating: $0, count: Int($0.count)) }
    let counted = try covariance(rows) { $0.count = Name.count }
    for other in [expanded, expanded.reversed()] {
      let found = try covariance(other) { $0.threads = 1 }
      #expect(found.estimates == counted.estimates && found.matrix == counted.matrix)
    }
  }

  /// The variances and covariances that single metrics report are reckoned grouping by grouping.
  @Test(
    "Clustered rows: the variances and gaps that every metric reports",
    arguments: [RandomTable.Design.clustered, .clusteredAndWeighted])
  func clustered(design: RandomTable.Design) throws {
    let rows = Self.rows(400, seed: 6)
    let configuration = Configuration.scores(depth: 2).with {
      $0.cluster = Name.cluster
      $0.weight = design == .clustered ? nil : Name.weight
      $0.replicates = 100
    }
    let found = try #require(Evaluator(configuration).covariances(rows.table()).first)
    let result = try Evaluator(configuration).evaluate(rows.table())
    var compared = 0
    for own in result.measurements where own.status == .ok && own.model != nil {
      let place = EstimateCovariance.Estimate(own.metric, own.slice)
      guard let error = own.standardError, let variance = found(place, place) else { continue }
      #expect(agreeRelatively(variance, error * error, within: 1e-8), "\(own.metric) \(own.slice)")
      compared += 1
    }
    let kinds = [GapKind.differenceToReference, .differenceToOverall]
    for gap in result.gaps where kinds.contains(gap.kind) {
      guard let error = gap.standardError, let slice = gap.slice, let reference = gap.reference,
        gap.model != nil
      else { continue }
      let (a, b) = (
        EstimateCovariance.Estimate(gap.metric, slice),
        EstimateCovariance.Estimate(gap.metric, reference)
      )
      guard let v = found(a, a), let w = found(b, b), let c = found(a, b) else { continue }
      #expect(agreeRelatively(v + w - 2 * c, error * error, within: 1e-7), "\(gap.metric) \(slice)")
      compared += 1
    }
    #expect(compared > 300)
  }

  /// Weighted rows' ranked metrics have the variance Σ w²ψ², from every distinct score.
  @Test("Long views: neighbouring scores share their influences without changing the variance")
  func steps() throws {
    let rows = Self.rows(20_000, seed: 7).map { row in
      var row = row
      row.weight = 1
      return row
    }
    let configuration = Configuration.scores().with {
      $0.weight = Name.weight
      $0.replicates = 100
      $0.metrics = [
        "roc_auc", "average_precision", "calibration_slope", "calibration_intercept",
      ]
    }
    let found = try #require(Evaluator(configuration).covariances(rows.table()).first)
    let result = try Evaluator(configuration).evaluate(rows.table())
    #expect(result.measurements.count == 16)
    for own in result.measurements {
      let place = EstimateCovariance.Estimate(own.metric, own.slice)
      let error = try #require(own.standardError)
      #expect(
        agreeRelatively(found(place, place), error * error, within: 5e-3),
        "\(own.metric) on \(own.slice)")
    }
  }
}
