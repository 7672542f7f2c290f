// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Refused") struct RefusedTests {
  @Test(arguments: Refusal.tables + Refusal.joins + Refusal.requests)
  func oneClearMessageAndNothingLeft(refusal: Refusal) throws {
    try refusal.expectOneClearMessage()
  }

  @Test("a full disk behind standard output", arguments: ["html", "markdown", "json", "terminal"])
  func fullDisk(format: String) throws {
    let workspace = try Workspace()
    try workspace.write("good.csv", Refusal.good)
    let run = try workspace.shell(
      """
      "$EVENHAND" evaluate good.csv --label label --model m=score --by sex \
        --output - --format \(format) > /dev/full
      """)
    #expect(run.exitCode == 74)
    #expect(run.errors.hasPrefix("evenhand: error: standard output: writing failed: "))
    #expect(run.errors.contains("No space left"))
    #expect(try workspace.files() == ["good.csv"])
  }

  /// The size limit of files stands for a disk that fills up while the scorecard is written.
  @Test func fileThatCannotBeWrittenWhole() throws {
    let workspace = try Workspace()
    try workspace.write("good.csv", Refusal.good)
    let run = try workspace.shell(
      """
      ulimit -f 8
      exec "$EVENHAND" evaluate good.csv --label label --model m=score --by sex --output a/b
      """)
    #expect(run.exitCode == 74, "\(run.errors)")
    #expect(run.errors.hasPrefix("evenhand: error: a/b/scorecard."), "\(run.errors)")
    #expect(run.text.isEmpty)
    #expect(try workspace.files() == ["good.csv"])
  }

  /// A scorecard is replaced whole or not at all.
  @Test func targetThatIsADirectory() throws {
    let workspace = try Workspace()
    try workspace.write("good.csv", Refusal.good)
    let run = try workspace.shell(
      """
      mkdir -p out/scorecard.md
      exec "$EVENHAND" evaluate good.csv --label label --model m=score --by sex --output out
      """)
    #expect(run.exitCode == 73)
    #expect(run.errors.contains("out/scorecard.md"))
    #expect(try workspace.files() == ["good.csv", "out", "out/scorecard.md"])
  }

  @Test func standardOutputThatIsClosed() throws {
    let workspace = try Workspace()
    let run = try workspace.shell("exec \"$EVENHAND\" metrics >&-")
    #expect(run.exitCode == 74)
    #expect(run.errors.hasPrefix("evenhand: error: standard output: "))
  }

  /// A reader that has seen enough ends the command quietly.
  @Test func readerThatLeavesEarly() throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(People.make(200)))
    let run = try workspace.shell(
      """
      "$EVENHAND" evaluate people.csv --label label --model m=score --by sex,race \
        --output - --format json | head -c 20
      echo "${PIPESTATUS[0]}" > code
      """)
    #expect(run.text.count == 20)
    #expect(run.errors == "")
    #expect(try workspace.text("code") == "0\n")
  }
}
