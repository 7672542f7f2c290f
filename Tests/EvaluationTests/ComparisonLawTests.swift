// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import EvenhandTabular
import RealModule
import Testing

@Suite("Laws of comparisons")
struct ComparisonLawTests {
  /// Three models' scores, two attributes, some values missing.
  private struct People {
    var sex: [String?] = []
    var race: [String?] = []
    var label: [Bool?] = []
    var scores: [[Double]] = [[], [], []]
    var weight: [Double] = []
    var count: [Double] = []
    var cluster: [String] = []

    init(seed: UInt64, rows: Int) {
      var stream = RandomStream(seed: seed, family: 77, replicate: 0)
      for row in 0..<rows {
        let isPositive = stream.uniform() < 0.35
        sex.append(stream.uniform() < 0.03 ? nil : stream.uniform() < 0.4 ? "f" : "m")
        race.append(["r", "s", "t"][Int(stream.uniform() * 2.9999)])
        label.append(stream.uniform() < 0.02 ? nil : isPositive)
        let shared = stream.normal() + (isPositive ? 0.8 : 0)
        for model in 0..<3 {
          let x = shared + 0.4 * stream.normal() + 0.2 * Double(model)
          // Rounded, so that scores are tied.
          let score = (100 / (1 + .exp(-x))).rounded() / 100
          scores[model].append(stream.uniform() < 0.01 ? .nan : score)
        }
        weight.append(0.5 + stream.uniform())
        count.append(Double(1 + row % 3))
        cluster.append("c\(row / 4)")
      }
    }

    func table(_ order: [Int]) throws -> Table {
      func category(_ name: String, _ values: [String?]) -> Column {
        .category(CategoryColumn(name: name, values: order.map { values[$0] }))
      }
      func number(_ name: String, _ values: [Double]) throws -> Column {
        .number(try NumberColumn(name: name, values: order.map { values[$0] }))
      }
      return try Table(columns: [
        category("sex", sex), category("race", race), category("cluster", cluster),
        .category(CategoryColumn(name: "label", values: order.map { label[$0] })),
        try number("one", scores[0]), try number("two", scores[1]), try number("three", scores[2]),
        try number("weight", weight), try number("count", count),
      ])
    }
  }

  private static func configuration(
    _ models: [String] = ["one", "two", "three"], _ change: (inout Configuration) -> Void = { _ in }
  ) -> Configuration {
    var result = Configuration(
      label: "label", models: models.map { ModelRole($0, column: $0) }, by: ["sex", "race"])
    result.baseline = models[0]
    result.replicates = 100
    result.permutations = 0
    result.labelDraws = 0
    result.smallGroups = false
    change(&result)
    return result
  }

  private static let kinds: [@Sendable (inout Configuration) -> Void] = [
    { _ in }, { $0.weight = "weight" }, { $0.cluster = "cluster" }, { $0.count = "count" },
  ]

  private func intervals(_ comparison: ModelComparison) -> [(Double?, ReportedInterval)] {
    [
      (comparison.difference.value, comparison.difference.interval),
      (comparison.ratio?.value, comparison.ratio?.interval),
    ].compactMap { value, interval in interval.map { (value, $0) } }
  }

  @Test(
    "low ≤ value ≤ high, no width of 0, p-values in (0, 1], adjusted ones no smaller",
    arguments: 0..<4)
  func limits(kind: Int) throws {
    var found = 0
    for seed in 0..<6 {
      let people = People(seed: UInt64(seed), rows: [40, 90, 300][seed % 3])
      let table = try people.table(Array(people.label.indices))
      let configuration = Self.configuration { Self.kinds[kind](&$0) }
      for comparison in try Evaluator(configuration).evaluate(table).comparisons {
        for (value, interval) in intervals(comparison) {
          let value = try #require(value)
          let high = try #require(interval.high)
          #expect(interval.low <= value && value <= high && interval.low < high)
          #expect(interval.low.isFinite && high.isFinite)
          found += 1
        }
        if let pValue = comparison.pValue, let adjusted = comparison.adjustedPValue {
          #expect(pValue > 0 && pValue <= 1 && adjusted >= pValue * 0.999_99 && adjusted <= 1)
        }
        #expect(comparison.status == .ok || comparison.reason != nil)
      }
    }
    #expect(found > 1000)
  }

