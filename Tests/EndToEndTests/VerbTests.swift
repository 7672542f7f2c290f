// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Other verbs") struct VerbTests {
  @Test(
    "help",
    arguments: [
      [], ["--help"], ["help"], ["evaluate", "--help"], ["inspect", "--help"],
      ["render", "--help"],
      ["metrics", "--help"], ["doctor", "--help"], ["sign", "--help"], ["verify", "--help"],
    ])
  func help(arguments: [String]) throws {
    let run = try Workspace().run(arguments)
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
    #expect(run.text.contains("USAGE: evenhand"))
    #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func everyOptionIsDocumentedAndAKey() throws {
    let workspace = try Workspace()
    let help = try workspace.run(["evaluate", "--help"]).text
    let flags = help.matches(of: /(?:^|\n) +(?:-., )?--([a-z-]+)/)
      .map { String($0.1) }
    #expect(flags.count > 30)
    try workspace.write("good.csv", Refusal.good)
    for flag in Set(flags).subtracting(["config", "help", "version"]) {
      // As a key it is known: what is then wrong, if anything, is its value.
      let key = flag.replacingOccurrences(of: "-", with: "_")
      try workspace.write("c.yaml", "\(key): \"?\"\n")
      let run = try workspace.run(["evaluate", "good.csv", "--config", "c.yaml"])
      #expect(run.exitCode == 64)
      #expect(!run.errors.contains("unknown key"), "\(run.errors)")
    }
  }

  @Test func version() throws {
    let run = try Workspace().run(["--version"])
    #expect(run.exitCode == 0)
    #expect(run.text.wholeMatch(of: /evenhand \d+\.\d+\.\d+\S*\n/) != nil)
  }

  @Test func metrics() throws {
    let workspace = try Workspace()
    let list = try workspace.run(["metrics"]).text
    for id in ["selection_rate", "roc_auc", "expected_calibration_error", "matthews_correlation"] {
      #expect(list.contains("\n\(id) ") || list.hasPrefix("\(id) "))
      let one = try workspace.run(["metrics", id])
      #expect(one.exitCode == 0 && one.text.contains("(\(id))"))
    }
    for alias in ["recall", "recall_score", "tpr", "sensitivity"] {
      let one = try workspace.run(["metrics", alias])
      #expect(one.text.contains("(true_positive_rate)"))
      #expect(one.text.contains("TP / (TP + FN)"))
    }
  }

  @Test func doctor() throws {
    let run = try Workspace().run(["doctor"])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.text.contains("OpenBLAS"))
    let empty = try Workspace().run(["doctor"], environment: ["OPENBLAS_CORETYPE": ""])
    #expect(empty.text.contains("warning: OPENBLAS_CORETYPE"))
  }
}
