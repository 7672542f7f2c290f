// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

@Suite struct SweptCalibrationTests {
  /// The sweep as it is defined, with edges found by `BinEdges` for every number of bins.
  private func sweep(_ rows: [CalibrationRow]) -> (bins: Int, error: Double) {
    var ranked = RankedScores()
    for row in rows.sorted(by: { $0.score < $1.score }) {
      ranked.append(score: row.score, label: row.label, weight: row.weight)
    }
    var found = (bins: 0, error: 0.0)
    for bins in 1...ranked.scores.count {
      let edges = BinEdges(equalMass: bins == 1 ? RankedScores() : ranked, bins: bins)
      let binned = BinnedScores(ranked, edges: edges)
      let rates = zip(binned.positives, binned.weights).filter { $0.1 > 0 }.map { $0 / $1 }
      if zip(rates, rates.dropFirst()).contains(where: { $0 > $1 + 1e-12 }) { break }
      found = (bins, binned.calibrationError(positives: binned.positives))
    }
    return found
  }

  @Test(arguments: 0..<60 as Range<UInt32>) func agreesWithItsDefinition(_ replicate: UInt32) throws
  {
    var random = RandomSamples(20, replicate: replicate)
    let steep = replicate % 5 == 0
    let rows = random.rows(
      5 + 3 * Int(replicate), grid: [nil, nil, 15, 150][Int(replicate) % 4],
      weights: replicate % 3 == 0 ? [0.5, 1, 4] : [1],
      truth: { steep ? min(1, max(0, 20 * ($0 - 0.5))) : $0 })
    let sample = CalibrationSample(rows)
    let prepared = try SweptCalibrationError().prepare(sample)
    let expected = sweep(rows)
    #expect(prepared.binCount(positives: sample.positiveMasses) == expected.bins)
    #expect(abs(prepared.value(positives: sample.positiveMasses) - expected.error) < 1e-12)
  }

  @Test func separatedLabelsTakeOneBinAScore() throws {
    let scores = (0..<1000).map { Double($0) / 1000 }
    let sample = CalibrationSample(scores: scores, labels: scores.map { $0 >= 0.3 })
    let prepared = try SweptCalibrationError().prepare(sample)
    #expect(prepared.binCount(positives: sample.positiveMasses) == 1000)
    let expected = scores.reduce(0) { $0 + ($1 >= 0.3 ? 1 - $1 : $1) } / 1000
    #expect(abs(prepared.value(positives: sample.positiveMasses) - expected) < 1e-12)
  }

  /// Perfectly calibrated uniform scores, means of an independent simulation of this definition
  /// (NumPy 2.4.6, 20,000 … 1,500 samples): .08432, .06600, .05077, .02906. Published for bins
  /// whose sizes are rounded otherwise: .0865, .0651, .0509, .0285.
  @Test(arguments: [
    (50, 0.08432, 0.0865, 4000), (100, 0.06600, 0.0651, 2000), (200, 0.05077, 0.0509, 1000),
    (1000, 0.02906, 0.0285, 400),
  ])
  func noiseFloor(_ rows: Int, _ simulated: Double, _ published: Double, _ sets: Int) throws {
    var random = RandomSamples(21, replicate: UInt32(rows))
    var mean = MonteCarloMean()
    for _ in 0..<sets { mean.add(try SweptCalibrationError().value(random.sample(rows))) }
    #expect(mean.agrees(with: simulated, within: 0.0004))
    #expect(mean.agrees(with: published, within: 0.002))
  }
}
