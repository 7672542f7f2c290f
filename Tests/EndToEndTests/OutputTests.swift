// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Output") struct OutputTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(People.make(240)))
    return workspace
  }

  private static let arguments = [
    "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "sex,race",
  ]

  @Test func defaultFilesAndSummary() throws {
    let workspace = try workspace()
    let run = try workspace.run(Self.arguments)
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
    #expect(
      try workspace.files() == [
        "people.csv", "scorecard", "scorecard/scorecard.html", "scorecard/scorecard.json",
        "scorecard/scorecard.md",
      ])
    #expect(run.text.contains("Findings") && run.text.contains("scorecard/scorecard.html"))
    let again = try workspace.run(Self.arguments + ["--output", "-"])
    #expect(run.text.hasPrefix(again.text), "the summary is the terminal format")
  }

  /// Nothing is computed: the same bytes again.
  @Test func renderGivesTheSameBytes() throws {
    let workspace = try workspace()
    let formats = ["--format", "html,markdown,json,terminal", "--quiet"]
    #expect(try workspace.run(Self.arguments + formats + ["--output", "one"]).exitCode == 0)
    let run = try workspace.run(
      ["render", "one/scorecard.json", "--output", "two"] + formats)
    #expect(run.exitCode == 0, "\(run.errors)")
    for name in ["html", "md", "json", "txt"] {
      let one = try workspace.read("one/scorecard.\(name)")
      #expect(try workspace.read("two/scorecard.\(name)") == one, "\(name)")
    }
    let piped = try workspace.run(
      ["render", "-", "--output", "-", "--format", "html"],
      input: try workspace.read("one/scorecard.json"))
    #expect(try piped.output == workspace.read("one/scorecard.html"))
  }

  /// SOURCE_DATE_EPOCH is set in all runs: a scorecard can be made again, byte for byte.
  @Test func sameBytesAgain() throws {
    let workspace = try workspace()
    for format in ["html", "markdown", "json", "terminal"] {
      let arguments = Self.arguments + ["--output", "-", "--format", format]
      let first = try workspace.run(arguments)
      #expect(first.exitCode == 0 && !first.output.isEmpty)
      #expect(try workspace.run(arguments).output == first.output)
    }
  }

  @Test func replacesAnOlderScorecard() throws {
    let workspace = try workspace()
    #expect(try workspace.run(Self.arguments + ["--output", "out"]).exitCode == 0)
    let first = try workspace.read("out/scorecard.json")
    try workspace.write("out/notes.txt", "mine")
    let run = try workspace.run(Self.arguments + ["--output", "out", "--seed", "2"])
    #expect(run.exitCode == 0)
    #expect(try workspace.read("out/scorecard.json") != first)
    #expect(
      try workspace.files().filter { $0.hasPrefix("out/") } == [
        "out/notes.txt", "out/scorecard.html", "out/scorecard.json", "out/scorecard.md",
      ])
  }

  /// A terminal gets colour; NO_COLOR, TERM=dumb and anything that is no terminal get none.
  @Test func colour() throws {
    let workspace = try workspace()
    let command = "\"$EVENHAND\" " + Self.arguments.joined(separator: " ") + " --output -"
    let escape = "\u{1B}["
    #expect(try !workspace.shell(command).text.contains(escape))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
    // script(1) gives the command a terminal of its own; the line of progress, which a slow machine shows,
    // is not about colour.
    let onTerminal = "script -qec '\(command) 2>/dev/null' /dev/null"
    let colourful = try workspace.shell(onTerminal, environment: ["TERM": "xterm-256color"])
    #expect(colourful.exitCode == 0)
    #expect(colourful.text.contains(escape))
    let quiet = [["TERM": "xterm-256color", "NO_COLOR": "1"], ["TERM": "dumb"]]
    for environment in quiet {
      let plain = try workspace.shell(onTerminal, environment: environment)
      #expect(plain.text.contains("Findings"))
      #expect(!plain.text.contains(escape))
    }
  }
}
