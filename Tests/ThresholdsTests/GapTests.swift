// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandThresholds
import Testing

struct GapTests {
  static let groups = (0..<3).map { group in
    LawTests.rows(120 + 40 * group, seed: UInt64(group)).map { row -> LawTests.Row in
      (min(1, row.score + 0.1 * Double(group)), row.label, row.weight, row.cluster)
    }
  }

  @Test(arguments: [(false, false), (true, false), (false, true)])
  func `the gap is that of the outer groups, within its band`(
    isWeighted: Bool, isClustered: Bool
  ) throws {
    let samples = Self.groups.map {
      LawTests.sample($0, isWeighted: isWeighted, isClustered: isClustered)
    }
    let curves = samples.map { LawTests.estimator.curve(TruePositiveRate(), $0) }
    let difference = LawTests.estimator.difference(TruePositiveRate(), samples)
    let ratio = LawTests.estimator.ratio(TruePositiveRate(), samples)
    for place in LawTests.thresholds.indices {
      let values = try curves.map { try #require($0.values[place]) }
      let (lowest, highest) = try (#require(values.min()), #require(values.max()))
      #expect(isNear(difference.values[place], highest - lowest))
      #expect(isNear(ratio.values[place], highest > 0 ? lowest / highest : nil))
      for curve in [difference, ratio] {
        guard let value = curve.values[place] else { continue }
        let (low, high) = try (#require(curve.low[place]), #require(curve.high[place]))
        #expect(0 <= low && low <= value && value <= high && high <= 1 && low < high)
      }
    }
  }

  @Test func `the order of the groups changes no value`() {
    let samples = Self.groups.map { LawTests.sample($0) }
    let one = LawTests.estimator.difference(F1(), samples)
    let other = LawTests.estimator.difference(F1(), samples.reversed())
    #expect(one.values == other.values)
    #expect(isNear(one.critical, other.critical, tolerance: 0.05))
  }

  /// Each cluster has the same rows in both groups, so that their rates rise and fall together.
  @Test func `groups that share clusters are compared within them`() throws {
    var shared = [0, 1].map { _ in BucketedRows(thresholds: 1, isClustered: true) }
    var apart = shared
    for cluster in Int32(0)..<40 {
      for row in Int32(0)..<10 {
        // A few rows differ, else the difference would not vary.
        let base = row < 3 + cluster % 5
        for group in [0, 1] {
          let isSelected = row == 9 && cluster % 4 == group ? !base : base
          shared[group].add(
            bucket: isSelected ? 1 : 0, label: true, weight: 1, rows: 1, cluster: cluster)
          apart[group].add(
            bucket: isSelected ? 1 : 0, label: true, weight: 1, rows: 1,
            cluster: cluster + 40 * Int32(group))
        }
      }
    }
    let together = LawTests.estimator.difference(TruePositiveRate(), shared)
    let separate = LawTests.estimator.difference(TruePositiveRate(), apart)
    #expect(together.values == separate.values)
    #expect(try #require(together.high[0]) < 0.8 * #require(separate.high[0]))
  }
}
