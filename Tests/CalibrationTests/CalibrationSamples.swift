// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandSampling
import Foundation

/// Random samples from a fixed seed.
struct RandomSamples {
  var stream: RandomStream

  init(_ family: UInt32, replicate: UInt32 = 0) {
    stream = RandomStream(seed: 2021, family: family, replicate: replicate)
  }

  /// Rows of uniform scores, or of uniform scores rounded to a multiple of 1/`grid`, whose labels
  /// are positive with probability `truth(score)`; weights are 1 or one of `weights`.
  mutating func rows(
    _ count: Int, grid: Double? = nil, weights: [Double] = [1],
    truth: (Double) -> Double = { $0 }
  ) -> [CalibrationRow] {
    (0..<count).map { _ in
      var score = stream.uniform()
      if let grid { score = (score * grid).rounded() / grid }
      let weight = weights[Int(stream.uniform() * Double(weights.count))]
      return CalibrationRow(
        score: score, label: stream.uniform() < truth(score), weight: weight)
    }
  }

  /// The sample of `rows`.
  mutating func sample(
    _ count: Int, grid: Double? = nil, weights: [Double] = [1],
    truth: (Double) -> Double = { $0 }
  ) -> CalibrationSample {
    CalibrationSample(rows(count, grid: grid, weights: weights, truth: truth))
  }
}

struct CalibrationRow: Sendable, Equatable {
  var score: Double
  var label: Bool
  var weight = 1.0
}

extension CalibrationSample {
  /// Rows in any order.
  init(_ rows: [CalibrationRow]) {
    self.init()
    for row in rows.sorted(by: { ($0.score, $0.weight) < ($1.score, $1.weight) }) {
      append(score: row.score, label: row.label, weight: row.weight)
    }
  }

  /// Eight points with published errors over four bins of two, checked by hand: equal-mass expected
  /// calibration error .23125, squared error .071094 plug-in and −.053906 debiased.
  static let eightPoints = CalibrationSample(
    scores: [0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95],
    labels: [false, false, true, false, true, true, true, false])
}

/// The mean of draws and its standard error.
struct MonteCarloMean {
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    sum += value
    squares += value * value
  }

  var mean: Double { sum / count }
  var standardError: Double { ((squares / count - mean * mean) / (count - 1)).squareRoot() }

  /// Whether the mean is within four standard errors, and a tolerance, of a value.
  func agrees(with value: Double, within tolerance: Double = 0) -> Bool {
    abs(mean - value) <= 4 * standardError + tolerance
  }
}

/// Every statistic of bins and recalibration.
let binnedStatistics: [any CalibrationStatistic] = [
  BinnedCalibrationError(.equalMass(10)), BinnedCalibrationError(.equalWidth(10)),
  MaximumCalibrationError(.equalMass(10)), SweptCalibrationError(), DebiasedCalibrationError(),
  Miscalibration(),
]
