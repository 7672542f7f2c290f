// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandScorecards
import Foundation
import Testing

@Suite("Gates: pipelines") struct PipelineTests {
  private func card(_ gates: [String]) throws -> Scorecard {
    var card = try Cards.card([.selected("F", 300, of: 1000), .selected("M", 400, of: 1000)])
    let text = "gates:\n" + gates.map { "- \($0)\n" }.joined()
    try card.judge(Policy(yaml: Data(text.utf8), name: "p"), today: Cards.today)
    return card
  }

  private static let fails = #"{name: "a <b> & \"c\" \u0001\u202E%", metric: f1, min: 0.9}"#
  private static let absent = "{name: absent, metric: roc_auc, min: 0.9}"
  private static let passes = "{name: ok, metric: selection_rate, min: 0.1}"
  private static let open = "{name: open, metric: selection_rate, min: 0.36}"
  private static let warns = "{name: warns, metric: selection_rate, min: 0.9, severity: warn}"

  /// Well-formed whatever the names are, and an outcome a gate.
  @Test func jUnit() throws {
    let card = try card([Self.fails, Self.absent, Self.passes, Self.open, Self.warns])
    let report = JUnitReport(card)
    #expect(report.xml.contains(#"tests="5" failures="2" errors="1" skipped="1""#))
    #expect(!report.xml.unicodeScalars.contains("\u{1}"))
    #expect(report.xml.contains("a &lt;b&gt; &amp; &quot;c&quot;"))
    let lists: [(JUnitReport.Inconclusive, Int, Int)] = [
      (.failure, 2, 1), (.skipped, 1, 2), (.pass, 1, 1),
    ]
    for (inconclusive, failures, skipped) in lists {
      let xml = JUnitReport(card, inconclusive: inconclusive).xml
      #expect(xml.components(separatedBy: "<failure ").count - 1 == failures)
      #expect(xml.components(separatedBy: "<skipped ").count - 1 == skipped)
      #expect(xml.components(separatedBy: "<error ").count - 1 == 1)
    }
  }

  /// One annotation a severity, on one line each.
  @Test func annotations() throws {
    let lines = WorkflowAnnotations(
      try card([Self.fails, Self.absent, Self.open, Self.warns, Self.passes])
    ).lines
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("::error title=Evenhand%3A 3 gates%3A 1 failed%2C 1 inconclusive"))
    #expect(lines[1].hasPrefix("::warning title=Evenhand%3A 1 gate%3A 1 failed::warns"))
    #expect(lines.allSatisfy { !$0.contains("\n") && !$0.contains("\r") })
    #expect(lines[0].contains("%25") && lines[0].contains("%0A"))
    #expect(WorkflowAnnotations(try card([Self.passes])).lines.isEmpty)
  }

  /// The summary keeps within what is left of GitHub's limit, and says less rather than nothing.
  @Test func stepSummary() throws {
    let groups = (0..<120).map { Cards.Counts.selected("group \($0)", 300 + $0, of: 1000) }
    var card = try Cards.card(groups) { $0.maxGroups = 200 }
    let gates = (0..<10).map {
      "- {name: g\($0), metric: selection_rate, gap: difference, over: [sex], max: 0.0\($0 + 1)}\n"
    }
    let text = "gates:\n" + gates.joined()
    try card.judge(Policy(yaml: Data(text.utf8), name: "p"), today: Cards.today)
    #expect(card.gates[0].comparisons.count == 120 * 119 / 2)
    let full = StepSummary(card).markdown()
    #expect(full.utf8.count <= StepSummary.limit && full.contains("g9"))
    let lean = StepSummary(card).markdown(room: full.utf8.count - 1)
    #expect(lean.utf8.count < full.utf8.count && lean.contains("g9"))
    #expect(StepSummary(card).markdown(room: 200).hasPrefix("10 gates: "))
    #expect(StepSummary(card).markdown(room: 3).isEmpty)
  }

  /// The verdicts come first, in every format, in words that decide nothing.
  @Test func documents() throws {
    let card = try card([Self.fails, Self.absent, Self.passes, Self.open])
    let document = Document(card)
    let first = document.blocks.compactMap {
      if case .section(let one) = $0 { one.id } else { nil }
    }
    #expect(first.first == "gates")
    let texts = [
      HTMLRenderer.render(document), MarkdownRenderer.render(document),
      TerminalRenderer().render(document),
    ]
    for text in texts {
      #expect(text.contains("4 gates: 1 passed, 1 failed, 1 inconclusive, 1 not measured"))
      for word in ["unbiased", "compliant", "is fair", "discriminat"] {
        #expect(!text.lowercased().contains(word))
      }
    }
    #expect(
      !HTMLRenderer.render(Document(try self.card([Self.passes]).withoutGates)).contains(
        "id=\"gates\""))
  }

  /// Every key is there, and what is not known is null.
  @Test func jsonHasEveryKey() throws {
    let card = try card([Self.fails, Self.absent, Self.passes])
    let root = try JSONSerialization.jsonObject(with: card.json()) as? [String: Any]
    for gate in root?["gates"] as? [[String: Any]] ?? [] {
      #expect(gate.count == 29, "\(gate.keys.sorted())")
      for one in gate["comparisons"] as? [[String: Any]] ?? [] { #expect(one.count == 14) }
    }
  }
}

extension Scorecard {
  fileprivate var withoutGates: Scorecard {
    var result = self
    result.gates = []
    return result
  }
}
