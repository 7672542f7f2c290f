// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What the tests read of an answer in JSON.
private struct Answer: Decodable {
  struct Sizes: Decodable, Equatable {
    var group, reference: Int
  }
  struct Method: Decodable {
    var method: String
    var n: Sizes?
    var power: Double?
    var group: Double?
  }
  struct One: Decodable {
    var status: String
    var reason: String?
    var group, gap, ratio, power: Double?
    var reference: Double
    var n, clusters: Sizes?
    var formula: Method
    var exact: Method?
    var exactReason: String?
  }
  struct Comparisons: Decodable {
    var kind: String
    var count: Int?
    var critical: Double?
  }
  struct Request: Decodable {
    var question, test: String
    var confidence: Double
    var comparisons: Comparisons
  }
  struct Group: Decodable {
    var group: String?
    var isReference: Bool
    var status: String
    var reason: String?
    var n, needed: Int?
    var denominator, effectiveDenominator, value, detectableBelow, detectableAbove: Double?
    var method, neededReason: String?
  }
  struct Family: Decodable {
    var model, reference: String?
    var attribute: String
    var plannedRate, critical: Double?
    var comparisons: Int
    var groups: [Group]
  }
  struct Table: Decodable {
    var rows: Int
    var metric: String
    var families: [Family]
  }
  struct Point: Decodable {
    var n: Sizes
    var formula: Double
  }

  var schema: String
  var request: Request
  var answers: [One]
  var curve: [Point]
  var table: Table?
}

private func near(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
  value.map { abs($0 - expected) < tolerance } ?? false
}

extension Run {
  fileprivate func answer() throws -> Answer {
    try #require(exitCode == 0, "\(errors)")
    #expect(errors.isEmpty)
    return try JSONDecoder().decode(Answer.self, from: output)
  }
}

@Suite("Power") struct PowerTests {
  private static func answer(_ arguments: [String]) throws -> Answer {
    try Workspace().run(["power"] + arguments + ["--format", "json"]).answer()
  }

  private static func answer(_ line: String) throws -> Answer {
    try answer(line.split(separator: " ").map(String.init))
  }

  /// Sizes by R's power.prop.test, epiR and power.t.test; enumerated ones by summation in numpy.
  @Test(
    "rows needed",
    arguments: [
      ("--rates 0.5,0.6", 388, 392), ("--rates 0.10,0.08", 3213, 3213),
      ("--rates 0.30,0.25", 1251, 1252), ("--rate 0.85 --non-inferiority 0.10", 201, 204),
      ("--rates 0.30,0.25 --confidence 0.99 --power 0.9", 2371, 2372),
      ("--rate 0.5 --equivalence 0.1 --confidence 0.9", 429, 430),
      ("--standard-deviation 10 --margin 2", 394, nil),
      ("--standard-deviation 1 --margin 1 --confidence 0.99", 26, nil),
    ] as [(String, Int, Int?)])
  func rows(line: String, formula: Int, planned: Int?) throws {
    let answer = try Self.answer(line)
    #expect(answer.schema == "evenhand.power/1" && answer.request.question == "sample_size")
    let one = try #require(answer.answers.first)
    #expect(one.status == "ok" && one.formula.n == .init(group: formula, reference: formula))
    let n = planned ?? formula
    #expect(one.n == .init(group: n, reference: n))
    #expect((one.exact == nil) == (planned == nil) && (one.exactReason == nil) == (planned != nil))
    #expect(try #require(one.power) >= 0.8)
  }

  @Test("a margin is asked for on both sides")
  func margin() throws {
    let answer = try Self.answer("--rate 0.30 --margin 0.05")
    #expect(answer.answers.compactMap(\.group).map { ($0 * 100).rounded() } == [25, 35])
    #expect(answer.answers.compactMap(\.formula.n?.group) == [1251, 1377])
    #expect(answer.curve.map(\.n.group).contains(try #require(answer.answers[1].n?.group)))
    let edge = try Self.answer("--rate 0.03 --margin 0.05")
    #expect(edge.answers.count == 1)
  }

