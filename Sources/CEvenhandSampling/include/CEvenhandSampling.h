/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEVENHANDSAMPLING_H
#define CEVENHANDSAMPLING_H
#include <stddef.h>
#include <stdint.h>

/* The numbers of `blocks` blocks of Philox4x32-10, two a block, from the block `from` on. The counters are
   (block, block's high half, rest, rest's high half). */
void evenhand_philox(uint64_t key, uint64_t from, uint64_t rest, uint64_t *numbers, size_t blocks);

/* How many of the eight ascending thresholds each number reaches. */
void evenhand_thresholds_reached(const uint16_t thresholds[8], const uint16_t *numbers, uint8_t *reached,
                                 size_t count);

#endif
