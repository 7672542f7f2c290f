/* SPDX-License-Identifier: Apache-2.0
   Inner loops over random bits and replicates, for as many lanes as the processor has. Swift compiles for the
   processors that all have in common; here wider ones are told apart when the program starts. Nothing is
   contracted or reordered, so that every version gives the same numbers. */
#ifndef CEVENHANDLANES_H
#define CEVENHANDLANES_H
#include <stddef.h>
#include <stdint.h>

/* The numbers of `blocks` blocks of Philox4x32-10, two a block, from the block `from` on. The counters are
   (block, block's high half, rest, rest's high half). */
void evenhand_philox(uint64_t key, uint64_t from, uint64_t rest, uint64_t *numbers, size_t blocks);

/* How many of the eight ascending thresholds, all above 0, each number reaches. */
void evenhand_thresholds_reached(const uint16_t thresholds[8], const uint16_t *numbers, uint8_t *reached,
                                 size_t count);

/* The sums behind the areas under curves of 64 replicates, one row each. */
enum {
  evenhand_negatives_below,
  evenhand_positives_below,
  evenhand_of_areas,
  evenhand_of_positives,
  evenhand_of_negatives,
  evenhand_tied_positives,
  evenhand_tied_negatives,
  evenhand_area_rows
};

/* What a step is: its negatives lie above its positives, more of its score follow, or all of it are tied. */
enum { evenhand_apart = 0, evenhand_tied = 1, evenhand_part = 2 };

/* Takes in steps. `kinds` are `stride` bytes apart. A step's draws are 32 words, sixteen of its positives and
   sixteen of its negatives: byte j of word m belongs to place m % 8 of the eight that begin at 16j + m / 8 * 8.
   `sums` are rows of 64. */
void evenhand_add_areas(const uint8_t *kinds, size_t stride, size_t steps, const uint32_t *draws, float *sums);

#endif
