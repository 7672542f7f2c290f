// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandScorecards
import Foundation
import Testing

@Suite("Gates: what never passes") struct NeverPassTests {
  private static let wide = "metric: selection_rate\nover: [sex]\nmin: 0\nmax: 1"
  private static let pairs = "metric: selection_rate\ngap: difference\nover: [sex]\nmax: 1"

  private func card(_ third: Cards.Counts? = nil, suppress: Int? = nil) throws -> Scorecard {
    try Cards.card(
      [
        Cards.Counts(
          group: "F", truePositives: 80, falsePositives: 20, falseNegatives: 40,
          trueNegatives: 160),
        Cards.Counts(
          group: "M", truePositives: 90, falsePositives: 30, falseNegatives: 40,
          trueNegatives: 140),
      ] + [third].compactMap { $0 }
    ) { $0.suppressBelow = suppress }
  }

  /// A group that is too small, or without a value, leaves a gate open that would pass without it.
  @Test func excludedGroups() throws {
    let small = Cards.Counts(group: "X", truePositives: 2, falsePositives: 1, trueNegatives: 3)
    let none = Cards.Counts(group: "X", falsePositives: 20, trueNegatives: 80)
    let rate = "metric: true_positive_rate\nover: [sex]\nmin: 0.1"
    #expect(try Cards.judge(card(), yaml: Self.pairs).verdict == .pass)
    #expect(try Cards.judge(card(), yaml: rate).verdict == .pass)
    for on in ["interval", "point"] {
      let tail = "\non: \(on)"
      #expect(try Cards.judge(card(small), yaml: Self.pairs + tail).verdict == .inconclusive)
      #expect(try Cards.judge(card(small), yaml: Self.wide + tail).verdict == .inconclusive)
      #expect(try Cards.judge(card(none), yaml: rate + tail).verdict == .inconclusive)
      // It may fail all the same.
      #expect(
        try Cards.judge(
          card(small), yaml: "metric: selection_rate\nover: [sex]\nmin: 0.9" + tail
        ).verdict == .fail)
    }
    let alone = try Cards.judge(
      card(none), yaml: "metric: true_positive_rate\nslices: [{sex: X}]\nmin: 0")
    #expect(alone.verdict == .notMeasured && alone.exitEffect == 1)
    let few = try Cards.judge(
      card(small), yaml: "metric: selection_rate\nslices: [{sex: X}]\nmin: 0")
    #expect(few.verdict == .inconclusive && few.neededN == 10)
  }

  @Test func suppressedGroups() throws {
    let small = Cards.Counts(group: "X", falsePositives: 3, trueNegatives: 4)
    let card = try card(small, suppress: 10)
    #expect(try Cards.judge(card, yaml: Self.wide).verdict == .inconclusive)
    // Composites need the tally, which is withheld.
    let verdict = try Cards.judge(card, yaml: "metric: f1\nmin: 0.01")
    #expect(verdict.verdict == .notMeasured)
    #expect(verdict.reason?.contains("tally") == true)
  }

  private static let absences: [(String, String)] = [
    ("metric: roc_auc\nmin: 0.1", "no score"),
    ("metric: selection_rate\nover: [age]\nmin: 0", "no attribute 'age'"),
    ("metric: selection_rate\nslices: [{sex: Z}]\nmin: 0", "no slice Z"),
    ("metric: selection_rate\nover: [sex]\nslices: [{sex: Z}]\nmin: 0", "no slice Z"),
    (
      "metric: selection_rate\ngap: difference\nover: [sex]\nslices: [{sex: Z}, {sex: F}]\nmax: 1",
      "no slice Z"
    ),
    ("metric: selection_rate\nmodel: other\nmin: 0", "no model 'other'"),
    ("metric: selection_rate\nchange: {max_drop: 1}", "compares no models"),
    ("metric: true_positives\nmin: 1", "a count of what was observed"),
    ("metric: selection_rate\nmin: 0\nexpires: 2026-06-14", "expired"),
  ]

  @Test(arguments: absences)
  func missing(yaml: String, reason: String) throws {
    let verdict = try Cards.judge(card(), yaml: yaml)
    #expect(verdict.verdict == .notMeasured)
    #expect(verdict.exitEffect == 1)
    #expect(verdict.reason?.contains(reason) == true, "\(verdict.reason ?? "none")")
  }

  @Test func countsHaveValues() throws {
    let yaml = "metric: true_positives\non: point\nmin: "
    #expect(try Cards.judge(card(), yaml: yaml + "170").verdict == .pass)
    #expect(try Cards.judge(card(), yaml: yaml + "171").verdict == .fail)
  }

  /// Whatever is taken out of a scorecard, no verdict becomes a pass.
  @Test func nothingTakenAwayMakesAPass() throws {
    let card = try Cards.people(600)
    let gates = try Policy(
      yaml: Data(
        """
        gates:
        - {name: a, metric: selection_rate, gap: ratio, over: [sex], min: 0.97}
        - {name: b, metric: roc_auc, over: [race], min: 0.97}
        - {name: c, metric: f1, over: [sex], min: 0.97}
        - {name: d, metric: brier_score, gap: difference, of: reference, over: [race], max: 0.001}
        - {name: e, metric: f1, gap: difference, over: [race], max: 0.001}
        - {name: f, metric: log_loss, max: 0.1}
        - {name: g, metric: average_precision, gap: difference, of: overall, over: [sex], max: 0.001}
        """.utf8), name: "p"
    ).gates
    let before = try Cards.judge(card, gates)
    #expect(before.allSatisfy { $0.verdict != .pass })
    func check(_ what: String, _ change: (inout Scorecard) -> Void) throws {
      var other = card
      change(&other)
      for verdict in try Cards.judge(other, gates) {
        #expect(verdict.verdict != .pass, "\(verdict.name) without \(what)")
      }
    }
    try check("values") { for i in $0.measurements.indices { $0.measurements[i].value = nil } }
    try check("finite values") {
      for i in $0.measurements.indices { $0.measurements[i].value = .nan }
    }
    try check("possible values") {
      for i in $0.measurements.indices { $0.measurements[i].value = 7 }
    }
    try check("intervals") {
      for i in $0.measurements.indices { $0.measurements[i].interval = nil }
      for i in $0.gaps.indices { $0.gaps[i].interval = nil }
    }
    try check("standard errors") {
      for i in $0.measurements.indices { $0.measurements[i].standardError = .nan }
      for i in $0.gaps.indices { $0.gaps[i].standardError = .nan }
    }
    try check("counts") { for i in $0.measurements.indices { $0.measurements[i].numerator = nil } }
    try check("a tally") { $0.tally = nil }
    try check("measurements") { $0.measurements = [] }
    try check("slices") { $0.slices = [] }
    try check("attributes") { $0.attributes = [] }
    try check("models") { $0.models = [] }
    try check("gaps") { $0.gaps = [] }
    try check("configuration") { $0.configuration = [:] }
    try check("one measurement in two") { card in
      card.measurements = card.measurements.enumerated().filter { $0.offset % 2 == 0 }.map(
        \.element)
    }
  }
}
