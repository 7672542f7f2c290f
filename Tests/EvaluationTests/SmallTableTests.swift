// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandSampling
import Testing

/// 100,000 tables of 2 to 24 rows, every method of intervals among them: no interval of zero width and
/// none that excludes its own estimate.
@Suite("Intervals of small tables")
struct SmallTableTests {
  private static let tables = 100_000
  private static let chunk = 500

  private static let metrics = Catalogue.standard.all.map(\.id)

  /// A table and a configuration that depend on the index alone.
  private static func draw(_ index: Int) -> (rows: [Row], configuration: Configuration) {
    var stream = RandomStream(seed: 20_261_121, family: 910, replicate: UInt32(index))
    let groups = Int.random(in: 1...3, using: &stream)
    let rates: [Double] = [0, 0.1, 0.5, 0.9, 1]
    let rate = rates.randomElement(using: &stream) ?? 0.5
    let isCoarse = Bool.random(using: &stream)
    let rows = (0..<Int.random(in: 2...24, using: &stream)).map { place in
      var row = Row()
      let isNamed = stream.uniform() > 0.05
      let group = Int.random(in: 0..<groups, using: &stream)
      row.groups = [isNamed ? "g\(group)" : nil]
      let score = stream.uniform()
      row.score = isCoarse ? (score * 4).rounded() / 4 : score
      row.label = stream.uniform() < 0.05 ? nil : stream.uniform() < rate
      row.weight = 0.5 + 3 * stream.uniform()
      row.cluster = "c\(place / 2)"
      return row
    }
    var configuration = Configuration.scores()
    configuration.metrics = Set((0..<4).map { metrics[(index * 4 + $0) % metrics.count] })
    // With them, calibration by slice takes as long as all other metrics together.
    if !index.isMultiple(of: 20) {
      configuration.metrics?.subtract([
        "debiased_squared_calibration_error", "expected_calibration_error",
      ])
    }
    configuration.costs = CostMatrix(falsePositive: 1, falseNegative: 5)
    configuration.netBenefit = 0.3
    configuration.threads = 1
    configuration.replicates = 100
    // Drawn labels make no interval.
    configuration.labelDraws = index.isMultiple(of: 50) ? 19 : 0
    configuration.permutations = 0
    configuration.smallGroups = false
    configuration.minimum = [1, 2, 5].randomElement(using: &stream) ?? 1
    configuration.confidence = [0.8, 0.9, 0.95].randomElement(using: &stream) ?? 0.95
    configuration.method = Bool.random(using: &stream) ? .auto : .bootstrap
    switch Int.random(in: 0..<5, using: &stream) {
    case 0: configuration.weight = Name.weight
    case 1 where rows.count > 2: configuration.cluster = Name.cluster
    default: chooseMethods(&configuration, &stream)
    }
    return (rows, configuration)
  }

  private static func chooseMethods(
    _ configuration: inout Configuration, _ stream: inout RandomStream
  ) {
    func any<Choice: CaseIterable>(_ type: Choice.Type, or standard: Choice) -> Choice {
      Array(Choice.allCases).randomElement(using: &stream) ?? standard
    }
    configuration.intervals.rate = any(IntervalChoice.Rate.self, or: .clopperPearson)
    configuration.intervals.difference = any(IntervalChoice.Difference.self, or: .newcombeT)
    configuration.intervals.ratio = any(IntervalChoice.Ratio.self, or: .koopmanT)
    configuration.intervals.range = any(IntervalChoice.Range.self, or: .maxT)
    configuration.intervals.bootstrap = any(IntervalChoice.Bootstrap.self, or: .studentized)
    configuration.resampling =
      [.auto, .poisson, .groupLabel].randomElement(using: &stream) ?? .auto
  }

  /// How many intervals a table has, and what is wrong with any of them.
  private static func judge(_ index: Int) throws -> (intervals: Int, faults: [String]) {
    let (rows, configuration) = draw(index)
    let result = try Evaluator(configuration).evaluate(rows.table())
    var found: [(name: String, value: Double?, interval: ReportedInterval)] = []
    for item in result.measurements {
      if let interval = item.interval { found.append((item.metric, item.value, interval)) }
    }
    for gap in result.gaps {
      if let interval = gap.interval {
        found.append(("\(gap.kind.rawValue) of \(gap.metric)", gap.value, interval))
      }
      guard let bounds = gap.missingBounds, let value = gap.value else { continue }
      if !(bounds.low <= value && value <= bounds.high ?? .infinity) {
        return (0, ["table \(index): bounds of \(gap.metric) exclude the gap"])
      }
    }
    for test in result.tests {
      if let interval = test.betweenGroup?.interval { found.append((test.metric, nil, interval)) }
    }
    let faults = found.filter { entry in
      let (low, high) = (entry.interval.low, entry.interval.high ?? .infinity)
      let value = entry.value ?? low
      return !(low < high && low <= value && value <= high)
    }
    return (
      found.count,
      faults.map { "table \(index), \($0.name): \($0.value ?? .nan) in \($0.interval)" }
    )
  }

  @Test("No interval of zero width, none without its own estimate, over 100,000 tables")
  func intervals() async throws {
    let judged = try await withThrowingTaskGroup(of: (Int, [String]).self) { group in
      for first in stride(from: 0, to: Self.tables, by: Self.chunk) {
        group.addTask {
          try (first..<first + Self.chunk).reduce(into: (0, [String]())) { total, index in
            let (intervals, faults) = try Self.judge(index)
            total.0 += intervals
            total.1 += faults
          }
        }
      }
      return try await group.reduce(into: (0, [String]())) {
        $0.0 += $1.0
        $0.1 += $1.1
      }
    }
    #expect(judged.1.isEmpty, "\(judged.1.count): \(judged.1.sorted().prefix(5))")
    #expect(judged.0 > 1_000_000)
  }
}
