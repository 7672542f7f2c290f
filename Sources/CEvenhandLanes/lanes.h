/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EVENHAND_LANES_H
#define EVENHAND_LANES_H

#if defined(__x86_64__) && defined(__linux__)
#define EVENHAND_LANES __attribute__((target_clones("avx2", "default")))
#else
#define EVENHAND_LANES
#endif

#endif
