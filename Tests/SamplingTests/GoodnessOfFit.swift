// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Draws of a count tallied against its exact probabilities.
struct GoodnessOfFit {
  /// Pearson's χ² as a standard normal deviate (Wilson–Hilferty).
  let deviate: Double
  /// Deviations of mean and variance in standard errors.
  let meanError: Double
  let varianceError: Double

  /// - Parameters:
  ///   - counts: draws.
  ///   - logProbability: of every count that the draws can be.
  init(_ counts: [Int], support: Range<Int>, logProbability: (Double) -> Double) {
    let n = Double(counts.count)
    let probabilities = support.map { Double.exp(logProbability(Double($0))) }
    var observed = [Double](repeating: 0, count: support.count)
    var moments = Moments()
    for count in counts {
      observed[count - support.lowerBound] += 1
      moments.add(Double(count))
    }
    // Neighbouring counts are pooled until a bin expects eight draws.
    var bins: [(observed: Double, expected: Double)] = []
    var bin = (observed: 0.0, expected: 0.0)
    for (seen, probability) in zip(observed, probabilities) {
      bin = (bin.observed + seen, bin.expected + n * probability)
      if bin.expected >= 8 {
        bins.append(bin)
        bin = (0, 0)
      }
    }
    if let last = bins.popLast() {
      bins.append((last.observed + bin.observed, last.expected + bin.expected))
    }
    let square = bins.reduce(0) {
      $0 + ($1.observed - $1.expected) * ($1.observed - $1.expected) / $1.expected
    }
    let df = Double(bins.count - 1)
    let spread = 2 / (9 * df)
    deviate = df < 1 ? 0 : (Double.root(square / df, 3) - (1 - spread)) / spread.squareRoot()

    let values = zip(support, probabilities)
    let mean = values.reduce(0) { $0 + Double($1.0) * $1.1 }
    func central(_ power: Int) -> Double {
      values.reduce(0) { $0 + Double.pow(Double($1.0) - mean, power) * $1.1 }
    }
    let variance = central(2)
    meanError = (moments.mean - mean) / (variance / n).squareRoot()
    let fourth = variance * variance
    varianceError =
      (moments.variance - variance)
      / ((central(4) - fourth * (n - 3) / (n - 1)) / n).squareRoot()
  }

  /// All three within five standard errors, and χ² not too good either.
  var fits: Bool { abs(deviate) < 4.5 && abs(meanError) < 5 && abs(varianceError) < 5 }
}
