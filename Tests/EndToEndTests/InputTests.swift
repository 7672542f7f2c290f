// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The same data in another form.
struct InputForm: Sendable, CustomTestStringConvertible {
  var name: String
  var text: @Sendable ([Person]) -> Data
  var more: [String] = []

  var testDescription: String { name }

  private static func quoted(_ people: [Person]) -> String {
    ([People.columns] + people.map { person in People.columns.map { person.value($0) } })
      .map { $0.map { "\"\($0)\"" }.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func lines(_ people: [Person]) throws -> Data {
    var result = Data()
    for person in people {
      let object: [String: Any] = [
        "sex": person.sex, "race": person.race, "label": Int(person.label) ?? 0,
        "score": Double(person.score) ?? -1, "extra": ["nested": [1, 2]],
      ]
      result += try JSONSerialization.data(withJSONObject: object) + Data("\n".utf8)
    }
    return result
  }

  static let all: [InputForm] = [
    .init(name: "CRLF", text: { Data(People.csv($0, end: "\r\n").utf8) }),
    .init(name: "byte order mark", text: { Data([0xEF, 0xBB, 0xBF]) + Data(People.csv($0).utf8) }),
    .init(name: "semicolon", text: { Data(People.csv($0, delimiter: ";").utf8) }),
    .init(name: "tab", text: { Data(People.csv($0, delimiter: "\t").utf8) }),
    .init(
      name: "tab, said", text: { Data(People.csv($0, delimiter: "\t").utf8) },
      more: ["--delimiter", "tab"]),
    .init(name: "quoted", text: { Data(quoted($0).utf8) }),
    .init(name: "no last line end", text: { Data(People.csv($0).utf8.dropLast()) }),
    .init(
      name: "other columns and order",
      text: { Data(People.csv($0, People.columns.reversed()).utf8) }),
    .init(name: "JSON Lines", text: { (try? lines($0)) ?? Data() }),
  ]
}

@Suite("Input forms") struct InputTests {
  private static let people = People.make(180)

  private func plain() throws -> Data {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    return try workspace.run(People.arguments()).canonical()
  }

  @Test(arguments: InputForm.all) func sameNumbers(form: InputForm) throws {
    let workspace = try Workspace()
    try workspace.write("table", form.text(Self.people))
    let run = try workspace.run(People.arguments("table") + form.more)
    #expect(try run.canonical() == plain())
  }

  @Test func standardInput() throws {
    let workspace = try Workspace()
    let run = try workspace.run(
      People.arguments("-"), input: Data(People.csv(Self.people).utf8))
    #expect(try run.canonical() == plain())
    #expect(try workspace.files() == [])
  }

  @Test(
    "pipes",
    arguments: [
      "cat people.csv | \"$EVENHAND\" ARGUMENTS",
      "mkfifo fifo; cat people.csv > fifo & \"$EVENHAND\" ARGUMENTS",
      "\"$EVENHAND\" ARGUMENTS",
    ])
  func pipes(script: String) throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    let table =
      script.hasPrefix("cat") ? "/dev/stdin" : script.hasPrefix("mk") ? "fifo" : "<(cat people.csv)"
    let arguments = People.arguments(table).joined(separator: " ")
    let run = try workspace.shell(script.replacingOccurrences(of: "ARGUMENTS", with: arguments))
    #expect(try run.canonical() == plain())
  }

  /// Decisions by name, and a label in words.
  @Test func decisionsInWords() throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    let rows = Self.people.map { person in
      let decision = (Double(person.score) ?? 0) >= 0.5 ? "hire" : "reject"
      return "\(person.sex),\(person.race),\(person.label == "1" ? "hire" : "reject"),\(decision)\n"
    }
    try workspace.write("words.csv", "sex,race,truth,outcome\n" + rows.joined())
    let scored = try workspace.run(People.arguments()).card()
    let decided = try workspace.run([
      "evaluate", "words.csv", "--label", "truth", "--positive", "hire", "--decision", "m=outcome",
      "--by", "sex,race", "--output", "-", "--format", "json",
    ]).card()
    for metric in ["selection_rate", "true_positive_rate", "matthews_correlation"] {
      for slice in [[:], ["sex": "Female"], ["race": "B", "sex": "Male"]] {
        let value = try scored.measurement(metric, slice).value
        #expect(try decided.measurement(metric, slice).value == value)
      }
    }
    #expect(!decided.measurements.contains { $0.metric == "roc_auc" && $0.value != nil })
  }

  /// Without labels only selection can be measured.
  @Test func noLabels() throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    let card = try workspace.run([
      "evaluate", "people.csv", "--model", "m=score", "--by", "sex", "--output", "-", "--format",
      "json",
    ]).card()
    let selected = Self.people.count { (Double($0.score) ?? 0) >= 0.5 }
    #expect(try card.measurement("selection_rate").numerator == Double(selected))
    for one in card.measurements where ["accuracy", "roc_auc", "base_rate"].contains(one.metric) {
      #expect(one.value == nil && one.reason != nil, "\(one)")
    }
  }

  @Test func missingTokens() throws {
    let workspace = try Workspace()
    var people = Self.people
    for index in people.indices where index % 5 == 0 { people[index].race = "unknown" }
    try workspace.write("people.csv", People.csv(people))
    let card = try workspace.run(People.arguments("people.csv", "--missing", "unknown")).card()
    #expect(card.slices.contains { $0.slice == ["race": nil] && $0.n == 36 })
    #expect(
      !card.gaps.contains {
        $0.attributes == ["race"] && $0.slice == ["race": nil] && $0.kind == "pairwise_difference"
      })
  }
}
