// SPDX-License-Identifier: Apache-2.0
import RealModule

/// A stream of random numbers addressed by (seed, family, replicate).
///
/// The same address gives the same numbers, whatever else is drawn before, after or on another
/// thread. Two addresses share no block: the key is the seed and the counter is
/// (block, block's high half, replicate, family). A stream holds 2⁶⁵ numbers.
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline let key: SIMD2<UInt32>
  @usableFromInline let replicate: UInt32
  @usableFromInline let family: UInt32
  @usableFromInline var block: UInt64 = 0
  @usableFromInline var second: UInt64 = 0
  @usableFromInline var holdsSecond = false
  /// The second number of a polar pair; not a number when there is none.
  @usableFromInline var spareNormal = Double.nan

  /// The stream at an address, at its beginning.
  @inlinable
  public init(seed: UInt64, family: UInt32, replicate: UInt32) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.family = family
    self.replicate = replicate
  }

  /// The next 64 random bits; a Philox block serves two calls.
  @inlinable
  public mutating func next() -> UInt64 {
    if holdsSecond {
      holdsSecond = false
      return second
    }
    let low = UInt32(truncatingIfNeeded: block)
    let high = UInt32(truncatingIfNeeded: block >> 32)
    let bits = Philox4x32.block(counter: SIMD4(low, high, replicate, family), key: key)
    block &+= 1
    second = UInt64(bits.w) << 32 | UInt64(bits.z)
    holdsSecond = true
    return UInt64(bits.y) << 32 | UInt64(bits.x)
  }

  /// The next numbers, as `next` would give them one by one; four Philox blocks at a time.
  public mutating func fill(_ words: inout [UInt64]) {
    var index = 0
    if holdsSecond && !words.isEmpty {
      words[0] = next()
      index = 1
    }
    while index + 8 <= words.count {
      let bits = Philox4x32.blocks(from: block, SIMD2(replicate, family), key: key)
      let first =
        SIMD4<UInt64>(truncatingIfNeeded: bits.x) | SIMD4(truncatingIfNeeded: bits.y) &<< 32
      let second =
        SIMD4<UInt64>(truncatingIfNeeded: bits.z) | SIMD4(truncatingIfNeeded: bits.w) &<< 32
      for lane in 0..<4 {
        words[index + 2 * lane] = first[lane]
        words[index + 2 * lane + 1] = second[lane]
      }
      block &+= 4
      index += 8
    }
    while index < words.count {
      words[index] = next()
      index += 1
    }
  }

  /// A number of the open interval (0, 1): an odd multiple of 2⁻⁵³, all equally likely.
  ///
  /// The grid is symmetric about 1/2 (mean exactly 1/2) and 0 and 1 cannot occur, so that a
  /// logarithm of the number or of its complement is always finite.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A standard normal number by the polar method, exact up to rounding; a pair serves two calls.
  ///
  /// Source: Marsaglia & Bray 1964, doi:10.1137/1006063.
  @inlinable
  public mutating func normal() -> Double {
    if !spareNormal.isNaN {
      defer { spareNormal = .nan }
      return spareNormal
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      // The point (0, 0) cannot occur: the grid of `uniform` has no 1/2.
      if square >= 1 { continue }
      let factor = (-2 * Double.log(square) / square).squareRoot()
      spareNormal = y * factor
      return x * factor
    }
  }
}
