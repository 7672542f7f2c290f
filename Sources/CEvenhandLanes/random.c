/* SPDX-License-Identifier: Apache-2.0 */
#include "CEvenhandLanes.h"
#include "lanes.h"
#include <string.h>

typedef uint64_t words __attribute__((vector_size(64)));
typedef uint16_t draws __attribute__((vector_size(64)));
typedef int16_t signed_draws __attribute__((vector_size(64)));
typedef uint8_t counts __attribute__((vector_size(32)));

EVENHAND_LANES
void evenhand_philox(uint64_t key, uint64_t from, uint64_t rest, uint64_t *numbers, size_t blocks) {
  const uint64_t low_half = UINT32_MAX;
  for (size_t done = 0; done < blocks; done += 8) {
    /* Each lane has a word of a counter in its low half; what the high half holds does not matter. */
    words x = (words){0, 1, 2, 3, 4, 5, 6, 7} + (from + done);
    words y = x >> 32;
    words z = (words){0} + rest, w = (words){0} + (rest >> 32);
    uint64_t first = key & low_half, second = key >> 32;
#pragma clang loop unroll(full)
    for (int round = 0; round < 10; round++) {
      words low = (x & low_half) * 0xD2511F53u, high = (z & low_half) * 0xCD9E8D57u;
      x = (high >> 32) ^ y ^ first;
      y = high;
      z = (low >> 32) ^ w ^ second;
      w = low;
      first += 0x9E3779B9u;
      second += 0xBB67AE85u;
    }
    words even = (x & low_half) | y << 32, odd = (z & low_half) | w << 32;
    words ordered[2] = {__builtin_shufflevector(even, odd, 0, 8, 1, 9, 2, 10, 3, 11),
                        __builtin_shufflevector(even, odd, 4, 12, 5, 13, 6, 14, 7, 15)};
    if (blocks - done >= 8) {
      memcpy(numbers + 2 * done, ordered, sizeof ordered);
    } else {
      memcpy(numbers + 2 * done, ordered, 16 * (blocks - done));
    }
  }
}

EVENHAND_LANES
void evenhand_thresholds_reached(const uint16_t thresholds[8], const uint16_t *numbers, uint8_t *reached,
                                 size_t count) {
  /* Compared as signed numbers, for which there is an instruction. */
  signed_draws below[8];
  for (int threshold = 0; threshold < 8; threshold++) {
    below[threshold] = (signed_draws){0} + (int16_t)(thresholds[threshold] - 0x8001);
  }
  for (size_t done = 0; done < count; done += 32) {
    size_t left = count - done < 32 ? count - done : 32;
    draws drawn = {0};
    if (left == 32) memcpy(&drawn, numbers + done, sizeof drawn);
    else memcpy(&drawn, numbers + done, 2 * left);
    signed_draws sum = {0};
    /* A true comparison is -1. */
    for (int threshold = 0; threshold < 8; threshold++) {
      sum -= (signed_draws)(drawn ^ 0x8000) > below[threshold];
    }
    counts bytes = __builtin_convertvector(sum, counts);
    if (left == 32) memcpy(reached + done, &bytes, sizeof bytes);
    else memcpy(reached + done, &bytes, left);
  }
}
