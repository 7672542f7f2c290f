// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import Testing

/// Ratios of a group's rate to that of all rows, its own among them.
@Suite("Ratios to all")
struct RatioToAllTests {
  private static let names = ["a", "b", "c"]

  /// Groups with the given numbers of selected and of all people.
  private func evaluate(
    _ groups: [(selected: Int, size: Int)], ratio: IntervalChoice.Ratio = .koopman
  ) throws -> [Gap] {
    let rows = groups.indices.flatMap { group in
      (0..<groups[group].size).map {
        Row(groups: [Self.names[group]], label: $0 % 2 == 0, decision: $0 < groups[group].selected)
      }
    }
    let configuration = Configuration.decisions().with {
      $0.metrics = ["selection_rate", "precision"]
      $0.replicates = 100
      $0.intervals.ratio = ratio
    }
    return try Evaluator(configuration).evaluate(rows.table()).gaps
  }

  private func ratio(_ gaps: [Gap], _ group: String, _ metric: String = "selection_rate") -> Gap? {
    gaps.first {
      $0.metric == metric && $0.kind == .ratioToOverall && $0.slice == .of(["a": group])
    }
  }

  @Test("Koopman's limits of the ratio to the rest, carried over by the share of rows")
  func limits() throws {
    let gaps = try evaluate([(20, 60), (45, 100), (12, 40)])
    let gap = try #require(ratio(gaps, "a"))
    let (interval, critical) = (
      try #require(gap.interval), try #require(gap.interval?.family?.critical)
    )
    #expect(interval.method == "koopman")
    #expect(agree(gap.value, (20.0 / 60) / (77.0 / 200)))
    // 57 of the other 140; the rates with one success and one failure more.
    let (share, own, rest) = (0.3, 21.0 / 62, 58.0 / 142)
    let known = 0.7 * 0.7 * ((1 - own) / 21 + (1 - rest) / 58)
    let added = (own / rest - 1) * (own / rest - 1) * 0.3 * 0.7 / 200
    let apart = Koopman.ratio(
      Proportion(successes: 20, trials: 60), Proportion(successes: 57, trials: 140),
      critical: critical * (1 + added / known).squareRoot())
    func toAll(_ ratio: Double) -> Double { ratio / (share * ratio + 1 - share) }
    #expect(agree(interval.low, toAll(apart.low), within: 1e-5))
    #expect(agree(interval.high, toAll(apart.high), within: 1e-5))
  }

  @Test(
    "The limits touch 1 where the p-value touches the level",
    arguments: [IntervalChoice.Ratio.koopmanT, .koopman, .miettinenNurminen, .katz])
  func agreement(method: IntervalChoice.Ratio) throws {
    var seen: Set<Bool> = []
    for selected in [10, 16, 19, 22, 26, 30, 34, 40, 50] {
      let gaps = try evaluate([(selected, 60), (45, 100), (12, 40)], ratio: method)
      for name in Self.names {
        let gap = try #require(ratio(gaps, name))
        let interval = try #require(gap.interval)
        let excludes = interval.low > 1 || (interval.high ?? .infinity) < 1
        let p = try #require(gap.adjustedPValue)
        #expect(excludes == (p < 0.05), "\(selected) \(name) \(p)")
        seen.insert(excludes)
      }
    }
    #expect(seen == [true, false])
  }

  @Test("At most one over the share, and reached where nobody else is selected")
  func bound() throws {
    let gaps = try evaluate([(25, 50), (0, 150)])
    let interval = try #require(ratio(gaps, "a")?.interval)
    #expect(agree(ratio(gaps, "a")?.value, 4) && agree(interval.high, 4))
    #expect(interval.low > 1 && interval.low < 4)
    #expect(ratio(gaps, "b")?.interval?.low == 0)
  }

  @Test("A group that has all rows of a denominator is not compared with them")
  func wholeDenominator() throws {
    let gaps = try evaluate([(25, 50), (0, 150)])
    #expect(ratio(gaps, "a", "precision") == nil)
    #expect(ratio(gaps, "a") != nil)
  }
}
