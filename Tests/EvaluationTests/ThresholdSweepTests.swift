// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandSampling
import Testing

@Suite("Sweeps over thresholds")
struct ThresholdSweepTests {
  /// 600 people of three groups, some without label, score or group.
  private static let rows: [Row] = {
    var stream = RandomStream(seed: 31, family: 31, replicate: 0)
    return (0..<600).map { index in
      var row = Row()
      let group = Int.random(in: 0..<3, using: &stream)
      row.groups = [stream.uniform() < 0.03 ? nil : "g\(group)"]
      let score = (100 * stream.uniform()).rounded() / 100
      row.label = stream.uniform() < 0.03 ? nil : stream.uniform() < 0.1 + 0.7 * score
      row.score = stream.uniform() < 0.03 ? .nan : score
      row.weight = 0.5 + stream.uniform()
      row.cluster = "c\(index / 3)"
      return row
    }
  }()

  private static func evaluate(_ change: (inout Configuration) -> Void) throws -> EvaluationResult {
    let configuration = Configuration.scores().with {
      $0.replicates = 400
      $0.permutations = 0
      $0.labelDraws = 0
      $0.costs = CostMatrix(falsePositive: 1, falseNegative: 3)
      $0.netBenefit = 0.25
    }
    return try Evaluator(configuration.with(change)).evaluate(rows.table())
  }

  enum Design: CaseIterable, Sendable { case simple, weighted, clustered }

  private static func apply(_ design: Design, to configuration: inout Configuration) {
    switch design {
    case .simple: break
    case .weighted: configuration.weight = Name.weight
    case .clustered: configuration.cluster = Name.cluster
    }
  }

