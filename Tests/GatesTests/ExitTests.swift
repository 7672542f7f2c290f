// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandScorecards
import Foundation
import Testing

@Suite("Gates: exit codes and waivers") struct ExitTests {
  private let card: @Sendable () throws -> Scorecard = {
    try Cards.card([.selected("F", 300, of: 1000), .selected("M", 400, of: 1000)])
  }
  private static let fails = "metric: selection_rate\nmin: 0.9"
  private static let passes = "metric: selection_rate\nmin: 0.1"
  private static let open = "metric: selection_rate\nmin: 0.36"
  private static let absent = "metric: roc_auc\nmin: 0.1"

  private static let effects: [(String, Int)] = [
    (passes, 0), (fails, 1), (absent, 1), (open, 2), (fails + "\nseverity: warn", 0),
    (absent + "\nseverity: warn", 0), (open + "\nseverity: warn", 0),
    (open + "\non_inconclusive: warn", 0), (open + "\non_inconclusive: pass", 0),
    (fails + "\non_inconclusive: pass", 1), (absent + "\non_inconclusive: pass", 1),
    (fails + "\nwaiver: {by: a, reason: b, until: 2026-06-15}", 0),
    (fails + "\nwaiver: {by: a, reason: b, until: 2026-06-14}", 1),
    (open + "\nwaiver: {by: a, reason: b, until: 2026-06-15}", 0),
    (absent + "\nwaiver: {by: a, reason: b, until: 2026-06-15}", 1),
    (passes + "\nexpires: 2026-06-15", 0), (passes + "\nexpires: 2026-06-14", 1),
  ]

  @Test(arguments: effects)
  func effect(yaml: String, expected: Int) throws {
    let verdict = try Cards.judge(card(), yaml: yaml)
    #expect(verdict.exitEffect == expected, "\(verdict.verdict) \(verdict.reason ?? "")")
    #expect(Judge.exitCode([verdict]) == expected)
  }

  /// A waived gate keeps its verdict.
  @Test func waivedIsStillFailed() throws {
    let verdict = try Cards.judge(
      card(), yaml: Self.fails + "\nwaiver: {by: a, reason: b, until: 2026-06-15}")
    #expect(verdict.verdict == .fail && verdict.waiver?.isInForce == true)
  }

  @Test func oneBeatsTwo() throws {
    let verdicts = try [Self.passes, Self.open, Self.fails].map {
      try Cards.judge(card(), yaml: $0)
    }
    #expect(Judge.exitCode(verdicts) == 1)
    #expect(Judge.exitCode(Array(verdicts.prefix(2))) == 2)
    #expect(Judge.exitCode([]) == 0)
  }

  @Test func theHashStandsInTheScorecard() throws {
    var card = try card()
    var policy = try Policy(yaml: Data("gates: [{name: a, metric: f1, min: 0}]".utf8), name: "p")
    policy.file = Provenance.Input(role: "policy", name: "p.yaml", bytes: 3, sha256: "ab")
    try card.judge(policy, today: Cards.today)
    try card.judge(policy, today: Cards.today)
    #expect(card.provenance.inputs.filter { $0.role == "policy" } == [policy.file])
  }
}
