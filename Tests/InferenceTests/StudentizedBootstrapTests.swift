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

  /// Pivots a hundredth apart: the rank's uncertainty √(999 · .025 · .975) in hundredths of the
  /// standard error; on another scale by the delta method; none for the normal stand-in.
  @Test func monteCarloError() {
    let pivots = (1...999).map { Double($0) / 100 - 5 }
    let bootstrap = StudentizedBootstrap(value: 0.4, standardError: 0.02, pivots: pivots)
    let plain = bootstrap.limits(confidence: 0.95, scale: .identity)
    #expect(bootstrap.limits(confidence: 0.95) == plain)
    #expect(agree(plain.monteCarloError.low, 0.02 * 0.04934635, within: 1e-6))
    #expect(agree(plain.monteCarloError.high, 0.02 * 0.04934635, within: 1e-6))
    let logit = bootstrap.limits(confidence: 0.95, scale: .logit)
    #expect(logit.interval == bootstrap.interval(confidence: 0.95, scale: .logit))
    for (error, limit) in [
      (logit.monteCarloError.low, logit.interval.low),
      (logit.monteCarloError.high, logit.interval.high),
    ] {
      // dx/dq = x (1 − x) · se / (T (1 − T)).
      let slope = limit * (1 - limit) * 0.02 / (0.4 * 0.6)
      #expect(agree(error, 0.04934635 * slope, within: 1e-3))
    }
    let normal = StudentizedBootstrap(value: 1, standardError: 0.1, pivots: [0, 0, 0])
      .limits(confidence: 0.95, scale: .logit)
    #expect(normal.monteCarloError == (0, 0))
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
