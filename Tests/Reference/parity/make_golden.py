#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes golden_n2000.csv: 2,000 simulated rows: label, two scores, weight, three attributes.

usage: make_golden.py        needs numpy (the legacy RandomState stream, fixed by its seed)
"""
import csv
import pathlib

import numpy as np

rng = np.random.RandomState(20250101)
n = 2000
sex = np.where(rng.rand(n) < 0.6, "M", "F")
race = rng.choice(["A", "B", "C", "D"], size=n, p=[0.6, 0.25, 0.12, 0.03])
stratum = rng.choice(["s1", "s2", "s3"], size=n, p=[0.5, 0.3, 0.2])
x1 = rng.randn(n) + (sex == "M") * 0.4
x2 = rng.randn(n) - (race == "C") * 0.3 + (stratum == "s3") * 0.5
risk = 0.9 * x1 + 0.7 * x2 - 0.4
y = (rng.rand(n) < 1 / (1 + np.exp(-risk))).astype(int)
score = 1 / (1 + np.exp(-(risk * 0.8 + 0.3 * rng.randn(n) - (race == "C") * 0.3)))
score = np.round(score, 6)
pred = (score >= 0.5).astype(int)
score_b = np.round(1 / (1 + np.exp(-(risk * 1.0 + 0.5 * rng.randn(n)))), 6)
weight = np.round(0.5 + rng.rand(n), 4)

path = pathlib.Path(__file__).resolve().parent / "golden_n2000.csv"
with path.open("w", newline="") as file:
  out = csv.writer(file)
  out.writerow("y pred score score_b weight sex race stratum x1 x2".split())
  for i in range(n):
    out.writerow([y[i], pred[i], *(repr(float(v[i])) for v in (score, score_b, weight)),
                  sex[i], race[i], stratum[i], round(float(x1[i]), 6), round(float(x2[i]), 6)])
