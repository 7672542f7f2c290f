// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Gates of a release") struct GatesTests {
  private static let passes = "  - {name: floor, metric: selection_rate, over: [sex], min: 0.1}\n"
  private static let fails =
    "  - {name: ceiling, metric: selection_rate, over: [race], max: 0.1}\n"
    + "  - {name: accuracy, metric: accuracy, min: 0.99}\n"
  private static let open =
    "  - {name: close, metric: f1, gap: difference, over: [sex], max: 0.02}\n"

  private static let evaluation = [
    "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "sex,race",
    "--replicates", "300", "--label-draws", "0", "--permutations", "0",
  ]

  private func workspace(_ gates: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(People.make(400)))
    try workspace.write("policy.yaml", "gates:\n" + gates)
    return workspace
  }

  private func gates(_ workspace: Workspace, _ file: String) throws -> [[String: Any]] {
    let root = try JSONSerialization.jsonObject(with: workspace.read(file)) as? [String: Any]
    return root?["gates"] as? [[String: Any]] ?? []
  }

  private static let outcomes: [(String, Int32)] = [
    (passes, 0), (passes + fails, 1), (passes + open, 2), (open + fails, 1),
  ]

  /// `evaluate --gates` and `gate` say the same and end alike.
  @Test(arguments: outcomes)
  func sameFromBoth(gates text: String, code: Int32) throws {
    let workspace = try workspace(text)
    let evaluated = try workspace.run(
      Self.evaluation + ["--gates", "policy.yaml", "--output", "one", "--quiet"])
    #expect(evaluated.exitCode == code, "\(evaluated.errors)")
    let judged = try workspace.run([
      "gate", "one/scorecard.json", "policy.yaml", "--output", "two", "--quiet",
    ])
    #expect(judged.exitCode == code)
    // A scorecard that was never judged gets the same verdicts as well.
    #expect(try workspace.run(Self.evaluation + ["--output", "bare", "--quiet"]).exitCode == 0)
    let bare = try workspace.run([
      "gate", "bare/scorecard.json", "policy.yaml", "--output", "three", "--quiet",
    ])
    #expect(bare.exitCode == code)
    let one = try workspace.read("one/scorecard.json")
    #expect(try workspace.read("two/scorecard.json") == one)
    let verdicts = try gates(workspace, "one/scorecard.json") as NSArray
    #expect(verdicts.count == text.split(separator: "\n").count)
    #expect(try gates(workspace, "three/scorecard.json") as NSArray == verdicts)
    for format in ["html", "md"] {
      let page = try workspace.text("one/scorecard.\(format)")
      #expect(page.contains("floor") || page.contains("close"))
      #expect(try workspace.text("two/scorecard.\(format)") == page)
    }
  }

  /// The policy's hash stands among the inputs.
  @Test func policyIsAnInput() throws {
    let workspace = try workspace(Self.passes)
    _ = try workspace.run(
      Self.evaluation + ["--gates", "policy.yaml", "--output", "one", "--quiet"])
    let root =
      try JSONSerialization.jsonObject(with: workspace.read("one/scorecard.json"))
      as? [String: Any]
    let provenance = root?["provenance"] as? [String: Any]
    let inputs = provenance?["inputs"] as? [[String: Any]] ?? []
    let policy = try #require(inputs.first { $0["role"] as? String == "policy" })
    #expect(policy["name"] as? String == "policy.yaml")
    #expect((policy["sha256"] as? String)?.count == 64)
  }

  @Test func whereThePipelinesLook() throws {
    let workspace = try workspace(Self.passes + Self.fails + Self.open)
    try workspace.write("summary.md", "before\n")
    #expect(
      try workspace.run(Self.evaluation + ["--output", "one", "--quiet"]).exitCode == 0)
    let run = try workspace.run([
      "gate", "one/scorecard.json", "policy.yaml", "--junit", "gates.xml", "--step-summary",
      "summary.md", "--annotations",
    ])
    #expect(run.exitCode == 1)
    #expect(run.text.contains("4 gates: 1 passed, 2 failed, 1 inconclusive"))
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::error ") } == 1)
    #expect(lines.count { $0.hasPrefix("::warning ") } == 0)
    #expect(lines.last == "evenhand: 4 gates: 1 passed, 2 failed, 1 inconclusive; exit code 1")
    let summary = try workspace.text("summary.md")
    #expect(summary.hasPrefix("before\n") && summary.contains("ceiling"))
    let xml = try workspace.text("gates.xml")
    #expect(xml.contains(#"tests="4" failures="3" errors="0" skipped="0""#))
    #expect(xml.components(separatedBy: "<testcase ").count == 5)
    for (outcome, failures) in [("skipped", 2), ("pass", 2)] {
      _ = try workspace.run([
        "gate", "one/scorecard.json", "policy.yaml", "--junit", "gates.xml", "--quiet",
        "--junit-inconclusive", outcome,
      ])
      #expect(try workspace.text("gates.xml").contains(#"failures="\#(failures)""#))
    }
  }

  @Test(arguments: ["hiring", "lending", "health", "generic"])
  func startingPolicies(kind: String) throws {
    let workspace = try workspace(Self.passes)
    let start = try workspace.run(["gate", "--init", kind])
    #expect(start.exitCode == 0)
    #expect(start.text.contains("choice"))
    try workspace.write("policy.yaml", start.output)
    let run = try workspace.run(
      Self.evaluation + ["--gates", "policy.yaml", "--output", "one", "--quiet"])
    #expect([0, 1, 2].contains(run.exitCode), "\(run.errors)")
    #expect(try gates(workspace, "one/scorecard.json").count >= 2)
    for verdict in try gates(workspace, "one/scorecard.json") {
      #expect(verdict["verdict"] as? String != "not_measured")
    }
  }

  @Test(
    arguments: [
      (["gate"], 64, "a scorecard and a policy are needed"),
      (["gate", "--init", "magic"], 64, "'magic' is not one of hiring, lending, health, generic"),
      (["gate", "no.json", "policy.yaml"], 66, "no.json"),
      (["gate", "people.csv", "policy.yaml"], 65, "not a scorecard"),
      (["gate", "people.csv", "no.yaml"], 66, "no.yaml"),
      (["gate", "people.csv", "bad.yaml"], 64, "bad.yaml:3: unknown key 'mni' in a gate"),
      (["gate", "people.csv", "policy.yaml", "--format", "json"], 64, "add --output"),
      (["gate", "people.csv", "policy.yaml", "--junit-inconclusive", "pass"], 64, "add --junit"),
      (["evaluate", "people.csv", "--junit", "a.xml"], 64, "no model"),
    ] as [([String], Int32, String)])
  func refused(arguments: [String], code: Int32, problem: String) throws {
    let workspace = try workspace(Self.passes)
    try workspace.write("bad.yaml", "gates:\n- name: a\n  mni: 0.8\n")
    let run = try workspace.run(arguments)
    #expect(run.exitCode == code)
    #expect(run.errors.contains(problem), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  /// Nothing is written, nor evaluated, for a policy that is wrong, or for verdicts without one.
  @Test func wrongBeforeTheWork() throws {
    let workspace = try workspace("- {name: a, metric: f1, min: 80}\n")
    for more in [["--gates", "policy.yaml"], ["--junit", "gates.xml"], ["--annotations"]] {
      let run = try workspace.run(Self.evaluation + more)
      #expect(run.exitCode == 64, "\(more)")
    }
    #expect(try workspace.files() == ["people.csv", "policy.yaml"])
  }
}
