// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Withheld cells: in no renderer, and not to be had by subtraction.
@Suite("Suppression") struct SuppressionTests {
  private static let limit = 12

  /// Two attributes of three groups each; some cells are small.
  private static func people(seed: UInt64) -> [Person] {
    var random = SplitMix(state: seed)
    return People.make(260, seed: seed).map { person in
      var person = person
      person.sex = ["F", "M", "X"][min(2, Int.random(in: 0..<12, using: &random) / 5)]
      return person
    }.filter { !($0.race == "C" && $0.sex == "F" && $0.id.hasSuffix("1")) }
  }

  private func card(_ people: [Person], _ more: String...) throws -> Card {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(people))
    return try workspace.run(
      People.arguments("people.csv", "--suppress-below", "\(Self.limit)") + more
    )
    .card()
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64]) func nothingBySubtraction(seed: UInt64) throws {
    let people = Self.people(seed: seed)
    let card = try card(people)
    let withheld = card.slices.filter { $0.status == "suppressed" }
    #expect(!withheld.isEmpty, "the table has small cells")
    #expect(withheld.allSatisfy { $0.n == nil && $0.positives == nil })
    let names = Set(withheld.map(\.slice))
    for one in card.measurements where names.contains(one.slice) {
      #expect(one.status == "suppressed" && one.value == nil && one.interval == nil)
      #expect(one.numerator == nil && one.denominator == nil)
    }
    for gap in card.gaps where gap.value != nil {
      #expect(!names.contains(gap.slice ?? [:]) && !names.contains(gap.reference ?? [:]))
    }
    let system = LinearSystem(
      people: people, shown: card.slices.filter { $0.n != nil }.map(\.slice))
    for slice in withheld.map(\.slice) {
      #expect(!system.determines(slice), "\(slice) follows from what is shown")
    }
    // Small slices are withheld in the first place.
    for record in card.slices where record.n != nil {
      #expect((record.n ?? 0) >= Self.limit, "\(record)")
    }
  }

  /// The size of a withheld missing group is no note on its column either.
  @Test func missingGroup() throws {
    let workspace = try Workspace()
    var people = People.make(240)
    for index in 0..<5 { people[index].race = "" }
    try workspace.write("people.csv", People.csv(people))
    let run = try workspace.run([
      "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "race",
      "--suppress-below", "\(Self.limit)", "--output", "out",
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    let json = try workspace.read("out/scorecard.json")
    let card = try JSONDecoder().decode(Card.self, from: json)
    let missing = try #require(card.slices.first { $0.slice == ["race": nil] })
    #expect(missing.status == "suppressed" && missing.n == nil)
    let root = try JSONSerialization.jsonObject(with: json) as? [String: Any]
    let columns = (root?["data"] as? [String: Any])?["columns"] as? [[String: Any]] ?? []
    let notes = columns + (root?["attributes"] as? [[String: Any]] ?? [])
    let ofRace = notes.filter { $0["name"] as? String == "race" }
    #expect(ofRace.count == 2)
    for note in ofRace { #expect(note["missing"] is NSNull, "\(note)") }
    #expect(try !workspace.text("out/scorecard.md").contains("5 missing"))
    #expect(try !workspace.text("out/scorecard.html").contains("5 missing"))
  }

  /// A withheld group's numbers are in no file.
  @Test func inNoRenderer() throws {
    let workspace = try Workspace()
    var people = Self.people(seed: 1)
    for (index, person) in people.enumerated() where person.race == "C" {
      people[index].race = index < 20 ? "Rare" : "A"
    }
    let rare = people.count { $0.race == "Rare" }
    try #require(rare > 0 && rare < Self.limit)
    try workspace.write("people.csv", People.csv(people))
    let run = try workspace.run([
      "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "race",
      "--suppress-below", "\(Self.limit)", "--output", "out", "--format",
      "html,markdown,json,terminal",
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    let root = try JSONSerialization.jsonObject(with: workspace.read("out/scorecard.json"))
    #expect((root as? [String: Any])?["tally"] is NSNull)
    let card = try JSONDecoder().decode(Card.self, from: workspace.read("out/scorecard.json"))
    #expect(card.codes.contains("withheld") && !card.codes.contains("small_cell"))
    for one in card.measurements where one.slice == ["race": "Rare"] {
      #expect(one.status == "suppressed")
    }
    // No row that names the group has a number in it but the limit.
    for (name, separator) in [
      ("scorecard.md", "\n"), ("scorecard.txt", "\n"), ("scorecard.html", "<tr"),
    ] {
      let text = try workspace.text("out/\(name)")
      for row in text.components(separatedBy: separator) where row.contains("Rare") {
        let cells = row.components(separatedBy: "</tr>")[0]
          .replacing(/<[^>]*>/, with: " ").replacing(/[a-z0-9-]+="[^"]*"/, with: " ")
        guard name != "scorecard.html" || row.contains("<th") else { continue }
        let numbers = cells.matches(of: /\d+\.\d+/).map { String($0.output) }
        #expect(numbers.isEmpty || cells.contains("withheld"), "\(name): \(cells.prefix(400))")
      }
    }
    // Nor do curves.
    let curves = (root as? [String: Any])?["curves"] as? [[String: Any]] ?? []
    for curve in curves where (curve["slice"] as? [String: Any])?["race"] as? String == "Rare" {
      for key in ["roc", "reliability", "histogram"] { #expect(curve[key] is NSNull) }
    }
  }
}

/// What a reader can work out from the sizes of the shown slices: a slice is known if its indicator
/// over the cells is a combination of theirs.
struct LinearSystem {
  private var cells: [[String: String]]
  private var rows: [[Double]]

  init(people: [Person], shown: [[String: String?]]) {
    cells = Array(Set(people.map { ["race": $0.race, "sex": $0.sex] }))
    rows = []
    rows = shown.map(indicator)
  }

  private func indicator(_ slice: [String: String?]) -> [Double] {
    cells.map { cell in slice.allSatisfy { cell[$0.key] == $0.value } ? 1 : 0 }
  }

  func determines(_ slice: [String: String?]) -> Bool {
    Self.rank(rows) == Self.rank(rows + [indicator(slice)])
  }

  /// Gaussian elimination of small integers, exact enough at 1e-9.
  private static func rank(_ matrix: [[Double]]) -> Int {
    var matrix = matrix
    var rank = 0
    for column in matrix.first?.indices ?? 0..<0 {
      guard
        let pivot = matrix.indices.dropFirst(rank).max(by: {
          abs(matrix[$0][column]) < abs(matrix[$1][column])
        }), abs(matrix[pivot][column]) > 1e-9
      else { continue }
      matrix.swapAt(rank, pivot)
      for row in matrix.indices where row > rank {
        let factor = matrix[row][column] / matrix[rank][column]
        for index in matrix[row].indices { matrix[row][index] -= factor * matrix[rank][index] }
      }
      rank += 1
    }
    return rank
  }
}
