// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

@Suite struct StudentizedRangeTests {
  /// SciPy's own integration is good to about 1e-8 for small degrees of freedom.
  @Test func probabilities() {
    for (q, groups, df, p) in ReferenceValues.tukeyCumulative {
      let value = StudentizedRange.cumulative(q, groups: groups, degreesOfFreedom: df)
      #expect(abs(value - p) < 1e-7, "\(q) \(groups) \(df) \(value) \(p)")
    }
  }

  @Test func quantiles() {
    for (p, groups, df, q) in ReferenceValues.tukeyQuantile {
      let value = StudentizedRange.quantile(p, groups: groups, degreesOfFreedom: df)
      #expect(agree(value, q, within: 1e-6), "\(p) \(groups) \(df) \(value) \(q)")
    }
  }

  /// The printed table of the 95 % points for infinite degrees of freedom.
  @Test(arguments: [
    (2, 2.7718), (3, 3.3145), (4, 3.6332), (5, 3.8577), (6, 4.0301), (8, 4.2863), (10, 4.4741),
    (12, 4.6217), (20, 5.0117),
  ])
  func knownDeviation(groups: Int, q: Double) {
    #expect(abs(StudentizedRange.quantile(0.95, groups: groups) - q) < 6e-5)
  }

  /// The range of two is √2 |t|.
  @Test func twoGroupsAreStudents() {
    for df in [1, 3, 40, .infinity] as [Double] {
      for q in [0.5, 2.0, 6.0] {
        let t = q / 2.0.squareRoot()
        let expected = 1 - 2 * StudentT.cumulative(-t, degreesOfFreedom: df)
        let value = StudentizedRange.cumulative(q, groups: 2, degreesOfFreedom: df)
        #expect(abs(value - expected) < 1e-9)
      }
    }
  }
}
