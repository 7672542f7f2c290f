// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandSampling
import EvenhandThresholds
import Testing

/// A small version of Reference/CoverageStudy. Of 200 data sets 95 % ± 4.6 (three standard errors)
/// are covered; far fewer would be without the joint critical value, or with limits that fail in
/// sparse ends of a curve.
struct CoverageTests {
  static let grid = LogitGrid(19)
  static let metrics: [any DecisionMetric] = [
    TruePositiveRate(), SelectionRate(), Precision(), F1(), BalancedAccuracy(),
    NetBenefit(thresholdProbability: 0.25),
  ]

  static func estimator(_ set: Int) -> CurveEstimator {
    CurveEstimator(CurveSettings(draws: 199, seed: UInt64(set), family: 7))
  }

  enum Rows: CaseIterable { case plain, weighted, clustered }

  @Test(arguments: Rows.allCases)
  func `bands cover the true curve`(_ rows: Rows) throws {
    var population = Population()
    if rows == .weighted { (population.weightSpread, population.positiveWeight) = (0.7, 2) }
    if rows == .clustered { (population.labelEffect, population.scoreEffect) = (0.4, 0.5) }
    var covered = Array(repeating: 0, count: Self.metrics.count)
    for set in 0..<200 {
      var stream = RandomStream(seed: 11, family: 3, replicate: UInt32(set))
      let sample =
        rows == .clustered
        ? population.sample(clusters: 0..<40, Self.grid, using: &stream)
        : population.sample(150, Self.grid, using: &stream)
      for (place, metric) in Self.metrics.enumerated() {
        let truth = try Self.grid.thresholds.map { try metric.value(population.cells(at: $0)) }
        let curve = Self.estimator(set).curve(metric, sample)
        #expect(curve.critical != nil)
        covered[place] += curve.covers { truth[$0] } ? 1 : 0
      }
    }
    for (metric, covered) in zip(Self.metrics, covered) {
      #expect(Double(covered) / 200 >= 0.904, "\(metric.id)")
    }
  }

  @Test func `bands of gaps cover none where there is none`() {
    let population = Population()
    var covered = [0, 0]
    for set in 0..<200 {
      var stream = RandomStream(seed: 12, family: 3, replicate: UInt32(set))
      let samples = [60, 100].map { population.sample($0, Self.grid, using: &stream) }
      let difference = Self.estimator(set).difference(TruePositiveRate(), samples)
      let ratio = Self.estimator(set).ratio(TruePositiveRate(), samples)
      covered[0] += difference.covers { _ in 0 } ? 1 : 0
      covered[1] += ratio.covers { _ in 1 } ? 1 : 0
    }
    #expect(Double(covered[0]) / 200 >= 0.904)
    #expect(Double(covered[1]) / 200 >= 0.904)
  }
}
