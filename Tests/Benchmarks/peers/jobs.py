#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a user would run today, on one table of make_predictions.py; prints seconds.

usage: jobs.py numpy TABLE REPLICATES      an expert's loop: seconds a replicate, then its estimates as JSON
       jobs.py areas TABLE REPLICATES      the loop's areas under curves alone: seconds a replicate
       jobs.py fairlearn TABLE             MetricFrame's bootstrap: seconds a replicate, from 1 and 3 of them
       jobs.py duckdb TABLE                reading the table into memory on two threads

The job: selection rate, true and false positive rate, precision, accuracy, Brier score and ROC AUC of two
models by sex, race and age group and by every two of them. fairlearn leaves out the last two metrics, its
slowest.
"""
import itertools
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
MODELS = ("score_a", "score_b")
ATTRIBUTES = ("sex", "race", "age_group")
GROUPINGS = [[name] for name in ATTRIBUTES] + [list(pair) for pair in itertools.combinations(ATTRIBUTES, 2)]


def numpy_seconds(table, replicates):
  """One Poisson weight vector a replicate, bincount for counts and losses, running sums for areas."""
  labels = table.label.to_numpy()
  groups = [table.groupby(by, sort=True).ngroup().to_numpy() for by in GROUPINGS]
  prepared = []
  for model in MODELS:
    scores = table[model].to_numpy()
    decisions = (scores >= 0.5).astype(int)
    for group in groups:
      order = np.lexsort((scores, group))
      sorted_groups = group[order]
      prepared.append((
          group.max() + 1, group, group * 4 + labels * 2 + decisions, (scores - labels) ** 2, order,
          sorted_groups, labels[order] == 1, np.searchsorted(sorted_groups, np.arange(group.max() + 1))))
  random = np.random.default_rng(1)
  start = time.perf_counter()
  for _ in range(replicates):
    evaluate(prepared, random.poisson(1.0, len(labels)).astype(np.float64))
  seconds = (time.perf_counter() - start) / replicates
  return seconds, evaluate(prepared, np.ones(len(labels)))


def evaluate(prepared, weights):
  """By model and grouping, metrics × groups."""
  results = []
  for count, group, cell, losses, order, sorted_groups, positive, firsts in prepared:
    cells = np.bincount(cell, weights, 4 * count).reshape(count, 2, 2)
    negatives, positives = cells[:, 0].sum(1), cells[:, 1].sum(1)
    rows = negatives + positives
    brier = np.bincount(group, weights * losses, count) / rows
    ordered = weights[order]
    below = np.cumsum(np.where(positive, 0, ordered))
    base = np.concatenate([[0], below])[firsts]
    pairs = np.bincount(sorted_groups, np.where(positive, ordered * (below - base[sorted_groups]), 0), count)
    selected = cells[:, :, 1].sum(1)
    results.append([
        selected / rows, cells[:, 1, 1] / positives, cells[:, 0, 1] / negatives, cells[:, 1, 1] / selected,
        (cells[:, 1, 1] + cells[:, 0, 0]) / rows, brier, pairs / (positives * negatives)])
  return results


def areas_seconds(table, replicates):
  """The areas of the loop above by themselves: weights, running sums, pairs and classes by group."""
  labels = table.label.to_numpy()
  prepared = []
  for model in MODELS:
    scores = table[model].to_numpy()
    for by in GROUPINGS:
      group = table.groupby(by, sort=True).ngroup().to_numpy()
      order = np.lexsort((scores, group))
      ordered = group[order]
      prepared.append((group.max() + 1, order, ordered, labels[order] == 1,
                       np.searchsorted(ordered, np.arange(group.max() + 1))))
  random = np.random.default_rng(1)
  start = time.perf_counter()
  for _ in range(replicates):
    weights = random.poisson(1.0, len(labels)).astype(np.float64)
    for count, order, group, positive, firsts in prepared:
      ordered = weights[order]
      below = np.cumsum(np.where(positive, 0, ordered))
      base = np.concatenate([[0], below])[firsts]
      pairs = np.bincount(group, np.where(positive, ordered * (below - base[group]), 0), count)
      positives = np.bincount(group, np.where(positive, ordered, 0), count)
      negatives = np.bincount(group, np.where(positive, 0, ordered), count)
      pairs / (positives * negatives)
  return (time.perf_counter() - start) / replicates


def fairlearn_seconds(table):
  from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate
  from sklearn.metrics import accuracy_score, precision_score

  metrics = {
      "selection_rate": selection_rate, "true_positive_rate": true_positive_rate,
      "false_positive_rate": false_positive_rate, "precision": precision_score, "accuracy": accuracy_score}

  def seconds(replicates):
    start = time.perf_counter()
    for model in MODELS:
      for by in GROUPINGS:
        frame = MetricFrame(
            metrics=metrics, y_true=table.label, y_pred=(table[model] >= 0.5).astype(int),
            sensitive_features=table[by], n_boot=replicates, ci_quantiles=[0.025, 0.975], random_state=1)
        frame.difference_ci()
    return time.perf_counter() - start

  one, three = seconds(1), seconds(3)
  return (three - one) / 2


def duckdb_seconds(path):
  """The median of five readings: single ones differ by a factor of three."""
  import duckdb

  times = []
  for _ in range(5):
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    start = time.perf_counter()
    connection.execute("CREATE TABLE predictions AS SELECT * FROM read_csv(?)", [path])
    times.append(time.perf_counter() - start)
    connection.close()
  return sorted(times)[2]


def main():
  job, path = sys.argv[1:3]
  if job == "numpy":
    seconds, estimates = numpy_seconds(pd.read_csv(path), int(sys.argv[3]))
    print(seconds)
    print(json.dumps([[list(metric) for metric in part] for part in estimates]))
  elif job == "areas":
    print(areas_seconds(pd.read_csv(path), int(sys.argv[3])))
  elif job == "fairlearn":
    print(fairlearn_seconds(pd.read_csv(path)))
  elif job == "duckdb":
    print(duckdb_seconds(path))
  else:
    sys.exit(__doc__)


if __name__ == "__main__":
  main()
