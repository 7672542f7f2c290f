#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Evenhand beside what a user would run today, in turns in one run; prints a Markdown table.

usage: compare.py BINARY TABLE_100K TABLE_1M ROUNDS      with a Python that has the peers

Times are medians of the rounds. Evenhand's are of the whole command, CSV in, HTML, Markdown and JSON out.
The peers' are those of a replicate times the replicates, without reading: they are extrapolated.
"""
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
METRICS = ("selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
           "brier_score", "roc_auc")
MODELS = ("score_a", "score_b")
ATTRIBUTES = ("sex", "race", "age_group")
GROUPINGS = [(name,) for name in ATTRIBUTES] + list(itertools.combinations(ATTRIBUTES, 2))
REPLICATES = 1000


def evenhand(binary, table, output, *options):
  """Wall seconds, and the highest memory in MB."""
  command = [binary, "evaluate", table, "--label", "label", "--by", ",".join(ATTRIBUTES), "--quiet",
             "--output", output, *options]
  for model in MODELS:
    command += ["--model", f"{model}={model}"]
  start = time.perf_counter()
  child = os.posix_spawn(binary, command, os.environ)
  _, status, usage = os.wait4(child, 0)
  if status != 0:
    sys.exit(f"compare.py: {' '.join(command)} failed")
  return time.perf_counter() - start, usage.ru_maxrss / 1024


def job(*arguments):
  result = subprocess.run([sys.executable, os.path.join(HERE, "jobs.py"), *arguments],
                          check=True, capture_output=True, text=True)
  return result.stdout.splitlines()


def largest_difference(scorecard, peer):
  """Between Evenhand's estimates and the peer's, over all models, slices and metrics."""
  values = {}
  for found in scorecard["measurements"]:
    slice_ = found["slice"]
    groups = tuple(slice_[name] for name in sorted(slice_))
    values.setdefault((found["model"], found["metric"], tuple(sorted(slice_))), []).append(
        (groups, found["value"]))
  worst, place = 0.0, 0
  for model in MODELS:
    for grouping in GROUPINGS:
      for metric, theirs in zip(METRICS, peer[place]):
        ours = values[model, metric, tuple(sorted(grouping))]
        # Groups in the order of the grouping's own columns.
        order = [sorted(grouping).index(name) for name in grouping]
        ours.sort(key=lambda found: [found[0][index] for index in order])
        if len(ours) != len(theirs):
          sys.exit(f"compare.py: {len(ours)} and {len(theirs)} groups by {grouping}")
        worst = max(worst, max(abs(a[1] - b) for a, b in zip(ours, theirs)))
      place += 1
  return worst


def row(name, seconds, ratio, note=""):
  print(f"| {name} | {seconds:.3g} | {ratio} | {note} |")


def main():
  binary, small, large, rounds = sys.argv[1:5]
  binary = os.path.abspath(binary)
  chosen = ["--metrics", ",".join(METRICS), "--replicates", str(REPLICATES)]
  # What the loop has not: tests by permutation and the estimates of small groups.
  bootstrap = chosen + ["--method", "bootstrap", "--permutations", "0", "--small-groups", "false"]
  times = {key: [] for key in ("auto", "bootstrap", "numpy", "areas", "ranks", "fairlearn", "duckdb",
                               "all", "resampled")}
  memory = 0
  with tempfile.TemporaryDirectory() as output:
    # The first runs load what the later ones find in memory.
    evenhand(binary, small, output, *chosen)
    job("duckdb", large)
    for _ in range(int(rounds)):
      times["auto"].append(evenhand(binary, small, output, *chosen)[0])
      with open(os.path.join(output, "scorecard.json"), encoding="utf-8") as file:
        scorecard = json.load(file)
      seconds, estimates = job("numpy", small, "5")
      times["numpy"].append(float(seconds) * REPLICATES)
      times["bootstrap"].append(evenhand(binary, small, output, *bootstrap)[0])
      times["areas"].append(float(job("areas", small, "10")[0]))
      ranks = ["--metrics", "roc_auc", "--method", "bootstrap", "--permutations", "0", "--replicates"]
      few, many = (evenhand(binary, small, output, *ranks, str(count))[0] for count in (1000, 5000))
      times["ranks"].append((many - few) / 4000)
      times["fairlearn"].append(float(job("fairlearn", small)[0]) * REPLICATES)
      difference = largest_difference(scorecard, json.loads(estimates))
      times["duckdb"].append(float(job("duckdb", large)[0]))
      seconds, peak = evenhand(binary, large, output, "--replicates", "2000")
      times["all"].append(seconds)
      memory = max(memory, peak)
      times["resampled"].append(
          evenhand(binary, large, output, "--replicates", "2000", "--method", "bootstrap",
                   "--permutations", "0")[0])
  median = {key: statistics.median(values) for key, values in times.items()}
  print(f"{os.cpu_count()} processors, median of {rounds}; estimates differ by {difference:.1e} at most")
  print()
  print("| 100,000 rows, 1,000 replicates | seconds | ratio | |")
  print("|---|--:|--:|---|")
  row("Evenhand", median["auto"], "1", "whole command")
  row("fairlearn", median["fairlearn"], f"{median['fairlearn'] / median['auto']:,.0f}",
      "extrapolated; without Brier score and ROC AUC")
  row("Evenhand `--method bootstrap`", median["bootstrap"], "1",
      "whole command, without permutation tests and small groups")
  row("NumPy loop", median["numpy"], f"{median['numpy'] / median['bootstrap']:,.0f}", "extrapolated")
  print()
  print("| 100,000 rows, one replicate of areas under curves | milliseconds | ratio | |")
  print("|---|--:|--:|---|")
  row("Evenhand's ranks engine", 1e3 * median["ranks"], "1",
      "from 5,000 replicates and 1,000; with variances, and of everybody too")
  row("NumPy loop", 1e3 * median["areas"], f"{median['areas'] / median['ranks']:,.0f}", "one thread")
  print()
  print("| 1,000,000 rows, all metrics, 2,000 replicates | seconds | ratio | |")
  print("|---|--:|--:|---|")
  row("DuckDB", median["duckdb"], "1", "reading alone")
  row("Evenhand", median["all"], f"{median['all'] / median['duckdb']:.1f}",
      f"whole command, {memory:.0f} MB")
  row("Evenhand `--method bootstrap`", median["resampled"],
      f"{median['resampled'] / median['duckdb']:.1f}", "whole command, without permutation tests")


if __name__ == "__main__":
  main()
