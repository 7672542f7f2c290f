// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandLanes
import RealModule

/// A stream of random numbers addressed by (seed, family, replicate).
///
/// The same address gives the same numbers, whatever else is drawn before, after or on another
/// thread. Two addresses share no block: the key is the seed and the counter is
/// (block, block's high half, replicate, family). A stream holds 2⁶⁵ numbers.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  private let replicate: UInt32
  private let family: UInt32
  /// The next block that has not been computed.
  private var block: UInt64 = 0
  /// The numbers of four blocks, and the place of the next one; a place behind them where none is left.
  @usableFromInline var numbers = SIMD8<UInt64>()
  @usableFromInline var place = 8
  /// The second number of a polar pair; not a number when there is none.
  @usableFromInline var spareNormal = Double.nan

  /// The stream at an address, at its beginning.
  public init(seed: UInt64, family: UInt32, replicate: UInt32) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.family = family
    self.replicate = replicate
  }

  /// The next 64 random bits; a Philox block serves two calls, and four are computed at a time.
  @inlinable
  public mutating func next() -> UInt64 {
    if place == 8 {
      numbers = nextNumbers()
      place = 0
    }
    let number = numbers[place]
    place &+= 1
    return number
  }

  /// The numbers of the next four blocks.
  @usableFromInline
  mutating func nextNumbers() -> SIMD8<UInt64> {
    let bits = Philox4x32.blocks(from: block, SIMD2(replicate, family), key: key)
    block &+= 4
    var numbers = SIMD8<UInt64>()
    numbers.evenHalf =
      SIMD4<UInt64>(truncatingIfNeeded: bits.x) | SIMD4(truncatingIfNeeded: bits.y) &<< 32
    numbers.oddHalf =
      SIMD4<UInt64>(truncatingIfNeeded: bits.z) | SIMD4(truncatingIfNeeded: bits.w) &<< 32
    return numbers
  }

  /// The next numbers, as `next` would give them one by one.
  public mutating func fill(_ words: inout [UInt64]) {
    var index = 0
    while index < words.count, place < 8 {
      words[index] = next()
      index += 1
    }
    let whole = index + (words.count - index) / 8 * 8
    if whole > index {
      // Unsafe: C takes a pointer; it writes two numbers for each block, up to `whole`.
      unsafe words.withUnsafeMutableBufferPointer { words in
        let target = unsafe UnsafeMutableBufferPointer(rebasing: words[index..<whole])
        unsafe evenhand_philox(
          Self.pair(key), block, Self.pair(SIMD2(replicate, family)), target.baseAddress,
          target.count / 2)
      }
      block &+= UInt64(whole - index) / 2
      index = whole
    }
    while index < words.count {
      words[index] = next()
      index += 1
    }
  }

  private static func pair(_ words: SIMD2<UInt32>) -> UInt64 {
    UInt64(words.x) | UInt64(words.y) << 32
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
