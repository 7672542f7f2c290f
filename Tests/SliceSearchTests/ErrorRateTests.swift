// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSliceSearch
import Testing

/// How often slices are reported that are not worse, and that are.
@Suite struct ErrorRateTests {
  static let dataSets = 2_000

  /// 300 rows in four features of three values; errors of 0 or 1 or with a long tail.
  private static func draw(
    _ seed: UInt32, isBinary: Bool, effect: Double
  ) throws -> (SliceFeatures, SliceErrors) {
    var stream = RandomStream(seed: 61, family: isBinary ? 1 : 2, replicate: seed)
    let codes = (0..<4).map { _ in
      (0..<300).map { _ in Int32(3 * stream.uniform() * stream.uniform()) }
    }
    let table = try SliceFeatures(
      codes.map { SliceFeature(name: "f", values: ["a", "b", "c"], codes: $0) })
    let values = (0..<300).map { row in
      let isWorse = codes[0][row] == 1 && codes[1][row] == 0
      let factor = isWorse ? effect : 1
      return isBinary
        ? (stream.uniform() < 0.1 * factor ? 1 : 0)
        : factor * stream.normal() * stream.normal().magnitude.squareRoot()
    }
    // Real errors are squares: few of them make up most of the sum.
    return (table, try SliceErrors(isBinary ? values : values.map { $0 * $0 }))
  }

  private static func rejections(
    isBinary: Bool, effect: Double, of count: Int, _ alternative: SliceAlternative = .worse
  ) throws -> (any: Int, raw: Int, planted: Int) {
    let planted = Slice([
      SlicePredicate(feature: 0, value: 1), SlicePredicate(feature: 1, value: 0),
    ])
    var result = (any: 0, raw: 0, planted: 0)
    for seed in 0..<UInt32(count) {
      let (table, errors) = try draw(seed, isBinary: isBinary, effect: effect)
      let test = try EnumeratedFamily(table, minimumSupport: 10).test(
        errors,
        PermutationSettings(
          alternative: alternative, replicates: 199, seed: UInt64(seed), threads: 1))
      let significant = test.significant(level: 0.05)
      result.any += significant.isEmpty ? 0 : 1
      result.raw += test.tests.contains { $0.pValue <= 0.05 } ? 1 : 0
      result.planted += significant.contains { $0.slice == planted } ? 1 : 0
    }
    return result
  }

  /// The family-wise error rate is at most 5 %; judging every slice by itself it would be far above.
  @Test(arguments: [true, false], SliceAlternative.allCases)
  func familyWise(isBinary: Bool, alternative: SliceAlternative) throws {
    let count = Self.dataSets
    let found = try Self.rejections(isBinary: isBinary, effect: 1, of: count, alternative)
    func interval(_ rejections: Int) -> Interval {
      ClopperPearson.interval(
        successes: Double(rejections), trials: Double(count), confidence: 0.99)
    }
    #expect(interval(found.any).low <= 0.05)
    // Ties make it conservative, but not idle.
    #expect(interval(found.any).high >= 0.03)
    #expect(interval(found.raw).low > 0.5)
  }

  /// A slice that is four times as wrong is found.
  @Test(arguments: [true, false]) func power(isBinary: Bool) throws {
    let found = try Self.rejections(isBinary: isBinary, effect: isBinary ? 4 : 2.5, of: 300)
    #expect(Double(found.planted) / 300 > 0.7)
  }
}
