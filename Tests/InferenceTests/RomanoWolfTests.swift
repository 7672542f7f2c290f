// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import RealModule
import Testing

/// Step-down and single-step adjusted p-values from replicates.
@Suite struct RomanoWolfTests {
  /// A family of small random size with ties among statistics and replicates.
  private struct Family {
    let observed: [Double]
    let rows: [[Double]]
    var adjustment: RomanoWolf { RomanoWolf(observed: observed, replicates: rows.flatMap { $0 }) }

    init(seed: UInt32) {
      var stream = RandomStream(seed: 81, family: 0, replicate: seed)
      let size = Int.random(in: 1...7, using: &stream)
      let count = Int.random(in: 0...60, using: &stream)
      func tied() -> Double { (stream.normal() * 4).rounded() / 4 }
      observed = (0..<size).map { _ in 1.5 * tied() }
      rows = (0..<size).map { _ in (0..<count).map { _ in tied() } }
    }
  }

  /// The definition, hypothesis by hypothesis and replicate by replicate.
  @Test func definition() {
    for seed in 0..<200 as Range<UInt32> {
      let family = Family(seed: seed)
      let sizes = family.observed.map(abs)
      let count = family.rows[0].count
      func pValue(_ t: Double, _ competitors: [Int]) -> Double {
        let reaching = (0..<count).count { b in
          competitors.contains { abs(family.rows[$0][b]) >= t }
        }
        return Double(reaching + 1) / Double(count + 1)
      }
      let order = sizes.indices.sorted { sizes[$0] > sizes[$1] }
      var expected = sizes
      var greatest = 0.0
      for (j, place) in order.enumerated() {
        greatest = max(greatest, pValue(sizes[place], Array(order[j...])))
        expected[place] = greatest
      }
      #expect(family.adjustment.stepDown() == expected)
      #expect(family.adjustment.singleStep() == sizes.map { pValue($0, order) })
    }
  }

  /// Step-down is never above single-step and the same for the largest statistic; both follow the
  /// hypotheses when they are reordered; single-step is `MaxT`'s; equal statistics, equal p-values.
  @Test func laws() {
    for seed in 200..<400 as Range<UInt32> {
      let family = Family(seed: seed)
      let (step, single) = (family.adjustment.stepDown(), family.adjustment.singleStep())
      #expect(zip(step, single).allSatisfy { $0 <= $1 && $0 > 0 && $1 <= 1 })
      let sizes = family.observed.map(abs)
      if let first = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) {
        #expect(step[first] == single[first])
      }
      let maxima = family.rows[0].indices.map { b in
        family.rows.reduce(0) { max($0, abs($1[b])) }
      }
      #expect(family.observed.map { MaxT(maxima: maxima).pValue($0) } == single)
      let reversed = RomanoWolf(
        observed: family.observed.reversed().map { -$0 },
        replicates: family.rows.reversed().flatMap { $0 })
      #expect(reversed.stepDown() == step.reversed() && reversed.singleStep() == single.reversed())
      for i in sizes.indices {
        for j in sizes.indices where sizes[i] >= sizes[j] {
          #expect(step[i] <= step[j] && (sizes[i] > sizes[j] || step[i] == step[j]))
        }
      }
    }
  }

  @Test func oneHypothesisAndNone() {
    let plain = RomanoWolf(observed: [-2], replicates: (1...99).map { Double($0) / 33 })
    #expect(plain.stepDown() == [0.35] && plain.singleStep() == [0.35])
    #expect(RomanoWolf(observed: [], replicates: []).stepDown() == [])
    #expect(RomanoWolf(observed: [3, 1], replicates: []).stepDown() == [1, 1])
  }

  /// The family-wise error among true hypotheses beside false ones stays within 5 %; with all true
  /// it is 5 %, neither more nor less; and more false ones are found than by Holm, which cannot use
  /// the correlation. Ten statistics with correlation 0.8, 199 replicates.
  @Test func strongControlAndPower() {
    let half = Self.simulate(means: [0, 0, 0, 0, 0, 2, 2.5, 2.5, 3, 3], dataSets: 3000)
    #expect(Self.bounds(half.errors, 3000).low <= 0.05, "\(half)")
    #expect(Double(half.found) > 1.05 * Double(half.foundByHolm), "\(half)")
    #expect(half.found > half.foundBySingleStep, "\(half)")
    let none = Self.simulate(means: [Double](repeating: 0, count: 10), dataSets: 3000)
    let bounds = Self.bounds(none.errors, 3000)
    #expect(bounds.low <= 0.05 && 0.05 <= bounds.high, "\(none)")
  }

  struct Outcome {
    var (errors, found, foundByHolm, foundBySingleStep) = (0, 0, 0, 0)
  }

  /// One-sided 99 % bounds of a probability.
  static func bounds(_ count: Int, _ trials: Int) -> Interval {
    ClopperPearson.interval(
      successes: Double(count), trials: Double(trials), confidence: 0.98)
  }

  static func simulate(means: [Double], dataSets: Int) -> Outcome {
    var outcome = Outcome()
    let count = 199
    for index in 0..<dataSets {
      var stream = RandomStream(seed: 82, family: 0, replicate: UInt32(index))
      let observed = zip(means, noise(means.count, &stream)).map { $0 + $1 }
      var replicates = [Double](repeating: 0, count: means.count * count)
      for b in 0..<count {
        for (place, t) in noise(means.count, &stream).enumerated() {
          replicates[place * count + b] = t
        }
      }
      let adjustment = RomanoWolf(observed: observed, replicates: replicates)
      let rejected = adjustment.stepDown().map { $0 <= 0.05 }
      if means.indices.contains(where: { means[$0] == 0 && rejected[$0] }) { outcome.errors += 1 }
      let holm = Holm().adjusted(observed.map { 2 * Normal.cumulative(-abs($0)) })
      let single = adjustment.singleStep()
      for place in means.indices where means[place] != 0 {
        if rejected[place] { outcome.found += 1 }
        if holm[place] <= 0.05 { outcome.foundByHolm += 1 }
        if single[place] <= 0.05 { outcome.foundBySingleStep += 1 }
      }
    }
    return outcome
  }

  private static func noise(_ size: Int, _ stream: inout RandomStream) -> [Double] {
    let common = stream.normal() * 0.8.squareRoot()
    return (0..<size).map { _ in common + stream.normal() * 0.2.squareRoot() }
  }
}
