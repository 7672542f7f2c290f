// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

@Suite struct BinnedCalibrationTests {
  /// Published values of the eight points: .23125, and .071094 plug-in, −.053906 debiased.
  @Test func publishedValues() throws {
    let sample = CalibrationSample.eightPoints
    #expect(abs(try BinnedCalibrationError(.equalMass(4)).value(sample) - 0.23125) < 1e-12)
    #expect(abs(try MaximumCalibrationError(.equalMass(4)).value(sample) - 0.425) < 1e-12)
    let debiased = DebiasedCalibrationError(bins: 4)
    #expect(abs(try debiased.value(sample) + 0.053906) < 5e-7)
    let bins = try debiased.prepare(sample).bins
    #expect(abs(plugIn(bins, sample) - 0.071094) < 5e-7)
  }

  private func plugIn(_ bins: ScoreBins, _ sample: CalibrationSample) -> Double {
    let positives = bins.sums(sample.positiveMasses)
    return positives.indices.reduce(0) { sum, bin in
      let gap = (bins.scoreSums[bin] - positives[bin]) / bins.masses[bin]
      return sum + bins.masses[bin] / bins.total * gap * gap
    }
  }

  /// Three of seven rows at .3: bins (0, .1], …, (.2, .3], …; edges belong to the bin below.
  @Test func equalWidthBinsAreClosedAbove() throws {
    let sample = CalibrationSample(
      scores: [0, 0.1, 0.3, 0.3, 0.3, 0.31, 1],
      labels: [false, true, true, false, true, false, true])
    let bins = try ScoreBins(sample, .equalWidth(10))
    #expect(bins.entries == [0..<2, 2..<3, 3..<4, 4..<5])
    #expect(bins.masses == [2, 3, 1, 1])
    // |.1 − 1| + |.9 − 2| + .31 + 0, over 7.
    let value = try BinnedCalibrationError(.equalWidth(10)).value(sample)
    #expect(abs(value - (0.9 + 1.1 + 0.31) / 7) < 1e-12)
    #expect(abs(try MaximumCalibrationError(.equalWidth(10)).value(sample) - 0.45) < 1e-12)
  }

  @Test(arguments: 0..<12 as Range<UInt32>) func equalMassAgreesWithPooledEdges(
    _ replicate: UInt32
  ) throws {
    var random = RandomSamples(10, replicate: replicate)
    let rows = random.rows(
      15 + 40 * Int(replicate), grid: [nil, 12, 200][Int(replicate) % 3],
      weights: replicate % 2 == 0 ? [1] : [0.5, 1, 4])
    let sample = CalibrationSample(rows)
    var ranked = RankedScores()
    for row in rows.sorted(by: { $0.score < $1.score }) {
      ranked.append(score: row.score, label: row.label, weight: row.weight)
    }
    let edges = BinEdges(equalMass: ranked)
    let own = try ScoreBins(sample, .equalMass(10))
    #expect(own == (try ScoreBins(sample, .edges(edges))))
    let catalogue = try ExpectedCalibrationError().value(BinnedScores(ranked, edges: edges))
    #expect(abs(try BinnedCalibrationError(.edges(edges)).value(sample) - catalogue) < 1e-12)
    #expect(try MaximumCalibrationError().value(sample) >= catalogue - 1e-12)
  }

  @Test func smallBinsJoinTheirNeighbour() throws {
    // Ten equal-mass bins of fifteen rows have two rows and one in turn, which join to three.
    var random = RandomSamples(11)
    let sample = random.sample(15)
    let bins = try DebiasedCalibrationError().prepare(sample).bins
    #expect(bins.masses == [2, 1, 2, 1, 2, 1, 2, 1, 2, 1] && bins.total == 15)
    let (ten, five) = (DebiasedCalibrationError(bins: 10), DebiasedCalibrationError(bins: 5))
    #expect(abs(try ten.value(sample) - five.value(sample)) < 1e-15)
    #expect(try ten.calibration(sample).rowCount == 15)
    // One row outweighs all others: two rows are worth little more than one.
    var uneven = CalibrationSample()
    uneven.append(score: 0.2, label: true, weight: 1000)
    uneven.append(score: 0.4, label: false)
    #expect(throws: Undefined.self) { try DebiasedCalibrationError().value(uneven) }
    let single = CalibrationSample(scores: [0.5], labels: [true])
    #expect(throws: Undefined.self) { try DebiasedCalibrationError().value(single) }
    #expect(try BinnedCalibrationError().value(single) == 0.5)
  }

  @Test func weightRescalingChangesNothing() throws {
    var random = RandomSamples(12)
    let rows = random.rows(200, weights: [0.5, 1, 4])
    let sample = CalibrationSample(rows)
    let scaled = CalibrationSample(
      rows.map { CalibrationRow(score: $0.score, label: $0.label, weight: 8 * $0.weight) })
    for statistic in binnedStatistics {
      #expect(abs(try statistic.value(sample) - statistic.value(scaled)) < 1e-12)
    }
  }

  /// What a perfectly calibrated model with uniform scores shows. Published: mean expected
  /// calibration error over ten bins of equal width .140, .100, .070, .032 at n = 50, 100, 200,
  /// 1000, to three digits; plug-in squared error Σ ȳ(1 − ȳ)/n ≈ B/(6n) = .01667 in ten bins at n =
  /// 100.
  @Test(arguments: [(50, 0.140, 2000), (100, 0.100, 2000), (200, 0.070, 1000), (1000, 0.032, 500)])
  func noiseFloor(_ rows: Int, _ expected: Double, _ sets: Int) throws {
    var random = RandomSamples(13, replicate: UInt32(rows))
    var (width, plug, debiased) = (MonteCarloMean(), MonteCarloMean(), MonteCarloMean())
    for _ in 0..<sets {
      let sample = random.sample(rows)
      width.add(try BinnedCalibrationError(.equalWidth(10)).value(sample))
      let prepared = try DebiasedCalibrationError().prepare(sample)
      debiased.add(prepared.value(positives: sample.positiveMasses))
      plug.add(plugIn(prepared.bins, sample))
    }
    #expect(width.agrees(with: expected, within: 0.0005))
    #expect(plug.agrees(with: 10 / (6 * Double(rows)), within: 0.03 / Double(rows)))
    // Ten uniform bins of variance 1/1200: low by 1/1200/(n/10 − 1).
    #expect(debiased.agrees(with: 0, within: 1 / (120 * Double(rows - 10))))
  }
}