  @Test("Every value is what an evaluation with that threshold finds", arguments: Design.allCases)
  func values(design: Design) throws {
    let swept = try Self.evaluate {
      $0.sweep = true
      Self.apply(design, to: &$0)
    }.sweeps[0]
    for threshold in [0.07, 0.35, 0.5, 0.8] {
      let place = try #require(swept.thresholds.firstIndex(of: threshold))
      let found = try Self.evaluate {
        $0.models[0].output = .score(threshold: threshold)
        Self.apply(design, to: &$0)
      }
      for curve in swept.curves {
        guard let slice = curve.slice else { continue }
        let expected = try #require(found.measurement(curve.metric, slice))
        #expect(
          agree(curve.values[place], expected.value, within: 2e-6),
          "\(curve.metric) on \(slice) at \(threshold)")
      }
      for gap in found.gaps where gap.kind == .maxMinDifference && gap.status == .ok {
        let curve = swept.curves.first {
          $0.metric == gap.metric && $0.gap == SweptGap(kind: .maxMinDifference, attribute: "a")
        }
        guard let curve, gap.attributes.count == 1 else { continue }
        #expect(agree(curve.values[place], gap.value, within: 2e-6), "\(gap.metric)")
      }
    }
  }

  @Test("Bands hold their values and are no narrower than one threshold's interval")
  func bands() throws {
    let result = try Self.evaluate { $0.sweep = true }
    let sweep = result.sweeps[0]
    let own = try #require(sweep.thresholds.firstIndex(of: 0.5))
    for curve in sweep.curves {
      for place in sweep.thresholds.indices {
        guard let low = curve.low[place], let high = curve.high[place] else { continue }
        let value = try #require(curve.values[place])
        #expect(low <= value && value <= high && low < high, "\(curve.metric)")
      }
      guard let slice = curve.slice,
        let interval = result.measurement(curve.metric, slice)?.interval,
        interval.method == "clopper_pearson", let low = curve.low[own], let high = curve.high[own]
      else { continue }
      #expect(low <= interval.low + 1e-6 && high >= (interval.high ?? 1) - 1e-6, "\(curve.metric)")
    }
  }

  @Test("The model's own threshold is in the grid; scores that are no probabilities have one too")
  func grid() throws {
    let odd = try Self.evaluate {
      $0.sweep = true
      $0.models[0].output = .score(threshold: 0.123)
    }.sweeps[0]
    #expect(odd.thresholds.count == 100 && odd.thresholds.contains(0.123))
    let scores = try Self.evaluate {
      $0.sweep = true
      $0.scoreKind = .score
      $0.models[0].output = .score(threshold: 0.5)
    }.sweeps[0]
    #expect(scores.thresholds.contains(0.5) && scores.thresholds.count > 50)
    #expect(zip(scores.thresholds, scores.thresholds.dropFirst()).allSatisfy(<))
  }

  @Test("Proposals are what the curves say")
  func proposals() throws {
    let aims = try [
      "selection_rate:a>=0.8", "precision>=0.6", "true_positive_rate:a=equal", "least_cost",
    ].map { try ThresholdAim(parsing: $0) }
    let sweep = try Self.evaluate {
      $0.aims = aims
    }.sweeps[0]
    func curve(_ metric: String, _ slice: Slice?, _ kind: GapKind? = nil) throws -> SweptCurve {
      try #require(
        sweep.curves.first { $0.metric == metric && $0.slice == slice && $0.gap?.kind == kind })
    }
    let cost = try curve("expected_cost", .overall)
    let grid = sweep.thresholds
    func at(_ curve: SweptCurve, _ threshold: Double) -> Double? {
      grid.firstIndex(of: threshold).flatMap { curve.values[$0] }
    }
    let limits: [(Int, SweptCurve, Double)] = [
      (0, try curve("selection_rate", nil, .minMaxRatio), 0.8),
      (1, try curve("precision", .overall), 0.6),
    ]
    for (index, curve, limit) in limits {
      let proposal = sweep.proposals[index]
      let observed = grid.indices.filter { (curve.values[$0] ?? 0) >= limit }
      let established = observed.filter { (curve.low[$0] ?? -1) >= limit }
      #expect(proposal.observed == observed.map { grid[$0] } && !observed.isEmpty)
      #expect(proposal.established == established.map { grid[$0] })
      let among = established.isEmpty ? proposal.observed : proposal.established
      let least = among.compactMap { at(cost, $0) }.min()
      let chosen = try #require(proposal.thresholds.first?.threshold)
      #expect(among.contains(chosen) && at(cost, chosen) == least)
      #expect(proposal.chosenBy == "expected_cost")
    }
    let target = try #require(at(try curve("true_positive_rate", .overall), 0.5))
    #expect(sweep.proposals[2].thresholds.count == 3)
    for proposed in sweep.proposals[2].thresholds {
      let own = try curve("true_positive_rate", proposed.slice)
      let nearest = own.values.compactMap { $0 }.map { abs($0 - target) }.min()
      #expect(agree(proposed.value.map { abs($0 - target) }, nearest, within: 2e-6))
    }
    let least = sweep.proposals[3]
    #expect(
      at(cost, try #require(least.thresholds[0].threshold)) == cost.values.compactMap { $0 }.min())
    #expect(least.established.contains(least.thresholds[0].threshold ?? -1))
    #expect(least.established.count < grid.count)
  }

  @Test("Withheld groups are in no sweep")
  func suppression() throws {
    let result = try Self.evaluate {
      $0.sweep = true
      $0.suppressBelow = 190
    }
    let withheld = Set(result.slices.filter { $0.n == nil }.map(\.slice))
    #expect(!withheld.isEmpty)
    #expect(result.sweeps[0].curves.allSatisfy { $0.slice.map { !withheld.contains($0) } ?? true })
  }

  @Test(
    "What is no aim is refused",
    arguments: [
      ("precision", "none of the forms"), ("precision>0.8", "none of the forms"),
      ("precision>=x", "none of the forms"), ("precision=equal", "none of the forms"),
      ("roc_auc>=0.8", "'roc_auc' is no metric of decisions"),
      ("base_rate>=0.8", "'base_rate' is no metric of decisions"),
      ("nothing>=0.8", "'nothing' is no metric of decisions"),
      (":a>=0.8", "none of the forms"), ("precision:>=0.8", "none of the forms"),
      ("matthews_correlation:a>=0.8", "has no ratio between groups"), ("", "none of the forms"),
    ])
  func refused(text: String, says: String) {
    #expect {
      try ThresholdAim(parsing: text)
    } throws: {
      "\($0)".contains(says)
    }
  }

  @Test(
    "An aim that the evaluation cannot serve is refused",
    arguments: [
      ("least_cost", "--costs fp=1,fn=5"), ("accuracy:age>=0.8", "'age' is not among"),
      ("net_benefit>=0", "net_benefit is not measured"),
    ])
  func unserved(text: String, says: String) throws {
    let aim = try ThresholdAim(parsing: text)
    #expect {
      try Self.evaluate {
        $0.aims = [aim]
        $0.costs = nil
        $0.netBenefit = nil
      }
    } throws: {
      "\($0)".contains(says)
    }
  }

  @Test("Decisions have no sweep, and without scores none can be asked for")
  func decisions() {
    #expect(throws: ConfigurationError.self) {
      try Evaluator(Configuration.decisions().with { $0.sweep = true }).evaluate(Self.rows.table())
    }
  }
}
