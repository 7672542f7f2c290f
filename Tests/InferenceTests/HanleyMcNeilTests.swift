// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

@Suite("Hanley and McNeil's score interval of an area")
struct HanleyMcNeilTests {
  /// The roots of (θ − A)² − c² V(θ) on both sides of A, c = norm.ppf(.975), by scipy 1.17.1's
  /// optimize.brentq with xtol = 1e-15.
  @Test(
    "Limits by another solver",
    arguments: [
      (0.95, 10.0, 190.0, 0.813117581095, 0.986805777689),
      (0.8, 24.0, 36.0, 0.659017559263, 0.888087261212),
      (1.0, 10.0, 20.0, 0.848921353474, 1.0),
      (0.5, 12.0, 12.0, 0.289881363005, 0.710118636995),
    ])
  func limits(area: Double, positives: Double, negatives: Double, low: Double, high: Double) {
    let found = HanleyMcNeil.interval(
      area: area, positives: positives, negatives: negatives,
      critical: Normal.critical(confidence: 0.95))
    #expect(abs(found.low - low) < 1e-9 && abs(found.high - high) < 1e-9, "\(found)")
  }

  @Test("Mirrored areas have mirrored intervals, and a wider critical value a wider interval")
  func laws() {
    for count in [1.0, 2, 5, 19, 400] {
      for step in 0...40 {
        let area = Double(step) / 40
        func interval(_ area: Double, _ critical: Double) -> Interval {
          HanleyMcNeil.interval(
            area: area, positives: count, negatives: 3 * count, critical: critical)
        }
        let own = interval(area, 1.96)
        let mirrored = interval(1 - area, 1.96)
        #expect(abs(own.low + mirrored.high - 1) < 1e-12)
        #expect(own.low < own.high && own.low <= area && area <= own.high)
        let wider = interval(area, 2.5)
        #expect(wider.low <= own.low && own.high <= wider.high)
      }
    }
  }
}
