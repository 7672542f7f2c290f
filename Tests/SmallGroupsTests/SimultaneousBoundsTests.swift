// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSmallGroups
import RealModule
import Testing

/// Bounds that hold for all slices at once.
@Suite struct SimultaneousBoundsTests {
  /// 2 × 3 cells, and all their slices: everything, five attribute values, six cells.
  static let counts = CellCounts(
    positives: [12, 15, 9, 20, 14, 3], rows: [120, 160, 85, 180, 130, 45])
  static let slices: [[Int]] =
    [[0, 1, 2, 3, 4, 5], [0, 1, 2], [3, 4, 5], [0, 3], [1, 4], [2, 5]] + (0..<6).map { [$0] }

  static func bounds(
    _ counts: CellCounts, _ slices: [[Int]], replicates: Int = 999, confidence: Double = 0.95
  ) -> [SliceBound?] {
    let bounds = SimultaneousBounds(counts, slices: slices)
    let extremes = bounds.extremes(0..<replicates, seed: 3, family: 1)
    return bounds.bounds(extremes, confidence: confidence)
  }

  /// One large slice: the normal interval of ε from the variance of its influence, within the
  /// Monte-Carlo error of two quantiles of 19 999 replicates (1.3 % of a limit, one standard error).
  ///
  /// With P = 1/2 and rates .35 and .25, ε = .05 and n Var ε = (1/P − 2) σ_G² + σ² = σ² = .21.
  @Test func oneSlice() throws {
    let counts = CellCounts(positives: [700, 500], rows: [2000, 2000])
    let bound = try #require(Self.bounds(counts, [[0]], replicates: 19_999)[0])
    let half = 1.959964 * (0.21 / 4000).squareRoot()
    #expect(abs(bound.deviation - 0.05) < 1e-12 && bound.share == 0.5 && !bound.isClosedForm)
    #expect(abs(bound.interval.low - (0.05 - half)) < 0.05 * half)
    #expect(abs(bound.interval.high - (0.05 + half)) < 0.05 * half)
  }

