// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling
import EvenhandThresholds
import Testing

struct LawTests {
  typealias Row = (score: Double, label: Bool?, weight: Double, cluster: Int32)
  static let metrics: [any DecisionMetric] = [
    TruePositiveRate(), SelectionRate(), Precision(), F1(), Accuracy(), BalancedAccuracy(),
    MatthewsCorrelation(), Cost(),
  ]
  static let estimator = CurveEstimator(CurveSettings(seed: 5, family: 2))
  static let thresholds = (1..<20).map { Double($0) / 20 }

  static func rows(_ count: Int, seed: UInt64 = 1) -> [Row] {
    var stream = RandomStream(seed: seed, family: 9, replicate: 0)
    return (0..<count).map { _ in
      let label = stream.uniform() < 0.4
      let score = (stream.uniform() + (label ? stream.uniform() : 0)) / (label ? 2 : 1)
      return (
        score, stream.uniform() < 0.05 ? nil : label, 0.5 + stream.uniform(),
        Int32(stream.uniform() * 40)
      )
    }
  }

  static func sample(
    _ rows: [Row], _ thresholds: [Double] = thresholds, isWeighted: Bool = false,
    isClustered: Bool = false, scale: Double = 1
  ) -> BucketedRows {
    let grid = ThresholdGrid(thresholds)
    var sample = BucketedRows(thresholds: thresholds.count, isClustered: isClustered)
    for row in rows {
      sample.add(
        bucket: grid.bucket(of: row.score), label: row.label,
        weight: isWeighted ? row.weight * scale : 1, rows: 1,
        cluster: isClustered ? row.cluster : nil)
    }
    return sample
  }

  static func areNear(_ one: ThresholdCurve, _ other: ThresholdCurve, _ tolerance: Double) -> Bool {
    func areNear(_ one: [Double?], _ other: [Double?]) -> Bool {
      one.count == other.count
        && zip(one, other).allSatisfy { isNear($0, $1, tolerance: tolerance) }
    }
    return areNear(one.values, other.values) && areNear(one.low, other.low)
      && areNear(one.high, other.high) && one.reasons == other.reasons
      && isNear(one.critical, other.critical, tolerance: tolerance)
  }

  @Test(arguments: [false, true])
  func `weights three times as large, and another order, change nothing`(isClustered: Bool) {
    let rows = Self.rows(250)
    let own = Self.sample(rows, isWeighted: true, isClustered: isClustered)
    let larger = Self.sample(rows, isWeighted: true, isClustered: isClustered, scale: 3)
    let reversed = Self.sample(rows.reversed(), isWeighted: true, isClustered: isClustered)
    for metric in Self.metrics {
      let curve = Self.estimator.curve(metric, own)
      #expect(curve.critical != nil)
      #expect(Self.areNear(curve, Self.estimator.curve(metric, larger), 1e-7), "\(metric.id)")
      #expect(Self.areNear(curve, Self.estimator.curve(metric, reversed), 1e-7), "\(metric.id)")
    }
  }

  @Test func `a single threshold has the critical value of a single estimate`() {
    let rows = Self.rows(200)
    let plain = Self.estimator.curve(Precision(), Self.sample(rows, [0.5]))
    #expect(plain.critical == Normal.critical(confidence: 0.95))
    let clustered = Self.estimator.curve(Precision(), Self.sample(rows, [0.5], isClustered: true))
    let clusters = Double(Set(rows.map(\.cluster)).count)
    #expect(
      isNear(clustered.critical, StudentT.quantile(0.975, degreesOfFreedom: clusters - 1)))
    // Thresholds with the same rows between them are one: the draws can but err about it.
    let same = Self.estimator.curve(BaseRate(), Self.sample(rows))
    #expect((same.critical ?? 0) >= Normal.critical(confidence: 0.95))
    #expect((same.critical ?? 9) < 2.1)
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `bands contain the values and the bands of single thresholds`(
    isWeighted: Bool, isClustered: Bool
  ) throws {
    let rows = Self.rows(120, seed: 4)
    let sample = Self.sample(rows, isWeighted: isWeighted, isClustered: isClustered)
    for metric in Self.metrics {
      let curve = Self.estimator.curve(metric, sample)
      var bands = 0
      for (place, threshold) in Self.thresholds.enumerated() {
        let single = Self.estimator.curve(
          metric,
          Self.sample(rows, [threshold], isWeighted: isWeighted, isClustered: isClustered))
        #expect(isNear(curve.values[place], single.values[0]))
        #expect(curve.reasons[place] == single.reasons[0])
        guard let low = curve.low[place], let high = curve.high[place] else {
          #expect(curve.reasons[place] != nil && single.low[0] == nil)
          continue
        }
        let value = try #require(curve.values[place])
        #expect(low <= value && value <= high && low < high)
        #expect(low >= metric.range.lowerBound && high <= metric.range.upperBound)
        #expect(try low <= #require(single.low[0]) + 1e-12)
        #expect(try high >= #require(single.high[0]) - 1e-12)
        bands += 1
      }
      #expect(bands >= 8, "\(metric.id)")
    }
  }

