// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import Foundation
import Testing

/// Laws over every measurement and gap of many random tables.
@Suite("Interval laws")
struct IntervalLawTests {
  static let tables = (0..<72).map { RandomTable(seed: UInt64($0)) }

  /// By seed: every law is about the same evaluations.
  private static let results = Dictionary(
    uniqueKeysWithValues: tables.map { table in (table.seed, Result { try table.evaluate() }) })

  private func evaluated(_ table: RandomTable) throws -> EvaluationResult {
    try #require(Self.results[table.seed]).get()
  }

  @Test("No NaN and no infinity anywhere", arguments: tables)
  func finite(table: RandomTable) throws {
    let result = try evaluated(table)
    // JSONEncoder throws on a number that is not finite.
    let encoder = JSONEncoder()
    #expect(throws: Never.self) { try encoder.encode(result.measurements) }
    #expect(throws: Never.self) { try encoder.encode(result.gaps) }
    #expect(throws: Never.self) { try encoder.encode(result.curves) }
    #expect(throws: Never.self) { try encoder.encode(result.slices) }
    #expect(throws: Never.self) { try encoder.encode(result.tally) }
    let decoded = try JSONDecoder().decode([Gap].self, from: encoder.encode(result.gaps))
    #expect(decoded == result.gaps)
  }

  @Test("Measurements: typed states, within range, intervals around values", arguments: tables)
  func measurements(table: RandomTable) throws {
    for found in try evaluated(table).measurements {
      let what: Comment = "\(found.metric) on \(found.slice) of \(table)"
      let metric = try #require(Catalogue.standard.metric(found.metric))
      switch found.status {
      case .ok:
        #expect(found.value != nil && found.reason == nil, what)
        #expect((found.interval == nil) == (found.intervalReason != nil), what)
      case .insufficient: #expect(found.value != nil && found.reason != nil, what)
      case .undefined, .notMeasured, .suppressed:
        #expect(found.value == nil && found.reason != nil && found.interval == nil, what)
      }
      if metric.nullAtBoundary { #expect(found.interval == nil, what) }
      guard let value = found.value else { continue }
      #expect(metric.range.contains(value), what)
      if let error = found.standardError { #expect(error >= 0, what) }
      guard let interval = found.interval else { continue }
      let high = try #require(interval.high)
      #expect(interval.low <= value && value <= high && interval.low < high, what)
      #expect(metric.range.lowerBound <= interval.low && high <= metric.range.upperBound, what)
      #expect(interval.level == table.configuration.confidence && interval.family == nil, what)
    }
  }

  /// Whether a gap's limits can hold its values: differences within the width of the metric's range.
  private func isWithinRange(_ gap: Gap, _ interval: ReportedInterval) -> Bool {
    if gap.kind.isRatio {
      return interval.low >= 0 && (gap.kind != .minMaxRatio || (interval.high ?? 0) <= 1)
    }
    let range = Catalogue.standard.metric(gap.metric)?.range ?? 0...1
    let width = range.upperBound - range.lowerBound
    let lowest = gap.kind == .maxMinDifference ? 0 : -width
    return interval.low >= lowest && (interval.high ?? .infinity) <= width
  }

  @Test("Gaps: typed states, intervals around values, sizes of families", arguments: tables)
  func gaps(table: RandomTable) throws {
    let gaps = try evaluated(table).gaps
    var listed: [String: Int] = [:]
    for gap in gaps where gap.kind != .maxMinDifference && gap.kind != .minMaxRatio {
      guard let family = gap.interval?.family else { continue }
      listed["\(gap.model ?? "")/\(family.id)/\(gap.kind)", default: 0] += 1
    }
    for gap in gaps {
      let what: Comment = "\(gap.kind) of \(gap.metric) by \(gap.attributes) of \(table)"
      guard gap.status == .ok else {
        #expect(gap.value == nil && gap.interval == nil && gap.reason != nil, what)
        continue
      }
      let value = try #require(gap.value, what)
      #expect(gap.slice != nil && gap.reference != nil, what)
      #expect(gap.slice != gap.reference, what)
      let interval = try #require(gap.interval, what)
      let high = try #require(interval.high, what)
      #expect(interval.low <= value && value <= high, what)
      #expect(interval.low < high, what)
      #expect(isWithinRange(gap, interval), what)
      #expect(interval.level == table.configuration.confidence, what)
      let family = try #require(interval.family, what)
      #expect(family.critical > 0 && family.size >= 1, what)
      let key = "\(gap.model ?? "")/\(family.id)/\(gap.kind)"
      // Undefined ratios are members without an interval; nothing may exceed the family.
      if let count = listed[key] { #expect(count <= family.size, what) }
      // Equalized odds lists who is missing from either of its two rates.
      for slice in gap.excluded.map(\.slice) where gap.metric != "equalized_odds" {
        #expect(slice != gap.slice && slice != gap.reference, what)
      }
    }
  }

  @Test("A gap is what its two slices' values say", arguments: tables)
  func arithmetic(table: RandomTable) throws {
    let result = try evaluated(table)
    for gap in result.gaps where gap.status == .ok && gap.metric != "equalized_odds" {
      let slice = try #require(gap.slice)
      let reference = try #require(gap.reference)
      let own = try #require(result.value(gap.metric, slice))
      let other = try #require(result.value(gap.metric, reference))
      #expect(
        agree(gap.value, gap.kind.isRatio ? own / other : own - other, within: 1e-12),
        "\(gap.kind) of \(gap.metric)")
    }
  }

  @Test("p-value and interval agree on whether there is a gap", arguments: tables)
  func agreement(table: RandomTable) throws {
    let alpha = 1 - table.configuration.confidence
    for gap in try evaluated(table).gaps where gap.status == .ok {
      let what: Comment = "\(gap.kind) of \(gap.metric) by \(gap.attributes) of \(table)"
      let adjusted = try #require(gap.adjustedPValue, what)
      #expect(adjusted > 0 && adjusted <= 1, what)
      if let p = gap.pValue { #expect(p > 0 && p <= adjusted, what) }
      guard let interval = gap.interval, let high = interval.high else { continue }
      // A limit within rounding of the neutral value, or p of α, is a tie.
      let isTie =
        abs(adjusted - alpha) < 1e-4
        || min(abs(interval.low - gap.kind.neutral), abs(high - gap.kind.neutral)) < 1e-5
          && gap.kind != .maxMinDifference && gap.kind != .minMaxRatio
      if isTie { continue }
      let excludes = interval.low > gap.kind.neutral || high < gap.kind.neutral
      #expect(excludes == (adjusted < alpha), what)
    }
  }

  /// 100 replicates have no 99.9 % quantile: ⌈101 · 0.999⌉ = 101.
  @Test("A confidence that the replicates cannot reach is refused or reckoned, and traps not")
  func extremeConfidence() async {
    await #expect(processExitsWith: .success) {
      let rows = (0..<400).map { index in
        Row(groups: ["g\(index % 3)"], label: index % 2 == 0, score: Double(index % 97) / 97)
      }
      let configuration = Configuration.scores().with {
        $0.confidence = 0.999
        $0.replicates = 100
      }
      do {
        let result = try Evaluator(configuration).evaluate(rows.table())
        _ = try JSONEncoder().encode(result.gaps)
      } catch is ConfigurationError {
      }
    }
  }
}
