// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

/// Tests of equal proportions: Fisher, the pooled and the hypergeometric z.
@Suite struct EqualityTests {
  @Test func fisherValues() {
    for (x, n, y, m, p, mid) in ReferenceValues.fisherExact {
      let table = Table(x, n, y, m)
      #expect(
        agree(FisherExact.pValue(table.sample, table.reference), p, within: 2e-12), "\(table)")
      #expect(
        agree(FisherExact.midPValue(table.sample, table.reference), mid, within: 2e-12), "\(table)")
    }
  }

  /// Fisher's tea taster: 2 · (1 + 16)/70 and 2 · (1 + 16/2)/70.
  @Test func teaTaster() {
    let table = Table(3, 4, 1, 4)
    #expect(agree(FisherExact.pValue(table.sample, table.reference), 34.0 / 70, within: 1e-14))
    #expect(agree(FisherExact.midPValue(table.sample, table.reference), 18.0 / 70, within: 1e-14))
  }

  /// scipy.stats.fisher_exact(…, alternative="greater"), scipy 1.17.
  @Test(arguments: [
    (3, 4, 1, 4, 0.24285714285714283), (10, 125, 2662, 12665, 0.9999765898348061),
    (99, 401, 2662, 12665, 0.045475474471025616), (0, 5, 2, 7, 1),
    (60, 100, 40, 100, 0.003529757747508124),
    (900, 100_000, 700, 100_000, 2.84893110796077e-07), (12, 12, 3, 40, 2.2046773314287504e-09),
  ])
  func oneSidedFisher(_ x: Double, _ n: Double, _ y: Double, _ m: Double, _ p: Double) {
    let table = Table(x, n, y, m)
    #expect(agree(FisherExact.greaterPValue(table.sample, table.reference), p, within: 1e-9))
  }

  /// scipy.stats.ttest_ind_from_stats(0.31, 0.44, 25, 0.22, 0.12, 400, equal_var=False).
  @Test func welch() throws {
    let sample = Welch.Sample(mean: 0.31, varianceOfMean: 0.44 * 0.44 / 25, count: 25)
    let reference = Welch.Sample(mean: 0.22, varianceOfMean: 0.12 * 0.12 / 400, count: 400)
    let found = try #require(Welch(sample, reference))
    #expect(agree(found.standardError, 0.08820430828479978, within: 1e-13))
    #expect(agree(found.degreesOfFreedom, 24.223627670719964, within: 1e-13))
    #expect(agree(found.greaterPValue, 0.15882080821169894, within: 1e-12))
    let interval = found.interval(confidence: 0.95)
    #expect(agree(interval.low, -0.09195585065218861, within: 1e-10))
    #expect(agree(interval.high, 0.27195585065218864, within: 1e-10))
    #expect(Welch(sample, Welch.Sample(mean: 1, varianceOfMean: 1, count: 1)) == nil)
  }

  /// Adult's groups against its white people, as printed with their impact ratios.
  @Test func employment() {
    for (x, n, printed) in [(10.0, 125.0, 0.000142), (99, 401, 0.0818), (8, 115, 6.9e-5)] {
      let table = Table(x, n, 2662, 12665)
      #expect(agree(FisherExact.pValue(table.sample, table.reference), printed, within: 5e-3))
    }
  }

  /// Over all tables of given margins: a p-value's tail is at most its level, and the mid-p-value's
  /// mean is ½.
  @Test func fisherLaws() {
    for (n, m, k) in [(5, 5, 4), (12, 7, 6), (20, 31, 30), (1, 9, 3), (8, 8, 8), (40, 3, 20)] {
      var outcomes: [(mass: Double, p: Double)] = []
      var meanMid = 0.0
      for x in max(0, k - m)...min(k, n) {
        let table = Table(Double(x), Double(n), Double(k - x), Double(m))
        let mass =
          Enumeration.probability(x, of: n, rate: 0.5)
          * Enumeration.probability(k - x, of: m, rate: 0.5)
          / Enumeration.probability(k, of: n + m, rate: 0.5)
        let mid = FisherExact.midPValue(table.sample, table.reference)
        let p = FisherExact.pValue(table.sample, table.reference)
        let swapped = FisherExact.pValue(table.reference, table.sample)
        #expect(agree(swapped, p, within: 1e-12) && mid <= p && p <= 1)
        meanMid += mass * mid
        outcomes.append((mass, p))
      }
      #expect(agree(meanMid, 0.5, within: 1e-12))
      for (_, level) in outcomes {
        let size = outcomes.reduce(0) { $0 + ($1.p <= level * (1 + 1e-9) ? $1.mass : 0) }
        #expect(size <= level * (1 + 1e-9))
      }
    }
  }

  /// Where counts are large the exact and the normal test agree; p-values are never 0.
  @Test func largeCounts() {
    let table = Table(3_001_200, 10_000_000, 2_998_000, 10_000_000)
    let exact = FisherExact.midPValue(table.sample, table.reference)
    #expect(agree(exact, HypergeometricZ.pValue(table.sample, table.reference), within: 1e-4))
    let certain = Table(0, 4_000_000, 4_000_000, 4_000_000)
    #expect(FisherExact.pValue(certain.sample, certain.reference) == PValue.smallest)
    #expect(PooledZ.pValue(certain.sample, certain.reference) == PValue.smallest)
    let equal = Table(1_000_000, 2_000_000, 1_000_000, 2_000_000)
    #expect(agree(FisherExact.pValue(equal.sample, equal.reference), 1, within: 1e-9))
  }

  /// z = −25.1329 of Adult's women and men; z² is Pearson's χ².
  @Test func standardDeviations() {
    let adult = Table(386, 4840, 2507, 9813)
    #expect(abs(PooledZ.statistic(adult.sample, adult.reference) + 25.1329) < 5e-5)
    // N (ad − bc)² / (n m K (N − K)) with a = 56, b = 14, c = 48, d = 32.
    let table = Table(56, 70, 48, 80)
    let determinant: Double = 56 * 32 - 14 * 48
    let margins: Double = 70 * 80 * 104 * 46
    let square = 150 * determinant * determinant / margins
    let z = PooledZ.statistic(table.sample, table.reference)
    #expect(agree(z * z, square, within: 1e-14) && z > 0)
    let h = HypergeometricZ.statistic(table.sample, table.reference)
    #expect(agree(h * h, square * 149 / 150, within: 1e-14))
    #expect(
      agree(
        PooledZ.pValue(table.sample, table.reference),
        ChiSquared.upperTail(square, degreesOfFreedom: 1), within: 1e-12))
    for extreme in [Table(0, 5, 0, 9), Table(5, 5, 9, 9)] {
      #expect(PooledZ.statistic(extreme.sample, extreme.reference) == 0)
      #expect(HypergeometricZ.pValue(extreme.sample, extreme.reference) == 1)
      #expect(agree(FisherExact.pValue(extreme.sample, extreme.reference), 1, within: 1e-14))
    }
  }
}
