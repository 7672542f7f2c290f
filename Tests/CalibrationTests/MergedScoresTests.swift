// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import RealModule
import Testing

@Suite struct MergedScoresTests {
  /// Sums over the rows of a cell.
  private struct Sums {
    var mass = 0.0
    var squares = 0.0
    var mean = 0.0
    var variance = 0.0
    var positives = 0.0
  }

  /// What each cell was made of: the next entries until its weight is reached.
  private func cells(_ labels: CalibratedLabels, of full: CalibrationSample) -> [Sums] {
    let (masses, positives, wanted) = (full.masses, full.positiveMasses, labels.sample.masses)
    var entry = 0
    let result = wanted.map { wanted in
      var sums = Sums()
      while entry < full.count && sums.mass < wanted * (1 - 1e-9) {
        let (weight, score) = (full.weights[entry], full.scores[entry])
        sums.mass += masses[entry]
        sums.squares += masses[entry] * weight
        sums.mean += masses[entry] * score
        sums.variance += masses[entry] * weight * score * (1 - score)
        sums.positives += positives[entry]
        entry += 1
      }
      return sums
    }
    #expect(entry == full.count)
    return result
  }

  @Test(arguments: [[1.0], [0.5, 1, 3]]) func sumsAreKept(_ weights: [Double]) {
    var random = RandomSamples(50)
    let full = random.sample(30_000, weights: weights)
    let labels = CalibratedLabels(full, seed: 1, family: 1)
    let merged = labels.sample
    #expect(labels.isMerged && merged.count > 900 && merged.count <= 1024)
    let (masses, positives) = (merged.masses, merged.positiveMasses)
    for (cell, sums) in cells(labels, of: full).enumerated() {
      #expect(abs(masses[cell] - sums.mass) < 1e-9)
      #expect(abs(masses[cell] * merged.weights[cell] - sums.squares) < 1e-9)
      #expect(abs(masses[cell] * merged.scores[cell] - sums.mean) < 1e-9)
      #expect(abs(positives[cell] - sums.positives) < 1e-9)
    }
    #expect(zip(merged.scores, merged.scores.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// Errors over bins whose edges are limits are those of the whole sample.
  @Test func noCellLiesOnBothSidesOfALimit() throws {
    var random = RandomSamples(53)
    let full = random.sample(25_000, truth: { $0 * $0 })
    let edges = BinEdges(edges: [0.1001, 0.31, full.scores[12_345], 0.9])
    let labels = CalibratedLabels(
      full, seed: 1, family: 1, cells: 50, limits: ReportedErrors.limits(edges: edges))
    #expect(labels.isMerged && labels.sample.count <= 50 + 13)
    for statistic in [
      BinnedCalibrationError(.edges(edges)), BinnedCalibrationError(.equalWidth(10)),
    ] {
      let (whole, merged) = (try statistic.value(full), try statistic.value(labels.sample))
      #expect(abs(whole - merged) < 1e-12)
    }
  }

  /// Few cells of many rows (normal sums), rare positives (binomial), a cell that spans a gap
  /// between scores near 0 and near 1 (row by row): mean and variance are those of the rows.
  @Test(arguments: ["middle", "rare", "extremes", "weighted"])
  func drawsHaveTheMomentsOfTheRows(_ kind: String) {
    var random = RandomSamples(51)
    let rows = random.rows(21_000, weights: kind == "weighted" ? [0.5, 1, 3] : [1])
    let full = CalibrationSample(
      rows.map { row in
        var row = row
        if kind == "rare" { row.score *= 1e-3 }
        if kind == "extremes" {
          row.score = row.score < 0.51 ? row.score / 1e3 : 1 - row.score / 1e3
        }
        return row
      })
    let labels = CalibratedLabels(full, seed: 2, family: 1, cells: 25)
    #expect(labels.isMerged && labels.sample.count == 25)
    let cells = cells(labels, of: full)
    var means = Array(repeating: MonteCarloMean(), count: 25)
    var squares = means
    for replicate in 0..<1500 {
      for (cell, positives) in labels.positives(replicate: replicate).enumerated() {
        let off = positives - cells[cell].mean
        means[cell].add(off)
        squares[cell].add(off * off)
        #expect(positives >= 0 && positives <= cells[cell].mass + 1e-9)
      }
    }
    for cell in 0..<25 {
      #expect(means[cell].agrees(with: 0))
      #expect(squares[cell].agrees(with: cells[cell].variance, within: 0.01 * cells[cell].variance))
    }
  }

  /// Statistics of bins hardly notice: within a third of a standard deviation of the null
  /// distribution. The miscalibration does, and so does its reference: isotonic steps cannot be
  /// finer than cells.
  @Test func binStatisticsHardlyChange() throws {
    var random = RandomSamples(52)
    let full = random.sample(100_000, truth: { $0 + 0.01 * Double.sin(6 * $0) })
    let labels = CalibratedLabels(full, seed: 1, family: 1)
    let statistics = Array(binnedStatistics.dropLast())
    let resampling = ConsistencyResampling(
      labels, try statistics.map { try $0.prepare(labels.sample) })
    let replicates = resampling.replicates(0..<99)
    for (index, statistic) in statistics.enumerated() {
      let column = replicates.map { $0[index] }
      let mean = column.reduce(0, +) / 99
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 98).squareRoot()
      let error = abs(resampling.observed[index] - (try statistic.value(full)))
      #expect(error < deviation / 3, "\(statistic.id)")
    }
  }
}
