// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import EvenhandTabular
import Testing

/// Numbers depend on the table's content, the configuration and the seed alone.
@Suite("Determinism")
struct DeterminismTests {
  static let tables = (0..<40).map { RandomTable(seed: 1000 + UInt64($0)) }

  @Test("One, two and three threads", arguments: tables.prefix(25))
  func threads(table: RandomTable) throws {
    let one = try table.evaluate { $0.threads = 1 }
    for count in [2, 3] {
      let other = try table.evaluate { $0.threads = count }
      #expect(other.measurements == one.measurements && other.gaps == one.gaps)
      #expect(other == one)
    }
  }

  @Test("Shuffled and reversed rows", arguments: tables)
  func order(table: RandomTable) throws {
    let one = try table.evaluate()
    var stream = RandomStream(seed: 3, family: 3, replicate: 3)
    for rows in [table.rows.shuffled(using: &stream), table.rows.reversed()] {
      let other = try Evaluator(table.configuration).evaluate(rows.table())
      #expect(other.measurements == one.measurements && other.gaps == one.gaps)
      #expect(other.curves == one.curves && other.tally == one.tally)
      #expect(other.sweeps == one.sweeps)
    }
  }

  @Test("A counted table equals its expansion", arguments: (0..<30).map { UInt64($0) })
  func expansion(seed: UInt64) throws {
    let table = RandomTable(seed: 2000 + seed, design: .counted)
    let expanded = table.rows.flatMap { Array(repeating: $0, count: Int($0.count)) }
    let counted = try table.evaluate()
    let other = try Evaluator(table.configuration.with { $0.count = nil })
      .evaluate(expanded.table())
    #expect(other.measurements == counted.measurements && other.gaps == counted.gaps)
    #expect(other.curves == counted.curves && other.tally == counted.tally)
    #expect(other.sweeps == counted.sweeps)
  }

  @Test("The rows engine too: threads, order, expansion", arguments: [UInt64](0..<6))
  func bootstrap(seed: UInt64) throws {
    var table = RandomTable(seed: 2500 + seed, design: .counted)
    table.configuration.method = .bootstrap
    let one = try table.evaluate { $0.threads = 1 }
    let expanded = table.rows.flatMap { Array(repeating: $0, count: Int($0.count)) }
    let other = try Evaluator(
      table.configuration.with {
        $0.count = nil
        $0.threads = 3
      }
    ).evaluate(Array(expanded.reversed()).table())
    #expect(other.measurements == one.measurements && other.gaps == one.gaps)
  }

  @Test("Weights in another unit", arguments: [RandomTable.Design.weighted, .clusteredAndWeighted])
  func unit(design: RandomTable.Design) throws {
    for seed in 3000..<3010 {
      let table = RandomTable(seed: UInt64(seed), design: design)
      var heavier = table
      for index in heavier.rows.indices { heavier.rows[index].weight *= 7 }
      let (one, other) = (try table.evaluate(), try heavier.evaluate())
      compare(one, other, "\(table)")
    }
  }

  private func compare(_ one: EvaluationResult, _ other: EvaluationResult, _ table: String) {
    for (a, b) in zip(one.measurements, other.measurements) {
      let what: Comment = "\(a.metric) on \(a.slice) of \(table)"
      #expect(a.status == b.status && a.slice == b.slice && a.metric == b.metric, what)
      if isConfusionCount(a.metric) { continue }
      #expect(agree(a.value, b.value), what)
      // Where scores are 0 and 1, logits of ±36 leave a fit's information within rounding of nothing.
      let isFit = a.metric.hasPrefix("calibration_")
      #expect(agree(a.standardError, b.standardError, within: isFit ? 1e-6 : 1e-9), what)
      #expect(agree(a.interval?.low, b.interval?.low, within: 1e-7), what)
      #expect(agree(a.interval?.high, b.interval?.high, within: 1e-7), what)
    }
    #expect(one.gaps.count == other.gaps.count, "\(table)")
    guard one.gaps.count == other.gaps.count else { return }
    for (a, b) in zip(one.gaps, other.gaps) {
      let what: Comment = "\(a.kind) of \(a.metric) of \(table)"
      #expect(a.kind == b.kind && a.status == b.status, what)
      #expect(agree(a.value, b.value) && agree(a.standardError, b.standardError), what)
    }
  }

  /// Confusion counts of weighted rows are sums of weights.
  private func isConfusionCount(_ metric: String) -> Bool {
    ["true_positives", "false_positives", "false_negatives", "true_negatives"].contains(metric)
  }

  @Test("Renamed groups keep their values", arguments: tables.prefix(20))
  func renaming(table: RandomTable) throws {
    // The order of the names is turned round, so that no order of groups survives.
    let names = ["g0": "z", "g1": "y", "g2": "x", "g3": "w"]
    var renamed = table
    for index in renamed.rows.indices {
      renamed.rows[index].groups = table.rows[index].groups.map { $0.flatMap { names[$0] } }
    }
    let (one, other) = (try table.evaluate(), try renamed.evaluate())
    for found in one.measurements {
      let slice = Slice(
        found.slice.assignments.map {
          let isStratum = $0.attribute == Name.stratum
          return .init(
            attribute: $0.attribute, group: isStratum ? $0.group : $0.group.flatMap { names[$0] })
        })
      let twin = try #require(other.measurement(found.metric, slice))
      #expect(agree(twin.value, found.value, within: 1e-10), "\(found.metric) on \(slice)")
      #expect(twin.n == found.n && agree(twin.denominator, found.denominator))
    }
    for kind in [GapKind.maxMinDifference, .minMaxRatio] {
      for gap in one.gaps where gap.kind == kind && gap.status == .ok && gap.condition == nil {
        let twin = other.gap(gap.metric, kind, by: gap.attributes)
        guard let twin, twin.status == .ok, sameReasons(twin, gap) else {
          continue
        }
        #expect(agree(twin.value, gap.value, within: 1e-10), "\(gap.metric) \(kind)")
      }
    }
  }

  /// Whether both leave out the same groups; a group near 1 % of undefined replicates may be left out
  /// under one order of names and not under another.
  private func sameReasons(_ one: Gap, _ other: Gap) -> Bool {
    one.excluded.map(\.reason).sorted() == other.excluded.map(\.reason).sorted()
      && !one.excluded.contains { $0.reason.hasSuffix("of replicates") }
  }
}
