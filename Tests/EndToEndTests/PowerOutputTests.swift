// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Power: output and refusals") struct PowerOutputTests {
  @Test("help and formats")
  func formats() throws {
    let workspace = try Workspace()
    let help = try workspace.run(["power", "--help"])
    #expect(help.exitCode == 0 && help.text.contains("USAGE: evenhand power"))
    #expect(help.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let text = try workspace.run(["power", "--rates", "0.5,0.6"])
    #expect(text.text.hasPrefix("Rows needed: 392 in each of the two groups\n"))
    #expect(text.text.contains("388") && !text.text.contains("\u{1B}"))
    #expect(text.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let markdown = try workspace.run(["power", "--rates", "0.5,0.6", "--format", "markdown"])
    #expect(markdown.text.hasPrefix("# Rows needed: 392"))
    #expect(markdown.text.contains("| ---: |"))
    #expect(try workspace.files().isEmpty)
  }

  @Test("a file, by its name; nulls are there and keys sorted")
  func file() throws {
    let workspace = try Workspace()
    let run = try workspace.run(["power", "--rates", "0.5,0.6", "--output", "p.json"])
    #expect(run.exitCode == 0 && run.text.isEmpty && run.errors.isEmpty)
    #expect(try workspace.files() == ["p.json"])
    let root = try #require(
      try JSONSerialization.jsonObject(with: try workspace.read("p.json")) as? [String: Any])
    #expect(root["table"] is NSNull)
    let request = try #require(root["request"] as? [String: Any])
    #expect(request["cluster"] is NSNull && request["margin"] is NSNull)
    let again = try workspace.run(["power", "--rates", "0.5,0.6", "--format", "json"])
    #expect(again.output == (try workspace.read("p.json")))
    #expect(try workspace.run(["power", "--rates", "0.5,0.6", "-o", "p.md"]).exitCode == 0)
    #expect(try workspace.text("p.md").hasPrefix("# Rows needed"))
    let full = try workspace.shell(
      "exec \"$EVENHAND\" power --rates 0.5,0.6 --format json > /dev/full")
    #expect(full.exitCode == 74)
    #expect(full.errors.hasPrefix("evenhand: error: standard output: writing failed: "))
    let device = try workspace.run(["power", "--rates", "0.5,0.6", "--output", "/dev/full"])
    #expect(device.exitCode == 74, "\(device.errors)")
    let folder = try workspace.run(["power", "--rates", "0.5,0.6", "--output", "no/p.json"])
    #expect(folder.exitCode == 73 && folder.errors.contains("no/p.json"))
  }

  @Test("standard input")
  func input() throws {
    let text = "g,y\n" + (0..<60).map { "\($0 % 2),\($0 % 3 == 0 ? 1 : 0)\n" }.joined()
    let run = try Workspace().run(
      ["power", "-", "--by", "g", "--decision", "m=y"], input: Data(text.utf8))
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.text.contains("Detectable gaps: Selection rate"))
  }

  private static func good(
    _ name: String, _ line: String, exit: Int32 = 64, says: [String]
  ) -> Refusal {
    var refusal = Refusal(name, "power", exit: exit, says: says)
    refusal.arguments += line.split(separator: " ").map(String.init)
    return refusal
  }

  static let refusals: [Refusal] = [
    good("nothing", "", says: ["nothing is supposed", "--rates"]),
    good("a rate of 30", "--rates 30,25", says: ["--rates", "'30'", "between 0 and 1"]),
    good("a rate of 1", "--rates 0.3,1", says: ["--rates", "'1'"]),
    good("a rate that is no number", "--rates 0.3,a", says: ["--rates", "'a'"]),
    good("one of two rates", "--rates 0.3", says: ["--rates", "two numbers"]),
    good("equal rates", "--rates 0.3,0.3", says: ["--rates", "no gap", "--equivalence"]),
    good(
      "two subjects", "--rates 0.3,0.2 --rate 0.3", says: ["--rate", "not together", "--rates"]),
    good(
      "two effects", "--rate 0.3 --margin 0.1 --ratio 0.8",
      says: ["--ratio", "not together", "--margin"]),
    good(
      "a margin beside two rates", "--rates 0.3,0.2 --margin 0.1", says: ["--margin", "--rate"]),
    good("a margin of 0", "--rate 0.3 --margin 0", says: ["--margin", "'0'", "above 0"]),
    good("a margin beyond both ends", "--rate 0.3 --margin 0.9", says: ["--margin", "smaller"]),
    good("neither gap nor rows", "--rate 0.3", says: ["--rate", "--margin", "--n"]),
    good(
      "a margin that is not kept", "--rates 0.9,0.7 --non-inferiority 0.1",
      says: ["--non-inferiority", "0.1", "larger margin"]),
    good(
      "no equivalence", "--rates 0.5,0.3 --equivalence 0.1",
      says: ["--equivalence", "larger margin"]),
    good("a ratio of 1", "--rate 0.3 --ratio 1", says: ["--ratio", "no gap"]),
    good("a ratio beyond 1", "--rate 0.5 --ratio 3", says: ["--ratio", "smaller ratio"]),
    good("the ratio of the rates", "--rates 0.5,0.4 --ratio 0.8", says: ["--ratio", "no number"]),
    good("power of 80", "--rates 0.3,0.2 --power 80", says: ["--power", "0.8"]),
    good("confidence of 95", "--rates 0.3,0.2 --confidence 95", says: ["--confidence", "0.95"]),
    good("power given and asked for", "--rates 0.3,0.2 --n 90 --power 0.9", says: ["--power"]),
    good("one row", "--rate 0.3 --n 1", says: ["--n", "'1'", "2 or more"]),
    good("half a row", "--rate 0.3 --n 10.5", says: ["--n", "'10.5'"]),
    good("rows twice", "--rate 0.3 --n 10 --allocation 2", says: ["--allocation", "--n"]),
    good("one group", "--rates 0.3,0.2 --groups 1", says: ["--groups", "2"]),
    good(
      "comparisons of no groups", "--rates 0.3,0.2 --comparisons pairs",
      says: ["--comparisons", "--groups"]),
    good(
      "unknown comparisons", "--rates 0.3,0.2 --groups 3 --comparisons all",
      says: ["--comparisons", "'all'", "reference, pairs"]),
    good(
      "clusters without correlation", "--rates 0.3,0.2 --cluster-size 5",
      says: ["--cluster-size", "--icc"]),
    good(
      "correlation without clusters", "--rates 0.3,0.2 --icc 0.1",
      says: ["--icc", "--cluster-size"]),
    good("correlation of 2", "--rates 0.3,0.2 --cluster-size 5 --icc 2", says: ["--icc", "'2'"]),
    good(
      "less than two clusters", "--rate 0.3 --n 9 --cluster-size 5 --icc 0.1",
      says: ["--n", "two clusters"]),
    good("an area without a base rate", "--area 0.8 --n 100", says: ["--area", "--base-rate"]),
    good(
      "a base rate without an area", "--rate 0.8 --n 100 --base-rate 0.3",
      says: ["--base-rate", "--area"]),
    good("a ratio of means", "--standard-deviation 10 --ratio 0.8", says: ["--ratio", "--margin"]),
    good(
      "a deviation of 0", "--standard-deviation 0 --margin 1",
      says: ["--standard-deviation", "'0'"]),
    good("columns without a table", "--rates 0.3,0.2 --by sex", says: ["--by", "no table"]),
    good(
      "a configuration without a table", "--rates 0.3,0.2 --config c.yaml",
      says: ["--config", "no table"]),
    good("unknown format", "--rates 0.3,0.2 --format html", says: ["--format", "'html'", "json"]),
    good("no file", "--rates 0.3,0.2 --output=", says: ["--output", "file"]),
    good("a directory", "--rates 0.3,0.2 --output .", exit: 73, says: ["directory"]),
    good("no such table", "t.csv --by sex", exit: 66, says: ["t.csv"]),
    good("no attribute", "good.csv", says: ["--by"]),
    good("unknown column", "good.csv --by sexx", says: ["good.csv", "'sexx'", "'sex'?"]),
    good("unknown decision", "good.csv --by sex --decision m=pred", says: ["'pred'"]),
    good("unknown metric", "good.csv --by sex --metric recal", says: ["--metric", "'recall'?"]),
    good(
      "a metric that is not compared",
      "good.csv --by sex --label label --model m=score --metric tp",
      says: ["--metric"]),
    good(
      "no labels", "good.csv --by sex --model m=score --metric tpr",
      says: ["--metric", "true_positive_rate", "--label"]),
    good(
      "no predictions", "good.csv --by sex --label label --metric precision",
      says: ["--metric", "precision", "--decision"]),
    good(
      "no scores", "good.csv --by sex --label label --decision m=label --metric roc_auc",
      says: ["--metric", "roc_auc", "--model"]),
    good(
      "rates beside a table", "good.csv --by sex --rates 0.3,0.2",
      says: ["--rates", "not with a table", "--rate"]),
    good("rows beside a table", "good.csv --by sex --n 10", says: ["--n", "not with a table"]),
    good(
      "a rate of what is none", "good.csv --by sex --model m=score --metric mean_score --rate 0.3",
      says: ["--rate", "mean_score"]),
    good("strata", "good.csv --by sex --condition label", says: ["--condition"]),
    {
      var empty = Refusal(
        "empty table", files: ["t.csv": ""], "power", "t.csv", "--by", "sex", exit: 65,
        says: ["t.csv", "is empty"])
      empty.exitCode = 65
      return empty
    }(),
  ]

  @Test("refused", arguments: refusals)
  func refused(refusal: Refusal) throws {
    try refusal.expectOneClearMessage()
  }
}
