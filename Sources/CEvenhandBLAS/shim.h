/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEVENHANDBLAS_SHIM_H
#define CEVENHANDBLAS_SHIM_H
#include <cblas.h>
#include <lapacke.h>
#endif
