// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import Testing

@Suite("Design effects")
struct DesignEffectTests {
  private func evaluate(_ rows: [Row], _ change: (inout Configuration) -> Void) throws
    -> EvaluationResult
  {
    try Evaluator(
      Configuration.scores(depth: 1).with {
        $0.replicates = 100
        change(&$0)
      }
    ).evaluate(rows.table())
  }

  private static func random(_ count: Int) -> [Row] {
    var stream = RandomStream(seed: 5, family: 960, replicate: 0)
    return (0..<count).map { index in
      let score = stream.uniform()
      return Row(
        groups: ["g\(index % 2)"], label: stream.uniform() < score, score: score,
        weight: 0.5 + 3 * stream.uniform(), cluster: "c\(index)")
    }
  }

  /// Metrics of decisions, means and losses: all that have a design effect.
  private static let metrics: Set<String> = [
    "selection_rate", "base_rate", "accuracy", "balanced_accuracy", "true_positive_rate",
    "false_positive_rate", "precision", "f1", "matthews_correlation", "threat_score",
    "average_odds", "brier_score", "log_loss", "mean_score", "calibration_ratio",
  ]

  /// The twelve rows of the numbers below: cluster, weight, label, score.
  private static let twelve: [Row] = [
    ("c1", 1.0, 1, 0.8), ("c1", 2.0, 1, 0.7), ("c1", 1.5, 0, 0.6), ("c2", 1.0, 0, 0.2),
    ("c2", 1.0, 0, 0.4), ("c3", 3.0, 1, 0.9), ("c3", 0.5, 0, 0.3), ("c3", 1.0, 1, 0.6),
    ("c3", 2.0, 1, 0.4), ("c4", 1.0, 0, 0.1), ("c4", 2.5, 0, 0.7), ("c4", 1.0, 1, 0.5),
  ].map { Row(label: $2 == 1, score: $3, weight: $1, cluster: $0) }

  /// numpy 2, with r = ratio of sums, psi = (above − r·below)/Σ w·below, domain = rows it looks at:
  ///
  ///     def deff(above, below, domain, w, c=None):
  ///       r = (w*above).sum() / (w*below).sum(); psi = (above - r*below) / (w*below).sum()
  ///       n, W = domain.sum(), (w*domain).sum()
  ///       if c is None: m = n; var = n/(n-1) * ((w*psi)**2).sum()
  ///       else: t = np.bincount(c, w*psi); m = len(t); var = m/(m-1) * (t**2).sum()
  ///       return var / (W/(n-1) * (w*psi**2).sum())
  ///
  /// of (decision, 1, 1), (label·decision, label, label), ((s−y)², 1, 1), (s, 1, 1) and (s, y, 1), with the
  /// decision s ≥ 0.5; then by cluster, by weight and by both.
  private static let published = [
    Expected("selection_rate", 1.2978835978835979, 1.0598144712430424, 0.9470294784580499),
    Expected("true_positive_rate", 0.5185185185185184, 1.2, 0.43333333333333335),
    Expected("brier_score", 0.35417524107929166, 1.4946842551003936, 0.8152648389136591),
    Expected("mean_score", 1.061947734536567, 1.2003163824944962, 0.7204138840179577),
    Expected("calibration_ratio", 0.6880384916638695, 1.2946879834966483, 1.356266645508523),
  ]

  private struct Expected {
    var metric: String
    var clustered: Double
    var weighted: Double
    var both: Double

    init(_ metric: String, _ clustered: Double, _ weighted: Double, _ both: Double) {
      (self.metric, self.clustered) = (metric, clustered)
      (self.weighted, self.both) = (weighted, both)
    }
  }

  @Test("Twelve rows, by numpy", arguments: published.indices)
  func twelveRows(index: Int) throws {
    let expected = Self.published[index]
    let clustered = try evaluate(Self.twelve) { $0.cluster = Name.cluster }
    let weighted = try evaluate(Self.twelve) { $0.weight = Name.weight }
    let both = try evaluate(Self.twelve) {
      $0.cluster = Name.cluster
      $0.weight = Name.weight
    }
    let found = [clustered, weighted, both].map { $0.measurement(expected.metric)?.designEffect }
    #expect(agreeRelatively(found[0], expected.clustered), "\(expected.metric)")
    #expect(agreeRelatively(found[1], expected.weighted), "\(expected.metric)")
    #expect(agreeRelatively(found[2], expected.both), "\(expected.metric)")
  }

