// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule
import Testing

@Suite struct RandomStreamTests {
  @Test func theStreamIsTheBlocksOfItsAddress() {
    var stream = RandomStream(seed: 0x299f_31d0_a409_3822, family: 7, replicate: 9)
    for block in 0..<5 {
      let bits = Philox4x32.block(
        counter: SIMD4(UInt32(block), 0, 9, 7), key: SIMD2(0xa409_3822, 0x299f_31d0))
      #expect(stream.next() == UInt64(bits.y) << 32 | UInt64(bits.x))
      #expect(stream.next() == UInt64(bits.w) << 32 | UInt64(bits.z))
    }
  }

  @Test func otherAddressesGiveOtherNumbers() {
    var seen = Set<UInt64>()
    for seed in [1, 2, 1 << 32] as [UInt64] {
      for family in 0..<8 as Range<UInt32> {
        for replicate in 0..<8 as Range<UInt32> {
          var stream = RandomStream(seed: seed, family: family, replicate: replicate)
          for _ in 0..<4 { seen.insert(stream.next()) }
        }
      }
    }
    #expect(seen.count == 3 * 8 * 8 * 4)
  }

  @Test func drawsOfOtherStreamsChangeNothing() {
    var alone = RandomStream(seed: 3, family: 1, replicate: 2)
    let expected = (0..<10).map { _ in alone.normal() }
    var stream = RandomStream(seed: 3, family: 1, replicate: 2)
    var other = RandomStream(seed: 3, family: 1, replicate: 3)
    let drawn = (0..<10).map { _ in
      _ = other.normal()
      return stream.normal()
    }
    #expect(drawn == expected)
  }

  /// Mean 1/2, variance 1/12, and every sixteenth equally often (χ² with 15 degrees: 44.26 has
  /// probability 1e-4).
  @Test func uniformNumbers() {
    var stream = RandomStream(seed: 11, family: 0, replicate: 0)
    let count = 200_000
    var bins = [Double](repeating: 0, count: 16)
    var moments = Moments()
    for _ in 0..<count {
      let u = stream.uniform()
      #expect(u > 0 && u < 1 && 1 - u < 1)
      bins[Int(u * 16)] += 1
      moments.add(u)
    }
    let expected = Double(count) / 16
    #expect(bins.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 44.26)
    #expect(abs(moments.mean - 0.5) < 5 * (1 / 12.0 / Double(count)).squareRoot())
  }

  /// Moments of the standard normal distribution: 0, 1, 0, 3; five standard errors each.
  @Test func normalNumbers() {
    var stream = RandomStream(seed: 12, family: 0, replicate: 0)
    let count = 400_000
    var sums = [0.0, 0.0, 0.0, 0.0]
    var beyond = 0.0
    for _ in 0..<count {
      let z = stream.normal()
      for power in 1...4 { sums[power - 1] += Double.pow(z, power) }
      if abs(z) > 1.959963984540054 { beyond += 1 }
    }
    let n = Double(count)
    for (sum, (mean, variance)) in zip(sums, [(0.0, 1.0), (1, 2), (0, 15), (3, 96)]) {
      #expect(abs(sum / n - mean) < 5 * (variance / n).squareRoot())
    }
    #expect(abs(beyond / n - 0.05) < 5 * (0.05 * 0.95 / n).squareRoot())
  }
}
