// SPDX-License-Identifier: Apache-2.0
import EvenhandSmallGroups
import Testing

/// Efron and Morris's eighteen batters, 1970: hits in the first 45 at bats, and the rest of the
/// season.
///
/// Source: Efron & Morris 1975, doi:10.1080/01621459.1975.10479864, table 1.
@Suite struct JamesSteinTests {
  static let hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
  static let season = [
    0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269, 0.230, 0.264, 0.256, 0.303,
    0.264, 0.226, 0.285, 0.316, 0.200,
  ]

  @Test func batters() throws {
    let averages = Self.hits.map { Double($0) / 45 }
    let mean = averages.reduce(0, +) / 18
    let shrunk = try #require(JamesStein(averages, variance: mean * (1 - mean) / 45))
    #expect(abs(shrunk.target - 0.2654) < 5.1e-5)
    #expect(abs(shrunk.weight - 0.2117) < 5.1e-5)
    #expect(abs(shrunk.values[0] - 0.2939) < 5.1e-5)
    #expect(abs(shrunk.values[17] - 0.2422) < 5.1e-5)
    func squares(_ values: [Double]) -> Double {
      zip(values, Self.season).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    #expect(abs(squares(averages) - 0.0753) < 5.1e-5)
    #expect(abs(squares(shrunk.values) - 0.0213) < 5.1e-5)
  }

  @Test func limits() throws {
    #expect(JamesStein([1, 2, 3], variance: 1) == nil)
    // As much spread as noise makes: nothing is kept.
    let noise = try #require(JamesStein([1, 2, 3, 4], variance: 5))
    #expect(noise.weight == 0 && noise.values == [2.5, 2.5, 2.5, 2.5])
    let equal = try #require(JamesStein([2, 2, 2, 2], variance: 1))
    #expect(equal.values == [2, 2, 2, 2])
  }
}
