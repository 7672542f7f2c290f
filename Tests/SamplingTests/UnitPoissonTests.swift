// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule
import Testing

@Suite struct UnitPoissonTests {
  private func draw(_ count: Int, seed: UInt64 = 2026) -> [Float] {
    var (unit, stream) = (UnitPoisson(), RandomStream(seed: seed, family: 5, replicate: 3))
    var counts = Array(repeating: Float(-1), count: count)
    unit.fill(&counts, 0..<count, using: &stream)
    return counts
  }

  /// Two million draws: mean and variance are exactly 1, the third central moment too (to 1e-4), and
  /// counts are as frequent as Poisson's up to what 16 bits can tell.
  @Test func moments() {
    let counts = draw(2_000_000).map(Double.init)
    let n = Double(counts.count)
    let mean = counts.reduce(0, +) / n
    #expect(abs(mean - 1) < 4 / n.squareRoot())
    let square = counts.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / n
    // The fourth central moment of Poisson(1) is 4.
    #expect(abs(square - 1) < 4 * (3 / n).squareRoot())
    let cube = counts.reduce(0) { $0 + ($1 - 1) * ($1 - 1) * ($1 - 1) } / n
    // The sixth is 41.
    #expect(abs(cube - 1) < 4 * (40 / n).squareRoot())
    for count in 0...7 {
      let found = Double(counts.count { $0 == Double(count) }) / n
      let expected = Double.exp(-1 - Double.logGamma(Double(count + 1)))
      let error = (expected * (1 - expected) / n).squareRoot()
      #expect(abs(found - expected) < 4 * error + 1.6e-4, "\(count): \(found)")
    }
    #expect(counts.allSatisfy { (0...8).contains($0) })
  }

  /// Over all 65,536 words: shares of the counts from the thresholds of an independent search, whose
  /// factorial moments of order 1 and 2 are 1.
  @Test func sharesAddUp() {
    let shares = [24113, 24099, 12062, 4020, 1003, 200, 33, 5, 1]
    #expect(shares.reduce(0, +) == 65_536)
    #expect(shares.enumerated().reduce(0) { $0 + $1.offset * $1.element } == 65_536)
    let pairs = shares.enumerated().reduce(0) { $0 + $1.offset * ($1.offset - 1) * $1.element }
    #expect(pairs == 65_536)
    let counts = draw(4_000_000, seed: 7)
    for (count, share) in shares.enumerated() {
      let expected = Double(share) / 65_536
      let found = Double(counts.count { $0 == Float(count) }) / 4e6
      #expect(abs(found - expected) < 5 * (expected / 4e6).squareRoot(), "\(count)")
    }
  }

  /// Each count is how many of the thresholds, sums of the shares, its 16 bits reach, whole lanes of places
  /// or not. Of a million draws some meet each threshold and some are just below it.
  @Test(arguments: [1, 31, 32, 33, 1024, 1_000_000]) func thresholds(_ count: Int) {
    let thresholds = [24113, 48212, 60274, 64294, 65297, 65497, 65530, 65535]
    var bits = RandomStream(seed: 2026, family: 5, replicate: 3)
    var word = UInt64(0)
    let expected = (0..<count).map { place in
      word = place % 4 == 0 ? bits.next() : word >> 16
      return Float(thresholds.count { Int(word & 0xFFFF) >= $0 })
    }
    #expect(draw(count) == expected)
  }

  /// Neighbours are independent: no correlation at lags 1 to 5.
  @Test func neighbours() {
    let counts = draw(1_000_000, seed: 8).map { Double($0) - 1 }
    for lag in 1...5 {
      let sum = zip(counts, counts.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(sum / 1e6) < 4 / 1e3)
    }
  }

  /// Only the places that are asked for are written, and the same stream gives the same counts.
  @Test func places() {
    var (unit, stream) = (UnitPoisson(), RandomStream(seed: 2026, family: 5, replicate: 3))
    var counts = Array(repeating: Float(-1), count: 30)
    unit.fill(&counts, 3..<20, using: &stream)
    #expect(counts[..<3].allSatisfy { $0 == -1 } && counts[20...].allSatisfy { $0 == -1 })
    #expect(Array(counts[3..<20]) == draw(17))
    unit.fill(&counts, 5..<5, using: &stream)
    #expect(Array(counts[3..<20]) == draw(17))
  }
}
