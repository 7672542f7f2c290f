// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

/// Sample quantiles and their distribution-free intervals.
@Suite struct OrderStatisticTests {
  @Test func ranks() {
    for (count, quantile, low, high) in ReferenceValues.orderStatistics {
      let ranks = OrderStatistic.ranks(count: count, quantile: quantile, confidence: 0.95)
      #expect((ranks?.low ?? 0) == low && (ranks?.high ?? 0) == high, "\(count) \(quantile)")
    }
    #expect(OrderStatistic.ranks(count: 0, quantile: 0.5, confidence: 0.95) == nil)
  }

  /// The ranks of a quantile are those of its mirror image counted from the other end, and the
  /// binomial probability between them is at least nominal.
  @Test func symmetryAndCoverage() {
    for count in [8, 40, 300] {
      for q in [0.2, 0.5, 0.7] {
        guard let ranks = OrderStatistic.ranks(count: count, quantile: q, confidence: 0.9) else {
          continue
        }
        let mirrored = OrderStatistic.ranks(count: count, quantile: 1 - q, confidence: 0.9)
        #expect(mirrored?.low == count + 1 - ranks.high && mirrored?.high == count + 1 - ranks.low)
        let coverage = (ranks.low..<ranks.high).reduce(0) {
          $0 + Enumeration.probability($1, of: count, rate: q)
        }
        #expect(coverage >= 0.9)
      }
    }
  }

  @Test func sampleQuantiles() {
    let values = [0.1, 0.4, 0.5, 0.8, 0.81, 1.7, 2.0]
    for (p, expected) in ReferenceValues.quantiles {
      #expect(agree(quantile(p, ofSorted: values), expected, within: 1e-14))
    }
    #expect(quantile(0.3, ofSorted: [5]) == 5)
  }
}