  @Test("the gap that rows can show")
  func gap() throws {
    // R: power.prop.test(n = 500, p1 = .3, power = .8)$p2
    let answer = try Self.answer("--rate 0.3 --n 500")
    #expect(answer.request.question == "detectable_gap" && answer.answers.count == 2)
    let above = try #require(answer.answers.last)
    #expect(near(above.formula.group, 0.383953864673317, 1e-8))
    let power = try #require(above.exact?.power)
    #expect(above.exact?.method == "newcombe_t" && power >= 0.8 - 1e-9 && power < 0.81)
    // R: power.t.test(n = 20, sd = 10, power = .8)$delta
    let mean = try Self.answer("--standard-deviation 10 --n 20")
    #expect(near(mean.answers.first?.gap, 9.09130127626943, 1e-6))
    let none = try Self.answer("--rate 0.02 --n 30")
    #expect(none.answers[0].status == "undefined" && none.answers[0].group == nil)
    #expect(none.answers[0].reason?.contains("below 0.0200") == true)
  }

  @Test("the power that rows have")
  func power() throws {
    let answer = try Self.answer("--rates 0.5,0.6 --n 388")
    let one = try #require(answer.answers.first)
    #expect(answer.request.question == "power")
    #expect(near(one.exact?.power, 0.7945691536225328, 1e-9))
    // statsmodels' second sample is the reference.
    let unequal = try Self.answer("--rates 0.30,0.25 --n 1500,150")
    #expect(near(unequal.answers.first?.formula.power, 0.2379686441207327, 1e-9))
  }

  @Test("allocation, comparisons and clusters")
  func spread() throws {
    let unequal = try #require(
      try Self.answer("--rates 0.30,0.25 --allocation 10").answers.first)
    #expect(unequal.formula.n == .init(group: 700, reference: 6993))
    let pairs = try Self.answer("--rates 0.30,0.25 --groups 5 --comparisons pairs").request
      .comparisons
    #expect(pairs.count == 10 && near(pairs.critical, 2.7277, 1e-3))
    let reference = try Self.answer("--rates 0.30,0.25 --groups 5").request.comparisons
    #expect(reference.kind == "reference" && reference.count == 4)
    #expect(near(reference.critical, 2.4420, 1e-3))
    let clustered = try #require(
      try Self.answer("--rates 0.30,0.25 --cluster-size 5 --icc 0.1").answers.first)
    let n = try #require(clustered.n?.group)
    #expect(n.isMultiple(of: 5) && clustered.clusters?.group == n / 5)
    #expect((1751...1775).contains(n), "1.4 times 1251, and what t costs")
    #expect(clustered.exactReason?.contains("cluster") == true)
  }

  @Test("a ratio, areas")
  func others() throws {
    let ratio = try #require(try Self.answer("--rate 0.30 --ratio 0.8").answers.first)
    #expect(near(ratio.ratio, 0.8, 1e-12) && ratio.exact?.method == "koopman_t")
    let kept = try #require(try Self.answer("--rates 0.30,0.30 --ratio 0.8").answers.first)
    #expect(kept.formula.n?.group == 736)
    let areas = try Self.answer("--area 0.80 --base-rate 0.5 --n 500")
    #expect(areas.answers.count == 2 && areas.request.test == "area_difference")
  }
}

@Suite("Power of a table") struct TablePowerTests {
  private static let adult = Workspace.repository.appendingPathComponent(
    "Datasets/adult-income/predictions.csv"
  ).path

  private func table(_ arguments: String...) throws -> Answer.Table {
    let run = try Workspace().run(
      ["power", Self.adult] + arguments + ["--format", "json"])
    return try #require(try run.answer().table)
  }

  @Test("denominators and rates are those of a scorecard")
  func groups() throws {
    let table = try table(
      "--by", "sex,race", "--label", "label", "--model", "m=score_boosted", "--metric", "tpr",
      "--margin", "0.05")
    #expect(table.rows == 16561 && table.metric == "true_positive_rate")
    let sex = try #require(table.families.first { $0.attribute == "sex" })
    #expect(sex.reference == "Male" && sex.comparisons == 1)
    #expect(near(sex.critical, 1.959964, 1e-5))
    let female = try #require(sex.groups.first { $0.group == "Female" })
    let rate = try #require(female.value)
    #expect(female.denominator == 614 && abs(rate - 396.0 / 614) < 1e-12)
    #expect(female.method == "newcombe_t" && female.neededReason == nil)
    // The rule of thumb at p = .66: (1.96 + .84) sqrt(p q (1/614 + 1/3398)) = .0582.
    let below = try #require(female.detectableBelow)
    let above = try #require(female.detectableAbove)
    #expect(abs(below + 0.0582) < 0.002 && abs(above - 0.0582) < 0.002)
    let needed = try #require(female.needed)
    #expect((850...1000).contains(needed))
    let race = try #require(table.families.first { $0.attribute == "race" })
    #expect(race.comparisons == 4 && race.groups.count == 5)
    let other = try #require(race.groups.first { $0.group == "Other" })
    #expect(other.denominator == 16 && other.detectableAbove == nil)
    #expect(try #require(race.critical) > 2.4)
  }