  @Test(
    "The other model as baseline: differences change their sign, ratios are inverted",
    arguments: 0..<4)
  func swapped(kind: Int) throws {
    let people = People(seed: 11, rows: 240)
    let table = try people.table(Array(people.label.indices))
    let ahead = try Evaluator(Self.configuration(["one", "two"]) { Self.kinds[kind](&$0) })
      .evaluate(table)
    let back = try Evaluator(
      Self.configuration(["one", "two"]) {
        Self.kinds[kind](&$0)
        $0.baseline = "two"
      }
    ).evaluate(table)
    #expect(ahead.comparisons.count == back.comparisons.count && !ahead.comparisons.isEmpty)
    for (one, other) in zip(ahead.comparisons, back.comparisons) {
      #expect(one.metric == other.metric && one.slice == other.slice && one.gap == other.gap)
      #expect(one.status == other.status)
      #expect(one.baselineValue == other.candidateValue)
      #expect(agree(one.difference.value, other.difference.value.map { -$0 }, within: 1e-14))
      #expect(
        agree(one.difference.standardError, other.difference.standardError, within: 1e-12))
      #expect(agree(one.pValue, other.pValue))
      if let a = one.difference.interval, let b = other.difference.interval {
        #expect(agree(a.low, b.high.map { -$0 }) && agree(a.high, -b.low))
      }
      if let a = one.ratio?.interval, let b = other.ratio?.interval {
        #expect(agreeRelatively(a.low, 1 / (b.high ?? 1), within: 1e-9))
      }
    }
    #expect(ahead.standings == back.standings)
    for (one, other) in zip(ahead.flips, back.flips) where one.status == .ok {
      #expect(one.newlySelected == other.newlyRejected && one.corrected == other.spoilt)
      #expect(
        agree(one.correctlySelected?.low, other.correctlySelected.map { -$0.high }))
    }
  }

  @Test("A model and its copy: no change, nobody decided otherwise, no one leads alone")
  func copies() throws {
    let people = People(seed: 12, rows: 200)
    let table = try people.table(Array(people.label.indices))
    var configuration = Self.configuration(["one", "copy"])
    configuration.models[1].column = "one"
    let result = try Evaluator(configuration).evaluate(table)
    for comparison in result.comparisons where comparison.difference.value != nil {
      #expect(comparison.difference.value == 0)
      if let interval = comparison.difference.interval {
        #expect(interval.low < 0 && 0 < interval.high ?? .infinity)
        #expect(comparison.pValue ?? 0 > 0.3)
      }
    }
    for flips in result.flips where flips.status == .ok {
      #expect(flips.newlySelected == 0 && flips.newlyRejected == 0 && flips.spoilt == 0)
    }
    #expect(!result.standings.isEmpty)
    for standings in result.standings {
      #expect(standings.models.map(\.bestRank) == [1, 1])
      #expect(standings.models.map(\.worstRank) == [2, 2])
    }
  }

  @Test("Order of rows and threads change nothing; a counted table equals its expansion")
  func invariance() throws {
    let people = People(seed: 13, rows: 220)
    let rows = Array(people.label.indices)
    for kind in 0..<3 {
      let configuration = Self.configuration { Self.kinds[kind](&$0) }
      let result = try Evaluator(configuration).evaluate(try people.table(rows))
      let other = try Evaluator(configuration.with { $0.threads = 1 })
        .evaluate(try people.table(rows.reversed()))
      #expect(result.comparisons == other.comparisons)
      #expect(result.flips == other.flips && result.standings == other.standings)
    }
    let counted = try Evaluator(Self.configuration { $0.count = "count" })
      .evaluate(try people.table(rows))
    let expanded = try Evaluator(Self.configuration())
      .evaluate(
        try people.table(rows.flatMap { Array(repeating: $0, count: Int(people.count[$0])) }))
    #expect(counted.comparisons == expanded.comparisons && counted.flips == expanded.flips)
  }

  @Test("A ratio's limits follow from its error and degrees of freedom, of counted rates too")
  func ratioLimits() throws {
    var people = People(seed: 17, rows: 260)
    // Without missing scores both models judge the same rows.
    people.scores = people.scores.map { $0.map { $0.isNaN ? 0.5 : $0 } }
    let result = try Evaluator(Self.configuration())
      .evaluate(try people.table(Array(people.label.indices)))
    var compared = 0
    for comparison in result.comparisons where comparison.slice == .overall {
      guard let ratio = comparison.ratio, let interval = ratio.interval,
        let error = ratio.standardError, let value = ratio.value
      else { continue }
      let degrees = comparison.degreesOfFreedom ?? .infinity
      let reach = StudentT.quantile(0.975, degreesOfFreedom: degrees) * error
      #expect(agreeRelatively(interval.low, value * .exp(-reach)), "\(comparison.metric)")
      #expect(agreeRelatively(interval.high, value * .exp(reach)), "\(comparison.metric)")
      compared += comparison.discordant == nil ? 0 : 1
    }
    #expect(compared >= 6)
  }

  @Test("Weights in another unit change nothing but sums")
  func scaling() throws {
    var people = People(seed: 14, rows: 220)
    let rows = Array(people.label.indices)
    let configuration = Self.configuration { $0.weight = "weight" }
    let one = try Evaluator(configuration).evaluate(try people.table(rows))
    people.weight = people.weight.map { $0 * 1024 }
    let other = try Evaluator(configuration).evaluate(try people.table(rows))
    #expect(one.comparisons == other.comparisons)
  }

  @Test("Three models: ranks leave room for every tie, shares of the lead add up to 1")
  func standings() throws {
    let people = People(seed: 15, rows: 400)
    let result = try Evaluator(Self.configuration())
      .evaluate(try people.table(Array(people.label.indices)))
    #expect(result.standings.count > 10)
    for standings in result.standings {
      #expect(standings.models.count == 3 && standings.critical >= 1.959)
      let shares = standings.models.reduce(0) { $0 + $1.leads }
      #expect(abs(shares - 1) < 2e-3)
      for model in standings.models {
        #expect(model.worstRank - model.bestRank == model.tiedWith.count)
      }
    }
  }

  @Test("Withheld slices have no changes and no flips")
  func suppression() throws {
    let people = People(seed: 16, rows: 120)
    let result = try Evaluator(Self.configuration { $0.suppressBelow = 20 })
      .evaluate(try people.table(Array(people.label.indices)))
    let withheld = Set(result.slices.filter { $0.status == .suppressed }.map(\.slice))
    #expect(!withheld.isEmpty)
    for comparison in result.comparisons {
      guard let slice = comparison.slice, withheld.contains(slice) else { continue }
      #expect(comparison.status == .suppressed && comparison.difference.value == nil)
      #expect(comparison.discordant == nil && comparison.baselineValue == nil)
    }
    for flips in result.flips where withheld.contains(flips.slice) {
      #expect(flips.status == .suppressed && flips.n == nil && flips.newlySelected == nil)
    }
  }
}