  @Test func `complements are mirrored`() {
    let sample = Self.sample(Self.rows(150))
    let own = Self.estimator.curve(TruePositiveRate(), sample)
    var other = Self.estimator.curve(FalseNegativeRate(), sample)
    let low = other.low
    other.values = other.values.map { $0.map { 1 - $0 } }
    other.low = other.high.map { $0.map { 1 - $0 } }
    other.high = low.map { $0.map { 1 - $0 } }
    #expect(Self.areNear(own, other, 1e-9))
  }

  @Test func `thresholds between which no score lies say the same`() {
    let rows = Self.rows(150).map { row -> Row in
      ((row.score * 10).rounded() / 10, row.label, row.weight, row.cluster)
    }
    let sample = Self.sample(rows, [0.31, 0.35, 0.39, 0.55])
    let curve = Self.estimator.curve(F1(), sample)
    #expect(curve.low[0] == curve.low[1] && curve.high[1] == curve.high[2])
    let correlations = Self.estimator.errors(F1(), sample).correlations
    #expect(isNear(correlations[0][2], 1))
    #expect(correlations[0][3] < 0.999)
    let merged = Self.estimator.curve(F1(), Self.sample(rows, [0.35, 0.55]))
    #expect(isNear(curve.critical, merged.critical, tolerance: 0.05))
  }

  @Test func `few clusters and many give the same correlations`() {
    let rows = Self.rows(300)
    let fine = (1..<100).map { Double($0) / 100 }
    let many = Self.estimator.errors(Accuracy(), Self.sample(rows, fine, isClustered: true))
    let few = Self.estimator.errors(
      Accuracy(), Self.sample(rows, [0.2, 0.5, 0.7], isClustered: true))
    for (row, a) in [19, 49, 69].enumerated() {
      #expect(isNear(many.standardErrors[a], few.standardErrors[row]))
      for (column, b) in [19, 49, 69].enumerated() {
        #expect(isNear(many.correlations[a][b], few.correlations[row][column]))
      }
    }
  }

  @Test func `a critical value is finite however few the draws`() throws {
    let few = CurveEstimator(CurveSettings(draws: 3, seed: 1, family: 1))
    let critical = try #require(few.curve(Accuracy(), Self.sample(Self.rows(100))).critical)
    let each = Sidak.each(0.95, count: 19)
    #expect(isNear(critical, Normal.critical(confidence: each)))
  }

  @Test func `what is missing has its reason`() {
    var sample = BucketedRows(thresholds: 2, isClustered: true)
    for row in 0..<30 {
      sample.add(bucket: row < 4 ? 2 : 1, label: true, weight: 1, rows: 1, cluster: 7)
    }
    let rate = Self.estimator.curve(Precision(), sample)
    #expect(rate.values == [1, 1])
    #expect(
      rate.reasons == ["only one cluster", "only 4 labelled rows selected, fewer than 10"])
    #expect(rate.low == [nil, nil] && rate.critical == nil)
    let undefined = Self.estimator.curve(FalsePositiveRate(), sample)
    #expect(undefined.reasons == ["no negatives", "no negatives"])
    let gap = Self.estimator.difference(TruePositiveRate(), [sample])
    #expect(gap.reasons == ["only one group", "only one group"])
    let empty = BucketedRows(thresholds: 2, isClustered: true)
    let pair = Self.estimator.difference(TruePositiveRate(), [sample, empty])
    #expect(pair.reasons == Array(repeating: "fewer than two groups can be compared", count: 2))
  }
}
