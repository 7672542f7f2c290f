// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandScorecards
import Testing

@Suite("Gates: changes") struct ChangeTests {
  private func comparison(
    _ value: Double?, error: Double?, slice: Slice? = .overall, degrees: Double? = nil
  ) -> ModelComparison {
    var result = ModelComparison(baseline: "old", candidate: "m", metric: "accuracy")
    result.slice = slice
    result.difference = Change(value: value, standardError: error)
    result.degreesOfFreedom = degrees
    return result
  }

  private func judge(_ comparisons: [ModelComparison], _ yaml: String, gaps: [Gap] = [])
    throws -> GateVerdict
  {
    var card = try Cards.card([.selected("F", 300, of: 1000), .selected("M", 400, of: 1000)])
    card.comparisons = comparisons
    card.gaps += gaps
    return try Cards.judge(card, yaml: "metric: accuracy\n" + yaml)
  }

  /// −0.004 ± 1.645 · 0.003 is [−0.00893, 0.00093].
  @Test(arguments: [
    ("{max_drop: 0.01}", Verdict.pass), ("{max_drop: 0.005}", .inconclusive),
    ("{max_drop: -0.002}", .fail), ("{max_rise: 0.001}", .pass), ("{max_rise: 0}", .inconclusive),
    ("{max_drop: 0.01, max_rise: 0.001}", .pass), ("{max_rise: -0.01}", .fail),
  ])
  func differences(change: String, expected: Verdict) throws {
    let verdict = try judge([comparison(-0.004, error: 0.003)], "change: \(change)")
    #expect(verdict.verdict == expected)
    let bounds = try #require(verdict.comparisons[0].bounds)
    #expect(abs((bounds.low ?? 0) + 0.008_934_56) < 1e-7 && bounds.method == "normal")
    #expect(verdict.comparisons[0].baseline == "old" && verdict.comparisons[0].model == "m")
  }

  /// Student's t with 5 degrees of freedom: 2.015048.
  @Test func clusters() throws {
    let verdict = try judge(
      [comparison(-0.004, error: 0.003, degrees: 5)], "change: {max_drop: 0.01}")
    #expect(verdict.verdict == .inconclusive)
    #expect(abs((verdict.bound ?? 0) + 0.004 + 2.015_048 * 0.003) < 1e-6)
    #expect(verdict.comparisons[0].bounds?.method == "student_t")
  }

  @Test func ratios() throws {
    var change = comparison(-0.004, error: 0.003)
    #expect(try judge([change], "change: {min_ratio: 0.98}").verdict == .notMeasured)
    change.ratio = Change(value: 0.99, standardError: 0.005)
    #expect(try judge([change], "change: {min_ratio: 0.98}").verdict == .pass)
    #expect(try judge([change], "change: {min_ratio: 0.985}").verdict == .inconclusive)
    #expect(try judge([change], "change: {min_ratio: 1}").verdict == .fail)
  }

  /// Without a standard error the scorecard's own interval counts, where its level is high enough.
  @Test func intervalAlone() throws {
    var change = comparison(-0.004, error: nil)
    #expect(try judge([change], "change: {max_drop: 1}").verdict == .notMeasured)
    change.difference.interval = ReportedInterval(
      low: -0.009, high: 0.001, level: 0.95, method: "other")
    #expect(try judge([change], "change: {max_drop: 0.009}").verdict == .pass)
    change.difference.interval?.level = 0.8
    #expect(try judge([change], "change: {max_drop: 0.009}").verdict == .notMeasured)
  }

  @Test func whatNeverPasses() throws {
    var change = comparison(0, error: 0.001)
    #expect(try judge([change], "change: {max_drop: 0.5}").verdict == .pass)
    for status in [Status.undefined, .suppressed, .notMeasured, .insufficient] {
      change.status = status
      #expect(try judge([change], "change: {max_drop: 0.5}").verdict != .pass)
    }
    for broken in [comparison(nil, error: 1), comparison(.nan, error: 1), comparison(0, error: 0)] {
      #expect(try judge([broken], "change: {max_drop: 0.5}").verdict == .notMeasured)
    }
    let fine = comparison(0, error: 0.001)
    #expect(try judge([fine], "change: {max_drop: 0.5}\nmodel: x").verdict == .notMeasured)
    #expect(try judge([fine], "change: {max_drop: 0.5}\nover: [sex]").verdict == .notMeasured)
    let named = "change: {max_drop: 0.5}\nover: [sex]\nslices: [{sex: F}, {sex: Z}]"
    let women = comparison(0, error: 0.001, slice: Cards.group("F"))
    #expect(try judge([women], named).verdict == .notMeasured)
  }

  /// Pairs that changed sides are counted: a loss of 10 of 100 is exactly 0.1.
  @Test func exactValue() throws {
    var change = comparison(0.3 - 0.4, error: 0.01)
    #expect(0.3 - 0.4 != -0.1)
    change.discordant = DiscordantPairs(baselineOnly: 12, candidateOnly: 2, pairs: 100)
    #expect(try judge([change], "change: {max_drop: 0.1}\non: point").verdict == .pass)
    #expect(try judge([change], "change: {max_drop: 0.0999}\non: point").verdict == .fail)
  }

  @Test func gaps() throws {
    var change = comparison(0.01, error: 0.002, slice: nil)
    (change.baselineValue, change.candidateValue) = (0.05, 0.06)
    change.gap = ComparedGap(
      kind: .differenceToReference, name: nil, attributes: ["sex"], slice: Cards.group("F"),
      reference: Cards.group("M"))
    let yaml = "gap: difference\nof: reference\nover: [sex]\n"
    var gaps: [Gap] = []
    for (model, value) in [("old", 0.05), ("m", 0.06)] {
      var gap = Gap(
        model: model, metric: "accuracy", kind: .differenceToReference, attributes: ["sex"])
      (gap.slice, gap.reference) = (Cards.group("F"), Cards.group("M"))
      (gap.value, gap.standardError) = (value, 0.01)
      gaps.append(gap)
    }
    let pass = try judge([change], yaml + "change: {max_rise: 0.02}", gaps: gaps)
    #expect(pass.verdict == .pass)
    // The signs of both gaps are beyond doubt: 0.01 ± 1.645 · 0.002.
    let bounds = try #require(pass.comparisons[0].bounds)
    #expect(abs((bounds.low ?? 0) - (0.01 - 1.644_853_627 * 0.002)) < 1e-9)
    #expect(abs((bounds.high ?? 0) - (0.01 + 1.644_853_627 * 0.002)) < 1e-9)
    #expect(
      try judge([change], yaml + "change: {max_rise: 0.005}", gaps: gaps).verdict == .fail)
    // Without the errors of both gaps nothing is known of their sizes.
    #expect(
      try judge([change], yaml + "change: {max_rise: 0.02}", gaps: [gaps[0]]).verdict
        == .notMeasured)
    #expect(
      try judge([change], "gap: difference\nof: pairs\nover: [sex]\nchange: {max_rise: 1}")
        .verdict == .notMeasured)
    #expect(try judge([change], "change: {max_rise: 1}").verdict == .notMeasured)
    // A range has a change and no interval: never a pass.
    change.gap?.kind = .maxMinDifference
    change.gap?.name = "accuracy_difference"
    change.difference.standardError = nil
    #expect(
      try judge([change], "gap: accuracy_difference\nover: [sex]\nchange: {max_rise: 1}").verdict
        == .notMeasured)
  }
}
