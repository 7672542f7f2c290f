// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import RealModule
import Testing

@Suite struct StudentizedBootstrapTests {
  /// Pivots 1 to 999 in hundredths, shifted: ranks 25 and 975 at 95 %; the tails change sides.
  @Test func ranksAndSides() {
    let pivots = (1...999).map { Double($0) / 100 - 3 }
    let bootstrap = StudentizedBootstrap(value: 10, standardError: 2, pivots: pivots + [.nan])
    let interval = bootstrap.interval(confidence: 0.95, scale: .identity)
    #expect(agree(interval, [10 - 2 * 6.75, 10 + 2 * 2.75], within: 1e-12))
  }

  @Test func pivotsThatTellNothing() {
    let bootstrap = StudentizedBootstrap(
      value: 1, standardError: 0.03, pivots: [Double](repeating: 0, count: 500))
    let expected = Scale.logit.interval(
      value: 1, standardError: 0.03, critical: Normal.critical(confidence: 0.95))
    #expect(bootstrap.interval(confidence: 0.95, scale: .logit) == expected)
  }

  /// The mean of 15 exponential values: the studentized bootstrap covers near the nominal 95 %,
  /// where ± 1.96 standard errors cover about 89 %.
  @Test func coverageOfASkewedMean() {
    let dataSets = 2000
    var covered = (bootstrap: 0.0, normal: 0.0)
    for index in 0..<dataSets {
      var stream = RandomStream(seed: 31, family: 0, replicate: UInt32(index))
      let data = (0..<15).map { _ in -Double.log(stream.uniform()) }
      let (mean, error) = Self.meanAndError(data)
      let pivots = (0..<399).map { _ in
        let sample = data.map { _ in data[Int(stream.uniform() * 15)] }
        let replicate = Self.meanAndError(sample)
        return (replicate.mean - mean) / replicate.error
      }
      let interval = StudentizedBootstrap(value: mean, standardError: error, pivots: pivots)
        .interval(confidence: 0.95, scale: .identity)
      if interval.low <= 1 && 1 <= interval.high { covered.bootstrap += 1 }
      if abs(mean - 1) <= 1.96 * error { covered.normal += 1 }
    }
    #expect(abs(covered.bootstrap / Double(dataSets) - 0.945) < 0.02, "\(covered)")
    #expect(covered.normal / Double(dataSets) < 0.91, "\(covered)")
  }

  static func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / (n * (n - 1))).squareRoot())
  }
}