  @Test("without predictions only what rates rest on is known")
  func withoutPredictions() throws {
    let rows = try table("--by", "race")
    #expect(rows.metric == "selection_rate" && rows.families.count == 1)
    #expect(rows.families[0].plannedRate == 0.5)
    #expect(rows.families[0].groups.allSatisfy { $0.value == nil })
    #expect(rows.families[0].groups.compactMap(\.denominator).reduce(0, +) == 16561)
    let positives = try table(
      "--by", "sex", "--label", "label", "--metric", "true_positive_rate", "--rate", "0.7")
    #expect(positives.families[0].groups.map(\.denominator) == [614, 3398])
    let labels = try table("--by", "sex", "--label", "label")
    #expect(
      labels.metric == "base_rate" && labels.families[0].groups.allSatisfy { $0.value != nil })
  }

  @Test("areas by their standard errors, from a configuration file")
  func areas() throws {
    let config = Workspace.repository.appendingPathComponent(
      "Datasets/adult-income/evenhand.yaml"
    ).path
    let table = try table("--config", config, "--metric", "roc_auc")
    #expect(table.families.count == 6)
    let female = try #require(table.families[0].groups.first { $0.group == "Female" })
    #expect(female.method == "standard_error")
    #expect(female.detectableBelow == female.detectableAbove.map { -$0 })
  }

  @Test("weights, clusters, missing and small groups")
  func special() throws {
    let workspace = try Workspace()
    var lines = ["g,y,w,c"]
    for row in 0..<400 {
      let group = row < 8 ? "tiny" : row < 20 ? "" : row.isMultiple(of: 3) ? "a" : "b"
      lines.append("\(group),\(row % 7 < 3 ? 1 : 0),\(row.isMultiple(of: 2) ? 1 : 3),\(row / 4)")
    }
    try workspace.write("t.csv", lines.joined(separator: "\n") + "\n")
    func groups(_ more: String...) throws -> [Answer.Group] {
      let arguments = ["power", "t.csv", "--by", "g", "--decision", "m=y", "--format", "json"]
      return try #require(try workspace.run(arguments + more).answer().table).families[0].groups
    }
    let plain = try groups("--margin", "0.05")
    #expect(plain.map(\.group) == ["a", "b", "tiny", nil])
    #expect(plain[2].status == "insufficient" && plain[2].detectableAbove == nil)
    #expect(plain[2].reason?.contains("fewer than 10") == true && plain[2].needed == nil)
    #expect(plain[3].reason?.contains("without a value") == true)
    #expect(plain[0].needed == nil && plain[0].neededReason == "the reference is too small")
    let weighted = try groups("--weight", "w")
    // Weights of 1 and 3 in equal numbers are worth 4/5 of the rows: (Σw)²/Σw².
    let rows = try #require(plain[0].denominator)
    let worth = try #require(weighted[0].effectiveDenominator)
    #expect(abs(worth / rows - 0.8) < 0.05 && weighted[0].method == "pooled_z")
    let (more, less) = (weighted[0].detectableAbove ?? 0, plain[0].detectableAbove ?? 1)
    #expect(more > less)
    let clustered = try groups("--cluster", "c")
    #expect(clustered[0].method == "pooled_z" && clustered[0].detectableAbove != nil)
  }
}

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
    let workspace = try Workspace()
    for (name, bytes) in refusal.files { try workspace.write(name, bytes) }
    let run = try workspace.run(refusal.arguments)
    #expect(run.exitCode == refusal.exitCode, "\(run.errors)")
    #expect(run.text.isEmpty)
    #expect(run.errors.hasPrefix("evenhand: error: "), "\(run.errors)")
    #expect(run.errors.count { $0.isNewline } == 1, "\(run.errors)")
    for part in refusal.says { #expect(run.errors.contains(part), "\(run.errors)") }
    #expect(try workspace.files() == refusal.files.keys.sorted())
  }
}
