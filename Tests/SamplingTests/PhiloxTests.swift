// SPDX-License-Identifier: Apache-2.0
import CEvenhandLanes
import EvenhandSampling
import Testing

@Suite struct PhiloxTests {
  /// The three known answers of Random123's `kat_vectors` for philox4x32-10.
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
      SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
      SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
    #expect(Philox4x32.block(counter: counter, key: key) == expected)
  }

  /// The loop over many blocks gives each block's words: any number of them, over the carry into the
  /// counter's high half and over its end.
  @Test(arguments: [0, 0xFFFF_FFFD, UInt64.max - 2] as [UInt64]) func manyBlocks(from: UInt64) {
    for count in 0...33 {
      var numbers = Array(repeating: UInt64(0), count: 2 * count)
      unsafe evenhand_philox(
        0x299f_31d0_a409_3822, from, 0x0370_7344_1319_8a2e, &numbers, count)
      for block in 0..<count {
        let number = from &+ UInt64(block)
        let word = Philox4x32.block(
          counter: SIMD4(
            UInt32(truncatingIfNeeded: number), UInt32(number >> 32), 0x1319_8a2e, 0x0370_7344),
          key: SIMD2(0xa409_3822, 0x299f_31d0))
        #expect(numbers[2 * block] == UInt64(word.x) | UInt64(word.y) << 32)
        #expect(numbers[2 * block + 1] == UInt64(word.z) | UInt64(word.w) << 32)
      }
    }
  }
}
