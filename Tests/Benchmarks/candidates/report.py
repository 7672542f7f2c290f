# SPDX-License-Identifier: Apache-2.0
"""Medians and ratio of the runs that `run` measured, as a Markdown table.

usage: report.py RUNS.txt VERSION yes|no        yes: also written into Articles/Benchmarks.md
"""
import os
import re
import statistics
import sys

ARTICLE = "Sources/Evenhand/Documentation.docc/Articles/Benchmarks.md"

path, version, update = sys.argv[1:]
seconds, megabytes = {}, {}
for line in open(path):
  name, time, memory = line.split()
  seconds.setdefault(name, []).append(float(time))
  megabytes.setdefault(name, []).append(float(memory))
one, five = (statistics.median(seconds[name]) for name in ("evaluate", "compare"))
ratios = [b / a for a, b in zip(seconds["evaluate"], seconds["compare"])]
table = f"""{version}, {os.cpu_count()} processors, {len(ratios)} {"run" if len(ratios) == 1 else "runs, medians,"} in turns

| 1,000,000 rows, 2,000 replicates | seconds | ratio | peak memory, MB |
|---|--:|--:|--:|
| `evaluate`, one model | {one:.2f} | 1 | {statistics.median(megabytes["evaluate"]):.0f} |
| `compare`, a baseline and four candidates | {five:.2f} | {five / one:.2f} \
| {statistics.median(megabytes["compare"]):.0f} |

Ratios of the runs: {", ".join(f"{ratio:.2f}" for ratio in ratios)}."""
print(table)
if update == "yes":
  text = open(ARTICLE, encoding="utf-8").read()
  pattern = r"(<!-- candidates -->\n).*?(<!-- /candidates -->)"
  if not re.search(pattern, text, re.S):
    sys.exit(f"{ARTICLE}: there is no place marked for the figures")
  text = re.sub(pattern, lambda m: f"{m[1]}{table}\n\n{m[2]}", text, flags=re.S)
  open(ARTICLE, "w", encoding="utf-8").write(text)
