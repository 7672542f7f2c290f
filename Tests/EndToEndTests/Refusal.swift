// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A request that must be refused, with its exit code and what its one message must say.
struct Refusal: Sendable, CustomTestStringConvertible {
  var name: String
  var files: [String: Data]
  var arguments: [String]
  var exitCode: Int32
  var says: [String]

  var testDescription: String { name }

  /// A refused table, t.csv.
  init(
    _ name: String, table: String, _ more: String..., exit: Int32 = 65, says: [String]
  ) {
    self.init(name, bytes: Data(table.utf8), more, exit: exit, says: says)
  }

  init(_ name: String, bytes: Data, _ more: [String] = [], exit: Int32 = 65, says: [String]) {
    self.name = name
    files = ["t.csv": bytes]
    arguments =
      ["evaluate", "t.csv", "--label", "label", "--model", "m=score", "--by", "sex"] + more
    exitCode = exit
    self.says = says
  }

  /// A refused request about a good table, good.csv.
  init(
    _ name: String, files: [String: String] = [:], _ arguments: String..., exit: Int32 = 64,
    says: [String]
  ) {
    self.name = name
    self.files = files.merging(["good.csv": Self.good]) { $1 }.mapValues { Data($0.utf8) }
    self.arguments = arguments
    exitCode = exit
    self.says = says
  }

  /// Runs it: one clear message on one line, nothing on standard output, nothing left behind.
  func expectOneClearMessage() throws {
    let workspace = try Workspace()
    for (name, bytes) in files { try workspace.write(name, bytes) }
    let run = try workspace.run(arguments)
    #expect(run.exitCode == exitCode, "\(run.errors)")
    #expect(run.text.isEmpty)
    #expect(run.errors.hasPrefix("evenhand: error: "), "\(run.errors)")
    #expect(run.errors.hasSuffix("\n") && run.errors.count { $0.isNewline } == 1, "\(run.errors)")
    for part in says { #expect(run.errors.contains(part), "\(run.errors)") }
    #expect(try workspace.files() == files.keys.sorted())
  }

  static let good = "sex,label,score\nFemale,1,0.9\nMale,0,0.2\nFemale,0,0.7\nMale,1,0.4\n"

  static let tables: [Refusal] = [
    .init("empty file", table: "", says: ["t.csv", "is empty", "header"]),
    .init("header only", table: "sex,label,score\n", says: ["t.csv", "a header but no row"]),
    .init(
      "duplicate headers", table: "sex,label,label,score\nF,1,1,0.5\n",
      says: ["t.csv:1:", "column 'label'", "two columns", "Rename"]),
    .init(
      "ragged row", table: "sex,label,score\nF,1,0.5\nM,0\n",
      says: ["t.csv:3:", "2 fields", "header has 3"]),
    .init(
      "unclosed quote", table: "sex,label,score\nF,1,0.5\n\"M,0,0.5\n",
      says: ["t.csv:3:", "column 'sex'", "never closed"]),
    .init(
      "invalid UTF-8", bytes: Data("sex,label,score\nJos".utf8) + [0xE9] + Data(",1,0.5\n".utf8),
      says: ["t.csv:2:", "not valid UTF-8", "0xE9", "iconv"]),
    .init(
      "NUL byte", bytes: Data("sex,label,score\nF".utf8) + [0] + Data(",1,0.5\n".utf8),
      says: ["t.csv:2:", "NUL byte"]),
    .init(
      "program", bytes: Data([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0xD0, 0xFF]),
      says: ["t.csv", "not a text file", "Export"]),
    .init(
      "gzip", bytes: Data([0x1F, 0x8B, 8, 0, 0xFF, 0, 0, 0, 0, 0]), says: ["t.csv", "gzip -dc"]),
    .init(
      "non-numeric score", table: "sex,label,score\nF,1,0.5\nM,0,high\n",
      says: ["t.csv:3:", "column 'score'", "not a number", "\"high\"", "--missing high"]),
    .init(
      "infinite score", table: "sex,label,score\nF,1,inf\n",
      says: ["t.csv:2:", "column 'score'", "not a finite number", "\"inf\""]),
    .init(
      "score that overflows", table: "sex,label,score\nF,1,1e999\n",
      says: ["t.csv:2:", "column 'score'", "not a finite number", "\"1e999\""]),
    .init(
      "three-valued label", table: "sex,label,score\nF,yes,0.5\nM,no,0.5\nM,maybe,0.5\n",
      says: ["t.csv:4:", "column 'label'", "3 values", "\"maybe\"", "--positive", "'no', 'yes'"]),
    .init(
      "positive value that no row has", table: "sex,label,score\nF,1,0.5\nM,0,0.5\n", "--positive",
      "y",
      says: ["t.csv", "column 'label'", "\"y\"", "'0', '1'"]),
    .init(
      "negative weight", table: "sex,label,score,w\nF,1,0.5,1\nM,0,0.5,-2\n", "--weight", "w",
      says: ["t.csv:3:", "column 'w'", "a weight is a number above 0", "-2"]),
    .init(
      "zero weight", table: "sex,label,score,w\nF,1,0.5,1\nM,0,0.5,0\n", "--weight", "w",
      says: ["t.csv:3:", "column 'w'", "above 0"]),
    .init(
      "negative count", table: "sex,label,score,n\nF,1,0.5,2\nM,0,0.5,-3\n", "--count", "n",
      says: ["t.csv:3:", "column 'n'", "whole number", "-3"]),
    .init(
      "fractional count", table: "sex,label,score,n\nF,1,0.5,2\nM,0,0.5,1.5\n", "--count", "n",
      says: ["t.csv:3:", "column 'n'", "whole number", "1.5", "--weight"]),
    .init(
      "missing count", table: "sex,label,score,n\nF,1,0.5,2\nM,0,0.5,\n", "--count", "n",
      says: ["t.csv:3:", "column 'n'", "(missing)"]),
    .init(
      "counts that are all 0", table: "sex,label,score,n\nF,1,0.5,0\nM,0,0.5,0\n", "--count", "n",
      says: ["t.csv", "column 'n'", "every count is 0"]),
    .init(
      "more groups than allowed", table: "sex,label,score\nF,1,0.5\nM,0,0.5\nX,0,0.5\n",
      "--max-groups",
      "2", says: ["t.csv", "column 'sex'", "3 groups", "--bins", "--max-groups"]),
    .init(
      "score outside [0, 1]", table: "sex,label,score\nF,1,0.5\nM,0,7\n",
      says: ["t.csv:3:", "column 'score'", "outside [0, 1]", "7", "--threshold m="]),
    .init(
      "no probability", table: "sex,label,score\nF,1,0.5\nM,0,7\n", "--score-kind", "probability",
      says: ["t.csv:3:", "column 'score'", "not a probability", "--score-kind score"]),
    .init(
      "missing cluster", table: "sex,label,score,c\nF,1,0.5,1\nM,0,0.5,\n", "--cluster", "c",
      says: ["t.csv:3:", "column 'c'", "cluster id is missing"]),
  ]
}
