// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Options of evaluate") struct OptionTests {
  private static let people = People.make(360)

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    return workspace
  }

  private func text(_ workspace: Workspace, _ more: String...) throws -> String {
    let run = try workspace.run(
      [
        "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "sex,race",
        "--format", "html,markdown,terminal", "--output", "out",
      ] + more)
    #expect(run.exitCode == 0, "\(run.errors)")
    return try ["html", "md", "txt"].map { try workspace.text("out/scorecard.\($0)") }.joined()
  }

  /// Half-open groups: 45 belongs to the group that begins with it.
  @Test func bins() throws {
    let card = try workspace().run([
      "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "age", "--bins",
      "age=25,45,65", "--output", "-", "--format", "json",
    ]).card()
    let sizes = [0..<25, 25..<45, 45..<65, 65..<200].map { range in
      Self.people.count { range.contains($0.age) }
    }
    let groups = card.slices.filter { $0.slice.count == 1 }
    #expect(groups.compactMap(\.n) == sizes)
    let names = groups.compactMap { $0.slice["age"] ?? nil }
    #expect(zip(names, ["25", "25", "45", "65"]).allSatisfy { $0.contains($1) }, "\(names)")
  }

  /// Costs, a sweep and proposals are in every format; the same scorecard renders to the same bytes.
  @Test func thresholds() throws {
    let workspace = try workspace()
    let options = [
      "--costs", "fp=1,fn=5", "--net-benefit", "0.2", "--propose", "selection_rate:sex>=0.8",
      "--propose", "least_cost", "--sweep",
    ]
    let run = try workspace.run(
      [
        "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "sex,race",
        "--format", "html,markdown,json,terminal", "--output", "out",
      ] + options)
    #expect(run.exitCode == 0, "\(run.errors)")
    let texts = try ["html", "md", "txt"].map { try workspace.text("out/scorecard.\($0)") }
    for text in texts {
      for words in ["Other thresholds: exploration", "Proposed"] {
        #expect(text.contains(words), "\(words)")
      }
    }
    #expect(texts[0].contains("Expected cost by threshold") && texts[1].contains("Net benefit"))
    let card = try workspace.text("out/scorecard.json")
    #expect(card.contains("\"costs\":[\"tp=0.0\",\"fp=1.0\",\"fn=5.0\",\"tn=0.0\"]"))
    let again = try workspace.run([
      "render", "out/scorecard.json", "--format", "html", "--output", "again",
    ])
    #expect(again.exitCode == 0, "\(again.errors)")
    #expect(try workspace.text("again/scorecard.html") == texts[0])
  }

  /// Within a stratum a gap is what it is in a table of that stratum alone.
  @Test func condition() throws {
    let workspace = try workspace()
    try workspace.write("b.csv", People.csv(Self.people.filter { $0.race == "B" }))
    func run(_ table: String, _ more: String...) throws -> Card {
      try workspace.run(
        [
          "evaluate", table, "--label", "label", "--model", "m=score", "--by", "sex", "--output",
          "-", "--format", "json",
        ] + more
      ).card()
    }
    let alone = try run("b.csv").gap("demographic_parity_difference", by: ["sex"])
    let card = try run("people.csv", "--condition", "race")
    let within = card.gaps.filter {
      $0.name == "demographic_parity_difference" && $0.condition != nil
    }
    #expect(within.compactMap { $0.condition?["race"] ?? nil }.sorted() == ["A", "B", "C"])
    let inB = try #require(within.first { $0.condition == ["race": "B"] })
    #expect(inB.value == alone.value)
    // Overall stands beside the strata, and is what it is without them.
    let overall = try run("people.csv").gap("demographic_parity_difference", by: ["sex"])
    #expect(try card.gap("demographic_parity_difference", by: ["sex"]).value == overall.value)
  }

  /// The chosen methods make the intervals and are said in every format.
  @Test func intervals() throws {
    let workspace = try workspace()
    let methods = ["rate=wilson,difference=newcombe", "ratio=koopman"]
    let options = methods.flatMap { ["--interval", $0] }
    let card = try workspace.run(
      [
        "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "sex",
        "--output", "-", "--format", "json",
      ] + options
    ).card()
    #expect(try card.measurement("selection_rate").interval?.method == "wilson")
    for (kind, method) in [
      ("difference_to_reference", "newcombe"), ("ratio_to_reference", "koopman"),
      ("max_min_difference", "max_t"),
    ] {
      let gap = card.gaps.first { $0.kind == kind && $0.metric == "selection_rate" }
      #expect(gap?.interval?.method == method, "\(kind)")
    }
    let page = try text(workspace, "--interval", methods[0], "--interval", methods[1])
    #expect(page.contains("Wilson score") && page.contains("difference=newcombe"))
  }

  @Test func clusterIsSaid() throws {
    let workspace = try workspace()
    let card = try workspace.run(People.arguments("people.csv", "--cluster", "household")).card()
    let rate = try card.measurement("selection_rate")
    #expect(rate.interval?.method == "cluster_linearised")
    #expect(card.slices.first { $0.slice.isEmpty }?.clusters == 120)
    let text = try text(workspace, "--cluster", "household").lowercased()
    #expect(text.contains("cluster"))
    #expect(text.contains("household"))
  }

  @Test func weightIsSaid() throws {
    let workspace = try workspace()
    let card = try workspace.run(People.arguments("people.csv", "--weight", "weight")).card()
    let weights = Self.people.map { Double($0.weight) }
    let (sum, squares) = (weights.reduce(0, +), weights.reduce(0) { $0 + $1 * $1 })
    let overall = try #require(card.slices.first { $0.slice.isEmpty })
    #expect(overall.n == 360)
    #expect(abs((overall.weight ?? 0) / sum - 1) < 1e-12)
    #expect(abs((overall.effectiveN ?? 0) / (sum * sum / squares) - 1) < 1e-12)
    let rate = try card.measurement("selection_rate")
    let selected = Self.people.filter { (Double($0.score) ?? 0) >= 0.5 }
    let expected = Double(selected.reduce(0) { $0 + $1.weight }) / sum
    #expect(abs((rate.value ?? 0) - expected) < 1e-12)
    #expect(rate.interval?.method == "linearised")
    #expect(try text(workspace, "--weight", "weight").lowercased().contains("weight"))
  }

  /// Who is called disadvantaged follows from which decision is good for people.
  @Test func favorable() throws {
    let workspace = try workspace()
    let words = try ["positive", "negative", "unstated"].map {
      try text(workspace, "--favorable", $0)
    }
    #expect(Set(words).count == 3)
    #expect(words[2].contains("flagged positive"))
    #expect(!words[0].contains("flagged positive"))
    let cards = try ["positive", "negative", "unstated"].map {
      try workspace.run(People.arguments("people.csv", "--favorable", $0)).canonical()
    }
    #expect(Set(cards).count == 1)
  }

  /// An alias of another toolkit names the metric.
  @Test func metrics() throws {
    let card = try workspace().run(
      People.arguments("people.csv", "--metrics", "recall,selection_rate")
    ).card()
    #expect(Set(card.measurements.map(\.metric)) == ["true_positive_rate", "selection_rate"])
    let all = try workspace().run(People.arguments()).card()
    let slice: [String: String?] = ["sex": "Female", "race": "C"]
    let value = try all.measurement("true_positive_rate", slice).value
    #expect(try card.measurement("true_positive_rate", slice).value == value)
  }

  @Test func referenceAndThreshold() throws {
    let card = try workspace().run(
      People.arguments("people.csv", "--reference", "race=C", "--threshold", "m=0.75")
    ).card()
    let toReference = card.gaps.filter {
      $0.kind == "difference_to_reference" && $0.attributes == ["race"]
    }
    #expect(!toReference.isEmpty)
    #expect(toReference.allSatisfy { $0.reference == ["race": "C"] })
    // Selected from the threshold on, the threshold itself included.
    let selected = Self.people.count { (Double($0.score) ?? 0) >= 0.75 }
    #expect(Self.people.contains { $0.score == "0.75" })
    #expect(try card.measurement("selection_rate").numerator == Double(selected))
  }

  @Test func minimum() throws {
    let card = try workspace().run(People.arguments("people.csv", "--minimum", "100")).card()
    let slice = try #require(card.slices.first { ($0.n ?? 0) < 100 })
    let rate = try card.measurement("selection_rate", slice.slice)
    #expect(rate.status == "insufficient")
    #expect(rate.value != nil && rate.interval != nil)
    let range = try card.gap("demographic_parity_difference", by: ["sex", "race"])
    #expect(range.excluded.count == 6)
    #expect(range.status == "insufficient" && range.value == nil)
  }

  @Test func depthOfIntersections() throws {
    let card = try workspace().run(People.arguments("people.csv", "--intersections", "1")).card()
    #expect(card.slices.allSatisfy { $0.slice.count <= 1 })
    #expect(card.slices.count == 6)
  }
}
