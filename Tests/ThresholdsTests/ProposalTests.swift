// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandThresholds
import Testing

struct ProposalTests {
  static func curve(
    _ values: [Double?], _ low: [Double?] = [], _ high: [Double?] = []
  ) -> ThresholdCurve {
    var curve = ThresholdCurve(thresholds: values.count)
    curve.values = values
    if !low.isEmpty { (curve.low, curve.high) = (low, high) }
    return curve
  }

  @Test func `the best of the established, else of the observed, the lowest of equals`() {
    let ratio = Self.curve(
      [0.7, 0.85, 0.9, 0.9, nil], [0.6, 0.7, 0.8, 0.82, nil], [0.8, 0.9, 0.95, 0.97, nil])
    let objective = Self.curve([9, 5, 3, 3, 8])
    func proposal(_ limit: Double, higherIsBetter: Bool = true) -> ThresholdsWithin {
      ThresholdSearch.within(
        ratio, atLeast: limit, objective: objective, higherIsBetter: higherIsBetter)
    }
    let held = proposal(0.8)
    #expect(held.observed == [1, 2, 3] && held.established == [2, 3] && held.proposed == 2)
    let seen = proposal(0.84)
    #expect(seen.observed == [1, 2, 3] && seen.established == [] && seen.proposed == 1)
    #expect(proposal(0.84, higherIsBetter: false).proposed == 2)
    #expect(proposal(0.95).proposed == nil)
    let within = ThresholdSearch.within(
      ratio, atLeast: 0.65, atMost: 0.9, objective: objective, higherIsBetter: true)
    #expect(within.observed == [0, 1, 2, 3] && within.established == [1] && within.proposed == 1)
  }

  @Test func `by group the threshold nearest to a target`() {
    let nearest = ThresholdSearch.nearest(
      to: 0.5, [Self.curve([1, 0.75, 0.25, 0]), Self.curve([nil, 0.1]), Self.curve([nil])])
    #expect(
      nearest == [
        NearestThreshold(threshold: 1, value: 0.75), NearestThreshold(threshold: 1, value: 0.1),
        nil,
      ])
  }

  /// 60 rows below both thresholds, m between them, 60 above. With labels by chance halves outside,
  /// and all m negative, the lower threshold costs m / n more. The difference's variance is that of
  /// the changed rows, m / n², smoothed by a positive (3² / n²) and a negative one: t is about
  /// m / √(m + 10), 1.29 for 5 rows and 3.4 for 18.
  @Test(arguments: [(1, [0, 1]), (3, [0, 1]), (5, [0, 1]), (18, [1])])
  func `a threshold stays a candidate unless another beats it`(rows: Int, expected: [Int]) {
    var sample = BucketedRows(thresholds: 2, isClustered: false)
    for (bucket, label, count) in [
      (0, true, 30), (0, false, 30), (1, false, rows), (2, true, 30), (2, false, 30),
    ] {
      sample.add(bucket: bucket, label: label, weight: 1, rows: Double(count), cluster: nil)
    }
    let least = LawTests.estimator.leastCost(Cost(), sample)
    #expect(least.least == 1)
    #expect(isNear(least.critical, -Normal.quantile(0.05)))
    #expect(least.candidates == expected)
  }

  @Test func `rows without decisions have no least cost`() {
    let empty = BucketedRows(thresholds: 3, isClustered: false)
    let least = LawTests.estimator.leastCost(Cost(), empty)
    #expect(least == LeastCost(least: nil, candidates: [], critical: nil))
  }
}
