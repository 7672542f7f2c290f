// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards
import Testing

/// The table of gates by model: the worst of each model's own comparisons.
@Suite("Gates by model") struct GatesByModelTests {
  private func card(_ verdicts: [(model: String, verdict: Verdict)]) throws -> Scorecard {
    var card = try Cards.card([.selected("F", 30, of: 100), .selected("M", 40, of: 100)])
    let first = card.models[0]
    card.models = Set(verdicts.map(\.model)).sorted().map { name in
      var model = first
      model.name = name
      return model
    }
    var gate = GateVerdict(
      name: "screen", metric: "selection_rate", of: .pairs, alpha: 0.05, severity: .block,
      onInconclusive: .fail, on: .interval)
    gate.comparisons = verdicts.map { model, verdict in
      var comparison = GateComparison(model: model, metric: "selection_rate", slice: .overall)
      comparison.verdict = verdict
      return comparison
    }
    gate.verdict = .fail
    card.gates = [gate]
    return card
  }

  @Test("Failed before not measured before inconclusive before passed")
  func worst() throws {
    let card = try card([
      ("a", .pass), ("a", .pass), ("b", .pass), ("b", .inconclusive), ("c", .inconclusive),
      ("c", .notMeasured), ("d", .notMeasured), ("d", .fail), ("d", .pass),
    ])
    let text = MarkdownRenderer.render(Document(gatesOf: card))
    #expect(text.contains("| screen | passed | inconclusive | not measured | failed |"))
  }

  @Test("One model has no such table")
  func single() throws {
    let text = MarkdownRenderer.render(Document(gatesOf: try card([("a", .fail)])))
    #expect(!text.contains("By model:"))
  }
}
