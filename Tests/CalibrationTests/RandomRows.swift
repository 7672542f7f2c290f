// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandSampling

/// Random rows from a fixed seed, and tests of calibration made with label vectors drawn here.
struct RandomRows {
  var stream: RandomStream

  init(_ replicate: UInt32) {
    stream = RandomStream(seed: 20_230_912, family: 77, replicate: replicate)
  }

  mutating func uniform(_ count: Int) -> [Double] { (0..<count).map { _ in stream.uniform() } }

  /// Labels that are positive with the rows' own scores.
  mutating func labels(_ scores: [Double]) -> [Bool] { scores.map { stream.uniform() < $0 } }

  /// Scores on a grid, each with up to three positives and negatives, at two weights if asked.
  mutating func entries(_ levels: Int, weighted: Bool) -> CalibrationSample {
    var sample = CalibrationSample()
    for level in 0..<levels {
      for weight in weighted ? [0.5, 1.7] : [1] {
        for label in [false, true] {
          let rows = Int.random(in: 0...3, using: &stream)
          guard rows > 0 else { continue }
          sample.append(
            score: (Double(level) + 0.3) / Double(levels), label: label, weight: weight,
            rows: Double(rows))
        }
      }
    }
    return sample
  }

  /// (1 + #{label vectors that reach the observed value}) / (B + 1).
  mutating func pValue(
    _ statistic: some CalibrationStatistic, _ sample: CalibrationSample, replicates: Int = 999
  ) throws -> Double {
    let prepared = try statistic.prepare(sample)
    let observed = prepared.value(positives: sample.positiveMasses)
    var reaching = 0
    for _ in 0..<replicates {
      let drawn = sample.scores.indices.map { entry in
        let positives = Binomial.sample(
          trials: Int(sample.rows[entry]), probability: sample.scores[entry], using: &stream)
        return sample.weights[entry] * Double(positives)
      }
      if prepared.value(positives: drawn) >= observed - 1e-12 { reaching += 1 }
    }
    return Double(1 + reaching) / Double(replicates + 1)
  }
}

/// The largest distance between the distribution of p-values and the uniform one on 1/m, 2/m, … 1,
/// times √N: above 1.63 in 1 % of uniform samples (Kolmogorov's limit), in fewer for discrete ones.
func kolmogorov(_ pValues: [Double], steps m: Int) -> Double {
  let ordered = pValues.sorted()
  let n = Double(ordered.count)
  var (largest, at) = (0.0, 0)
  for step in 1...m {
    let p = Double(step) / Double(m)
    while at < ordered.count && ordered[at] <= p + 1e-9 { at += 1 }
    largest = max(largest, abs(Double(at) / n - p))
  }
  return largest * n.squareRoot()
}
