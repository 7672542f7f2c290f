// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandInference
import EvenhandScorecards
import Testing

@Suite("Gates: verdicts") struct JudgeTests {
  private let card: @Sendable () throws -> Scorecard = {
    try Cards.card([.selected("F", 300, of: 1000), .selected("M", 400, of: 1000)])
  }

  /// Clopper and Pearson's one-sided bounds: scipy.stats.beta.ppf(.05, 300, 701) = 0.2761228,
  /// beta.ppf(.95, 301, 700) = 0.3247536.
  @Test func rateBounds() throws {
    let verdict = try Cards.judge(
      card(), yaml: "metric: selection_rate\nslices: [{sex: F}]\nmin: 0.27")
    #expect(verdict.verdict == .pass)
    #expect(abs((verdict.bound ?? 0) - 0.276_122_8) < 1e-6)
    #expect(verdict.boundLevel == 0.95 && verdict.limit == 0.27 && verdict.value == 0.3)
    let bounds = try #require(verdict.comparisons[0].bounds)
    #expect(bounds.method == "clopper_pearson")
    #expect(abs((bounds.high ?? 0) - 0.324_753_6) < 1e-6)
  }

  /// The bound that touches the limit passes.
  @Test func equalityPasses() throws {
    let low = ClopperPearson.interval(successes: 300, trials: 1000, confidence: 0.9).low
    var gate = Gate("g", metric: "selection_rate")
    gate.slices = [Cards.group("F")]
    gate.min = low
    #expect(try Cards.judge(card(), gate).verdict == .pass)
    gate.min = low.nextUp
    #expect(try Cards.judge(card(), gate).verdict == .inconclusive)
  }

  @Test func failsOnTheOtherSide() throws {
    let yaml = "metric: selection_rate\nover: [sex]\nmin: "
    #expect(try Cards.judge(card(), yaml: yaml + "0.35").verdict == .fail)
    #expect(try Cards.judge(card(), yaml: yaml + "0.31").verdict == .inconclusive)
    #expect(try Cards.judge(card(), yaml: yaml + "0.25").verdict == .pass)
  }

  /// Failing holds for all comparisons at once: α/m each. Of ten equal groups at one value none is
  /// beyond a limit that one alone would be beyond.
  @Test func failureIsSimultaneous() throws {
    let limit = 0.325  // above the upper bound of 300/1000 at 0.95, below that at 0.995
    func verdict(_ groups: Int) throws -> GateVerdict {
      let card = try Cards.card(
        (0..<groups).map { .selected("g\($0)", 300, of: 1000) })
      return try Cards.judge(card, yaml: "metric: selection_rate\nover: [sex]\nmin: \(limit)")
    }
    #expect(try verdict(1).verdict == .fail)
    let many = try verdict(10)
    #expect(many.verdict == .inconclusive)
    let joint = try #require(many.comparisons[0].jointBounds)
    #expect(abs(joint.level - 0.995) < 1e-12)
    let high = ClopperPearson.interval(successes: 300, trials: 1000, confidence: 0.99).high
    #expect(joint.high == high)
  }

  /// Passing is not: every comparison keeps its own bound.
  @Test func passingIsNotCorrected() throws {
    let card = try Cards.card((0..<10).map { .selected("g\($0)", 300, of: 1000) })
    let verdict = try Cards.judge(
      card, yaml: "metric: selection_rate\nover: [sex]\nmin: 0.2761")
    #expect(verdict.verdict == .pass)
  }

  /// 3/5 over 6/8 is exactly 0.8.
  @Test(arguments: [(3, 5, 6, 8, Verdict.pass), (3, 5, 6001, 8000, .fail), (30, 50, 60, 80, .pass)])
  func exactRatio(_ a: Int, _ n: Int, _ b: Int, _ m: Int, _ expected: Verdict) throws {
    let card = try Cards.card([.selected("F", a, of: n), .selected("M", b, of: m)]) {
      $0.minimum = 1
    }
    for min in ["0.8", "8e-1"] {
      let verdict = try Cards.judge(
        card, yaml: "metric: selection_rate\ngap: ratio\nover: [sex]\nmin: \(min)\non: point")
      #expect(verdict.verdict == expected)
      #expect(verdict.bound == nil)
    }
  }

  /// 0.3 − 0.2 is exactly 0.1 in counts, and not in doubles.
  @Test func exactDifference() throws {
    let card = try Cards.card([.selected("F", 30, of: 100), .selected("M", 20, of: 100)])
    #expect(0.3 - 0.2 != 0.1)
    for limit in ["max: 0.1", "min: -0.1"] {
      let verdict = try Cards.judge(
        card, yaml: "metric: selection_rate\ngap: difference\nover: [sex]\n\(limit)\non: point")
      #expect(verdict.verdict == .pass, "\(limit)")
    }
  }

