// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

@Suite struct DunnettTests {
  @Test func probabilities() {
    for (c, reference, variances, p) in ReferenceValues.dunnett {
      let value = Dunnett.cumulative(c, referenceVariance: reference, variances: variances)
      #expect(abs(value - p) < 1e-9, "\(value) \(p)")
    }
  }

  /// Dunnett's two-sided 95 % points for infinite degrees of freedom.
  @Test(arguments: [(1, 1.960), (2, 2.212), (3, 2.349), (4, 2.442), (5, 2.511)])
  func equalVariances(comparisons: Int, critical: Double) {
    let value = Dunnett.criticalValue(
      confidence: 0.95, referenceVariance: 2,
      variances: [Double](repeating: 2, count: comparisons))
    #expect(abs(value - critical) < 6e-4)
  }

  /// 400 000 simulated families; five standard errors.
  @Test(arguments: [
    (0.04, [0.01, 0.3, 0.0001]), (1e-4, [1e-2, 2e-2, 5e-3, 1e-4]), (9.0, [0.001, 0.002]),
  ])
  func unequalVariances(reference: Double, variances: [Double]) {
    let critical = Dunnett.criticalValue(
      confidence: 0.95, referenceVariance: reference, variances: variances)
    var stream = RandomStream(seed: 17, family: 0, replicate: 0)
    let draws = 400_000
    var within = 0.0
    for _ in 0..<draws {
      let centre = reference.squareRoot() * stream.normal()
      let largest =
        variances.map { variance in
          abs(variance.squareRoot() * stream.normal() - centre)
            / (variance + reference).squareRoot()
        }.max() ?? 0
      if largest <= critical { within += 1 }
    }
    #expect(abs(within / Double(draws) - 0.95) < 5 * (0.95 * 0.05 / Double(draws)).squareRoot())
  }
}
