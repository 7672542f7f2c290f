#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a command several times; prints the median wall seconds and the highest memory in MB.

usage: measure.py REPEATS COMMAND…        the first run, which warms the caches, does not count
"""
import os
import statistics
import sys
import time


def run(command):
  start = time.perf_counter()
  child = os.posix_spawnp(command[0], command, os.environ)
  _, status, usage = os.wait4(child, 0)
  if status != 0:
    sys.exit(f"measure.py: {' '.join(command)} failed")
  return time.perf_counter() - start, usage.ru_maxrss / 1024  # Linux counts in KiB


repeats, command = int(sys.argv[1]), sys.argv[2:]
runs = [run(command) for _ in range(repeats + 1)][1:]
print(f"{statistics.median(s for s, _ in runs):.2f} {max(m for _, m in runs):.0f}")