  @Test("None where rows are unweighted and independent")
  func simple() throws {
    let result = try evaluate(Self.random(100)) { _ in }
    #expect(result.measurements.allSatisfy { $0.designEffect == nil })
    #expect(!result.measurements.isEmpty)
  }

  @Test("Equal weights, and clusters of one row: 1")
  func trivial() throws {
    let rows = Self.random(400)
    let equal = rows.map { row in
      var row = row
      row.weight = 2.5
      return row
    }
    let weighted = try evaluate(equal) { $0.weight = Name.weight }
    let clustered = try evaluate(rows) { $0.cluster = Name.cluster }
    var compared = 0
    for (a, b) in zip(weighted.measurements, clustered.measurements) {
      guard Self.metrics.contains(a.metric) else { continue }
      let (x, y) = (a.designEffect, b.designEffect)
      // Exactly where the number rests on all rows of the slice; else n of n/(n−1), or G, is another
      // one than that of the rows it looks at.
      #expect(agreeRelatively(x, 1, within: 0.02), "\(a.metric) on \(a.slice)")
      #expect(agreeRelatively(y, 1, within: 0.02), "\(a.metric) on \(a.slice)")
      if ["selection_rate", "accuracy", "brier_score", "log_loss", "mean_score"].contains(a.metric)
      {
        #expect(agreeRelatively(x, 1) && agreeRelatively(y, 1), "\(a.metric) on \(a.slice)")
        compared += 1
      }
    }
    #expect(compared == 5 * 3)
  }

  @Test("Weights in another unit change nothing")
  func unit() throws {
    let rows = Self.random(300)
    let heavier = rows.map { row in
      var row = row
      row.weight *= 7
      return row
    }
    let one = try evaluate(rows) { $0.weight = Name.weight }
    let other = try evaluate(heavier) { $0.weight = Name.weight }
    var compared = 0
    for (a, b) in zip(one.measurements, other.measurements) {
      #expect((a.designEffect == nil) == (b.designEffect == nil))
      guard let effect = a.designEffect else { continue }
      #expect(agreeRelatively(b.designEffect, effect), "\(a.metric) on \(a.slice)")
      compared += 1
    }
    #expect(compared > 40)
  }

  @Test("Weights that have nothing to do with the outcome: Kish's 1 + CV²(w)")
  func kish() throws {
    let rows = Self.random(20_000)
    let (sum, squares) = rows.reduce((0.0, 0.0)) {
      ($0.0 + $1.weight, $0.1 + $1.weight * $1.weight)
    }
    let expected = 20_000 * squares / (sum * sum)
    let result = try evaluate(rows) { $0.weight = Name.weight }
    // Weights in [0.5, 3.5] have CV² = 0.75/4 = 0.1875; 20,000 rows leave about 0.5 % of noise.
    #expect(abs(expected - 1.1875) < 0.02)
    for metric in Self.metrics {
      let found = try #require(result.measurement(metric)?.designEffect)
      #expect(abs(found / expected - 1) < 0.04, "\(metric): \(found)")
    }
  }

  @Test("Equal clusters: 1 + (m−1)ρ")
  func intraclass() throws {
    // A row copies its cluster's draw with probability √ρ, so that two rows correlate by ρ.
    var stream = RandomStream(seed: 5, family: 961, replicate: 0)
    let copies = 0.3.squareRoot()
    let rows = (0..<3000).flatMap { cluster -> [Row] in
      let common = stream.uniform() < 0.4
      return (0..<10).map { _ in
        let own = stream.uniform() < 0.4
        return Row(
          score: (stream.uniform() < copies ? common : own) ? 0.9 : 0.1, cluster: "c\(cluster)")
      }
    }
    let result = try evaluate(rows) {
      $0.label = nil
      $0.cluster = Name.cluster
    }
    // A variance over 3,000 clusters has a standard error of about 2.6 %.
    for metric in ["selection_rate", "mean_score"] {
      let found = try #require(result.measurement(metric)?.designEffect)
      #expect(abs(found / 3.7 - 1) < 0.1, "\(metric): \(found)")
    }
  }

  @Test("None without variation, nor for rankings")
  func missing() throws {
    let rows = Self.random(60).map { row in
      var row = row
      row.score = 0.75
      return row
    }
    let result = try evaluate(rows) { $0.weight = Name.weight }
    for metric in ["selection_rate", "mean_score", "roc_auc", "score_quantile_50"] {
      #expect(result.measurement(metric)?.designEffect == nil, "\(metric)")
    }
    #expect(result.measurement("accuracy")?.designEffect != nil)
  }
}
