// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Comparing models") struct CompareTests {
  struct Compared: Decodable {
    struct Change: Decodable {
      var value: Double?
      var standardError: Double?
      var interval: Card.Interval?
    }
    struct Comparison: Decodable {
      var baseline: String
      var candidate: String
      var metric: String
      var slice: [String: String?]?
      var method: String?
      var difference: Change
      var pValue: Double?
    }
    struct Flips: Decodable {
      var slice: [String: String?]
      var n: Int?
      var newlySelected: Int?
    }
    var comparisons: [Comparison]
    var flips: [Flips]
    var warnings: [Card.Warning]

    init(_ run: Run) throws {
      #expect(run.exitCode == 0, "\(run.errors)")
      self = try JSONDecoder().decode(Self.self, from: run.output)
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      comparisons = try container.decode([Comparison].self, forKey: .comparisons)
      flips = try container.decode([Flips].self, forKey: .flips)
      warnings = try container.decode([Card.Warning].self, forKey: .warnings)
    }

    enum Keys: String, CodingKey { case comparisons, flips, warnings }

    func overall(_ metric: String) -> Comparison? {
      comparisons.first { $0.metric == metric && $0.slice == [:] }
    }
  }

  private static let people = People.make(240)
  private static let others = People.make(240, seed: 8)

  /// The second model's score is another person's half the time.
  private static func second(_ index: Int) -> String {
    index % 2 == 0 ? people[index].score : others[index].score
  }

  private static func table(_ columns: [String], _ rows: [[String]]) -> String {
    ([columns] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    let people = Self.people
    try workspace.write(
      "both.csv",
      Self.table(
        ["id", "sex", "label", "score", "new"],
        people.indices.map {
          [people[$0].id, people[$0].sex, people[$0].label, people[$0].score, Self.second($0)]
        }))
    try workspace.write("champion.csv", People.csv(people, ["id", "sex", "label", "score"]))
    try workspace.write(
      "candidate.csv",
      Self.table(
        ["label", "score", "id"],
        people.indices.reversed().map { [people[$0].label, Self.second($0), people[$0].id] }))
    return workspace
  }

  private static let common = [
    "--label", "label", "--by", "sex", "--replicates", "200", "--output", "-", "--format", "json",
  ]
  private static let joined =
    [
      "compare", "champion.csv", "candidate.csv", "--id", "id", "--model", "m=score", "--model",
      "n=candidate.score",
    ] + common

  @Test func oneTableAndTwoFilesGiveTheSame() throws {
    let workspace = try workspace()
    let one = try workspace.run(
      ["compare", "both.csv", "--model", "m=score", "--model", "n=new"] + Self.common)
    let two = try workspace.run(Self.joined)
    let (a, b) = (try Compared(one), try Compared(two))
    #expect(!a.comparisons.isEmpty && a.comparisons.count == b.comparisons.count)
    for (x, y) in zip(a.comparisons, b.comparisons) {
      #expect(x.metric == y.metric && x.difference.value == y.difference.value)
      #expect(x.difference.interval?.low == y.difference.interval?.low && x.pValue == y.pValue)
    }
    let accuracy = try #require(a.overall("accuracy"))
    #expect(accuracy.baseline == "m" && accuracy.candidate == "n")
    #expect(accuracy.method == "mcnemar_mid_p")
    let selected = Self.people.indices.count {
      (Double(Self.people[$0].score) ?? 0) < 0.5 && (Double(Self.second($0)) ?? 0) >= 0.5
    }
    #expect(a.flips.first { $0.slice == [:] }?.newlySelected == selected)
  }

  @Test func documentsSayIt() throws {
    let workspace = try workspace()
    let run = try workspace.run([
      "compare", "both.csv", "--model", "m=score", "--model", "n=new", "--label", "label", "--by",
      "sex", "--replicates", "200", "--output", "out",
    ])
    #expect(run.exitCode == 0)
    #expect(run.text.contains("Compared with m"))
    for file in ["scorecard.html", "scorecard.md"] {
      let text = try workspace.text("out/\(file)")
      #expect(text.contains("Comparison scorecard") || file.hasSuffix("md"))
      #expect(text.contains("Compared with m") && text.contains("told apart"))
    }
  }

  @Test func scorecardsAreComparedUnpaired() throws {
    let workspace = try workspace()
    for (name, column) in [("a", "score"), ("b", "new")] {
      let run = try workspace.run([
        "evaluate", "both.csv", "--model", "m=\(column)", "--label", "label", "--by", "sex",
        "--replicates", "200", "--output", name, "--quiet", "--format", "json",
      ])
      #expect(run.exitCode == 0)
    }
    let arguments = ["a/scorecard.json", "b/scorecard.json", "--output", "-", "--format", "json"]
    let apart = try Compared(try workspace.run(["compare"] + arguments))
    let paired = try Compared(try workspace.run(Self.joined))
    let (one, other) = (apart.overall("accuracy"), paired.overall("accuracy"))
    #expect(one?.method == "unpaired" && one?.candidate == "m (2)")
    #expect(one?.difference.value == other?.difference.value)
    let (wide, narrow) = (one?.difference.standardError, other?.difference.standardError)
    #expect(try #require(wide) > 1.1 * (try #require(narrow)))
    #expect(apart.warnings.map(\.code).contains("unpaired_comparison"))
    #expect(apart.warnings.map(\.code).contains("same_rows"))
  }

  @Test func gatesOnChanges() throws {
    struct Judged: Decodable {
      struct Gate: Decodable {
        var name: String
        var verdict: String
      }
      var gates: [Gate]
    }
    let workspace = try workspace()
    try workspace.write(
      "policy.yaml",
      """
      gates:
        - name: no large drop
          metric: accuracy
          change: {max_drop: 0.9}
        - name: a miracle
          metric: accuracy
          change: {max_drop: -0.9}
      """)
    let run = try workspace.run(Self.joined + ["--gates", "policy.yaml"])
    #expect(run.exitCode == 1)
    let gates = try JSONDecoder().decode(Judged.self, from: run.output).gates
    #expect(gates.map(\.verdict) == ["pass", "fail"])
    try workspace.write("scorecard.json", run.output)
    let again = try workspace.run(["gate", "scorecard.json", "policy.yaml"])
    #expect(again.exitCode == 1)
    #expect(again.text.contains("no large drop") && again.text.contains("a miracle"))
  }

  @Test func severalTablesAreVerified() throws {
    let workspace = try workspace()
    let files = ["--data", "champion.csv", "--data", "candidate.csv"]
    let run = try workspace.run(Self.joined)
    try workspace.write("scorecard.json", run.output)
    #expect(try workspace.run(["sign", "--new-key", "key.pem"]).exitCode == 0)
    let signed = try workspace.run([
      "sign", "scorecard.json", "--key", "key.pem", "--reviewer", "R", "--role", "Risk",
      "--decision", "deferred",
    ])
    #expect(signed.exitCode == 0, "\(signed.errors)")
    let verified = try workspace.run(["verify", "scorecard.json"] + files)
    #expect(verified.exitCode == 0, "\(verified.text) \(verified.errors)")
    #expect(verified.text.contains("identical"))
    let lines = try workspace.text("candidate.csv").split(separator: "\n").map(String.init)
    let changed = [lines[0], lines[1].replacing(",0.", with: ",0.9")] + lines.dropFirst(2)
    try workspace.write("candidate.csv", changed.joined(separator: "\n") + "\n")
    #expect(try workspace.run(["verify", "scorecard.json"] + files).exitCode == 1)
  }

  @Test func whatCannotBeJoinedIsRefused() throws {
    let workspace = try workspace()
    func refused(_ arguments: [String], _ code: Int32, _ words: String...) throws {
      let run = try workspace.run(arguments)
      #expect(run.exitCode == code, "\(run.errors)")
      for word in words { #expect(run.errors.contains(word), "\(run.errors)") }
      #expect(run.output.isEmpty && run.errors.split(separator: "\n").count == 1)
    }
    func joined(_ table: String) -> [String] {
      Self.joined.map { $0 == "candidate.csv" ? table : $0.replacing("candidate.", with: "other.") }
    }
    let lines = try workspace.text("candidate.csv").split(separator: "\n").map(String.init)
    try workspace.write("other.csv", lines.dropLast(3).joined(separator: "\n") + "\n")
    try refused(joined("other.csv"), 65, "champion.csv", "3 of 240 rows", "--allow-unmatched")
    let allowed = try Compared(try workspace.run(joined("other.csv") + ["--allow-unmatched"]))
    #expect(allowed.warnings.map(\.code).contains("unmatched_rows"))
    try workspace.write("other.csv", (lines + [lines[1]]).joined(separator: "\n") + "\n")
    try refused(joined("other.csv"), 65, "other.csv", "more than once", "--id")
    let flipped = lines.enumerated().map { index, line in
      index == 5 ? (line.hasPrefix("1") ? "0" : "1") + line.dropFirst() : line
    }
    try workspace.write("other.csv", flipped.joined(separator: "\n") + "\n")
    try refused(joined("other.csv"), 65, "label", "same rows")
    try refused(Self.joined.filter { $0 != "--id" && $0 != "id" }, 64, "--id")
    try refused(
      ["compare", "both.csv", "--model", "m=score"] + Self.common, 64, "--baseline", "another model"
    )
    try refused(
      ["compare", "both.csv", "--model", "m=score", "--model", "n=new", "--baseline", "q"]
        + Self.common, 64, "'q'", "m, n")
  }
}
