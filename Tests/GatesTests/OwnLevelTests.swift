// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandMetrics
import EvenhandScorecards
import Testing

/// At α = (1 − confidence)/2 a gate's bounds are the scorecard's own intervals.
@Suite("Gates: the scorecard's own level") struct OwnLevelTests {
  enum Rows: String, CaseIterable, Sendable { case simple, weighted, clustered }

  private func card(_ rows: Rows) throws -> Scorecard {
    try Cards.people(900) {
      $0.weight = rows == .weighted ? "weight" : nil
      $0.cluster = rows == .clustered ? "household" : nil
    }
  }

  private func agrees(_ bounds: GateBounds?, _ interval: ReportedInterval) -> Bool {
    guard let low = bounds?.low, let high = bounds?.high else { return interval.high == nil }
    // Limits of gaps are kept to six digits.
    func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 2e-5 * max(abs(a), abs(b), 1e-3) }
    return near(low, interval.low) && near(high, interval.high ?? .infinity)
  }

  @Test(arguments: Rows.allCases) func values(rows: Rows) throws {
    let card = try card(rows)
    var compared = 0
    for metric in Catalogue.standard.all {
      for over in [[], ["sex"], ["race"], ["race", "sex"]] {
        var gate = Gate("g", metric: metric.id)
        gate.over = over
        gate.min = metric.range.lowerBound.isFinite ? metric.range.lowerBound : 0
        for found in try Cards.judge(card, gate, alpha: 0.025).comparisons {
          let own = card.measurements.first {
            $0.metric == metric.id && $0.slice == found.slice
          }
          guard let own, own.status == .ok else { continue }
          guard let interval = own.interval else {
            #expect(found.verdict == .notMeasured && found.bounds == nil)
            continue
          }
          compared += 1
          #expect(found.n != nil && found.value == own.value)
          #expect(
            agrees(found.bounds, interval),
            "\(metric.id) \(found.slice?.description ?? ""): \(found.bounds as Any) \(interval)")
        }
      }
    }
    #expect(compared > 150)
  }

  /// Families of one: the two groups of sex with each other, with the reference and with everybody.
  @Test(arguments: Rows.allCases) func gaps(rows: Rows) throws {
    let card = try card(rows)
    var compared = 0
    for gap in card.gaps {
      guard let interval = gap.interval, gap.attributes == ["sex"], gap.metric != "equalized_odds",
        let scope = Self.scope(gap.kind), gap.kind != .maxMinDifference
      else { continue }
      var gate = Gate("g", metric: gap.metric, gap: gap.kind.isRatio ? .ratio : .difference)
      gate.of = scope
      gate.over = ["sex"]
      (gate.min, gate.max) = gap.kind.isRatio ? (0, nil) : (nil, 1)
      if !gap.kind.isRatio, let metric = Catalogue.standard.metric(gap.metric) {
        gate.max = min(1, metric.range.upperBound - metric.range.lowerBound)
      }
      let found = try Cards.judge(card, gate, alpha: 0.025).comparisons.first {
        $0.slice == gap.slice || $0.reference == gap.slice
      }
      guard let found, let value = gap.value else {
        Issue.record("no comparison for \(gap.metric) \(gap.kind)")
        continue
      }
      // A family of two against everybody is judged at a higher critical value, and pairs of rates
      // have a score interval in gates.
      let isRate = rows == .simple && Catalogue.standard.metric(gap.metric) is any Rate
      if interval.family?.size != 1 || (isRate && scope == .pairs) { continue }
      compared += 1
      let turned = found.slice != gap.slice
      #expect(found.value == (turned ? 0 - value : value))
      let own =
        turned
        ? ReportedInterval(
          low: -(interval.high ?? 0), high: -interval.low, level: 0.95, method: interval.method)
        : interval
      #expect(
        agrees(found.bounds, own),
        "\(gap.metric) \(gap.kind): \(found.bounds as Any) \(interval)")
    }
    #expect(compared > 40)
  }

  private static func scope(_ kind: GapKind) -> GateScope? {
    switch kind {
    case .differenceToReference, .ratioToReference: .reference
    case .differenceToOverall, .ratioToOverall: .overall
    case .pairwiseDifference: .pairs
    default: nil
    }
  }

  /// The draws of the counts engine are the evaluation's own, so that not only the level agrees.
  @Test func tallyGivesTheSameDraws() throws {
    let card = try Cards.people(240)
    for metric in ["f1", "balanced_accuracy", "matthews_correlation", "threat_score"] {
      var gate = Gate("g", metric: metric)
      gate.over = ["race", "sex"]
      gate.min = 0
      for found in try Cards.judge(card, gate, alpha: 0.025).comparisons where found.bounds != nil {
        let own = card.measurements.first { $0.metric == metric && $0.slice == found.slice }
        #expect(found.bounds?.low == own?.interval?.low)
        #expect(found.bounds?.high == own?.interval?.high)
      }
    }
  }
}
