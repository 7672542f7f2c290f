// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

/// What every method must obey on every table, however small: 100 000 random ones.
@Suite struct IntervalLawTests {
  static let tables = 100_000

  /// A table of 1 to 30 trials each, any successes, a critical value and a larger one.
  static func eachTable(
    seed: UInt64, _ body: (_ table: Table, _ critical: Double, _ larger: Double) -> Void
  ) {
    var stream = RandomStream(seed: seed, family: 0, replicate: 0)
    for _ in 0..<tables {
      let n = Int.random(in: 1...30, using: &stream)
      let m = Int.random(in: 1...30, using: &stream)
      let x = Int.random(in: 0...n, using: &stream)
      let y = Int.random(in: 0...m, using: &stream)
      let critical = Double.random(in: 0.7...4, using: &stream)
      let larger = critical * Double.random(in: 1.001...2, using: &stream)
      body(Table(Double(x), Double(n), Double(y), Double(m)), critical, larger)
    }
  }

  @Test func oneProportion() {
    let methods: [(String, (Double, Double, Double) -> Interval)] = [
      ("Wilson", { Wilson.interval(successes: $0, trials: $1, confidence: $2) }),
      ("Clopper–Pearson", { ClopperPearson.interval(successes: $0, trials: $1, confidence: $2) }),
      ("Jeffreys", { Jeffreys.interval(successes: $0, trials: $1, confidence: $2) }),
    ]
    var broken: [String] = []
    Self.eachTable(seed: 61) { table, critical, larger in
      let (x, n) = (table.sample.successes, table.sample.trials)
      for (name, method) in methods {
        let interval = method(x, n, 1 - 2 * Normal.cumulative(-critical))
        let wider = method(x, n, 1 - 2 * Normal.cumulative(-larger))
        let isLawful =
          0 <= interval.low && interval.low < interval.high && interval.high <= 1
          && interval.low <= x / n && x / n <= interval.high
          && wider.low <= interval.low && interval.high <= wider.high
        if !isLawful { broken.append("\(name) \(x)/\(n) \(critical) \(interval) \(wider)") }
      }
    }
    #expect(broken.isEmpty, "\(broken.count): \(broken.prefix(5))")
  }

  @Test(arguments: [
    GapMethod("Newcombe", false, Newcombe.difference, Newcombe.statistic),
    GapMethod("Mee", false, Mee.difference, Mee.statistic),
    GapMethod(
      "Miettinen–Nurminen difference", false, MiettinenNurminen.difference,
      MiettinenNurminen.statistic),
    GapMethod(
      "Miettinen–Nurminen ratio", true, MiettinenNurminen.ratio, MiettinenNurminen.statistic),
    GapMethod("Koopman", true, Koopman.ratio, Koopman.statistic),
    GapMethod("Katz", true, Katz.ratio, Katz.statistic),
  ])
  func twoProportions(_ method: GapMethod) {
    var broken: [String] = []
    Self.eachTable(seed: 67) { table, critical, larger in
      if let law = method.brokenLaw(table, critical, larger) {
        broken.append("\(law): \(table) at \(critical)")
      }
    }
    #expect(broken.isEmpty, "\(method) \(broken.count): \(broken.prefix(5))")
  }
}

/// An interval of a difference or ratio and the statistic that belongs to it.
struct GapMethod: Sendable, CustomTestStringConvertible {
  let testDescription: String
  private let isRatio: Bool
  private let interval: @Sendable (Proportion, Proportion, Double) -> Interval
  private let statistic: @Sendable (Proportion, Proportion) -> Double

  init(
    _ name: String, _ isRatio: Bool,
    _ interval: @escaping @Sendable (Proportion, Proportion, Double) -> Interval,
    _ statistic: @escaping @Sendable (Proportion, Proportion) -> Double
  ) {
    testDescription = name
    self.isRatio = isRatio
    self.interval = interval
    self.statistic = statistic
  }

  /// The first law that the method breaks on a table; nil when it obeys all.
  func brokenLaw(_ table: Table, _ critical: Double, _ larger: Double) -> String? {
    let (p, q) = (table.sample.value, table.reference.value)
    let found = interval(table.sample, table.reference, critical)
    let range: (Double, Double) = isRatio ? (0, .infinity) : (-1, 1)
    if !(found.low < found.high) { return "zero width" }
    if found.low < range.0 || found.high > range.1 { return "out of range" }
    let estimate = isRatio ? p / q : p - q
    // 0/0 is no estimate; a quotient and its inverse's inverse differ by an ulp.
    if !estimate.isNaN, found.low > estimate.nextUp || found.high < estimate.nextDown {
      return "estimate excluded"
    }
    let wider = interval(table.sample, table.reference, larger)
    if wider.low > found.low || wider.high < found.high { return "larger but narrower" }
    let swapped = interval(table.reference, table.sample, critical)
    let mirrored =
      isRatio
      ? agree(swapped.low, 1 / found.high, within: 1e-12)
        && agree(swapped.high, 1 / found.low, within: 1e-12)
      : agree(swapped, [-found.high, -found.low], within: 1e-12)
    if !mirrored { return "not mirrored" }
    return statisticLaw(table)
  }

  /// Just below its statistic an interval excludes no gap, just above it includes it.
  private func statisticLaw(_ table: Table) -> String? {
    let value = statistic(table.sample, table.reference)
    if !(value >= 0) || value != statistic(table.reference, table.sample) {
      return "statistic \(value)"
    }
    let neutral = isRatio ? 1.0 : 0.0
    func includes(_ critical: Double) -> Bool {
      let limits = interval(table.sample, table.reference, critical)
      return limits.low <= neutral && neutral <= limits.high
    }
    if value == 0 { return includes(1e-3) ? nil : "excluded at any critical value" }
    if includes(value * (1 - 1e-6)) { return "included below the statistic" }
    return includes(value * (1 + 1e-6)) ? nil : "excluded above the statistic"
  }
}
