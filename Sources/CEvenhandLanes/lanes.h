/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EVENHAND_LANES_H
#define EVENHAND_LANES_H

/* Not with the thread sanitizer, which cannot run yet when the choice is made. */
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define EVENHAND_LANES __attribute__((target_clones("avx2", "default")))
#else
#define EVENHAND_LANES
#endif

#endif
