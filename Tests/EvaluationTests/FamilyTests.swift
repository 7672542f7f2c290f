// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import Testing

/// Critical values, noise floors and what replicates decide.
@Suite("Families and replicates")
struct FamilyTests {
  /// Groups of equal size with scores between 0.1 and 0.9 that are the labels' probabilities.
  private static func rows(groups: Int, size: Int) -> [Row] {
    var stream = RandomStream(seed: UInt64(groups), family: 901, replicate: 0)
    return (0..<(groups * size)).map { index in
      let score = 0.1 + 0.8 * stream.uniform()
      return Row(
        groups: ["g\(index % groups)"], label: stream.uniform() < score, score: score,
        decision: score > 0.5)
    }
  }

  private func evaluate(
    _ groups: Int, size: Int = 150, _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> EvaluationResult {
    try Evaluator(
      Configuration.scores().with {
        $0.replicates = 200
        change(&$0)
      }
    ).evaluate(Self.rows(groups: groups, size: size).table())
  }

  @Test("Pairs never use less than Tukey's critical value", arguments: [2, 3, 6, 10])
  func tukey(groups: Int) throws {
    let floor = StudentizedRange.quantile(0.95, groups: groups) / 2.0.squareRoot()
    if groups == 2 { #expect(abs(floor - 1.959964) < 1e-5) }
    let gaps = try evaluate(groups).gaps.filter {
      $0.kind == .maxMinDifference && $0.metric != "equalized_odds"
    }
    #expect(gaps.count > 10)
    for gap in gaps {
      let family = try #require(gap.interval?.family)
      #expect(family.size == groups * (groups - 1) / 2)
      #expect(family.critical >= floor - 1e-5, "\(gap.metric)")
      #expect(family.critical < floor * 1.6, "\(gap.metric)")
    }
  }

  @Test("Sizes: K − 1 against a reference, K against overall, all pairs, twice for odds")
  func sizes() throws {
    let result = try evaluate(4)
    func size(_ kind: GapKind, _ metric: String = "selection_rate") -> Int? {
      result.gap(metric, kind, by: ["a"])?.interval?.family?.size
    }
    #expect(size(.differenceToReference) == 3 && size(.ratioToReference) == 3)
    #expect(size(.differenceToOverall) == 4 && size(.ratioToOverall) == 4)
    #expect(size(.pairwiseDifference) == 6 && size(.maxMinDifference) == 6)
    #expect(size(.maxMinDifference, "equalized_odds") == 12)
    #expect(result.gaps("selection_rate", .pairwiseDifference, by: ["a"]).count == 6)
    #expect(result.gaps("selection_rate", .differenceToReference, by: ["a"]).count == 3)
  }

  @Test("Against a reference needs less than all pairs, overall no more than Šidák")
  func order() throws {
    let result = try evaluate(6)
    for metric in ["brier_score", "roc_auc", "mean_score"] {
      func critical(_ kind: GapKind) throws -> Double {
        try #require(result.gap(metric, kind, by: ["a"])?.interval?.family).critical
      }
      let dunnett = try critical(.differenceToReference)
      let pairs = try critical(.pairwiseDifference)
      #expect(dunnett > 1.96 && dunnett < pairs)
      // Šidák for 6: Φ⁻¹((1 + 0.95^(1/6))/2) = 2.6310.
      let sidak = try critical(.differenceToOverall)
      #expect(abs(sidak - 2.6310) < 5e-4)
    }
  }

  @Test("Another seed changes what replicates decide and nothing else")
  func seed() throws {
    let (one, other) = (try evaluate(4), try evaluate(4) { $0.seed = 99 })
    var changed = Set<String>()
    for (a, b) in zip(one.measurements, other.measurements) {
      #expect(a.value == b.value && a.standardError == b.standardError && a.status == b.status)
      if a.interval != b.interval { changed.insert(a.metric) }
      // Replicates agree with each other to their own accuracy.
      if let x = a.interval, let y = b.interval {
        #expect(abs(x.low - y.low) <= 0.05 && x.method == y.method, "\(a.metric)")
      }
    }
    #expect(
      changed == [
        "balanced_accuracy", "f1", "matthews_correlation", "threat_score", "average_odds",
      ])
    for (a, b) in zip(one.gaps, other.gaps) {
      #expect(a.value == b.value && a.standardError == b.standardError && a.kind == b.kind)
    }
  }

  @Test("The counts engine agrees with normal theory for a pair of rates")
  func agreesWithTheory() throws {
    // max-t of one pair of independent rates: about 1.96 standard errors, smoothed.
    let result = try evaluate(2) { $0.replicates = 4000 }
    for metric in ["selection_rate", "base_rate", "accuracy", "true_positive_rate", "precision"] {
      let gap = try #require(result.gap(metric, .maxMinDifference, by: ["a"]))
      let critical = try #require(gap.interval?.family?.critical)
      #expect(critical >= 1.95996 && critical < 2.08, "\(metric)")
    }
  }

  @Test("The rows engine agrees with influence functions on losses and means")
  func rowsEngine() throws {
    let theory = try evaluate(3, size: 600)
    let replicated = try evaluate(3, size: 600) {
      $0.method = .bootstrap
      $0.replicates = 4000
    }
    for metric in ["brier_score", "log_loss", "mean_score", "calibration_ratio"] {
      for (a, b) in zip(theory.measurements, replicated.measurements) where a.metric == metric {
        let (x, y) = (try #require(a.interval), try #require(b.interval))
        let (xHigh, yHigh) = (try #require(x.high), try #require(y.high))
        let width = xHigh - x.low
        #expect(a.value == b.value && y.method == "studentized_bootstrap")
        #expect(abs(x.low - y.low) < 0.1 * width, "\(metric) on \(a.slice)")
        #expect(abs(xHigh - yHigh) < 0.1 * width, "\(metric) on \(a.slice)")
      }
      let gap = try #require(replicated.gap(metric, .maxMinDifference, by: ["a"]))
      let critical = try #require(gap.interval?.family?.critical)
      // Tukey's for three groups is 2.3437.
      #expect(critical >= 2.3436 && critical < 2.6, "\(metric)")
    }
  }

  @Test("Scores far from 0 keep their digits where sums are in single precision")
  func shiftedScores() throws {
    func gap(_ shift: Double) throws -> Gap {
      let rows = Self.rows(groups: 3, size: 300).map { row in
        var row = row
        row.score = 3 * row.score + shift
        return row
      }
      let result = try Evaluator(
        Configuration.scores(threshold: shift).with {
          $0.method = .bootstrap
          $0.replicates = 1000
          $0.metrics = ["mean_score"]
        }
      ).evaluate(rows.table())
      return try #require(result.gap("mean_score", .maxMinDifference, by: ["a"]))
    }
    let near = try #require(gap(10).interval)
    let far = try #require(gap(10_000).interval)
    let (nearHigh, farHigh) = (try #require(near.high), try #require(far.high))
    let width = nearHigh - near.low
    #expect(abs(near.low - far.low) < 1e-3 * width && abs(nearHigh - farHigh) < 1e-3 * width)
    let (one, other) = (near.family?.critical ?? 0, far.family?.critical ?? 1)
    #expect(abs(one - other) < 1e-3)
  }

  @Test("Noise floors: E|Z|·se and z·se for one contrast, Tukey's range for equal groups")
  func noise() throws {
    let result = try evaluate(5)
    let gap = try #require(result.gaps("brier_score", .differenceToReference, by: ["a"]).first)
    let error = try #require(gap.standardError)
    #expect(agreeRelatively(gap.noiseFloor?.expected, error * 0.7978845608, within: 1e-5))
    #expect(agreeRelatively(gap.noiseFloor?.upper95, error * 1.959963985, within: 1e-5))
    // Groups of equal size: the 95 % value of the range is near q(5)·σ/√n.
    let range = try #require(result.gap("selection_rate", .maxMinDifference, by: ["a"]))
    let rate = try #require(result.value("selection_rate"))
    let sigma = (rate * (1 - rate) / 150).squareRoot()
    let upper = StudentizedRange.quantile(0.95, groups: 5) * sigma
    #expect(agreeRelatively(range.noiseFloor?.upper95, upper, within: 0.04))
    // E range of 5 normals is 2.3259 σ.
    #expect(agreeRelatively(range.noiseFloor?.expected, 2.3259 * sigma, within: 0.03))
  }

  @Test("The detectable gap is (critical + z₀.₈) standard errors")
  func detectable() throws {
    for gap in try evaluate(3).gaps where gap.status == .ok && gap.metric != "equalized_odds" {
      guard let error = gap.standardError, let critical = gap.interval?.family?.critical else {
        continue
      }
      if gap.kind.isRatio { continue }
      #expect(
        agreeRelatively(gap.minimumDetectable, (critical + 0.8416212336) * error, within: 1e-5))
    }
  }
}
