// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule
import Testing

@Suite("Known answers")
struct KnownAnswerTests {
  /// TP 6, FP 2, FN 3, TN 9; unlabelled: 4 selected, 1 not; undecided: 2 positive, 5 negative.
  private static let counts = DecisionCounts(SIMD8(6, 2, 3, 9, 4, 1, 2, 5))

  typealias Answer = (id: String, value: Double)

  /// Every decision metric of that table as a fraction worked out by hand.
  static let answers: [Answer] = [
    ("selection_rate", 12.0 / 25), ("base_rate", 11.0 / 27), ("accuracy", 15.0 / 20),
    ("true_positive_rate", 6.0 / 9), ("false_negative_rate", 3.0 / 9),
    ("false_positive_rate", 2.0 / 11), ("true_negative_rate", 9.0 / 11),
    ("precision", 6.0 / 8), ("false_discovery_rate", 2.0 / 8),
    ("negative_predictive_value", 9.0 / 12), ("false_omission_rate", 3.0 / 12),
    // (2/3 + 9/11)/2 = 49/66, (2/3 + 2/11)/2 = 14/33.
    ("balanced_accuracy", 49.0 / 66), ("average_odds", 14.0 / 33),
    ("f1", 12.0 / 17), ("threat_score", 6.0 / 11),
    // (54 − 6)/√(8·9·11·12) = 48/√9504.
    ("matthews_correlation", 0.492_365_963_917_330_9),
    // 1 for either error: (2 + 3)/20; at a risk of 1/2: (6 − 2)/20.
    ("expected_cost", 0.25), ("net_benefit", 0.2),
  ]

  @Test("Decision metrics of a table", arguments: answers)
  func decision(id: String, expected: Double) throws {
    let metric = try #require(Catalogue.standard.decision.first { $0.id == id })
    #expect(agree(try metric.value(Self.counts), expected, within: 1e-15))
  }

  @Test("Every decision metric has a known answer")
  func isComplete() {
    #expect(Catalogue.standard.decision.map(\.id).sorted() == Self.answers.map(\.id).sorted())
    #expect(Catalogue.standard.counts.count == 4)
  }

  @Test("Confusion counts leave out rows without label or decision")
  func confusion() throws {
    let values = try Catalogue.standard.counts.map { try $0.value(Self.counts) }
    #expect(values == [6, 2, 3, 9])
  }

  static let supports: [Answer] = [
    ("selection_rate", 25), ("base_rate", 27), ("accuracy", 20), ("true_positive_rate", 9),
    ("false_positive_rate", 11), ("precision", 8), ("negative_predictive_value", 12),
    ("balanced_accuracy", 9), ("average_odds", 9), ("f1", 11), ("threat_score", 11),
    ("matthews_correlation", 8), ("expected_cost", 20), ("net_benefit", 20),
  ]

  @Test("What each metric rests on: its denominator, the smaller of two", arguments: supports)
  func support(id: String, expected: Double) throws {
    let metric = try #require(Catalogue.standard.decision.first { $0.id == id })
    #expect(metric.support(Self.counts) == expected)
  }

  @Test("A perfect, a reversed and an independent table of Matthews' correlation")
  func matthews() throws {
    let metric = MatthewsCorrelation()
    func value(_ tp: Double, _ fp: Double, _ fn: Double, _ tn: Double) throws -> Double {
      try metric.value(
        DecisionCounts(
          truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn))
    }
    #expect(try value(7, 0, 0, 3) == 1)
    #expect(try value(0, 3, 7, 0) == -1)
    #expect(try value(6, 3, 4, 2) == 0)
    // The product of the margins is 1.6e61: no overflow, no loss.
    #expect(agree(try value(1e15, 1e15, 1e15, 3e15), 1.0 / 4, within: 1e-12))
  }

  /// Scores 0.1, 0.4, 0.35, 0.8 with labels 0, 0, 1, 1 (scikit-learn's documentation example): AUC
  /// 0.75, average precision 0.8333; a fifth row has no label.
  private static let rows = [
    ScoredRow(score: 0.1, label: false), ScoredRow(score: 0.4, label: false),
    ScoredRow(score: 0.35, label: true), ScoredRow(score: 0.8, label: true),
    ScoredRow(score: 0.7, label: nil),
  ]

