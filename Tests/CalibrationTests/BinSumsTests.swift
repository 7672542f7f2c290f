// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

@Suite("Sums of bins add up over cells")
struct BinSumsTests {
  private static let edges = BinEdges(edges: [0.1, 0.15, 0.4, 0.8, 0.95])

  private static func bins(_ rows: some Sequence<CalibrationRow>) -> [BinSums] {
    var bins = Array(repeating: BinSums(), count: edges.count)
    for row in rows {
      let bin = edges.edges.firstIndex { row.score <= $0 } ?? edges.edges.count
      bins[bin].add(score: row.score, label: row.label, weight: row.weight, rows: 1)
    }
    return bins
  }

  /// Rows in three cells; few of them leave bins with one row or none.
  @Test(arguments: [5, 9, 40, 300, 4000], [[1.0], [0.5, 1, 2], [0.01, 3]])
  func cellsAddUp(_ rows: Int, _ weights: [Double]) throws {
    var random = RandomSamples(41, replicate: UInt32(rows))
    let drawn = random.rows(rows, weights: weights, truth: { 0.7 * $0 })
    var sums = Array(repeating: BinSums(), count: Self.edges.count)
    for cell in 0..<3 {
      let own = Self.bins(drawn.indices.lazy.filter { $0 % 3 == cell }.map { drawn[$0] })
      for bin in sums.indices { sums[bin].add(own[bin]) }
    }
    let sample = CalibrationSample(drawn)
    let expected = try DebiasedCalibrationError(.edges(Self.edges)).calibration(sample)
    let found = try #require(DebiasedCalibrationError.calibration(sums))
    #expect(found.rowCount == Double(rows))
    #expect(abs(found.weight - expected.weight) < 1e-12 * expected.weight)
    #expect(abs(found.value - expected.value) < 1e-12)
    for confidence in [0.9, 0.99] {
      let (one, two) = (
        found.estimate(confidence: confidence), expected.estimate(confidence: confidence)
      )
      #expect(abs(one.interval.low - two.interval.low) < 1e-8)
      #expect(abs(one.interval.high - two.interval.high) < 1e-8)
      #expect(abs(one.standardError - two.standardError) < 1e-12)
    }
  }

  /// By hand: the row in (.4, .8] joins the two rows in (.15, .4].
  @Test func aBinOfOneRowJoinsTheOneBelow() throws {
    let rows = [
      CalibrationRow(score: 0.2, label: false), CalibrationRow(score: 0.3, label: true),
      CalibrationRow(score: 0.7, label: true), CalibrationRow(score: 0.9, label: true),
      CalibrationRow(score: 0.85, label: false),
    ]
    let found = try #require(DebiasedCalibrationError.calibration(Self.bins(rows)))
    // Bins .2, .3, .7 (mean .4, rate 2/3) and .85, .9 (mean .875, rate 1/2).
    let first = (0.4 - 2.0 / 3) * (0.4 - 2.0 / 3) - 2.0 / 9 / 2
    let second = 0.375 * 0.375 - 0.25
    #expect(abs(found.value - (3 * first + 2 * second) / 5) < 1e-15)
    let sample = CalibrationSample(rows)
    #expect(
      abs(try DebiasedCalibrationError(.edges(Self.edges)).value(sample) - found.value) < 1e-15)
  }

  @Test func fewerThanTwoRowsHaveNone() {
    #expect(DebiasedCalibrationError.calibration(Self.bins([])) == nil)
    let one = [CalibrationRow(score: 0.2, label: true)]
    #expect(DebiasedCalibrationError.calibration(Self.bins(one)) == nil)
    #expect(throws: Undefined.self) {
      try DebiasedCalibrationError(.edges(Self.edges)).calibration(CalibrationSample(one))
    }
  }
}
