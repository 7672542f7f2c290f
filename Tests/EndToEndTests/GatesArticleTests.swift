// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What the article on gates shows is what the command does.
@Suite("Gates: the article") struct GatesArticleTests {
  private static let article = Workspace.repository
    .appendingPathComponent("Sources/Evenhand/Documentation.docc/Articles/Gates.md")

  private func lines() throws -> [String] {
    try String(contentsOf: Self.article, encoding: .utf8).components(separatedBy: "\n")
  }

  /// The blocks of a language, without their fences.
  private func blocks(_ language: String) throws -> [[String]] {
    var result: [[String]] = []
    var current: [String]?
    for line in try lines() {
      if line == "```" {
        if let block = current { result.append(block) }
        current = nil
      } else if line == "```\(language)" {
        current = []
      } else {
        current?.append(line)
      }
    }
    return result
  }

  /// The policy in the article is one that the command reads.
  @Test func policy() throws {
    let workspace = try Workspace()
    let policy = try #require(try blocks("yaml").first { $0.contains("gates:") })
    try workspace.write("policy.yaml", policy.joined(separator: "\n"))
    try workspace.write("people.csv", People.csv(People.make(300)))
    let run = try workspace.run(
      People.arguments("people.csv", "--gates", "policy.yaml", "--permutations", "0"))
    #expect([0, 1, 2].contains(run.exitCode), "\(run.errors)")
    #expect(run.text.contains("four-fifths screen"))
  }

  /// The step of the workflow runs as it stands, in a shell of its own.
  @Test func workflow() throws {
    let workflow = try #require(try blocks("yaml").first { $0.contains("jobs:") })
    let start = try #require(workflow.firstIndex { $0.hasSuffix("run: |") })
    let indent = String(repeating: " ", count: 10)
    let script = workflow[(start + 1)...].prefix { $0.hasPrefix(indent) }
      .map { String($0.dropFirst(indent.count)) }.joined(separator: "\n")
    #expect(script.hasPrefix("evenhand evaluate "))
    let workspace = try Workspace()
    try workspace.write("predictions.csv", People.csv(People.make(300)))
    try workspace.write(
      "evenhand.yaml",
      "label: label\nmodel: [m=score]\nby: [sex]\nreplicates: 300\npermutations: 0\nlabel_draws: 0\n"
    )
    for (limit, code) in [("0.1", 0), ("0.99", 1)] {
      try workspace.write(
        "policy.yaml", "gates: [{name: rate, metric: selection_rate, min: \(limit)}]\n")
      #expect(try shell(script, in: workspace) == Int32(code))
      #expect(try workspace.text("summary.md").contains("rate"))
      #expect(try workspace.text("gates.xml").contains("<testcase "))
    }
    // A later job has the scorecard alone.
    let line = try #require(
      try lines().first { $0.contains("A later job") }?.split(separator: "`").dropFirst().first)
    #expect(try shell(String(line), in: workspace) == 1)
  }

  /// As GitHub runs a step: bash that stops at the first failure.
  private func shell(_ script: String, in workspace: Workspace) throws -> Int32 {
    let tools = URL(fileURLWithPath: Workspace.command).deletingLastPathComponent().path
    return try workspace.shell(
      "set -eo pipefail\n" + script,
      environment: [
        "PATH": "\(tools):/usr/bin:/bin",
        "GITHUB_STEP_SUMMARY": workspace.directory.appendingPathComponent("summary.md").path,
      ]
    ).exitCode
  }
}