  @Test("Ranking metrics of scikit-learn's documentation example")
  func ranking() throws {
    let view = RankedScores(Self.rows)
    #expect(try AreaUnderROC().value(view) == 0.75)
    #expect(agree(try AveragePrecision().value(view), 5.0 / 6, within: 1e-15))
    // Placements of positives 1/2, 1; of negatives 1, 1/2: variances (1/8)/2 each.
    #expect(agree(try AreaUnderROC().estimate(view).variance, 0.125, within: 1e-15))
  }

  @Test("Probability metrics of the same rows")
  func probability() throws {
    let moments = ScoreMoments(Self.rows)
    #expect(agree(try MeanScore().value(moments), (0.1 + 0.4 + 0.35 + 0.8 + 0.7) / 5))
    let squares: Double = 0.01 + 0.16 + 0.4225 + 0.04
    #expect(agree(try BrierScore().value(moments), squares / 4))
    let loss = -Double.log(0.9 * 0.6 * 0.35 * 0.8)
    #expect(agree(try LogLoss().value(moments), loss / 4))
    #expect(agree(try CalibrationRatio().value(moments), 1.65 / 2))
  }

  @Test("Certain and wrong costs 52 log 2; certain and right nothing that shows")
  func clipping() throws {
    let wrong = ScoreMoments([ScoredRow(score: 0, label: true), ScoredRow(score: 1, label: false)])
    #expect(agree(try LogLoss().value(wrong), 52 * Double.log(2), within: 1e-12))
    let right = ScoreMoments([ScoredRow(score: 1, label: true), ScoredRow(score: 0, label: false)])
    #expect(agree(try LogLoss().value(right), 0, within: 1e-15))
    #expect(Probability.isClipped(0) && Probability.isClipped(1) && !Probability.isClipped(0.5))
    #expect(agree(Probability.logit(0.8), Double.log(4)))
  }

  @Test(
    "Quantiles are observed scores without interpolation",
    arguments: [(10, 0.1), (25, 0.35), (50, 0.4), (75, 0.7), (90, 0.8)])
  func quantile(percent: Int, expected: Double) throws {
    // Five rows: the ⌈5q⌉-th smallest.
    #expect(try ScoreQuantile(percent: percent).value(RankedScores(Self.rows)) == expected)
  }

  @Test("The rank of a row counts ties")
  func ranks() {
    let view = RankedScores(
      scores: [2, 1, 2, 3, 2], labels: [true, nil, false, nil, true])
    #expect((0...6).map { ScoreQuantile.score(rank: $0, in: view) } == [1, 1, 2, 2, 2, 3, nil])
  }

  @Test("A constant score: AUC a half, average precision the base rate")
  func constantScore() throws {
    let view = RankedScores(
      scores: Array(repeating: 0.5, count: 5), labels: [true, false, false, true, false])
    #expect(try AreaUnderROC().value(view) == 0.5)
    #expect(try AveragePrecision().value(view) == 0.4)
    #expect(throws: Undefined("constant score")) { try CalibrationSlope().value(view) }
    // All scores are 1/2, so the intercept is the logit of the base rate.
    #expect(agree(try CalibrationIntercept().value(view), Double.log(2.0 / 3)))
  }

  @Test("The ROC curve's vertices, thinned without moving any")
  func curve() throws {
    let view = RankedScores(Self.rows)
    let points = try ROCCurve(view).points.map { [$0.falsePositiveRate, $0.truePositiveRate] }
    // The unlabelled row's score adds no vertex.
    #expect(points == [[0, 0], [0, 0.5], [0.5, 0.5], [0.5, 1], [1, 1]])
    var draws = Draws(1)
    let many = RankedScores(draws.rows(5000, grid: 1e6))
    let complete = try ROCCurve(many, vertices: 100_000).points
    let thinned = try ROCCurve(many, vertices: 200).points
    #expect(thinned.count <= 200 && complete.count > 2000)
    #expect(thinned.first == complete.first && thinned.last == complete.last)
    #expect(thinned.allSatisfy { complete.contains($0) })
  }
}
