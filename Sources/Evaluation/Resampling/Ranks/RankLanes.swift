// SPDX-License-Identifier: Apache-2.0

/// Replicates that are drawn together, as lanes.
///
/// What a slot is drawn in 64 replicates are the bytes of sixteen words. Byte j of word m belongs to the
/// replicate 4m + j, so that a shift and a mask give lanes of numbers. They are reckoned with in eight
/// groups of eight, whose numbers fit the registers.
enum RankLanes {
  typealias Draws = SIMD16<UInt32>
  static let count = 64
  static let groups = 8

  static func group(of replicate: Int) -> Int { replicate % 4 * 2 + replicate / 32 }
  static func lane(of replicate: Int) -> Int { replicate / 4 % 8 }

  /// The draws of a group's replicates, of the half of the words that it lies in.
  @inline(__always)
  static func floats(_ half: SIMD8<UInt32>, _ group: Int) -> SIMD8<Float> {
    SIMD8<Float>(integers(half, group))
  }

  @inline(__always)
  static func integers(_ half: SIMD8<UInt32>, _ group: Int) -> SIMD8<Int32> {
    SIMD8<Int32>(
      truncatingIfNeeded: (half &>> UInt32(truncatingIfNeeded: 4 * (group & ~1))) & 0xFF)
  }

  /// What one replicate draws.
  static func count(_ draws: Draws, _ replicate: Int) -> Int {
    Int(draws[replicate / 4] >> shift(replicate) & 0xFF)
  }

  static func set(_ draws: inout Draws, _ replicate: Int, to count: UInt32) {
    let word = draws[replicate / 4] & ~(0xFF << shift(replicate))
    draws[replicate / 4] = word | count << shift(replicate)
  }

  private static func shift(_ replicate: Int) -> UInt32 { UInt32(8 * (replicate % 4)) }
}
