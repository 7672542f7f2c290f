// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandSampling
import EvenhandThresholds
import Testing

struct BucketTests {
  @Test func `a score on a threshold is selected there`() {
    let grid = ThresholdGrid([0.2, 0.5, 0.8])
    #expect([0.1, 0.2, 0.3, 0.5, 0.79, 0.8, 1].map(grid.bucket) == [0, 1, 1, 2, 2, 3, 3])
  }

  @Test func `counts are those of counting rows at each threshold`() {
    let grid = ThresholdGrid([0.25, 0.5, 0.625, 0.875])
    var stream = RandomStream(seed: 3, family: 0, replicate: 0)
    var sample = BucketedRows(thresholds: 4, isClustered: false)
    var rows: [(score: Double?, label: Bool?, weight: Double)] = []
    for _ in 0..<300 {
      // Eighths, so that scores meet thresholds.
      let score = stream.uniform() < 0.1 ? nil : (stream.uniform() * 8).rounded() / 8
      let label = stream.uniform() < 0.1 ? nil : stream.uniform() < 0.4
      rows.append((score, label, Double(1 + Int(stream.uniform() * 3))))
    }
    for row in rows {
      sample.add(
        bucket: row.score.map(grid.bucket), label: row.label, weight: row.weight, rows: 1,
        cluster: nil)
    }
    for (place, threshold) in grid.thresholds.enumerated() {
      var (weights, numbers) = (DecisionCounts(), DecisionCounts())
      for row in rows {
        let decision = row.score.map { $0 >= threshold }
        guard let cell = DecisionCounts.cell(label: row.label, decision: decision) else {
          continue
        }
        weights.cells[cell] += row.weight
        numbers.cells[cell] += 1
      }
      #expect(sample.counts(at: place) == weights)
      #expect(sample.rows(at: place) == numbers)
    }
  }

  @Test func `equal rows may be added at once`() {
    var (one, many) = (
      BucketedRows(thresholds: 2, isClustered: true), BucketedRows(thresholds: 2, isClustered: true)
    )
    for (bucket, label, rows) in [(0, true, 4), (1, false, 6), (2, true, 5), (1, true, 3)] {
      for cluster in Int32(0)..<6 {
        let count = rows + Int(cluster)
        many.add(
          bucket: bucket, label: label, weight: 2, rows: Double(count), cluster: cluster)
        for _ in 0..<count {
          one.add(bucket: bucket, label: label, weight: 2, rows: 1, cluster: cluster)
        }
      }
    }
    let estimator = CurveEstimator(CurveSettings(seed: 1, family: 1))
    #expect(estimator.curve(Precision(), one) == estimator.curve(Precision(), many))
  }
}
