// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import RealModule
import Testing

/// Statistics visit positives only and share draws: against passes over every entry.
@Suite struct LabelVectorsTests {
  /// Single rows, tied rows, repeated rows, weights.
  private static func samples() -> [CalibrationSample] {
    var random = RandomSamples(70)
    var counted = CalibrationSample()
    for score in 0..<90 {
      for weight in [0.5, 2] {
        let rows = Double([1, 3, 200][score % 3])
        counted.append(
          score: Double(score) / 89, label: score % 2 == 0, weight: weight, rows: rows)
      }
    }
    return [
      random.sample(700), random.sample(700, grid: 150),
      random.sample(300, grid: 40, weights: [1, 3]), counted,
      random.sample(40, grid: 1), random.sample(21_000),
    ]
  }

  @Test func drawnTogetherOrAloneLabelsAreTheSame() {
    for sample in Self.samples() {
      let labels = CalibratedLabels(sample, seed: 8, family: 2)
      let drawn = labels.draw(3..<12)
      #expect(drawn.count == 9 && drawn.entries.count == drawn.masses.count)
      for vector in 0..<drawn.count {
        var positives = Array(repeating: 0.0, count: labels.sample.count)
        let places = drawn.places(vector)
        for place in places { positives[Int(drawn.entries[place])] += drawn.masses[place] }
        #expect(positives == labels.positives(replicate: 3 + vector))
        let entries = drawn.entries[places]
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0 <= $1 })
      }
    }
  }

  /// `PoolAdjacentViolators` of all entries, score by score, is the fit that replicates are read from.
  @Test func curvesOfPositivesAreThoseOfAllEntries() {
    for sample in Self.samples() {
      let labels = CalibratedLabels(sample, seed: 8, family: 3)
      let resampling = ReliabilityResampling(labels, atMost: 50)
      let replicates = resampling.replicates(0..<20)
      for (replicate, rates) in replicates.enumerated() {
        let fitted = pooled(labels.sample, labels.positives(replicate: replicate))
        for (score, rate) in zip(resampling.scores, rates) {
          #expect(abs(rate - (fitted[score] ?? .nan)) < 1e-12)
        }
      }
    }
  }

  private func pooled(_ sample: CalibrationSample, _ positives: [Double]) -> [Double: Double] {
    var (scores, sums, masses) = ([Double](), [Double](), [Double]())
    for (entry, score) in sample.scores.enumerated() {
      if scores.last != score {
        scores.append(score)
        sums.append(0)
        masses.append(0)
      }
      sums[sums.count - 1] += positives[entry]
      masses[masses.count - 1] += sample.masses[entry]
    }
    let fit = PoolAdjacentViolators(sums: sums, weights: masses)
    return Dictionary(uniqueKeysWithValues: zip(scores, fit.fitted))
  }

  /// A vector's values are the same alone, among others and at any place: to the last bit, except where
  /// positives of an entry are summed one by one.
  @Test func valuesDoNotDependOnTheOtherVectors() throws {
    let statistics: [any CalibrationStatistic] =
      binnedStatistics + [
        SmoothCalibrationError(), KernelCalibrationError(), KernelCalibrationError(scale: 0.001),
        ScanCalibrationTest(), IntegratedCalibrationIndex(),
      ]
    for sample in Self.samples().dropLast() {
      let labels = CalibratedLabels(sample, seed: 8, family: 4)
      let together = labels.draw(0..<41)
      for statistic in statistics {
        guard let prepared = try? statistic.prepare(labels.sample) else { continue }
        let values = prepared.values(together)
        #expect(values.count == 41)
        for vector in [0, 1, 5, 33, 40] {
          #expect(prepared.values(labels.draw(vector..<vector + 1)) == [values[vector]])
          let alone = prepared.value(positives: labels.positives(replicate: vector))
          #expect(abs(alone - values[vector]) <= 1e-12 * max(1, abs(alone)), "\(statistic.id)")
        }
      }
    }
  }

  /// ICI over entries, each with the rate that lies between those of its two nodes.
  @Test func integratedIndexIsTheMeanOverEntries() throws {
    for sample in Self.samples() {
      let labels = CalibratedLabels(sample, seed: 8, family: 5)
      let prepared = try IntegratedCalibrationIndex().prepare(labels.sample)
      let (masses, nodes) = (labels.sample.masses, prepared.nodes)
      for replicate in 0..<5 {
        let positives = labels.positives(replicate: replicate)
        let curve = prepared.curve(positives: positives)
        var (sum, node) = (0.0, 0)
        for (score, mass) in zip(labels.sample.scores, masses) {
          while node + 2 < nodes.count && score >= nodes[node + 1] { node += 1 }
          var rate = curve[node]
          if node + 1 < nodes.count {
            let share = (score - nodes[node]) / (nodes[node + 1] - nodes[node])
            rate += share * (curve[node + 1] - curve[node])
          }
          sum += mass * abs(score - rate)
        }
        let expected = sum / masses.reduce(0, +)
        #expect(abs(prepared.value(positives: positives) - expected) < 1e-12)
        #expect(abs(prepared.distances(positives: positives).mean - expected) < 1e-12)
      }
    }
  }
}
