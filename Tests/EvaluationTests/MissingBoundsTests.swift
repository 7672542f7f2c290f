// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Foundation
import Testing

/// How far rows without a group could move a gap, against every assignment of those rows.
@Suite("Bounds from missing attributes")
struct MissingBoundsTests {
  @Test("Decisions: all assignments of the missing rows", arguments: 0..<32)
  func decisions(block: Int) throws {
    try check((0..<25).map { MissingBoundsCase(seed: UInt64(block * 25 + $0), scored: false) })
  }

  @Test("Scores: all assignments of the missing rows", arguments: 0..<32)
  func scores(block: Int) throws {
    try check((0..<25).map { MissingBoundsCase(seed: UInt64(block * 25 + $0), scored: true) })
  }

  private func check(_ cases: [MissingBoundsCase]) throws {
    for one in cases {
      for found in try one.compared() {
        let name = "seed \(one.seed), \(found.gap.metric) \(found.gap.kind.rawValue)"
        guard let bounds = found.gap.missingBounds else {
          #expect(found.rows == 0, "\(name): no bounds")
          continue
        }
        let (low, high) = (bounds.low, bounds.high ?? .infinity)
        let value = try #require(found.gap.value)
        #expect(bounds.rows == found.rows && found.rows > 0, "\(name): \(bounds)")
        #expect(low <= value && value <= high, "\(name): \(value) in \(bounds)")
        let attained = found.attained
        #expect(low <= attained.lowerBound + 1e-9, "\(name): \(attained) in \(bounds)")
        #expect(high >= attained.upperBound - 1e-9, "\(name): \(attained) in \(bounds)")
        if found.isLowSharp { #expect(agree(low, attained.lowerBound), "\(name): \(attained)") }
        if found.isHighSharp { #expect(agree(high, attained.upperBound), "\(name): \(attained)") }
        if let share = found.share {
          // What indivisible rows leave undone at the ends of a range.
          #expect(attained.lowerBound - low <= share, "\(name): \(attained) in \(bounds)")
        }
      }
    }
  }

  /// Berkeley's admissions of 1973 (Bickel, Hammel and O'Connell, Science 187:398, six largest
  /// departments): men 1198 of 2691, women 557 of 1835. Department F (men 22 of 373, women 24 of 341)
  /// is taken to have lost its applicants' sex: 46 admitted and 668 rejected rows.
  @Test("Berkeley without the sexes of one department")
  func berkeley() throws {
    func rows(_ group: String?, _ admitted: Double, _ all: Double) -> [Row] {
      [
        Row(groups: [group], decision: true, count: admitted),
        Row(groups: [group], decision: false, count: all - admitted),
      ]
    }
    let table = rows("men", 1176, 2318) + rows("women", 533, 1494) + rows(nil, 46, 714)
    let configuration = Configuration.decisions().with {
      $0.label = nil
      $0.count = Name.count
      $0.replicates = 100
      $0.references = ["a": "men"]
    }
    let result = try Evaluator(configuration).evaluate(table.table())
    let gap = try #require(result.gap("selection_rate", .differenceToReference, by: ["a"]))
    let bounds = try #require(gap.missingBounds)
    #expect(bounds.rows == 714)
    #expect(agree(bounds.low, 533 / 2162 - 1222 / 2364))
    #expect(agree(bounds.high, 579 / 1540 - 1176 / 2986))
    let truth = 557.0 / 1835 - 1198.0 / 2691
    #expect(bounds.low < truth && truth < bounds.high ?? .nan)

    let ratio = try #require(result.gap("selection_rate", .ratioToReference, by: ["a"]))
    #expect(agree(ratio.missingBounds?.low, (533 / 2162) / (1222 / 2364)))
    #expect(agree(ratio.missingBounds?.high, (579 / 1540) / (1176 / 2986)))
    // Everybody admitted is 1755 of 4526, whoever the 714 are.
    let women = try #require(
      result.gaps("selection_rate", .differenceToOverall, by: ["a"]).first {
        $0.slice == .of(["a": "women"])
      })
    #expect(agree(women.missingBounds?.low, 533 / 2162 - 1755 / 4526))
    #expect(agree(women.missingBounds?.high, 579 / 1540 - 1755 / 4526))
    // Rows enough to lift the women's rate by 46 admissions and to lower the men's by 668 rejections:
    // 579/1540 = 0.376 and 1176/2986 = 0.394 do not meet.
    let parity = try #require(result.gap(named: "demographic_parity_difference", by: ["a"]))
    #expect(agree(parity.missingBounds?.low, 1176 / 2986 - 579 / 1540))
    #expect(agree(parity.missingBounds?.high, 1222 / 2364 - 533 / 2162))
    let fourFifths = try #require(result.gap(named: "demographic_parity_ratio", by: ["a"]))
    #expect(agree(fourFifths.missingBounds?.low, (533 / 2162) / (1222 / 2364)))
    #expect(agree(fourFifths.missingBounds?.high, (579 / 1540) / (1176 / 2986)))
  }

  /// Three groups: a 10 of 100, b 20 of 100, c 80 of 100; missing 30 selected and 50 not.
  ///
  /// 30 selections lift a to 40/130 alone, but a and b together to 60/230; 50 rejections lower c to
  /// 80/150. So the range cannot fall below 80/150 − 60/230: a takes 21.8 of the 30, b 8.2.
  @Test("The smallest range fills the lowest groups to a common level")
  func level() throws {
    let cells: [(String?, Double, Double)] = [
      ("a", 10, 90), ("b", 20, 80), ("c", 80, 20), (nil, 30, 50),
    ]
    let table = cells.flatMap { group, selected, rejected in
      [
        Row(groups: [group], decision: true, count: selected),
        Row(groups: [group], decision: false, count: rejected),
      ]
    }
    let configuration = Configuration.decisions().with {
      $0.label = nil
      $0.count = Name.count
      $0.replicates = 100
    }
    let result = try Evaluator(configuration).evaluate(table.table())
    let gap = try #require(result.gap(named: "demographic_parity_difference", by: ["a"]))
    #expect(agree(gap.missingBounds?.low, 80 / 150 - 60 / 230))
    #expect(agree(gap.missingBounds?.high, 110 / 130 - 10 / 150))
    let ratio = try #require(result.gap(named: "demographic_parity_ratio", by: ["a"]))
    #expect(agree(ratio.missingBounds?.low, (10 / 150) / (110 / 130)))
    #expect(agree(ratio.missingBounds?.high, (60 / 230) / (80 / 150)))
    // Whole rows: 22 and 8 leave a at 32/122 and b at 28/108.
    #expect(80 / 150 - 28 / 108 - (gap.missingBounds?.low ?? 0) < 1 / 109)
  }

  @Test("A stratum's bounds are those of its rows alone", arguments: 0..<6)
  func condition(seed: Int) throws {
    var table = RandomTable(seed: UInt64(seed), design: .weighted)
    var stream = RandomStream(seed: UInt64(seed), family: 905, replicate: 0)
    table.rows = (0..<240).map { index in
      Row(
        groups: [stream.uniform() < 0.1 ? nil : "g\(index % 3)"], label: stream.uniform() < 0.5,
        score: stream.uniform(), weight: 0.5 + stream.uniform(), stratum: "s\(index % 2)")
    }
    let plain = Configuration.scores().with {
      $0.weight = Name.weight
      $0.references = ["a": "g1"]
    }
    let whole = try Evaluator(plain.with { $0.condition = Name.stratum }).evaluate(
      table.rows.table())
    for stratum in ["s0", "s1"] {
      let alone = try Evaluator(plain).evaluate(
        table.rows.filter { $0.stratum == stratum }.table())
      let inside = whole.gaps.filter { $0.condition == .of([Name.stratum: stratum]) }
      #expect(inside.count == alone.gaps.count && inside.contains { $0.missingBounds != nil })
      for (own, other) in zip(inside, alone.gaps) {
        #expect(own.metric == other.metric && own.kind == other.kind)
        let (bounds, expected) = (own.missingBounds, other.missingBounds)
        #expect(bounds?.rows == expected?.rows, "\(own.metric)")
        #expect(agree(bounds?.low, expected?.low) && agree(bounds?.high, expected?.high))
      }
    }
  }

  /// Two groups of 30 rows and 12 without a group, 4 of which have no label.
  private static let mixed: [Row] = (0..<72).map { index -> Row in
    let group: String? = index < 30 ? "g" : index < 60 ? "h" : nil
    let label: Bool? = index >= 68 ? nil : index % 3 == 0
    return Row(groups: [group, "x\(index % 2)"], label: label, score: Double(index % 7) / 7)
  }

  @Test("No bounds without rows to move, for crossed groups, and where missing is a group")
  func absent() throws {
    func evaluate(_ rows: [Row], _ change: (inout Configuration) -> Void = { _ in }) throws
      -> EvaluationResult
    {
      try Evaluator(Configuration.scores(depth: 2).with { $0.replicates = 100 }.with(change))
        .evaluate(rows.table())
    }
    let result = try evaluate(Self.mixed)
    let bounded = result.gaps.filter { $0.missingBounds != nil }
    #expect(bounded.allSatisfy { $0.attributes == ["a"] && $0.value != nil })
    let own = Set(bounded.map(\.metric))
    #expect(own.isSuperset(of: ["selection_rate", "f1", "matthews_correlation", "brier_score"]))
    #expect(own.isDisjoint(with: ["roc_auc", "average_precision", "calibration_slope"]))
    #expect(own.contains("equalized_odds"))
    // The rows without a group are none: their own gap to overall has no bounds.
    let missing = result.gaps.filter { $0.slice == .of(["a": nil as String?]) }
    #expect(missing.contains { $0.value != nil } && missing.allSatisfy { $0.missingBounds == nil })
    let rate = try #require(result.gap("selection_rate", .maxMinDifference, by: ["a"]))
    let accuracy = try #require(result.gap("accuracy", .maxMinDifference, by: ["a"]))
    #expect(rate.missingBounds?.rows == 12 && accuracy.missingBounds?.rows == 8)

    // Without labels of those rows, only what needs none moves.
    let unlabelled = try evaluate(
      Self.mixed.map {
        var row = $0
        if row.groups[0] == nil { row.label = nil }
        return row
      })
    let moving = Set(unlabelled.gaps.filter { $0.missingBounds != nil }.map(\.metric))
    #expect(moving == ["selection_rate", "mean_score"])
    let asGroup = try evaluate(Self.mixed) { $0.missingAsGroup = true }
    #expect(asGroup.gaps.allSatisfy { $0.missingBounds == nil })
    let complete = try evaluate(Self.mixed.filter { $0.groups[0] != nil })
    #expect(complete.gaps.allSatisfy { $0.missingBounds == nil })
  }

  @Test("No bounds where the rows without a group are withheld")
  func suppression() throws {
    // 8 labelled rows without a group, 3 of them positive; 12 rows in all.
    for (limit, isShown) in [(2, true), (4, false), (13, false)] {
      let configuration = Configuration.scores().with {
        $0.replicates = 100
        $0.suppressBelow = limit
      }
      let result = try Evaluator(configuration).evaluate(
        Self.mixed.map {
          var row = $0
          row.groups = [row.groups[0]]
          return row
        }.table())
      let missing = result.slices.first { $0.slice.hasMissing }
      #expect((missing?.status == .ok) == isShown, "\(limit)")
      #expect(result.gaps.contains { $0.missingBounds != nil } == isShown, "\(limit)")
    }
  }
}
