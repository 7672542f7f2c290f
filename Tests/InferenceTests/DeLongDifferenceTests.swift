// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

@Suite struct DeLongDifferenceTests {
  /// Integer scores with ties, against structural components over all pairs.
  @Test func values() {
    for (positives, negatives, otherPositives, otherNegatives, expected) in ReferenceValues.deLong {
      let first = DeLong(positives: positives, negatives: negatives)
      let second = DeLong(positives: otherPositives, negatives: otherNegatives)
      let (one, two, covariance) = (expected[2], expected[3], expected[4])
      let paired = DeLong.difference(first, second, isPaired: true)
      #expect(agree(first.auc, expected[0], within: 1e-13))
      #expect(agree(second.auc, expected[1], within: 1e-13))
      #expect(agree(first.variance ?? 0, one, within: 1e-12))
      #expect(agree(paired.value, expected[0] - expected[1], within: 1e-12))
      #expect(agree(paired.variance ?? 0, expected[5], within: 1e-11))
      let unpaired = DeLong.difference(first, second, isPaired: false)
      #expect(agree(unpaired.variance ?? 0, one + two, within: 1e-12))
      #expect(paired.value == unpaired.value)
      let isSmoothed =
        first.smoothedVariance > one * 1.0001 || second.smoothedVariance > two * 1.0001
      let correlation = covariance / (one * two).squareRoot()
      let smoothed =
        first.smoothedVariance + second.smoothedVariance
        - 2 * correlation * (first.smoothedVariance * second.smoothedVariance).squareRoot()
      #expect(agree(paired.standardError, smoothed.squareRoot(), within: 1e-11))
      if !isSmoothed { #expect(agree(paired.statistic, expected[6], within: 1e-11)) }
    }
    #expect(
      ReferenceValues.deLong.contains {
        let area = DeLong(positives: $0.0, negatives: $0.1)
        return area.smoothedVariance == area.variance
      }, "the published z is reached")
  }

  /// Variances add, exchanging the groups mirrors, and the statistic is where 0 is touched.
  @Test func disjointGroups() {
    var stream = RandomStream(seed: 47, family: 0, replicate: 0)
    func area(_ shift: Double) -> DeLong {
      DeLong(
        positives: (0..<300).map { _ in stream.normal() + shift },
        negatives: (0..<500).map { _ in stream.normal() })
    }
    let (men, women) = (area(1.8), area(2.2))
    let gap = DeLong.difference(women, men, isPaired: false)
    let error = (men.smoothedVariance + women.smoothedVariance).squareRoot()
    #expect(agree(gap.standardError, error, within: 1e-14))
    #expect(agree(gap.statistic, (women.auc - men.auc) / error, within: 1e-13))
    let back = DeLong.difference(men, women, isPaired: false)
    let (forth, mirrored) = (gap.interval(critical: 1.96), back.interval(critical: 1.96))
    #expect(agree(forth, [-mirrored.high, -mirrored.low], within: 1e-15))
    #expect(agree(forth, [gap.value - 1.96 * error, gap.value + 1.96 * error], within: 1e-14))
    let touching = gap.interval(critical: gap.statistic.magnitude)
    #expect(min(touching.low.magnitude, touching.high.magnitude) < 1e-14)
    #expect(agree(gap.pValue, 2 * Normal.cumulative(-gap.statistic.magnitude), within: 1e-15))
  }

  /// Nothing seen to differ is not certainty: no interval has zero width.
  @Test func noCertainty() {
    let perfect = DeLong(positives: [3, 4, 5, 6], negatives: [0, 1])
    let both = DeLong.difference(perfect, perfect, isPaired: true)
    #expect(both.value == 0 && both.variance == 0 && both.statistic == 0)
    #expect(agree(both.standardError, (2 * 3.0 / 64).squareRoot(), within: 1e-14))
    let ordinary = DeLong(
      positives: [1, 2, 2, 5, 7, 8, 3, 5], negatives: [0, 3, 2, 1, 6, 4, 4, 1])
    let same = DeLong.difference(ordinary, ordinary, isPaired: true)
    #expect(same.value == 0 && same.standardError >= 1.0 / 64)
    let opposite = DeLong(positives: [0, 1], negatives: [3, 4, 5, 6])
    let wide = DeLong.difference(perfect, opposite, isPaired: false).interval(critical: 1.96)
    #expect(wide.high == 1 && wide.low < 1 && wide.low > 0)
    #expect(
      DeLong.difference(DeLong(positives: [1], negatives: [0, 2]), perfect, isPaired: false)
        .variance == nil)
  }

  /// Two correlated models of equal skill: coverage of 0 near 95 %.
  @Test func pairedCoverage() {
    let dataSets = 2000
    var covered = 0.0
    for index in 0..<dataSets {
      var stream = RandomStream(seed: 53, family: 0, replicate: UInt32(index))
      func scores(_ count: Int, _ shift: Double) -> ([Double], [Double]) {
        let common = (0..<count).map { _ in shift + stream.normal() }
        return (common.map { $0 + stream.normal() }, common.map { $0 + stream.normal() })
      }
      let (positives, negatives) = (scores(60, 1.5), scores(90, 0))
      let gap = DeLong.difference(
        DeLong(positives: positives.0, negatives: negatives.0),
        DeLong(positives: positives.1, negatives: negatives.1), isPaired: true)
      if gap.statistic.magnitude <= 1.96 { covered += 1 }
    }
    #expect(abs(covered / Double(dataSets) - 0.95) < 0.02, "\(covered)")
  }
}