  /// A slice and its complement are one statement: deviations and bounds in the proportion of the
  /// shares, with the sign turned; the joint bounds are those of one slice.
  @Test func complement() throws {
    let counts = CellCounts(positives: [300, 300], rows: [600, 1400])
    let both = Self.bounds(counts, [[0], [1]], replicates: 9999)
    let (small, large) = (try #require(both[0]), try #require(both[1]))
    #expect(abs(0.3 * small.deviation + 0.7 * large.deviation) < 1e-15)
    let one = try #require(Self.bounds(counts, [[0]], replicates: 9999)[0])
    #expect(small.deviation == one.deviation)
    let half = one.interval.high - one.deviation
    #expect(small.interval.high - small.deviation < 1.15 * half)
  }

  /// Deviations are the slices' rates minus the overall rate; each lies strictly within its bounds,
  /// which a higher level widens; nothing is said of all rows together.
  @Test func values() throws {
    let found = Self.bounds(Self.counts, Self.slices)
    let wider = Self.bounds(Self.counts, Self.slices, confidence: 0.99)
    #expect(found[0] == nil)
    let expected = [36.0 / 365, 37.0 / 355, 32.0 / 300, 29.0 / 290, 12.0 / 130]
    for (slice, value) in zip(1..., expected.map { $0 - 73.0 / 720 }) {
      #expect(abs(try #require(found[slice]).deviation - value) < 1e-14)
    }
    for slice in 1..<Self.slices.count {
      let bound = try #require(found[slice])
      let wide = try #require(wider[slice])
      #expect(bound.interval.low < bound.deviation && bound.deviation < bound.interval.high)
      #expect(wide.interval.low < bound.interval.low && bound.interval.high < wide.interval.high)
      #expect(bound.isClosedForm == (slice == 11))
    }
  }

  /// A slice of few rows: by hand from scipy's `beta.ppf` at level 1 − .05/11, eleven slices having
  /// bounds. 3 of 45 rows against 70 of 675.
  @Test func closedForm() throws {
    let bound = try #require(Self.bounds(Self.counts, Self.slices)[11])
    #expect(abs(bound.interval.low - (-0.101744838752)) < 1e-9)
    #expect(abs(bound.interval.high - 0.131678722123) < 1e-9)
  }

  /// Blocks, wherever they are computed, are the whole, bit for bit.
  @Test func blocks() {
    let bounds = SimultaneousBounds(Self.counts, slices: Self.slices)
    let whole = bounds.extremes(0..<300, seed: 3, family: 1)
    let parts =
      bounds.extremes(0..<37, seed: 3, family: 1) + bounds.extremes(37..<130, seed: 3, family: 1)
      + bounds.extremes(130..<300, seed: 3, family: 1)
    #expect(whole == parts && whole.count == 300)
    #expect(whole.allSatisfy { $0.smallest < $0.largest })
  }

  /// One replicate's extremes from the definition: resampled counts, rates, deviations.
  @Test func definition() throws {
    let (x, n) = (Self.counts.positives, Self.counts.rows)
    let bounds = SimultaneousBounds(Self.counts, slices: Self.slices)
    let found = try #require(bounds.extremes(5..<6, seed: 3, family: 1).first)
    var stream = RandomStream(seed: 3, family: 1, replicate: 5)
    var drawn = Array(repeating: 0.0, count: 12)
    Multinomial.resample(x + zip(n, x).map { $0 - $1 }, into: &drawn, using: &stream)
    let overall = drawn[..<6].reduce(0, +) / 720
    let statistics = Self.slices[1...10].map { slice -> Double in
      let x = Double(slice.reduce(0) { $0 + x[$1] }), rows = Double(slice.reduce(0) { $0 + n[$1] })
      let sum = slice.reduce(0) { $0 + drawn[$1] }
      let count = sum + slice.reduce(0) { $0 + drawn[6 + $1] }
      let (p, share, rate) = (73.0 / 720, rows / 720, x / rows)
      let smoothed = (x + 20 * p) / (rows + 20)
      let own = max(smoothed * (1 - smoothed), p * (1 - p))
      let variance =
        (1 - share) * (1 - share) / share * own + p * (1 - p) - share * rate * (1 - rate)
      let t = count / 720 * share * (sum / count - overall - (rate - p))
      return t / (share * share * variance.squareRoot())
    }
    #expect(abs(found.largest - (statistics.max() ?? 0)) < 1e-12)
    #expect(abs(found.smallest - (statistics.min() ?? 0)) < 1e-12)
  }

  /// Slices in another order, an empty slice among them, a slice twice.
  @Test func permutation() throws {
    let plain = Self.bounds(Self.counts, Self.slices)
    let mixed = Self.bounds(Self.counts, Self.slices.reversed() + [[]])
    #expect(mixed[12] == nil)
    for (left, right) in zip(plain, mixed[..<12].reversed()) {
      #expect(left?.deviation == right?.deviation && left?.isClosedForm == right?.isClosedForm)
      let (left, right) = (left?.interval, right?.interval)
      #expect(abs((left?.low ?? 0) - (right?.low ?? 0)) < 1e-12)
      #expect(abs((left?.high ?? 0) - (right?.high ?? 0)) < 1e-12)
    }
    let twice = Self.bounds(Self.counts, [[0], [0]])
    #expect(twice[0] == twice[1])
  }

  /// Positives and negatives exchanged: the bounds change sides, in distribution.
  @Test func complementaryOutcome() throws {
    let counts = CellCounts(positives: [100, 200, 90], rows: [400, 500, 300])
    let turned = CellCounts(positives: [300, 300, 210], rows: [400, 500, 300])
    let plain = Self.bounds(counts, [[0], [1], [2]], replicates: 9999)
    let other = Self.bounds(turned, [[0], [1], [2]], replicates: 9999)
    for (plain, other) in zip(plain, other) {
      let (plain, other) = (try #require(plain), try #require(other))
      let half = plain.interval.high - plain.deviation
      #expect(abs(plain.deviation + other.deviation) < 1e-15)
      #expect(abs(plain.interval.low + other.interval.high) < 0.08 * half)
      #expect(abs(plain.interval.high + other.interval.low) < 0.08 * half)
    }
  }

  /// An outcome without positives still leaves room for some: closed forms throughout. The same with
  /// too few replicates for the quantiles.
  @Test func extremeCases() throws {
    let none = Self.bounds(CellCounts(positives: [0, 0], rows: [100, 100]), [[0], [1]])
    let bound = try #require(none[0])
    #expect(bound.isClosedForm && bound.deviation == 0)
    #expect(bound.interval.low < 0 && bound.interval.high > 0 && none[1] == bound)
    let few = Self.bounds(Self.counts, Self.slices, replicates: 20)
    let rough = try #require(few[1])
    #expect(rough.isClosedForm && rough.interval.low < rough.deviation)
    #expect(rough.interval.high > rough.deviation && rough.interval.high < 0.1)
  }
}
