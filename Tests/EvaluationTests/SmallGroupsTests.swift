// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Testing

/// Small groups beside the raw rates, as a scorecard has them.
@Suite("Small groups in a scorecard")
struct SmallGroupsTests {
  /// Two attributes of 5 and 2 groups, cells of 12 to 120 rows; the selection rate is additive in both,
  /// but for the cell b × y with `extra`.
  private static func rows(extra: Double = 0) -> [Row] {
    var stream = RandomStream(seed: 6, family: 907, replicate: 0)
    return ["a", "b", "c", "d", "e"].enumerated().flatMap { first, name in
      ["x", "y"].enumerated().flatMap { second, other in
        (0..<(first == 0 ? 12 : 60 * (1 + second))).map { _ in
          let more = name == "b" && other == "y" ? extra : 0
          let rate = 0.3 + 0.05 * Double(first) + 0.1 * Double(second) + more
          return Row(
            groups: [name, other], label: stream.uniform() < 0.5, decision: stream.uniform() < rate)
        }
      }
    }
  }

  private func evaluate(
    _ rows: [Row], _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> EvaluationResult {
    try Evaluator(Configuration.decisions(depth: 2).with(change)).evaluate(rows.table())
  }

  private func entry(
    _ result: EvaluationResult, _ attributes: [String]
  ) throws -> GroupEstimates {
    try #require(
      result.smallGroups.estimates.first {
        $0.metric == "selection_rate" && $0.attributes == attributes
      })
  }

  @Test("Shrunk values by DerSimonian and Laird's formula; raw ones are the measurements' own")
  func shrinkage() throws {
    let result = try evaluate(Self.rows())
    let entry = try entry(result, ["a"])
    #expect(entry.groups.map(\.slice) == ["a", "b", "c", "d", "e"].map { Slice.of(["a": $0]) })
    #expect(entry.goodnessOfFit == nil && entry.groups.allSatisfy { $0.structured == nil })
    let sizes = entry.groups.map { Double($0.denominator) }
    let total = sizes.reduce(0, +)
    let successes = zip(entry.groups, sizes).reduce(0) { $0 + $1.0.value * $1.1 }
    let pooled = (successes + 1) / (total + 2)
    let variances = sizes.map { pooled * (1 - pooled) / $0 }
    let weights = variances.map { 1 / $0 }
    let sum = weights.reduce(0, +)
    let mean = zip(weights, entry.groups).reduce(0) { $0 + $1.0 * $1.1.value } / sum
    let spread = zip(weights, entry.groups).reduce(0) {
      $0 + $1.0 * ($1.1.value - mean) * ($1.1.value - mean)
    }
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    let between = max(0, (spread - 4) / (sum - squares / sum))
    let outer = variances.map { 1 / ($0 + between) }
    let target =
      zip(outer, entry.groups).reduce(0) { $0 + $1.0 * $1.1.value } / outer.reduce(0, +)
    #expect(agree(entry.betweenVariance, between, within: 1e-9))
    #expect(agree(entry.target, target, within: 1e-9))
    for (group, variance) in zip(entry.groups, variances) {
      #expect(group.value == result.measurement("selection_rate", group.slice)?.value)
      let expected = target + between / (between + variance) * (group.value - target)
      #expect(agree(group.shrunk, expected, within: 1e-9))
      let interval = try #require(group.interval)
      #expect((interval.low ?? 0) < group.shrunk && group.shrunk < (interval.high ?? 1))
    }
  }

  @Test("A cell that its attributes do not explain is found, an additive table is not called more")
  func goodnessOfFit() throws {
    for (extra, isFound) in [(0.0, false), (0.4, true)] {
      let entry = try entry(evaluate(Self.rows(extra: extra)), ["a", "b"])
      let fit = try #require(entry.goodnessOfFit)
      // 10 cells − (1 + 4 + 1).
      #expect(fit.degreesOfFreedom == 4)
      #expect((fit.pValue <= 0.01) == isFound)
      #expect(entry.groups.count == 10 && entry.groups.allSatisfy { $0.structured != nil })
    }
  }

  @Test("Bounds contain the difference; every slice of every crossing has one")
  func bounds() throws {
    let result = try evaluate(Self.rows(extra: 0.4))
    let record = try #require(
      result.smallGroups.bounds.first { $0.metric == "selection_rate" && $0.model == "m" })
    #expect(record.slices.count == 5 + 2 + 10)
    let overall = try #require(result.measurement("selection_rate")?.value)
    for bound in record.slices {
      let value = try #require(result.measurement("selection_rate", bound.slice)?.value)
      #expect(agree(bound.difference, value - overall, within: 1e-12))
      #expect(bound.low < bound.difference && bound.difference < bound.high)
      let isSmall = Set([bound.slice.group(of: "a")]) == ["a"]
      #expect((bound.method == "clopper_pearson_square_and_add") == isSmall, "\(bound.slice)")
    }
    let cell = try #require(record.slices.first { $0.slice == Slice.of(["a": "b", "b": "y"]) })
    #expect(cell.low > 0)
  }

  @Test("Weighted and clustered rows have none of it, withheld groups only the reason")
  func absent() throws {
    let rows = Self.rows()
    #expect(try evaluate(rows) { $0.weight = Name.weight }.smallGroups == SmallGroupsRecord())
    let clustered = rows.enumerated().map { place, row in
      var row = row
      row.cluster = "c\(place / 3)"
      return row
    }
    #expect(
      try evaluate(clustered) { $0.cluster = Name.cluster }.smallGroups == SmallGroupsRecord())
    let withheld = try evaluate(rows) { $0.suppressBelow = 20 }
    let entry = try entry(withheld, ["a", "b"])
    #expect(entry.status == .suppressed && entry.groups.isEmpty && entry.target == nil)
    let bounds = withheld.smallGroups.bounds
    #expect(bounds.allSatisfy { $0.status == .suppressed && $0.slices.isEmpty })
  }
}
