/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEVENHANDBLAS_SHIM_H
#define CEVENHANDBLAS_SHIM_H
#include <cblas.h>
#include <lapacke.h>

/* OpenBLAS starts its worker threads when it is loaded, and each then spins for about 100 ms (issue 1614 of
   OpenMathLib/OpenBLAS). This ends them; a build without threads does not have it. */
extern int blas_thread_shutdown_(void) __attribute__((weak));

static inline void evenhand_end_blas_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

#endif
