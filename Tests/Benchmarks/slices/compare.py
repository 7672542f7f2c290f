#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times Evenhand's slice search and the sliceline package, turn by turn, and checks both by brute force.

Needs numpy, scipy, scikit-learn and sliceline (`pip install "sliceline[optimized]"` for its compiled
kernels, which are used when they are there). Same table, α = 0.95, minimum support 1 %, depth 3.

PROGRAM is `slice-search-benchmark`, called as `PROGRAM TABLE COLUMN K DEPTH REPEATS`; it prints JSON: the
seconds of each repeat and the slices found. Both times are those of the search with its encoding; reading the file, starting the
process, importing and compiling are left out: Evenhand searches twice and the second is counted,
sliceline searches 2,000 rows first.

usage: compare.py PROGRAM TABLE [ROUNDS] [--rows-in-bound]     ROUNDS is 5 unless given

--rows-in-bound also times sliceline with the number of rows instead of columns in its upper bound.
"""
import importlib.metadata
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import time

import numpy as np
from sliceline.slicefinder import NUMBA_AVAILABLE, Slicefinder

ALPHA, DEPTH = 0.95, 3


class RowsInBound(Slicefinder):
  """The bound as a function of the number of rows, as published."""

  def fit(self, X, errors):
    self._rows = X.shape[0]
    return super().fit(X, errors)

  def _score_ub(self, sizes, errors, maxima, _):
    return super()._score_ub(sizes, errors, maxima, self._rows)


def evenhand(program, table, column, k):
  output = subprocess.run(
    [program, table, column, str(k), str(DEPTH), "2"], check=True, capture_output=True)
  result = json.loads(output.stdout)
  return result["seconds"][-1], [(s["score"], s["size"]) for s in result["slices"]]


def sliceline(kind, codes, errors, k):
  finder = kind(alpha=ALPHA, k=k, max_l=DEPTH, min_sup=len(codes) // 100, verbose=False)
  start = time.perf_counter()
  finder.fit(codes, errors)
  seconds = time.perf_counter() - start
  statistics = finder.top_slices_statistics_
  return seconds, [(s["slice_score"], int(s["slice_size"])) for s in statistics]


def brute_force(codes, errors, k):
  """All slices up to the depth, by their tables; the k highest positive scores."""
  start = time.perf_counter()
  rows, mean, found = len(codes), errors.mean(), []
  widths = codes.max(axis=0) + 1
  for depth in range(1, DEPTH + 1):
    for features in itertools.combinations(range(codes.shape[1]), depth):
      key = np.zeros(rows, dtype=np.int64)
      for feature in features:
        key = key * widths[feature] + codes[:, feature]
      sizes = np.bincount(key)
      sums = np.bincount(key, weights=errors)
      keep = sizes >= rows // 100
      score = ALPHA * (sums[keep] / sizes[keep] / mean - 1) - (1 - ALPHA) * (rows / sizes[keep] - 1)
      found += [(s, int(n)) for s, n in zip(score, sizes[keep]) if s > 1e-9]
  return time.perf_counter() - start, sorted(found, key=lambda s: (-s[0], -s[1]))[:k]


def same(found, known):
  return len(found) == len(known) and all(
    abs(a[0] - b[0]) < 1e-6 and a[1] == b[1] for a, b in zip(found, known))


def main():
  flags = [a for a in sys.argv[1:] if a.startswith("--")]
  program, table, *rest = [a for a in sys.argv[1:] if not a.startswith("--")]
  rounds = int(rest[0]) if rest else 5
  with open(table) as file:
    names = file.readline().strip().split(",")
  data = np.loadtxt(table, delimiter=",", skiprows=1)
  codes = data[:, [i for i, n in enumerate(names) if n.startswith("f")]].astype(np.int64)
  kinds = {"sliceline": Slicefinder}
  if "--rows-in-bound" in flags:
    kinds["sliceline, rows in bound"] = RowsInBound
  version = importlib.metadata.version("sliceline")
  sliceline(Slicefinder, codes[:2000] + 1, data[:2000, names.index("binary")], 4)
  print(f"sliceline {version}, numba {'used' if NUMBA_AVAILABLE else 'not installed'}, "
        f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} processors, "
        f"{len(codes)} rows x {codes.shape[1]} columns, median of {rounds}")
  print("\n| errors | k | search | seconds | ratio | as brute force |\n|---|--:|---|--:|--:|---|")
  for column in ("binary", "real"):
    errors = data[:, names.index(column)]
    for k in (4, 20):
      times = {name: [] for name in ("Evenhand", *kinds, "brute force (numpy)")}
      answers = {}
      for _ in range(rounds):
        results = {"Evenhand": evenhand(program, table, column, k)}
        for name, kind in kinds.items():
          results[name] = sliceline(kind, codes + 1, errors, k)
        results["brute force (numpy)"] = brute_force(codes, errors, k)
        for name, (seconds, answer) in results.items():
          answers[name] = answer
          times[name].append(seconds)
      base = statistics.median(times["Evenhand"])
      for name, seconds in times.items():
        median = statistics.median(seconds)
        agrees = "yes" if same(answers[name], answers["brute force (numpy)"]) else "no"
        print(f"| {column} | {k} | {name} | {median:.3f} | {median / base:.1f} | {agrees} |", flush=True)


main()
