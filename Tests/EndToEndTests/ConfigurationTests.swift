// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Configuration file") struct ConfigurationTests {
  private static let yaml = """
    # A comment.
    label: label
    model: [m=score]
    threshold: 0.25
    by: [sex, race]
    replicates: 400
    label_draws: 99
    small_groups: false
    metadata:
      system: The invented system
      owner: ""
    """

  private func workspace(_ yaml: String = yaml) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(People.make(240)))
    try workspace.write("evenhand.yaml", yaml)
    return workspace
  }

  @Test func flagsOverFileOverDefaults() throws {
    let workspace = try workspace()
    let arguments = [
      "evaluate", "people.csv", "--config", "evenhand.yaml", "--output", "-", "--format", "json",
    ]
    let people = People.make(240)
    func selected(_ run: Run) throws -> Double? {
      try run.card().measurement("selection_rate").numerator
    }
    func above(_ threshold: Double) -> Double {
      Double(people.count { (Double($0.score) ?? 0) >= threshold })
    }
    let fromFile = try workspace.run(arguments)
    #expect(try selected(fromFile) == above(0.25))
    let fromFlag = try workspace.run(arguments + ["--threshold", "0.75"])
    #expect(try selected(fromFlag) == above(0.75))
    #expect(try selected(try workspace.run(People.arguments())) == above(0.5))
    let flags = try workspace.run(
      People.arguments(
        "people.csv", "--threshold", "0.25", "--replicates", "400", "--small-groups", "false"))
    #expect(try fromFile.canonical() == flags.canonical())
    #expect(try fromFile.canonical(["configuration"]) == flags.canonical(["configuration"]))
  }

  @Test func metadataIsPrintedAndAbsencesToo() throws {
    let workspace = try workspace()
    let run = try workspace.run([
      "evaluate", "people.csv", "--config", "evenhand.yaml", "--output", "out", "--quiet",
    ])
    #expect(run.exitCode == 0)
    #expect(run.text.isEmpty && run.errors.isEmpty)
    for name in ["scorecard.html", "scorecard.md"] {
      let text = try workspace.text("out/\(name)")
      #expect(text.contains("The invented system"))
      #expect(text.contains("not stated"))
    }
    let root = try JSONSerialization.jsonObject(with: try workspace.read("out/scorecard.json"))
    let metadata = (root as? [String: Any])?["metadata"] as? [String: Any]
    #expect(metadata?["owner"] is NSNull, "an empty text states nothing")
    #expect(metadata?.count == 10)
  }

  /// Maps, lists and texts say the same.
  @Test(arguments: [
    "label: label\nmodel: {m: score}\nby: sex,race\n",
    "label: label\nmodel: m=score\nby:\n  - sex\n  - race\nthreshold: {m: 0.5}\n",
    "label: 'label'\nmodel:\n  m: score\nby: [sex, race]\nthreshold:\npositive: \"1\"\n",
  ])
  func spellings(yaml: String) throws {
    let workspace = try workspace(yaml + "replicates: 300\n")
    let run = try workspace.run([
      "evaluate", "people.csv", "--config", "evenhand.yaml", "--output", "-", "--format", "json",
    ])
    #expect(try run.canonical() == workspace.run(People.arguments()).canonical())
  }

  /// What inspect proposes can be run as it is.
  @Test func inspectedConfiguration() throws {
    let workspace = try workspace()
    let inspected = try workspace.run(["inspect", "--yaml", "people.csv"])
    #expect(inspected.exitCode == 0)
    try workspace.write("start.yaml", inspected.output)
    let run = try workspace.run([
      "evaluate", "people.csv", "--config", "start.yaml", "--output", "-", "--format", "json",
    ])
    let card = try run.card()
    #expect(card.measurements.contains { $0.model == "score" && $0.metric == "roc_auc" })
    #expect(card.slices.contains { $0.slice == ["race": "B", "sex": "Female"] })
    #expect(try run.canonical(["metadata"]).allSatisfy { $0 != 0 })
  }

  @Test func inspectListsEveryColumn() throws {
    let workspace = try workspace()
    let run = try workspace.run(["inspect", "people.csv"])
    #expect(run.text.contains("people.csv: 240 rows, 8 columns"))
    for column in People.columns { #expect(run.text.contains("\n\(column) "), "\(column)") }
    #expect(run.text.contains("evenhand evaluate people.csv --config evenhand.yaml"))
  }
}
