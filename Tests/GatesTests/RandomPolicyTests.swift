// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandMetrics
import EvenhandSampling
import EvenhandScorecards
import Foundation
import Testing

/// What `evaluate --gates` and `gate` do, on the same scorecard in memory and read from its JSON.
@Suite("Gates: random policies") struct RandomPolicyTests {
  private static let limits = ["min: 0.2", "max: 0.3", "min: 0.05\nmax: 0.9", "max: 0", "min: 0.8"]

  /// The lines of a random gate; not every one makes sense.
  private func gate(_ stream: inout RandomStream) -> String {
    func pick<Item>(_ items: [Item]) -> Item { items[Int(stream.share() * Double(items.count))] }
    let metrics = Catalogue.standard.all.flatMap { [$0.id] + $0.aliases } + ["equalized_odds"]
    var lines = ["metric: \(pick(metrics))"]
    lines.append(pick(["", "", "gap: difference", "gap: ratio", "gap: equalized_odds_ratio"]))
    lines.append(pick(["", "", "of: groups", "of: pairs", "of: reference", "of: overall"]))
    lines.append(pick(["", "over: [sex]", "over: [race]", "over: [sex, race]", "over: [age]"]))
    lines.append(pick(["", "", "", "slices: [{sex: F}]", "slices: [{sex: Z}]"]))
    lines.append(pick(Self.limits))
    lines.append(pick(["", "on: point"]))
    lines.append(pick(["", "min_n: 50", "model: m", "severity: warn", "expires: 2026-01-01"]))
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  @Test func sameFromMemoryAndFromJSON() throws {
    let cards = try [
      Cards.people(300), Cards.people(400) { $0.weight = "weight" },
      Cards.people(400) { $0.cluster = "household" },
      Cards.people(300) {
        $0.suppressBelow = 20
        $0.minimum = 30
      },
    ]
    let read = try cards.map { try Scorecard(json: try $0.json()) }
    var stream = RandomStream(seed: 6, family: 0, replicate: 0)
    var (policies, verdicts) = (0, [Verdict: Int]())
    while policies < 500 {
      let place = policies % cards.count
      let alpha = [0.05, 0.025, 0.1, 0.01][Int(stream.share() * 4)]
      let yaml = (0..<2).map { index in
        "- name: g\(index)\n"
          + gate(&stream).split(separator: "\n").map { "  \($0)\n" }.joined()
      }.joined()
      let text = Data("alpha: \(alpha)\ngates:\n\(yaml)".utf8)
      guard let policy = try? Policy(yaml: text, name: "p") else { continue }
      policies += 1
      var here = cards[place]
      var there = read[place]
      try here.judge(policy, today: Cards.today)
      try there.judge(policy, today: Cards.today)
      #expect(here.gates == there.gates, "\(yaml)")
      for verdict in here.gates { verdicts[verdict.verdict, default: 0] += 1 }
      // Reading what was written changes nothing.
      let written = try JSONEncoder().encode(here.gates)
      #expect(try JSONDecoder().decode([GateVerdict].self, from: written) == here.gates)
    }
    for verdict in Verdict.allCases { #expect(verdicts[verdict, default: 0] > 20, "\(verdicts)") }
  }
}
