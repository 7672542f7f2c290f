// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Determinism") struct DeterminismTests {
  private static let people = People.make(600)

  @Test("threads", arguments: [[], ["--weight", "weight"], ["--cluster", "household"]])
  func threads(roles: [String]) throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    let one = try workspace.run(People.arguments() + roles + ["--threads", "1"]).canonical()
    for threads in ["2", "5"] {
      let more = try workspace.run(People.arguments() + roles + ["--threads", threads])
      #expect(try more.canonical() == one)
    }
  }

  @Test("order of rows", arguments: [[], ["--weight", "weight"], ["--cluster", "household"]])
  func order(roles: [String]) throws {
    let workspace = try Workspace()
    var random = SplitMix(state: 3)
    try workspace.write("given.csv", People.csv(Self.people))
    try workspace.write("shuffled.csv", People.csv(Self.people.shuffled(using: &random)))
    try workspace.write("sorted.csv", People.csv(Self.people.sorted { $0.score < $1.score }))
    let given = try workspace.run(People.arguments("given.csv") + roles).canonical()
    for table in ["shuffled.csv", "sorted.csv"] {
      #expect(try workspace.run(People.arguments(table) + roles).canonical() == given)
    }
  }

  @Test func countedTableAndItsExpansion() throws {
    let columns = ["sex", "race", "label", "score"]
    let counts = Dictionary(grouping: Self.people) { person in
      columns.map { person.value($0) }.joined(separator: ",")
    }.mapValues(\.count)
    #expect(counts.count < Self.people.count)
    let rows = counts.sorted { $0.key > $1.key }.map { "\($0.key),\($0.value)\n" }
    let workspace = try Workspace()
    try workspace.write("counted.csv", "sex,race,label,score,n\n" + rows.joined())
    try workspace.write("expanded.csv", People.csv(Self.people))
    let counted = try workspace.run(People.arguments("counted.csv", "--count", "n"))
    let expanded = try workspace.run(People.arguments("expanded.csv"))
    let keys = ["measurements", "gaps", "slices", "curves", "tally"]
    #expect(try counted.canonical(keys) == expanded.canonical(keys))
    #expect(try counted.card().data.rows == 600)
  }

  /// Another seed draws other replicates; it moves no point estimate.
  @Test func seed() throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(Self.people))
    let first = try workspace.run(People.arguments())
    let other = try workspace.run(People.arguments("people.csv", "--seed", "2"))
    #expect(try first.canonical() != other.canonical())
    let (left, right) = (try first.card(), try other.card())
    #expect(left.measurements.map(\.value) == right.measurements.map(\.value))
    #expect(left.gaps.map(\.value) == right.gaps.map(\.value))
  }

  /// Weights count relative to each other only.
  @Test func weightsRescaled() throws {
    let workspace = try Workspace()
    var people = Self.people
    try workspace.write("people.csv", People.csv(people))
    for index in people.indices { people[index].weight *= 8 }
    try workspace.write("rescaled.csv", People.csv(people))
    let plain = try workspace.run(People.arguments("people.csv", "--weight", "weight")).card()
    let rescaled = try workspace.run(People.arguments("rescaled.csv", "--weight", "weight")).card()
    #expect(plain.measurements.count == rescaled.measurements.count)
    for (one, other) in zip(plain.measurements, rescaled.measurements)
    where !one.metric.hasSuffix("positives") && !one.metric.hasSuffix("negatives") {
      #expect(one.status == other.status, "\(one)")
      #expect(isNear(one.value, other.value), "\(one) \(other)")
      #expect(isNear(one.interval?.low, other.interval?.low), "\(one) \(other)")
    }
  }

  private func isNear(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return abs(one - other) <= 1e-9 * max(1, abs(one))
  }
}
