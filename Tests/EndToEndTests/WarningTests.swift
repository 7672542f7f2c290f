// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// An input that is evaluated all the same, with a warning.
struct Accepted: Sendable, CustomTestStringConvertible {
  var name: String
  var code: String
  /// A metric and slice with no value, the state it must have, and part of the reason.
  var metric: String
  var slice: [String: String] = [:]
  var status: String
  var reason: String
  var change: @Sendable (inout [Person]) -> Void

  var testDescription: String { name }

  static let all: [Accepted] = [
    .init(
      name: "one-class label", code: "one_class", metric: "false_positive_rate",
      status: "undefined", reason: "no negatives",
      change: { people in for index in people.indices { people[index].label = "1" } }),
    .init(
      name: "constant score", code: "constant_score", metric: "calibration_slope",
      status: "undefined", reason: "constant score",
      change: { people in for index in people.indices { people[index].score = "0.5" } }),
    .init(
      name: "one row", code: "one_row", metric: "roc_auc", status: "undefined", reason: "no ",
      change: { people in people = [people[0]] }),
    .init(
      name: "no label at all", code: "no_labels", metric: "accuracy", status: "undefined",
      reason: "label",
      change: { people in for index in people.indices { people[index].label = "" } }),
    .init(
      name: "slice with one class", code: "one_class_slice", metric: "roc_auc",
      slice: ["race": "A"], status: "undefined", reason: "no negatives",
      change: { people in
        for index in people.indices where people[index].race == "A" { people[index].label = "1" }
      }),
    .init(
      name: "small cell", code: "small_cell", metric: "true_positive_rate", slice: ["race": "C"],
      status: "undefined", reason: "no positives",
      change: { people in
        people.removeAll { $0.race == "C" && ($0.label == "1" || $0.id > "p120") }
      }),
  ]
}

@Suite("Accepted with a warning") struct WarningTests {
  private func run(_ people: [Person], _ more: String...) throws -> Run {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(people))
    return try workspace.run(People.arguments() + more)
  }

  @Test(arguments: Accepted.all) func typedStates(accepted: Accepted) throws {
    var people = People.make(240)
    accepted.change(&people)
    let card = try run(people).card()
    #expect(card.codes.contains(accepted.code), "\(card.codes)")
    let measurement = try card.measurement(accepted.metric, accepted.slice)
    #expect(measurement.status == accepted.status)
    #expect(measurement.value == nil)
    #expect(measurement.interval == nil)
    #expect(measurement.reason?.contains(accepted.reason) == true, "\(measurement)")
    try hasOnlyTypedStates(card)
  }

  /// A number is given with status ok or insufficient, a reason with any status but ok.
  private func hasOnlyTypedStates(_ card: Card) throws {
    let states: Set = ["ok", "undefined", "insufficient", "not_measured", "suppressed"]
    for one in card.measurements {
      #expect(states.contains(one.status))
      #expect((one.status == "ok") == (one.reason == nil), "\(one)")
      #expect(["ok", "insufficient"].contains(one.status) == (one.value != nil), "\(one)")
    }
    for gap in card.gaps {
      #expect(states.contains(gap.status))
      #expect((gap.status == "ok") == (gap.reason == nil), "\(gap)")
      #expect((gap.status == "ok") == (gap.value != nil), "\(gap)")
    }
  }

  @Test func allMissingAttribute() throws {
    var people = People.make(240)
    for index in people.indices { people[index].race = "" }
    let card = try run(people).card()
    #expect(card.codes.contains("all_missing"))
    #expect(card.gaps.contains { $0.attributes == ["race"] })
    for gap in card.gaps where gap.attributes == ["race"] {
      #expect(gap.status != "ok" && gap.value == nil && gap.reason != nil, "\(gap)")
    }
    // The missing group is shown, and is everybody.
    let missing = try card.measurement("selection_rate", ["race": nil])
    #expect(missing.value == (try card.measurement("selection_rate").value))
    try hasOnlyTypedStates(card)
  }

  @Test func emptySlices() throws {
    let people = People.make(240).filter { !($0.race == "A" && $0.sex == "Male") }
    let card = try run(people).card()
    #expect(card.codes.contains("empty_slices"))
    #expect(!card.slices.contains { $0.slice == ["race": "A", "sex": "Male"] })
    #expect(card.slices.count { $0.slice.count == 2 } == 5)
  }

  @Test func clippedProbabilities() throws {
    var people = People.make(240)
    let ends = ["0", "1"]
    for index in people.indices where index % 8 == 0 { people[index].score = ends[index / 8 % 2] }
    let card = try run(people).card()
    let warning = try #require(card.warnings.first { $0.code == "clipped_probabilities" })
    #expect(warning.message.contains("30 probabilities of m at 0 or 1"))
    let loss = try #require(try card.measurement("log_loss").value)
    // The clipped probability of a wrong certainty costs 52 ln 2 and no more.
    let wrong = people.count {
      ($0.score == "0" && $0.label == "1") || ($0.score == "1" && $0.label == "0")
    }
    let other = people.reduce(0) { sum, person in
      guard let score = Double(person.score), score > 0, score < 1 else { return sum }
      return sum - log(person.label == "1" ? score : 1 - score)
    }
    #expect(wrong > 0)
    #expect(abs(loss - (other + Double(wrong) * 52 * log(2)) / 240) < 1e-9)
  }

  @Test func rowsLeftOut() throws {
    var people = People.make(240)
    for index in people.indices where index % 7 == 0 { people[index].label = "" }
    for index in people.indices where index % 11 == 0 { people[index].score = "NA" }
    let run = try run(people)
    let card = try run.card()
    let unlabelled = people.count { $0.label.isEmpty }
    let unscored = people.count { !$0.label.isEmpty && $0.score == "NA" }
    #expect(card.codes.contains("rows_left_out"))
    #expect(card.data.rows == 240)
    #expect(card.data.leftOut.map(\.rows) == [unlabelled, unscored])
    #expect(card.data.used == 240 - unlabelled - unscored)
    // Left out only of what needs it: every score counts for the selection rate.
    let scored = people.filter { $0.score != "NA" }
    let rate = try card.measurement("selection_rate")
    #expect(rate.denominator == Double(scored.count))
    #expect(rate.numerator == Double(scored.count { (Double($0.score) ?? 0) >= 0.5 }))
    #expect(try card.measurement("base_rate").denominator == Double(240 - unlabelled))
    let loss = try card.measurement("brier_score")
    #expect(loss.denominator == Double(card.data.used))
  }

  /// Files that say nothing of a number must not hold one either.
  @Test func noNotANumberInAnyFormat() throws {
    let workspace = try Workspace()
    for (index, accepted) in Accepted.all.enumerated() {
      var people = People.make(240)
      accepted.change(&people)
      try workspace.write("people.csv", People.csv(people))
      let run = try workspace.run([
        "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "sex,race",
        "--output", "out\(index)", "--format", "html,markdown,json,terminal",
      ])
      #expect(run.exitCode == 0, "\(run.errors)")
      for name in ["scorecard.html", "scorecard.md", "scorecard.json", "scorecard.txt"] {
        let text = try workspace.text("out\(index)/\(name)")
        // As words only: base64 and names of groups do not occur in these tables.
        for word in ["nan", "-nan", "inf", "Infinity"] {
          let pattern = "(?<![A-Za-z])\(word)(?![A-Za-z])"
          let found = text.range(of: pattern, options: .regularExpression)
          #expect(found == nil, "\(word) in \(name) of \(accepted.name)")
        }
      }
    }
  }
}
