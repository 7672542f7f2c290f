// SPDX-License-Identifier: Apache-2.0
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef uint8_t evenhand_bytes __attribute__((ext_vector_type(16)));

/// 0xFF where `bytes` are `byte`, 0 elsewhere.
static inline __attribute__((always_inline)) evenhand_bytes evenhand_matches(
    evenhand_bytes bytes, uint8_t byte) {
  return (evenhand_bytes)(bytes == byte);
}

/// Bit i: the top bit of byte i. Swift has no name for the instruction that does this.
static inline __attribute__((always_inline)) uint64_t evenhand_top_bits(evenhand_bytes bytes) {
#if defined(__SSE2__)
  return (uint32_t)_mm_movemask_epi8((__m128i)bytes);
#else
  // The product moves bit 0 of byte i to bit 56 + i. Little-endian, as all that Swift runs on.
  uint64_t words[2];
  memcpy(words, &bytes, sizeof words);
  uint64_t low = ((words[0] >> 7 & 0x0101010101010101) * 0x0102040810204080) >> 56;
  uint64_t high = ((words[1] >> 7 & 0x0101010101010101) * 0x0102040810204080) >> 56;
  return low | high << 8;
#endif
}
