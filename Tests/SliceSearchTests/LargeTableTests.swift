// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import EvenhandSliceSearch
import Testing

/// 100,000 rows × 10 columns to depth 3 against counting every combination of values.
@Suite struct LargeTableTests {
  private static let rows = 100_000
  private static let minimum = 1000
  private static let widths = (0..<10).map { 4 + $0 % 3 }

  /// Values of unequal frequency; three slices have more errors than the rest.
  private static func table(_ stream: inout RandomStream) -> (codes: [[Int32]], rate: [Double]) {
    let codes = widths.map { width in
      (0..<rows).map { _ in
        let (u, v) = (stream.uniform(), stream.uniform())
        return min(Int32(u * v * Double(width) * 1.5), Int32(width - 1))
      }
    }
    let rate = (0..<rows).map { row in
      if codes[3][row] == 1, codes[6][row] == 0, codes[8][row] == 1 { return 0.6 }
      if codes[2][row] == 0, codes[5][row] == 1 { return 0.4 }
      return codes[0][row] == 1 ? 0.14 : 0.08
    }
    return (codes, rate)
  }

  @Test(arguments: [(true, 4), (true, 20), (false, 20)])
  func enumeration(isBinary: Bool, k: Int) throws {
    var stream = RandomStream(seed: 95, family: 0, replicate: 0)
    let (codes, rate) = Self.table(&stream)
    let errors = rate.map { rate -> Double in
      isBinary ? (stream.uniform() < rate ? 1 : 0) : (rate * stream.uniform() * 1e6).rounded() / 1e6
    }
    let features = zip(codes, Self.widths).enumerated().map { index, column in
      SliceFeature(
        name: "f\(index)", values: (0..<column.1).map(String.init), codes: column.0)
    }
    let found = try SliceLine(k: k, minimumSupport: Self.minimum).search(
      try SliceFeatures(features), try SliceErrors(errors))
    let expected = Self.bruteForce(codes, errors).prefix(k)
    #expect(found.slices.count == k)
    for (one, known) in zip(found.slices, expected) {
      #expect(abs(one.score - known.score) < 1e-9 && one.size == known.size)
    }
  }

  /// Every combination of up to three columns, tallied by its values; scores above 0, highest first.
  private static func bruteForce(
    _ codes: [[Int32]], _ errors: [Double]
  ) -> [(score: Double, size: Int)] {
    let mean = errors.reduce(0, +) / Double(rows)
    var scored: [(score: Double, size: Int)] = []
    func tally(_ columns: [Int]) {
      let count = columns.reduce(1) { $0 * widths[$1] }
      var (sizes, sums) = (Array(repeating: 0, count: count), Array(repeating: 0.0, count: count))
      for row in 0..<rows {
        let key = columns.reduce(0) { $0 * widths[$1] + Int(codes[$1][row]) }
        sizes[key] += 1
        sums[key] += errors[row]
      }
      for (size, sum) in zip(sizes, sums) where size >= minimum {
        let share = Double(size)
        let score = 0.95 * (sum / share / mean - 1) - 0.05 * (Double(rows) / share - 1)
        if score > 1e-9 { scored.append((score, size)) }
      }
    }
    for first in codes.indices {
      tally([first])
      for second in codes.indices.dropFirst(first + 1) {
        tally([first, second])
        for third in codes.indices.dropFirst(second + 1) { tally([first, second, third]) }
      }
    }
    return scored.sorted { $0.score == $1.score ? $0.size > $1.size : $0.score > $1.score }
  }
}
