// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSmallGroups
import RealModule
import Testing

/// Whether intersections add anything to the attributes one by one.
@Suite struct GoodnessOfFitTests {
  static let layout = CellLayout(allCells([2, 3]))

  static let counts = CellCounts(
    positives: [12, 15, 9, 20, 14, 3], rows: [40, 60, 25, 80, 30, 15])

  /// Fit and X² by statsmodels `WLS` with a constant and three indicators, twice: weights n, then n
  /// over the variances of the first fit.
  @Test func rates() throws {
    let test = try #require(GoodnessOfFit(Self.counts, layout: Self.layout, seed: 1, family: 0))
    let expected = [
      0.253965463, 0.313692582, 0.294189894, 0.274469393, 0.334196513, 0.314693825,
    ]
    #expect(distance(test.values, expected) < 1e-9)
    #expect(abs(test.statistic - 5.632751439) < 1e-8)
    #expect(test.degreesOfFreedom == 2)
    // On two degrees of freedom the upper tail is exp(−X²/2).
    #expect(abs(test.chiSquaredPValue - Double.exp(-5.632751439 / 2)) < 1e-9)
    // Cells of 15 rows and more: the two p-values are close.
    #expect(abs(test.pValue - test.chiSquaredPValue) < 0.02)
  }

  /// Degrees of freedom are cells minus rank, missing cells and a level that two attributes share
  /// included.
  @Test func degreesOfFreedom() throws {
    func freedom(_ levels: [[Int]]) -> Int? {
      let counts = CellCounts(
        positives: levels.indices.map { 3 + $0 % 4 }, rows: levels.map { _ in 20 })
      return GoodnessOfFit(
        counts, layout: CellLayout(levels), replicates: 19, seed: 1, family: 0
      )?.degreesOfFreedom
    }
    #expect(freedom(allCells([2, 5])) == 4)
    #expect(freedom(allCells([2, 2, 3])) == 7)
    #expect(freedom(allCells([5, 5, 2])) == 40)
    #expect(freedom([[0, 0], [0, 1], [1, 0], [1, 1], [2, 1]]) == 1)
    // The second attribute says what the first does.
    #expect(freedom([[0, 0, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]]) == 1)
    // A single attribute, or one cell, leaves nothing to test.
    #expect(freedom([[0], [1], [2]]) == nil)
    #expect(freedom([[0, 0]]) == nil)
  }

  /// Neither the order of the attributes nor the names of levels change the statistic; the seed
  /// determines the p-value.
  @Test func laws() throws {
    func test(_ levels: [[Int]]) throws -> GoodnessOfFit {
      try #require(
        GoodnessOfFit(
          Self.counts, layout: CellLayout(levels), replicates: 999, seed: 5, family: 2))
    }
    let plain = try test(Self.layout.levels)
    let other = try test(Self.layout.levels.map { [4 - $0[1], 9 * $0[0]] })
    #expect(abs(other.statistic / plain.statistic - 1) < 1e-11)
    #expect(other.degreesOfFreedom == plain.degreesOfFreedom)
    #expect(try test(Self.layout.levels).pValue == plain.pValue)
    // Positives and negatives exchanged: the same misfit up to the smoothing.
    let counts = CellCounts(
      positives: zip(Self.counts.rows, Self.counts.positives).map { $0 - $1 },
      rows: Self.counts.rows)
    let turned = try #require(
      GoodnessOfFit(counts, layout: Self.layout, replicates: 999, seed: 5, family: 2))
    #expect(abs(turned.statistic / plain.statistic - 1) < 1e-9)
  }

  /// A fit that is additive to the last row leaves nothing: X² = 0, p = 1.
  @Test func exactFit() throws {
    let counts = CellCounts(positives: [10, 20, 30, 40], rows: [100, 100, 100, 100])
    let layout = CellLayout(allCells([2, 2]))
    let test = try #require(
      GoodnessOfFit(counts, layout: layout, replicates: 99, seed: 1, family: 0))
    #expect(test.statistic < 1e-20 && test.pValue == 1)
    #expect(distance(test.values, [0.1, 0.2, 0.3, 0.4]) < 1e-12)
  }

  /// A p-value of one simulated table: rates additive from low to high, and `extra` in the cells
  /// with all levels 1.
  private static func pValue(
    _ shape: [Int], _ range: (low: Double, high: Double), rows: (Double, Double), extra: Double,
    _ number: Int
  ) throws -> Double {
    let layout = CellLayout(allCells(shape))
    var stream = RandomStream(seed: 106, family: 0, replicate: UInt32(number))
    let trials = layout.levels.map { _ in logUniform(rows.0, rows.1, &stream) }
    let drawn = zip(layout.levels, trials).map { levels, rows in
      let effect = zip(levels, shape).reduce(0) { $0 + Double($1.0) / Double($1.1 - 1) }
      let mean = range.low + (range.high - range.low) * effect / Double(shape.count)
      let both = levels.allSatisfy { $0 == 1 } ? extra : 0
      return Binomial.sample(trials: rows, probability: mean + both, using: &stream)
    }
    let test = try #require(
      GoodnessOfFit(
        CellCounts(positives: drawn, rows: trials), layout: layout, replicates: 99,
        seed: UInt64(number), family: 1))
    return test.pValue
  }

  /// Additive truth: p-values at most as small as uniform ones; cells of 5 to 30 rows and of 5 to
  /// 500.
  @Test(
    arguments: [[2, 5], [2, 2, 3], [5, 5, 2]],
    [(0.1, 0.5, 500.0), (0.02, 0.12, 500), (0.3, 0.3, 30), (0.03, 0.03, 30)])
  func errorOfTheFirstKind(_ shape: [Int], _ design: (low: Double, high: Double, rows: Double))
    throws
  {
    let samples = 500
    var (small, below) = (0, 0)
    for number in 0..<samples {
      let p = try Self.pValue(
        shape, (design.low, design.high), rows: (5, design.rows), extra: 0, number)
      small += p <= 0.05 ? 1 : 0
      below += p <= 0.5 ? 1 : 0
    }
    #expect(Bound.lower(small, of: samples) <= 0.05, "\(small) of \(samples)")
    #expect(below > samples / 3, "\(below) of \(samples)")
  }

  /// One cell of 100 to 1000 rows .3 above what its attribute values predict is found.
  @Test(arguments: [[2, 5], [2, 2, 3], [5, 5, 2]])
  func power(_ shape: [Int]) throws {
    let found = try (0..<100).filter {
      try Self.pValue(shape, (0.1, 0.5), rows: (100, 1000), extra: 0.3, $0) <= 0.05
    }
    #expect(found.count >= 80, "\(found.count) of 100")
  }
}
