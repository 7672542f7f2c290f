// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

/// Normal, beta and Student's t against values computed in 40 digits.
@Suite struct DistributionTests {
  @Test func normalQuantiles() {
    for (p, x) in ReferenceValues.normalQuantile {
      #expect(agree(Normal.quantile(p), x, within: 4e-15), "\(p)")
    }
    #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity)
    #expect(agree(Normal.critical(confidence: 0.95), 1.959963984540054, within: 1e-15))
  }

  @Test func normalProbabilities() {
    for (x, p) in ReferenceValues.normalCumulative {
      // The argument's own rounding is worth x² · 1e-16 in the tail.
      #expect(agree(Normal.cumulative(x), p, within: 1e-15 * (1 + x * x)), "\(x)")
    }
    #expect(agree(Normal.density(1), 0.24197072451914337, within: 1e-15))
  }

  @Test func betaProbabilities() {
    for (x, a, b, p) in ReferenceValues.betaCumulative {
      // Large shapes turn an ulp of x into many of p: a slope of density · x / p.
      let conditioning = (a + b).squareRoot() * 1e-15
      #expect(
        agree(Beta.cumulative(x, alpha: a, beta: b), p, within: 2e-14 + conditioning),
        "\(x) \(a) \(b) \(Beta.cumulative(x, alpha: a, beta: b)) \(p)")
    }
    #expect(
      Beta.cumulative(0, alpha: 2, beta: 3) == 0 && Beta.cumulative(1, alpha: 2, beta: 3) == 1)
  }

  @Test func betaQuantiles() {
    for (p, a, b, x) in ReferenceValues.betaQuantile {
      let quantile = Beta.quantile(p, alpha: a, beta: b)
      #expect(agree(quantile, x, within: 1e-12), "\(p) \(a) \(b) \(quantile) \(x)")
    }
    #expect(Beta.quantile(0, alpha: 2, beta: 3) == 0 && Beta.quantile(1, alpha: 2, beta: 3) == 1)
  }

  @Test func studentQuantilesAndBack() {
    for (p, df, t) in ReferenceValues.studentQuantile {
      let quantile = StudentT.quantile(p, degreesOfFreedom: df)
      #expect(agree(quantile, t, within: 1e-12), "\(p) \(df) \(quantile) \(t)")
      #expect(agree(StudentT.cumulative(t, degreesOfFreedom: df), p, within: 1e-12))
      #expect(agree(StudentT.quantile(1 - p, degreesOfFreedom: df), -t, within: 1e-9))
    }
    #expect(StudentT.quantile(0.5, degreesOfFreedom: 3) == 0)
    #expect(
      StudentT.quantile(0.025, degreesOfFreedom: .infinity) == Normal.quantile(0.025))
  }
}
