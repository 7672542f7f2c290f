// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import Testing

/// Where the denominator is empty there is no value, and the reason says what is missing.
@Suite("Undefined")
struct UndefinedTests {
  private static func counts(_ tp: Double, _ fp: Double, _ fn: Double, _ tn: Double)
    -> DecisionCounts
  {
    DecisionCounts(truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn)
  }

  /// The groups of the parity fixture's edge cases: C has no positives, D neither positives nor
  /// selected rows, E no negatives and nobody is certain there.
  private static let noPositives = counts(0, 1, 0, 3)
  private static let nobody = counts(0, 0, 0, 2)
  private static let noNegatives = counts(2, 0, 1, 0)
  private static let allSelected = counts(3, 2, 0, 0)

  @Test(
    "Decision metrics, with reasons",
    arguments: [
      ("true_positive_rate", noPositives, "no positives"),
      ("false_negative_rate", noPositives, "no positives"),
      ("balanced_accuracy", noPositives, "no positives"),
      ("average_odds", noPositives, "no positives"),
      ("matthews_correlation", noPositives, "no positives"),
      ("precision", nobody, "no labelled rows selected"),
      ("false_discovery_rate", nobody, "no labelled rows selected"),
      ("f1", nobody, "neither positives nor labelled rows selected"),
      ("threat_score", nobody, "neither positives nor labelled rows selected"),
      ("false_positive_rate", noNegatives, "no negatives"),
      ("true_negative_rate", noNegatives, "no negatives"),
      ("balanced_accuracy", noNegatives, "no negatives"),
      ("matthews_correlation", noNegatives, "no negatives"),
      ("negative_predictive_value", allSelected, "no labelled rows left unselected"),
      ("false_omission_rate", allSelected, "no labelled rows left unselected"),
      ("matthews_correlation", allSelected, "no labelled rows left unselected"),
      ("selection_rate", DecisionCounts(), "no rows with a decision"),
      ("base_rate", DecisionCounts(), "no rows with a label"),
      ("accuracy", DecisionCounts(), "no rows with label and decision"),
    ])
  func decision(id: String, counts: DecisionCounts, reason: String) throws {
    let metric = try #require(Catalogue.standard.decision.first { $0.id == id })
    #expect(throws: Undefined(reason)) { try metric.value(counts) }
    #expect(throws: Undefined(reason)) { try metric.gradient(counts) }
  }

  @Test("What is defined on the edge has its true value, not the other toolkits' 0")
  func defined() throws {
    #expect(try Precision().value(Self.noPositives) == 0)
    #expect(try F1().value(Self.noPositives) == 0)
    #expect(try TrueNegativeRate().value(Self.nobody) == 1)
    #expect(try SelectionRate().value(Self.nobody) == 0)
    #expect(try TruePositiveRate().value(Self.noNegatives) == 2.0 / 3)
  }

  @Test("Every decision metric of an empty slice is undefined, every count is 0")
  func empty() {
    for metric in Catalogue.standard.decision {
      #expect(throws: Undefined.self, "\(metric.id)") { try metric.value(DecisionCounts()) }
      #expect(metric.support(DecisionCounts()) == 0, "\(metric.id)")
    }
    for metric in Catalogue.standard.counts {
      #expect((try? metric.value(DecisionCounts())) == 0, "\(metric.id)")
    }
  }

  @Test("Smoothed variances exist and are positive in every table that has a value")
  func smoothedVariances() throws {
    var draws = Draws(11)
    for _ in 0..<400 {
      let counts = draws.counts()
      for metric in Catalogue.standard.decision where (try? metric.value(counts)) != nil {
        let variance = try metric.smoothedVariance(counts)
        #expect(variance > 0 && variance.isFinite, "\(metric.id) \(counts)")
      }
    }
  }

  @Test("Scores without labels, and nothing at all")
  func probability() throws {
    let unlabelled = ScoreMoments([ScoredRow(score: 0.3, label: nil)])
    let negative = ScoreMoments([ScoredRow(score: 0.3, label: false)])
    let reason = Undefined("no labelled rows with a score")
    #expect(throws: reason) { try BrierScore().value(unlabelled) }
    #expect(throws: reason) { try LogLoss().value(unlabelled) }
    #expect(throws: Undefined("no positives")) { try CalibrationRatio().value(unlabelled) }
    #expect(throws: Undefined("no positives")) { try CalibrationRatio().value(negative) }
    #expect(try MeanScore().value(unlabelled) == 0.3)
    #expect(throws: Undefined("no rows with a score")) { try MeanScore().value(ScoreMoments()) }
  }

  @Test("Rankings and fits need both classes")
  func ranked() throws {
    let positives = RankedScores(scores: [0.2, 0.7], labels: [true, true])
    let negatives = RankedScores(scores: [0.2, 0.7, 0.9], labels: [false, false, false])
    let unlabelled = RankedScores(scores: [0.2], labels: [nil])
    for metric in Catalogue.standard.ranked {
      #expect(throws: Undefined("no negatives among 2 rows"), "\(metric.id)") {
        try metric.value(positives)
      }
      #expect(throws: Undefined("no positives among 3 rows"), "\(metric.id)") {
        try metric.value(negatives)
      }
      for view in [unlabelled, RankedScores()] {
        #expect(throws: Undefined("no labelled rows with a score"), "\(metric.id)") {
          try metric.value(view)
        }
      }
    }
    #expect(throws: Undefined.self) { try ROCCurve(positives) }
    #expect(throws: Undefined("no rows with a score")) {
      try ScoreQuantile(percent: 50).value(RankedScores())
    }
    let bins = BinnedScores(unlabelled, edges: BinEdges(equalMass: unlabelled))
    #expect(throws: Undefined("no labelled rows with a score")) {
      try ExpectedCalibrationError().value(bins)
    }
  }
}
