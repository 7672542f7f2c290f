// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

/// χ² and F against series in hundreds of digits, checked with SciPy.
@Suite struct TailTests {
  @Test func chiSquaredValues() {
    for (x, df, lower, upper) in ReferenceValues.chiSquared {
      // Many degrees of freedom turn an ulp of x into many of P.
      let tolerance = 2e-13 + 1e-15 * df.squareRoot() * 25
      let values = (
        ChiSquared.cumulative(x, degreesOfFreedom: df),
        ChiSquared.upperTail(x, degreesOfFreedom: df)
      )
      #expect(agree(values.0, lower, within: tolerance), "\(x) \(df) \(values.0) \(lower)")
      #expect(agree(values.1, upper, within: tolerance), "\(x) \(df) \(values.1) \(upper)")
    }
    #expect(ChiSquared.upperTail(0, degreesOfFreedom: 3) == 1)
    #expect(ChiSquared.upperTail(.infinity, degreesOfFreedom: 3) == 0)
    #expect(ChiSquared.cumulative(-1, degreesOfFreedom: 3) == 0)
  }

  @Test func fisherValues() {
    for (f, numerator, denominator, upper) in ReferenceValues.fisherF {
      let value = FisherF.upperTail(f, numerator: numerator, denominator: denominator)
      #expect(
        agree(value, upper, within: 1e-12), "\(f) \(numerator) \(denominator) \(value) \(upper)")
    }
  }

  /// F with one degree of freedom is t², with endless ones a mean square.
  @Test func relations() {
    for (t, df) in [(0.3, 4.0), (1.7, 9), (2.2, 31), (6, 2.5)] {
      #expect(
        agree(
          FisherF.upperTail(t * t, numerator: 1, denominator: df),
          2 * StudentT.cumulative(-t, degreesOfFreedom: df), within: 1e-12))
      #expect(
        agree(
          ChiSquared.upperTail(t * t, degreesOfFreedom: 1), 2 * Normal.cumulative(-t),
          within: 1e-13))
      #expect(
        FisherF.upperTail(t, numerator: df, denominator: .infinity)
          == ChiSquared.upperTail(df * t, degreesOfFreedom: df))
    }
    #expect(FisherF.upperTail(0, numerator: 2, denominator: 3) == 1)
    #expect(FisherF.upperTail(.infinity, numerator: 2, denominator: 3) == 0)
  }
}
