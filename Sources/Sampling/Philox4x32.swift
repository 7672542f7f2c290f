// SPDX-License-Identifier: Apache-2.0

/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters.
///
/// There is no state to carry: the block of any counter can be computed at any time on any thread,
/// so that a result cannot depend on how work was divided. Ten rounds pass BigCrush.
///
/// Source: Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405 (Random123).
public struct Philox4x32: Sendable {
  /// The 128 random bits that belong to a counter under a key.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var word = (counter.x, counter.y, counter.z, counter.w)
    var roundKey = (key.x, key.y)
    for _ in 0..<10 {
      let first = UInt64(word.0) &* 0xD251_1F53
      let second = UInt64(word.2) &* 0xCD9E_8D57
      word = (
        UInt32(truncatingIfNeeded: second >> 32) ^ word.1 ^ roundKey.0,
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ word.3 ^ roundKey.1,
        UInt32(truncatingIfNeeded: first)
      )
      roundKey = (roundKey.0 &+ 0x9E37_79B9, roundKey.1 &+ 0xBB67_AE85)
    }
    return SIMD4(word.0, word.1, word.2, word.3)
  }

  /// One word of four blocks.
  typealias Lanes = SIMD4<UInt32>

  /// The blocks of the counters (n, n's high half, rest) for n = from … from + 3: their first words, their
  /// second ones and so on. For a few numbers at a time: `RandomStream.fill` has many.
  static func blocks(
    from: UInt64, _ rest: SIMD2<UInt32>, key: SIMD2<UInt32>
  ) -> (x: Lanes, y: Lanes, z: Lanes, w: Lanes) {
    let counters = SIMD4(from, from &+ 1, from &+ 2, from &+ 3)
    var x = Lanes(truncatingIfNeeded: counters)
    var y = Lanes(truncatingIfNeeded: counters &>> 32)
    var (z, w) = (Lanes(repeating: rest.x), Lanes(repeating: rest.y))
    var (first, second) = (key.x, key.y)
    for _ in 0..<10 {
      let low = SIMD4<UInt64>(truncatingIfNeeded: x) &* 0xD251_1F53
      let high = SIMD4<UInt64>(truncatingIfNeeded: z) &* 0xCD9E_8D57
      x = Lanes(truncatingIfNeeded: high &>> 32) ^ y ^ first
      y = Lanes(truncatingIfNeeded: high)
      z = Lanes(truncatingIfNeeded: low &>> 32) ^ w ^ second
      w = Lanes(truncatingIfNeeded: low)
      first &+= 0x9E37_79B9
      second &+= 0xBB67_AE85
    }
    return (x, y, z, w)
  }
}
