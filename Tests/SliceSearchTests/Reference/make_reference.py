#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes SliceLineTables.swift, CompasSlices.swift and HoldoutValues.swift.

usage: make_reference.py VECTORS COMPAS

VECTORS: JSON with the two tables of 20 rows of Apache SystemDS' BuiltinSliceLineTest (Apache-2.0) and the
exact lists of all slices with a positive score, from enumeration. COMPAS: counts of the two-year
COMPAS data by race, sex, age, decile score and recidivism.
"""
import csv
import itertools
import json
import math
import platform
import sys
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

HERE = Path(__file__).parent
VERSIONS = f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}"
HEAD = f"// SPDX-License-Identifier: Apache-2.0\n// Written by make_reference.py; do not edit. {VERSIONS}.\n\n"


def wrap(items, indent):
  """Items between commas, in lines of at most 100 characters."""
  lines, line = [], " " * indent
  for item in items:
    if len(line) + len(item) + 2 > 100:
      lines.append(line.rstrip())
      line = " " * indent
    line += item + ", "
  return "\n".join(lines + [line.rstrip()])


def brute_force(codes, errors, alpha, minimum):
  """Every slice with a positive score: (score, size, error sum, predicates)."""
  rows, columns = codes.shape
  mean, found = errors.mean(), []

  def grow(predicates, mask, first):
    for feature in range(first, columns):
      for value in range(codes[:, feature].max() + 1):
        part = mask & (codes[:, feature] == value)
        size = int(part.sum())
        if size < minimum:
          continue
        total = float(errors[part].sum())
        score = alpha * (total / size / mean - 1) - (1 - alpha) * (rows / size - 1)
        chosen = predicates + [(feature, value)]
        if score > 1e-12:
          found.append((score, size, total, chosen))
        grow(chosen, part, feature + 1)

  grow([], np.ones(rows, dtype=bool), 0)
  return sorted(found, key=lambda s: (-round(s[0], 12), -s[1], len(s[3]), s[3]))


def slice_line(vectors):
  tables = {t["name"]: t for t in json.load(open(vectors))["sliceline"]}
  first, second = tables["systemds_custom_1"], tables["systemds_custom_2"]
  cases = [
    ("systemDSCustom1", np.array(first["X"]) - 1, np.array(first["e"])),
    ("systemDSCustom2", np.array(second["X"]) - 1, np.array(second["e"])),
  ]
  cases.append(("combined", np.vstack([c[1] for c in cases]), np.hstack([c[2] for c in cases])))
  out = HEAD + "/// Tables of Apache SystemDS' tests and all their slices with a positive SliceLine score.\n"
  out += "enum SliceLineTables {\n  struct Table {\n    let codes: [[Int32]]\n    let errors: [Double]\n"
  out += "    let minimumSupport: Int\n    let slices: [Found]\n  }\n"
  out += "  struct Found {\n    let score: Double\n    let size: Int\n    let errorSum: Double\n"
  out += "    /// Feature, value.\n    let predicates: [[Int]]\n  }\n\n"
  for name, codes, errors in cases:
    found = brute_force(codes, errors, 0.95, 4)
    known = {"systemDSCustom1": first, "systemDSCustom2": second}.get(name)
    if known:  # The enumeration agrees with the list that came with the tables.
      expected = {(s["score"], tuple(sorted((f - 1, v - 1) for f, v in s["predicates"])))
                  for s in known["exact_positive_slices"]}
      assert expected == {(round(s[0], 6), tuple(s[3])) for s in found}, name
    out += f"  /// α = 0.95. Rows of `codes` are columns of the table.\n"
    out += f"  static let {name} = Table(\n    codes: [\n"
    for column in codes.T:
      out += "      [\n" + wrap(map(str, column), 8) + "\n      ],\n"
    out += "    ],\n    errors: [\n" + wrap((f"{e:g}" for e in errors), 6) + "\n    ],\n"
    out += "    minimumSupport: 4,\n    slices: [\n"
    for score, size, total, predicates in found:
      out += f"      Found(\n        score: {score:.12g}, size: {size}, errorSum: {total:.12g},\n"
      out += f"        predicates: {[list(map(int, p)) for p in predicates]}),\n"
    out += "    ])\n\n"
  (HERE / "SliceLineTables.swift").write_text(out.rstrip() + "\n}\n")


def compas(path):
  names = ["race", "sex", "age_cat"]
  rows = [r for r in csv.DictReader(open(path)) if r["two_year_recid"] == "0"]
  values = [sorted({r[n] for r in rows}) for n in names]
  cells = {}
  for row in rows:
    key = tuple(values[i].index(row[n]) for i, n in enumerate(names))
    size, wrong = cells.get(key, (0, 0))
    count = int(row["count"])
    cells[key] = (size + count, wrong + count * (int(row["decile_score"]) >= 5))
  keys = sorted(cells)
  sizes = np.array([cells[k][0] for k in keys])
  wrong = np.array([cells[k][1] for k in keys])
  total, marked = int(sizes.sum()), int(wrong.sum())
  minimum = max(32, math.ceil(total / 100))
  family = []
  for level in (1, 2, 3):
    for features in itertools.combinations(range(3), level):
      for chosen in itertools.product(*(range(len(values[f])) for f in features)):
        mask = np.array([all(k[f] == v for f, v in zip(features, chosen)) for k in keys])
        if sizes[mask].sum() >= minimum:
          family.append((list(zip(features, chosen)), mask))
  masks = np.array([m for _, m in family], dtype=float)
  counts = masks @ sizes
  spread = np.sqrt(counts * (total - counts) * marked * (total - marked) / (total**2 * (total - 1)))
  z = (masks @ wrong - counts * marked / total) / spread
  raw = stats.hypergeom.sf(masks @ wrong - 1, total, marked, counts.astype(int))
  replicates = 40000
  draws = stats.multivariate_hypergeom.rvs(sizes, marked, size=replicates, random_state=7)
  star = (draws @ masks.T - counts * marked / total) / spread
  order = np.argsort(-z, kind="stable")
  running = np.maximum.accumulate(star[:, order][:, ::-1], axis=1)[:, ::-1]
  adjusted = np.empty(len(z))
  adjusted[order] = np.maximum.accumulate(
    (1 + (running >= z[order] - 1e-9).sum(0)) / (replicates + 1))
  out = HEAD + "/// False positives among the people of the two-year COMPAS data who did not reoffend.\n"
  out += "///\n/// A false positive is a decile score of at least 5. Source of the counts: ProPublica,\n"
  out += "/// compas-scores-two-years; see Datasets/compas-two-year.\n"
  out += "enum CompasSlices {\n  struct Found {\n    /// Feature, value.\n    let predicates: [[Int]]\n"
  out += "    let size: Int\n    let errors: Int\n    let z: Double\n    /// P(X ≥ errors), hypergeometric.\n"
  out += f"    let pValue: Double\n    /// Step-down max-T, {replicates} draws.\n    let adjusted: Double\n  }}\n\n"
  for index, name in enumerate(["races", "sexes", "ages"]):
    out += f"  static let {name} = [\n" + wrap((json.dumps(v) for v in values[index]), 4) + "\n  ]\n"
  out += "  /// Race, sex, age; people; false positives.\n  static let cells: [[Int]] = [\n"
  out += wrap((str([*k, int(s), int(w)]) for k, s, w in zip(keys, sizes, wrong)), 4) + "\n  ]\n"
  out += f"  static let replicates = {replicates}\n  static let slices: [Found] = [\n"
  for (predicates, _), size, errors, score, p, q in zip(family, counts, masks @ wrong, z, raw, adjusted):
    out += f"    Found(\n      predicates: {[list(p) for p in predicates]}, size: {int(size)}, errors: {int(errors)},\n"
    out += f"      z: {score:.12g}, pValue: {p:.10g}, adjusted: {q:.10g}),\n"
  (HERE / "CompasSlices.swift").write_text(out + "  ]\n}\n")


def holdout():
  random = np.random.Generator(np.random.PCG64(11))
  out = HEAD + "/// One-sided tests of a slice against the rest, by scipy.\nenum HoldoutValues {\n"
  out += "  struct Exact {\n    let errors: Int\n    let size: Int\n    let restErrors: Int\n    let restSize: Int\n"
  out += "    let pValue: Double\n  }\n  struct Means {\n    let slice: [Double]\n    let rest: [Double]\n"
  out += "    let low: Double\n    let high: Double\n    let pValue: Double\n  }\n\n"
  out += "  /// scipy.stats.fisher_exact, alternative greater.\n  static let exact = [\n"
  for a, n, b, m in [(7, 10, 20, 90), (0, 5, 3, 30), (5, 5, 0, 7), (40, 400, 300, 4000),
                     (2, 16, 10, 1000), (130, 1000, 9000, 99000), (1, 1, 0, 1), (30, 60, 60, 60)]:
    p = stats.fisher_exact([[a, n - a], [b, m - b]], alternative="greater").pvalue
    out += f"    Exact(errors: {a}, size: {n}, restErrors: {b}, restSize: {m}, pValue: {p:.12g}),\n"
  out += "  ]\n  /// scipy.stats.ttest_ind, equal_var False, alternative greater; 95 % interval two-sided.\n"
  out += "  static let means = [\n"
  for n, m, scale in [(5, 9, 1.0), (12, 4, 0.3), (2, 20, 2.0), (8, 8, 1.0)]:
    a = np.round(random.gamma(1.5, scale, n), 3)
    b = np.round(random.gamma(1.5, 1.0, m), 3)
    p = stats.ttest_ind(a, b, equal_var=False, alternative="greater").pvalue
    limits = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    out += "    Means(\n      slice: [\n" + wrap((f"{x:g}" for x in a), 8) + "\n      ],\n"
    out += "      rest: [\n" + wrap((f"{x:g}" for x in b), 8) + "\n      ],\n"
    out += f"      low: {limits.low:.12g}, high: {limits.high:.12g}, pValue: {p:.12g}),\n"
  (HERE / "HoldoutValues.swift").write_text(out + "  ]\n}\n")


slice_line(sys.argv[1])
compas(sys.argv[2])
holdout()
