# SPDX-License-Identifier: Apache-2.0
"""Seconds of `evenhand evaluate`, start to written files, over rows, replicates, slices and models.

usage: growth.py BINARY FOLDER [--update]      FOLDER holds simulated-ROWS.csv; --update writes the tables
                                               into Articles/Benchmarks.md
"""
import math
import os
import re
import subprocess
import sys

ARTICLE = "Sources/Evenhand/Documentation.docc/Articles/Benchmarks.md"
MEASURE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "measure.py")
COUNTED = ["--metrics", "selection_rate,true_positive_rate,false_positive_rate,f1"]
# Little is drawn: what is left is reading, counting and writing.
ROWS_ALONE = [*COUNTED, "--permutations", "0", "--small-groups", "false"]
ROWS = (10_000, 100_000, 1_000_000, 10_000_000)

binary, folder = sys.argv[1:3]


def measured(rows, *options, models=2, by="sex,race,age_group", replicates=2000):
  """Median seconds and the highest memory of three runs, of one where they are long."""
  command = [binary, "evaluate", f"{folder}/simulated-{rows}.csv", "--label", "label", "--by", by, "--quiet",
             "--output", f"{folder}/scorecard", "--replicates", str(replicates), *options]
  for model in range(models):
    command += ["--model", f"m{model}=score_{'ab'[model % 2]}"]
  repeats = "1" if rows > 1_000_000 else "3"
  found = subprocess.run([sys.executable, "-B", MEASURE, repeats, *command], check=True,
                         capture_output=True, text=True).stdout.split()
  return float(found[0]), float(found[1])


def slope(first, last):
  """On logarithmic scales, from seconds at numbers of rows."""
  return math.log(last[1] / first[1]) / math.log(last[0] / first[0])


def of_rows():
  lines = ["| rows | all metrics, s | MB | counted metrics, s | MB | by sex, little drawn, s |",
           "|--:|--:|--:|--:|--:|--:|"]
  everything, counted, alone = [], [], []
  for rows in ROWS:
    (one, memory), (other, less) = measured(rows), measured(rows, *COUNTED)
    third = measured(rows, *ROWS_ALONE, by="sex", replicates=100)[0]
    everything.append((rows, one))
    counted.append((rows, other))
    alone.append((rows, third))
    lines.append(f"| {rows:,} | {one:.2f} | {memory:.0f} | {other:.2f} | {less:.0f} | {third:.2f} |")
  columns = (everything, counted, alone)
  whole, last = (", ".join(f"{slope(times[first], times[3]):.2f}" for times in columns) for first in (1, 2))
  lines += ["", f"Slopes on logarithmic scales from 100,000 to 10,000,000 rows: {whole}; over the last decade: "
            f"{last}."]
  return lines


def of_replicates():
  lines = ["| replicates | all metrics, s | counted, 100,000 rows | counted, 10,000,000 rows |",
           "|--:|--:|--:|--:|"]
  resampled = (*COUNTED, "--method", "bootstrap", "--permutations", "0")
  for replicates in (100, 1_000, 10_000):
    times = (measured(100_000, replicates=replicates)[0],
             measured(100_000, *resampled, replicates=replicates)[0],
             measured(10_000_000, *resampled, replicates=replicates)[0])
    lines.append(f"| {replicates:,} | " + " | ".join(f"{time:.2f}" for time in times) + " |")
  return lines


def of_slices_and_models():
  lines = ["| 100,000 rows | all metrics, s |", "|---|--:|"]
  three = "sex,race,age_group"
  for name, by, depth in (("sex", "sex", 1), ("three attributes", three, 1),
                          ("crossed in pairs", three, 2), ("crossed in full", three, 3)):
    lines.append(f"| 2 models, {name} | {measured(100_000, '--intersections', str(depth), by=by)[0]:.2f} |")
  for models in (1, 2, 4, 8):
    lines.append(f"| {models} model{'s' if models > 1 else ''}, sex | "
                 f"{measured(100_000, models=models, by='sex')[0]:.2f} |")
  return lines


def main():
  version = subprocess.run([binary, "--version"], check=True, capture_output=True, text=True).stdout.strip()
  parts = [[f"{version}, {os.cpu_count()} processors, 2 models, 2,000 replicates unless said otherwise"],
           of_rows(), of_replicates(), of_slices_and_models()]
  text = "\n\n".join("\n".join(lines) for lines in parts)
  print(text)
  if sys.argv[3:] == ["--update"]:
    article = open(ARTICLE, encoding="utf-8").read()
    pattern = r"(<!-- growth -->\n).*?(<!-- /growth -->)"
    if not re.search(pattern, article, re.S):
      sys.exit(f"{ARTICLE}: there is no place marked for the figures")
    article = re.sub(pattern, lambda m: f"{m[1]}{text}\n\n{m[2]}", article, flags=re.S)
    open(ARTICLE, "w", encoding="utf-8").write(article)


if __name__ == "__main__":
  main()
