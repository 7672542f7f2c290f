// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

@Suite struct DeLongTests {
  /// Made up of 6 positives and 7 negatives with one tie; computed with two other programs.
  @Test func smallVector() {
    let delong = DeLong(
      positives: [0.9, 0.8, 0.7, 0.6, 0.55, 0.4],
      negatives: [0.5, 0.45, 0.4, 0.3, 0.2, 0.1, 0.65])
    #expect(delong.auc == 36.5 / 42)
    #expect(abs((delong.variance ?? 0).squareRoot() - 0.104147) < 6e-7)
    let interval = Scale.logit.interval(
      value: delong.auc, standardError: (delong.variance ?? 0).squareRoot(),
      critical: Normal.critical(confidence: 0.95))
    #expect(agree(interval, [0.524709, 0.975546], within: 6e-7))
    // With 6 positives the smoothed variance is 7/8³: wider.
    let smoothed = delong.interval(critical: Normal.critical(confidence: 0.95))
    #expect(agree(delong.smoothedVariance, 7.0 / 512, within: 1e-14))
    #expect(smoothed.low < interval.low && smoothed.high > interval.high && smoothed.high < 1)
  }

  /// Against the definition: every pair compared, in any order of the scores.
  @Test func everyPairCompared() {
    var stream = RandomStream(seed: 41, family: 0, replicate: 0)
    for _ in 0..<200 {
      let m = Int.random(in: 1...30, using: &stream)
      let n = Int.random(in: 1...30, using: &stream)
      let positives = (0..<m).map { _ in Double(Int.random(in: 2...12, using: &stream)) }
      let negatives = (0..<n).map { _ in Double(Int.random(in: 0...9, using: &stream)) }
      let delong = DeLong(positives: positives, negatives: negatives)
      func wins(_ x: Double, _ y: Double) -> Double { x > y ? 1 : x == y ? 0.5 : 0 }
      let first = positives.map { x in negatives.reduce(0) { $0 + wins(x, $1) } / Double(n) }
      let second = negatives.map { y in positives.reduce(0) { $0 + wins($1, y) } / Double(m) }
      let auc = first.reduce(0, +) / Double(m)
      #expect(agree(delong.auc, auc, within: 1e-14))
      #expect(zip(delong.positiveInfluence, first).allSatisfy { abs($0 + auc - $1) < 1e-14 })
      #expect(zip(delong.negativeInfluence, second).allSatisfy { abs($0 + auc - $1) < 1e-14 })
      #expect((delong.variance == nil) == (m == 1 || n == 1))
      if let variance = delong.variance {
        func spread(_ values: [Double]) -> Double {
          values.reduce(0) { $0 + ($1 - auc) * ($1 - auc) } / Double(values.count - 1)
        }
        let expected = spread(first) / Double(m) + spread(second) / Double(n)
        #expect(abs(variance - expected) < 1e-14)
      }
      let sorted = DeLong(positives: positives.sorted(), negatives: negatives.sorted())
      #expect(sorted.auc == delong.auc)
      #expect(agree(sorted.smoothedVariance, delong.smoothedVariance, within: 1e-13))
      let turned = DeLong(positives: positives.map { -$0 }, negatives: negatives.map { -$0 })
      #expect(agree(turned.auc, 1 - delong.auc, within: 1e-13) || delong.auc == 1)
    }
  }

  /// Without overlap: as if 3 of 4 pairs had been won.
  @Test func classesThatDoNotOverlap() {
    let delong = DeLong(positives: [3, 4, 5, 6], negatives: [0, 1])
    #expect(delong.auc == 1 && delong.variance == 0)
    #expect(agree(delong.smoothedVariance, 3.0 / 64, within: 1e-14))
    let interval = Scale.logit.interval(
      value: delong.auc, standardError: delong.smoothedVariance.squareRoot(), critical: 1.96)
    #expect(interval.high == 1 && interval.low > 0.3 && interval.low < 0.9)
  }

  /// Normal scores one apart with area Φ(1/√2): coverage of the logit interval near 95 %.
  @Test func coverage() {
    let truth = Normal.cumulative(0.5.squareRoot())
    let dataSets = 2000
    var covered = 0.0
    for index in 0..<dataSets {
      var stream = RandomStream(seed: 43, family: 0, replicate: UInt32(index))
      let positives = (0..<25).map { _ in stream.normal() + 1 }
      let negatives = (0..<40).map { _ in stream.normal() }
      let delong = DeLong(positives: positives, negatives: negatives)
      let interval = Scale.logit.interval(
        value: delong.auc, standardError: delong.smoothedVariance.squareRoot(), critical: 1.96)
      if interval.low <= truth && truth <= interval.high { covered += 1 }
    }
    #expect(abs(covered / Double(dataSets) - 0.95) < 0.02, "\(covered)")
  }
}
