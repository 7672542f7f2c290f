// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Joins") struct JoinTests {
  private static let people = People.make(240)

  private func joined() throws -> Data {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    return try workspace.run(People.arguments()).canonical()
  }

  /// The attributes kept apart, in another order and with people who are not evaluated.
  @Test func attributesApart() throws {
    let workspace = try Workspace()
    let others = Array(People.make(300)[240...])
    try workspace.write("people.csv", People.csv(Self.people, ["id", "label", "score"]))
    try workspace.write(
      "attributes.csv",
      People.csv((Self.people + others).reversed(), ["race", "id", "sex"], delimiter: ";"))
    let run = try workspace.run(
      People.arguments("people.csv", "--attributes", "attributes.csv", "--id", "id"))
    #expect(try run.canonical() == joined())
  }

  @Test func idOfTwoColumns() throws {
    let workspace = try Workspace()
    let rows = Self.people.map { (household: $0.household, member: "\($0.id.last ?? "0")", of: $0) }
    let table = rows.map { "\($0.household),\($0.member),\($0.of.label),\($0.of.score)\n" }
    let apart = rows.map { "\($0.of.sex),\($0.household),\($0.of.race),\($0.member)\n" }
    try workspace.write("people.csv", "house,member,label,score\n" + table.joined())
    try workspace.write("apart.csv", "sex,house,race,member\n" + apart.reversed().joined())
    let run = try workspace.run(
      People.arguments("people.csv", "--attributes", "apart.csv", "--id", "house,member"))
    #expect(try run.canonical() == joined())
  }

  @Test func repeatedIdsWithCluster() throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people, ["household", "label", "score"]))
    let heads = Self.people.indices.filter { $0 % 3 == 0 }.map { Self.people[$0] }
    try workspace.write("heads.csv", People.csv(heads, ["household", "sex", "race"]))
    let card = try workspace.run(
      People.arguments(
        "people.csv", "--attributes", "heads.csv", "--id", "household", "--cluster", "household")
    ).card()
    let women = heads.count { $0.sex == "Female" }
    let slice = try #require(card.slices.first { $0.slice == ["sex": "Female"] })
    #expect(slice.n == 3 * women)
    #expect(slice.clusters == women)
  }

  @Test func unmatchedAllowed() throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people, ["id", "label", "score"]))
    try workspace.write(
      "attributes.csv", People.csv(Array(Self.people[40...]), ["id", "sex", "race"]))
    let card = try workspace.run(
      People.arguments(
        "people.csv", "--attributes", "attributes.csv", "--id", "id", "--allow-unmatched")
    ).card()
    let missing = try #require(card.slices.first { $0.slice == ["sex": nil] })
    #expect(missing.n == 40)
    #expect(card.data.rows == 240)
    #expect(try card.measurement("accuracy", ["sex": nil]).denominator == 40)
  }
}
