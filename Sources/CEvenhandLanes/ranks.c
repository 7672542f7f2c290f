/* SPDX-License-Identifier: Apache-2.0 */
#include "CEvenhandLanes.h"
#include "lanes.h"
#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef float lanes __attribute__((vector_size(32)));
typedef uint32_t words __attribute__((vector_size(32)));
typedef int32_t integers __attribute__((vector_size(32)));

EVENHAND_LANES
void evenhand_add_areas(const evenhand_step *steps, size_t count, const uint32_t *draws, float *sums) {
  for (size_t group = 0; group < 8; group++) {
    lanes row[evenhand_area_rows];
    for (int index = 0; index < evenhand_area_rows; index++) {
      memcpy(&row[index], sums + 64 * index + 8 * group, sizeof(lanes));
    }
    lanes negatives_below = row[evenhand_negatives_below], positives_below = row[evenhand_positives_below];
    lanes of_areas = row[evenhand_of_areas], of_positives = row[evenhand_of_positives];
    lanes of_negatives = row[evenhand_of_negatives];
    const uint32_t *drawn = draws + 8 * (group & 1);
    const uint32_t shift = 4 * (uint32_t)(group & ~(size_t)1);
    for (size_t step = 0; step < count; step++, drawn += 32) {
      words packed_positives, packed_negatives;
      memcpy(&packed_positives, drawn, sizeof(words));
      memcpy(&packed_negatives, drawn + 16, sizeof(words));
      lanes positives = __builtin_convertvector((integers)(packed_positives >> shift & 0xFF), lanes);
      lanes negatives = __builtin_convertvector((integers)(packed_negatives >> shift & 0xFF), lanes);
      evenhand_kind kind = steps[step].kind;
      if (kind == evenhand_apart) {
        lanes product = positives * negatives_below;
        of_areas += product;
        of_positives += product * negatives_below;
        positives_below += positives;
        of_negatives += negatives * positives_below * positives_below;
        negatives_below += negatives;
        continue;
      }
      positives += row[evenhand_tied_positives];
      negatives += row[evenhand_tied_negatives];
      if (kind == evenhand_tied) {
        /* Ties count half. */
        lanes negatives_level = negatives_below + 0.5f * negatives;
        lanes positives_level = positives_below + 0.5f * positives;
        lanes product = positives * negatives_level;
        of_areas += product;
        of_positives += product * negatives_level;
        of_negatives += negatives * positives_level * positives_level;
        positives_below += positives;
        negatives_below += negatives;
        positives = negatives = (lanes){0};
      }
      row[evenhand_tied_positives] = positives;
      row[evenhand_tied_negatives] = negatives;
    }
    row[evenhand_negatives_below] = negatives_below;
    row[evenhand_positives_below] = positives_below;
    row[evenhand_of_areas] = of_areas;
    row[evenhand_of_positives] = of_positives;
    row[evenhand_of_negatives] = of_negatives;
    for (int index = 0; index < evenhand_area_rows; index++) {
      memcpy(sums + 64 * index + 8 * group, &row[index], sizeof(lanes));
    }
  }
}
