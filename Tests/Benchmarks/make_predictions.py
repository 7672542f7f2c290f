#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a table of simulated predictions: sex, race, age_group, label, score_a, score_b.

usage: make_predictions.py ROWS OUT.csv [SEED]        needs numpy; SEED is 1 unless given

Made so that there is something to find, and known what:
  score_a  is the true risk plus noise, but too high for the race Other and too low for Black;
  score_b  ranks better overall, yet is drawn towards 0.25 for Female: fewer true positives there.
Groups are unequal (race Other: 2 %, age_group 65+: 6 %), base rates differ by age and sex.
The same ROWS and SEED give the same file; a longer file does not begin with a shorter one.
"""
import itertools
import sys

import numpy as np

SEX, SEX_SHARE = ["Female", "Male"], [0.48, 0.52]
RACE = ["Asian", "Black", "Hispanic", "Other", "White"]
RACE_SHARE = [0.07, 0.14, 0.18, 0.02, 0.59]
AGE = ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"]
AGE_SHARE = [0.14, 0.22, 0.23, 0.20, 0.15, 0.06]
AGE_RISK = np.array([-1.1, -0.3, 0.2, 0.5, 0.3, -0.4])
A_SHIFT = np.array([0.0, -0.4, 0.0, 0.6, 0.0])
BLOCK = 250_000

# The bytes of every possible line start and of every score with six decimals, padded with zeros.
STARTS = np.array([f"{s},{r},{a},{y}," for s, r, a, y in itertools.product(SEX, RACE, AGE, "01")],
                  dtype="S")
MILLIONTHS = np.char.mod(b"%.6f", np.arange(1_000_001) / 1e6)


def logistic(x):
  return 1 / (1 + np.exp(-x))


def bytes_of(strings):
  return strings.view(np.uint8).reshape(len(strings), -1)


def block(rng, n):
  """The text of n rows."""
  sex, race, age = (rng.choice(len(p), n, p=p) for p in (SEX_SHARE, RACE_SHARE, AGE_SHARE))
  risk = -0.9 + AGE_RISK[age] + 0.35 * sex + 1.5 * rng.standard_normal(n)
  label = rng.random(n) < logistic(risk)
  a = logistic(risk + A_SHIFT[race] + 0.9 * rng.standard_normal(n))
  b = logistic(risk + 0.5 * rng.standard_normal(n))
  b = np.where(sex == 0, 0.25 + 0.8 * (b - 0.25), b)
  start = ((sex * len(RACE) + race) * len(AGE) + age) * 2 + label
  scores = [bytes_of(MILLIONTHS[np.rint(s * 1e6).astype(int)]) for s in (a, b)]
  comma, end = (np.full((n, 1), ord(c), np.uint8) for c in ",\n")
  lines = np.hstack([bytes_of(STARTS[start]), scores[0], comma, scores[1], end])
  return lines[lines != 0].tobytes()


def main(rows, path, seed=1):
  rng = np.random.default_rng(int(seed))
  rows = int(float(rows))
  with open(path, "wb") as out:
    out.write(b"sex,race,age_group,label,score_a,score_b\n")
    for done in range(0, rows, BLOCK):
      out.write(block(rng, min(BLOCK, rows - done)))


if len(sys.argv) not in (3, 4):
  sys.exit("usage: make_predictions.py ROWS OUT.csv [SEED]")
main(*sys.argv[1:])
