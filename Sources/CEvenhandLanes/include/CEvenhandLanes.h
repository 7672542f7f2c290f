/* SPDX-License-Identifier: Apache-2.0
   Inner loops over random bits and replicates. Swift compiles for the processors that all have in common; these
   exist once more for AVX2, which an x86 processor under Linux is asked for when the program starts. Nothing is
   contracted or reordered, so that every version gives the same numbers. */
#ifndef CEVENHANDLANES_H
#define CEVENHANDLANES_H
#include <stddef.h>
#include <stdint.h>

/* The numbers of `blocks` blocks of Philox4x32-10, two a block, from the block `from` on. The counters are
   (block, block's high half, rest, rest's high half). */
void evenhand_philox(uint64_t key, uint64_t from, uint64_t rest, uint64_t *numbers, size_t blocks);

/* How many of eight ascending thresholds, all above 0, each number reaches. */
void evenhand_thresholds_reached(const uint16_t thresholds[8], const uint16_t *numbers, uint8_t *reached,
                                 size_t count);

/* What a step's rows are to each other. */
typedef enum __attribute__((enum_extensibility(closed), swift_name("RankStepKind"))) : uint8_t {
  /* The negatives lie above the positives. */
  evenhand_apart __attribute__((swift_name("apart"))),
  /* All have one score, with those of the `part`s just before. */
  evenhand_tied __attribute__((swift_name("tied"))),
  /* More rows of their score follow. */
  evenhand_part __attribute__((swift_name("part"))),
} evenhand_kind;

/* A run of rows in the order of their scores: how many are positive and negative. */
typedef struct __attribute__((swift_name("RankStep"))) evenhand_step {
  uint8_t positives;
  uint8_t negatives;
  evenhand_kind kind;
} evenhand_step;

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

/* Takes in steps. A step's draws are 32 words, sixteen of its positives and sixteen of its negatives: byte j of
   word m belongs to place m % 8 of the eight that begin at 16j + m / 8 * 8. `sums` are rows of 64. */
void evenhand_add_areas(const evenhand_step *steps, size_t count, const uint32_t *draws, float *sums);

#endif
