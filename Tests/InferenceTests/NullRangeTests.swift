// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

@Suite struct NullRangeTests {
  /// The control chart constant d₂ of equal groups.
  @Test(arguments: [(2, 1.128), (3, 1.693), (4, 2.059), (5, 2.326), (8, 2.847), (10, 3.078)])
  func expectedRangeOfEqualVariances(groups: Int, d2: Double) {
    let mean = NullRange.mean(variances: [Double](repeating: 0.25, count: groups))
    #expect(abs(mean / 0.5 - d2) < 6e-4)
    let upper = NullRange.quantile(0.95, variances: [Double](repeating: 0.25, count: groups))
    #expect(agree(upper, 0.5 * StudentizedRange.quantile(0.95, groups: groups), within: 1e-8))
  }

  @Test func probabilities() {
    for (width, variances, p) in ReferenceValues.normalRange {
      let value = NullRange.cumulative(width, variances: variances)
      #expect(abs(value - p) < 1e-9, "\(value) \(p)")
    }
  }

  /// 200 000 simulated ranges; five standard errors.
  @Test(arguments: [[1, 1e-6, 0.04], [0.2, 0.3, 0.1, 0.5, 1e-4], [1, 1e4]])
  func unequalVariances(variances: [Double]) {
    let upper = NullRange.quantile(0.95, variances: variances)
    let mean = NullRange.mean(variances: variances)
    var stream = RandomStream(seed: 23, family: 0, replicate: 0)
    let ranges = (0..<200_000).map { _ in
      let values = variances.map { $0.squareRoot() * stream.normal() }
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    let n = Double(ranges.count)
    let average = ranges.reduce(0, +) / n
    let variance = ranges.reduce(0) { $0 + ($1 - average) * ($1 - average) } / n
    #expect(abs(average - mean) < 5 * (variance / n).squareRoot())
    let within = Double(ranges.count { $0 <= upper }) / n
    #expect(abs(within - 0.95) < 5 * (0.95 * 0.05 / n).squareRoot())
  }

  /// Exact expected ranges of proportions, printed to six digits.
  @Test func expectedRangeOfProportions() {
    let checks: [([Int], Double, Double)] = [
      ([100, 100, 100], 0.5, 0.084523), ([Int](repeating: 100, count: 8), 0.8, 0.113490),
      ([Int](repeating: 200, count: 5), 0.1, 0.049187), ([50, 50], 0.3, 0.072874),
    ]
    for (trials, rate, expected) in checks {
      #expect(abs(NullRange.binomial(trials: trials, rate: rate).expected - expected) < 6e-7)
    }
  }

  /// All outcomes of three small groups, one by one.
  @Test(arguments: [0.02, 0.37, 0.5, 0.9])
  func enumeratedProportions(rate: Double) {
    let trials = [3, 4, 6]
    var mass: [(range: Double, probability: Double)] = []
    for x in 0...3 {
      for y in 0...4 {
        for z in 0...6 {
          let values = [Double(x) / 3, Double(y) / 4, Double(z) / 6]
          let probability = zip([x, y, z], trials).reduce(1) {
            $0 * Enumeration.probability($1.0, of: $1.1, rate: rate)
          }
          mass.append(((values.max() ?? 0) - (values.min() ?? 0), probability))
        }
      }
    }
    let floor = NullRange.binomial(trials: trials, rate: rate, confidence: 0.95)
    #expect(abs(mass.reduce(0) { $0 + $1.range * $1.probability } - floor.expected) < 1e-12)
    func within(_ width: Double) -> Double {
      mass.reduce(0) { $0 + ($1.range <= width ? $1.probability : 0) }
    }
    #expect(within(floor.upper + 1e-9) >= 0.95 && within(floor.upper - 1e-9) < 0.95)
  }

  /// Beyond the exact computation: the simulation agrees with the normal limit, and with itself.
  @Test func simulatedProportions() {
    let trials = [60_000, 80_000, 90_000]
    let floor = NullRange.binomial(
      trials: trials, rate: 0.3, confidence: 0.95, replicates: 40_000, seed: 3)
    let variances = trials.map { 0.21 / Double($0) }
    #expect(agree(floor.expected, NullRange.mean(variances: variances), within: 0.015))
    #expect(agree(floor.upper, NullRange.quantile(0.95, variances: variances), within: 0.02))
    #expect(
      NullRange.binomial(
        trials: trials, rate: 0.3, confidence: 0.95, replicates: 40_000, seed: 3) == floor)
  }

  @Test func nothingToCompare() {
    #expect(NullRange.binomial(trials: [20, 30], rate: 0) == (0, 0))
    #expect(NullRange.binomial(trials: [20], rate: 0.5) == (0, 0))
    #expect(NullRange.mean(variances: [1]) == 0 && NullRange.quantile(0.95, variances: [1]) == 0)
  }
}
