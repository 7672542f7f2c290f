// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import EvenhandTabular
import Testing

@Suite("Two criteria at once")
struct ParetoTests {
  private struct Person {
    var group: String
    var label: Bool
    var decisions: [Bool]
  }

  /// Two models; the second errs a little less and selects group b less often.
  private static func people(_ count: Int, seed: UInt64) -> [Person] {
    var stream = RandomStream(seed: seed, family: 78, replicate: 0)
    return (0..<count).map { _ in
      let group = stream.uniform() < 0.4 ? "b-1" : "a"
      let label = stream.uniform() < 0.4
      let shared = stream.uniform()
      let one = shared < 0.75 ? label : stream.uniform() < 0.5
      let two = shared < 0.78 ? label : stream.uniform() < (group == "a" ? 0.55 : 0.35)
      return Person(group: group, label: label, decisions: [one, two])
    }
  }

  private static func table(_ people: [Person]) throws -> Table {
    try Table(columns: [
      .category(CategoryColumn(name: "group", values: people.map(\.group))),
      .category(CategoryColumn(name: "label", values: people.map(\.label))),
      .category(CategoryColumn(name: "one", values: people.map { $0.decisions[0] })),
      .category(CategoryColumn(name: "two", values: people.map { $0.decisions[1] })),
    ])
  }

  private static func configuration(_ pareto: [String] = [], models: [String] = ["one", "two"])
    throws -> Configuration
  {
    var result = Configuration(
      label: "label", models: models.map { ModelRole($0, column: $0, output: .decision) },
      by: ["group"])
    result.baseline = models[0]
    result.pareto = try pareto.map { try CriterionChoice(parsing: $0) }
    result.replicates = 2000
    result.permutations = 0
    result.smallGroups = false
    result.metrics = ["accuracy", "selection_rate", "true_positive_rate"]
    return result
  }

  private static func rate(_ people: [Person], _ counts: (Person) -> Bool) -> Double {
    Double(people.count(where: counts)) / Double(people.count)
  }

  /// Accuracy and |selection b − selection a| of both models, from rows.
  private static func values(_ people: [Person]) -> [(x: Double, y: Double)] {
    [0, 1].map { model in
      let a = people.filter { $0.group == "a" }
      let b = people.filter { $0.group != "a" }
      return (
        rate(people) { $0.decisions[model] == $0.label },
        abs(rate(b) { $0.decisions[model] } - rate(a) { $0.decisions[model] })
      )
    }
  }

  @Test("Shares of draws are those of resampled rows")
  func resampled() throws {
    let people = Self.people(900, seed: 3)
    let record = try #require(
      try Evaluator(Self.configuration(["accuracy", "selection_rate:group=b-1-a"]))
        .evaluate(Self.table(people)).pareto)
    let observed = Self.values(people)
    var dominated = [0, 0]
    var stream = RandomStream(seed: 9, family: 79, replicate: 0)
    let rounds = 1500
    for _ in 0..<rounds {
      let drawn = people.indices.map { _ in people[Int(stream.uniform() * Double(people.count))] }
      let values = Self.values(drawn)
      for model in 0..<2 {
        let (own, other) = (values[model], values[1 - model])
        if other.x >= own.x, other.y <= own.y, other != own { dominated[model] += 1 }
      }
    }
    for (model, point) in record.models.enumerated() {
      #expect(agree(point.x.value, observed[model].x) && agree(point.y.value, observed[model].y))
      let share = Double(dominated[model]) / Double(rounds)
      #expect(abs(point.dominatedShare - share) < 0.06, "\(point) and \(share)")
    }
  }

  @Test("Intervals are those of the reported errors, sizes are not below 0")
  func intervals() throws {
    let people = Self.people(500, seed: 4)
    let result = try Evaluator(
      Self.configuration(["true_positive_rate:group=b-1", "selection_rate:group=a-b-1"])
    ).evaluate(Self.table(people))
    let record = try #require(result.pareto)
    #expect(record.x.higherIsBetter && !record.y.higherIsBetter)
    for point in record.models {
      let slice = Slice.of(["group": "b-1"])
      let own = try #require(result.measurement("true_positive_rate", slice, model: point.model))
      let reach = 1.959963984540054 * (try #require(own.standardError))
      #expect(agree(point.x.low, (own.value ?? 0) - reach))
      #expect(point.y.low >= 0 && point.y.low <= point.y.value && point.y.value <= point.y.high)
    }
  }

  @Test("A model and its copy: neither is outdone")
  func copies() throws {
    var configuration = try Self.configuration(
      ["accuracy", "selection_rate:group=a-b-1"], models: ["one", "copy"])
    configuration.models[1].column = "one"
    let record = try #require(
      try Evaluator(configuration).evaluate(Self.table(Self.people(400, seed: 5))).pareto)
    #expect(record.models.map(\.isDominated) == [false, false])
    #expect(record.models.map(\.dominatedShare) == [0, 0])
  }

  @Test("Without criteria: accuracy and the baseline's widest gap in selection")
  func standard() throws {
    let result = try Evaluator(Self.configuration()).evaluate(Self.table(Self.people(600, seed: 6)))
    let record = try #require(result.pareto)
    #expect(record.x.metric == "accuracy" && record.x.slice == .overall)
    #expect(record.y.metric == "selection_rate" && record.y.reference == .of(["group": "a"]))
  }

  @Test("What cannot be meant is refused")
  func refused() throws {
    for text in ["", "nothing", "accuracy:group", "accuracy:=a", "accuracy:group="] {
      #expect(throws: ConfigurationError.self) { try CriterionChoice(parsing: text) }
    }
    let table = try Self.table(Self.people(200, seed: 7))
    for pareto in [
      ["accuracy"], ["accuracy", "accuracy:group=c"], ["accuracy", "accuracy:sex=a"],
      ["accuracy", "selection_rate"], ["accuracy", "accuracy:group=a-c"],
    ] {
      #expect(throws: ConfigurationError.self) {
        try Evaluator(try Self.configuration(pareto)).evaluate(table)
      }
    }
  }
}