  /// A maximum of a difference limits its size; both limits are of the signed difference.
  @Test func directionsOfDifferences() throws {
    let card = try card()  // F 0.3, M 0.4; the reference is F, as many rows and first by name
    func verdict(_ yaml: String) throws -> Verdict {
      try Cards.judge(
        card, yaml: "metric: selection_rate\ngap: difference\nover: [sex]\n" + yaml
      ).verdict
    }
    for of in ["pairs", "reference"] {
      #expect(try verdict("of: \(of)\nmax: 0.15") == .pass)
      #expect(try verdict("of: \(of)\nmax: 0.05") == .fail)
    }
    #expect(try verdict("of: reference\nmin: 0\nmax: 0.15") == .pass)
    #expect(try verdict("of: reference\nmin: -0.15\nmax: 0") == .fail)
    #expect(try verdict("of: reference\nmin: 0.05") == .pass)
    #expect(try verdict("of: pairs\nmin: -0.05") == .fail)
    #expect(try verdict("of: overall\nmax: 0.1") == .pass)
    #expect(try verdict("of: overall\nmax: 0.02") == .fail)
  }

  /// Names of groups decide nothing: pairs are judged in both directions.
  @Test func swappedLabels() throws {
    let there = try Cards.card([.selected("F", 300, of: 1000), .selected("M", 400, of: 1000)])
    let back = try Cards.card([.selected("M", 300, of: 1000), .selected("F", 400, of: 1000)])
    for yaml in [
      "gap: ratio\nmin: 0.8", "gap: ratio\nmax: 1.25", "gap: ratio\nmin: 0.6\nmax: 1.3",
      "gap: difference\nmax: 0.05", "gap: difference\nmax: 0.13", "gap: difference\nmin: -0.11",
    ] {
      let text = "metric: selection_rate\nof: pairs\nover: [sex]\n" + yaml
      let (one, other) = (try Cards.judge(there, yaml: text), try Cards.judge(back, yaml: text))
      #expect(one.verdict == other.verdict && one.bound == other.bound, "\(yaml)")
    }
    // A minimum of the ratio is a maximum of its inverse.
    let low = try Cards.judge(
      there, yaml: "metric: selection_rate\ngap: ratio\nover: [sex]\nmin: 0.8")
    let high = try Cards.judge(
      there, yaml: "metric: selection_rate\ngap: ratio\nover: [sex]\nmax: 1.25")
    #expect(low.verdict == high.verdict)
    #expect(abs((low.bound ?? 0) * (high.bound ?? 0) - 1) < 1e-9)
  }

  /// The rows that the gate asks for are enough, and fewer are not.
  @Test(arguments: [
    "metric: selection_rate\nslices: [{sex: F}]\nmin: 0.29",
    "metric: selection_rate\ngap: ratio\nover: [sex]\nmin: 0.72",
    "metric: selection_rate\ngap: difference\nover: [sex]\nmax: 0.12",
  ])
  func neededRows(yaml: String) throws {
    let verdict = try Cards.judge(card(), yaml: yaml)
    #expect(verdict.verdict == .inconclusive)
    let needed = try #require(verdict.neededN)
    func scaled(_ factor: Double) throws -> Verdict {
      let scale = { (count: Int) in Int((Double(count) * factor).rounded()) }
      return try Cards.judge(
        Cards.card([
          .selected("F", scale(300), of: scale(1000)), .selected("M", scale(400), of: scale(1000)),
        ]), yaml: yaml
      ).verdict
    }
    #expect(try scaled(Double(needed) / 1000 * 1.03) == .pass)
    #expect(try scaled(Double(needed) / 1000 * 0.97) == .inconclusive)
  }

  @Test func noRowsWouldDo() throws {
    let verdict = try Cards.judge(
      card(), yaml: "metric: selection_rate\nslices: [{sex: F}]\nmin: 0.31")
    #expect(verdict.verdict == .inconclusive && verdict.neededN == nil)
  }

  @Test func rowsAtLeast() throws {
    let yaml = "metric: selection_rate\nover: [sex]\nmin: 0.2\nmin_n: "
    #expect(try Cards.judge(card(), yaml: yaml + "1000").verdict == .pass)
    let short = try Cards.judge(card(), yaml: yaml + "1001")
    #expect(short.verdict == .inconclusive && short.neededN == 1001)
    // Too few rows never turn a failure into something else.
    let broken = "metric: selection_rate\nover: [sex]\nmin: 0.9\nmin_n: 5000"
    #expect(try Cards.judge(card(), yaml: broken).verdict == .fail)
  }
}
