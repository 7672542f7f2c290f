#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds score_c, score_d and score_e to a table of make_predictions.py: score_b with noise on its logit.

usage: add_candidates.py TABLE.csv OUT.csv        the same table gives the same file
"""
import math
import random
import sys

if len(sys.argv) != 3:
  sys.exit("usage: add_candidates.py TABLE.csv OUT.csv")
noise = random.Random(7).gauss
with open(sys.argv[1]) as table, open(sys.argv[2], "w") as out:
  out.write(next(table).rstrip("\n") + ",score_c,score_d,score_e\n")
  for line in table:
    line = line.rstrip("\n")
    b = min(max(float(line.rpartition(",")[2]), 1e-6), 1 - 1e-6)
    logit = math.log(b / (1 - b))
    scores = (1 / (1 + math.exp(-logit - noise(0, 0.5))) for _ in range(3))
    out.write(line + "".join(f",{score:.6f}" for score in scores) + "\n")
