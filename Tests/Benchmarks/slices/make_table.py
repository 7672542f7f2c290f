#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a table of ten categorical columns with errors of 0 or 1 and with real errors.

Ten columns of 4 to 6 values of unequal frequency, some of them dependent. The error rate is 0.08; three
slices are worse: f0=1 (0.14), f2=0 & f5=1 (0.40), f3=1 & f6=0 & f8=1 (0.60). The real error is
gamma distributed with a mean in proportion to the rate.

usage: make_table.py ROWS FILE [SEED]        the seed is 1 unless given
"""
import sys

import numpy as np


def table(rows, seed):
  random = np.random.Generator(np.random.PCG64(seed))
  columns = []
  for index in range(10):
    values = 4 + index % 3
    shares = 1 / np.arange(1.5, values + 1.5) ** (0.4 + 0.1 * (index % 4))
    column = random.choice(values, size=rows, p=shares / shares.sum())
    if index % 3 == 2:  # follows its neighbour in three rows of ten
      copied = random.random(rows) < 0.3
      column = np.where(copied, columns[-1] % values, column)
    columns.append(column)
  rate = np.full(rows, 0.08)
  rate[columns[0] == 1] = 0.14
  rate[(columns[2] == 0) & (columns[5] == 1)] = 0.40
  rate[(columns[3] == 1) & (columns[6] == 0) & (columns[8] == 1)] = 0.60
  binary = (random.random(rows) < rate).astype(int)
  real = np.round(random.gamma(2.0, rate / 2.0), 6)
  return np.column_stack(columns), binary, real


if __name__ == "__main__":
  rows, file = int(sys.argv[1]), sys.argv[2]
  codes, binary, real = table(rows, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
  with open(file, "w") as out:
    out.write(",".join(f"f{index}" for index in range(10)) + ",binary,real\n")
    for row, zero_one, loss in zip(codes, binary, real):
      out.write(",".join(map(str, row)) + f",{zero_one},{loss:.6f}\n")
