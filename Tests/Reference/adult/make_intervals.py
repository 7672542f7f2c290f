#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes intervals_scipy.json beside this file: AUC gaps, intervals and tests of two groups.

usage: make_intervals.py        needs numpy scipy statsmodels; reads intervals_r.json

Everything follows its definition: areas and their variances in whole numbers, score limits by
inverting Pearson's chi-square at the constrained maximum of the likelihood (found as the root of
its derivative, no cubic), exact p-values in whole numbers. What statsmodels or R (make_intervals.R)
also returns is compared, and a disagreement stops the script.
"""
import csv
import hashlib
import json
import math
import pathlib
import platform
import sys
from fractions import Fraction

import numpy as np
import scipy
import statsmodels
from scipy.optimize import brentq
from scipy.stats import beta, norm, t as student
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

HERE = pathlib.Path(__file__).resolve().parent
DATA = "Datasets/adult-income/predictions.csv"
MODELS = {"logistic": "score_logistic", "boosted": "score_boosted"}
LEVEL = 0.95
Z = float(norm.ppf(0.5 + LEVEL / 2))
SEXES, REFERENCE_RACE = ["Female", "Male"], "White"
RATE_PAIRS = [({"sex": "Female"}, {"sex": "Male"}),
              ({"race": "Amer-Indian-Eskimo"}, {"race": REFERENCE_RACE})]

DEFINITIONS = {
  "decision": "score >= 0.5", "positive": "label == 1",
  "sign": "difference, gap: compared - reference; ratio: compared / reference; 1 is compared",
  "auc": "P(score of a positive > of a negative), ties count one half",
  "variance": "DeLong 1988: var(V10)/m + var(V01)/n, ddof 1; standard_error its root",
  "auc_gaps": "independent groups: variances add; statistic = gap / standard_error; p_value and "
    "interval normal; p_value_t by Student's t with degrees_of_freedom (Welch, as pROC: "
    "(v1 + v2)^2 / (v1^2/(N1 - 1) + v2^2/(N2 - 1)), N rows of the group)",
  "auc_paired": "boosted - logistic on the same rows, DeLong's covariance; normal",
  "newcombe": "difference, Newcombe 1998 method 10 (hybrid of Wilson limits, uncorrected)",
  "mee": "difference: all d with X2(d) <= z^2, X2 Pearson's chi-square at the maximum of the "
    "likelihood with p1 - p2 = d",
  "miettinen_nurminen": "difference: all d with X2(d) (N - 1) / N <= z^2",
  "koopman": "ratio: all r with X2(r) <= z^2, the maximum taken with p1 = r p2",
  "miettinen_nurminen_ratio": "ratio: all r with X2(r) (N - 1) / N <= z^2",
  "katz": "ratio exp(-/+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)), Wald on the log scale",
  "pooled_z": "(p1 - p2) / sqrt(P (1 - P) (1/n1 + 1/n2)), P = (x1 + x2) / N",
  "hypergeometric_z": "(x1 - n1 K/N) / sqrt(n1 n2 K (N - K) / (N^2 (N - 1))), K = x1 + x2",
  "fisher_p": "sum of the tables' probabilities, margins fixed, that are <= the observed one's",
  "mid_p": "less likely tables + half of the equally likely ones, the observed one included",
  "mid_p_doubled": "twice the smaller tail, the observed table counted half",
  "clopper_pearson": "beta quantiles; 0 at k = 0 and 1 at k = n", "wilson": "uncorrected",
  "jeffreys": "beta(k + 1/2, n - k + 1/2) quantiles; low 0 at k = 0, high 1 at k = n",
}


def close(a, b, tolerance, what):
  if not abs(a - b) <= tolerance * abs(b):
    sys.exit(f"{what}: {a!r} and {b!r} differ")


# Areas: placements and their moments in whole numbers, rounded once.

def placements(y, s):
  """2n V10 of every positive and 2m V01 of every negative: wins count 2, ties 1."""
  positive, negative = s[y], s[~y]
  up, down = np.sort(negative), np.sort(positive)
  wins = np.searchsorted(up, positive, "left") + np.searchsorted(up, positive, "right")
  losses = np.searchsorted(down, negative, "left") + np.searchsorted(down, negative, "right")
  return wins.astype(object), (2 * len(positive) - losses).astype(object)


def covariance(a, b):
  n = len(a)
  return Fraction(n * int((a * b).sum()) - int(a.sum()) * int(b.sum()), n * (n - 1))


def delong(y, first, second):
  """The area of the first score and the DeLong covariance of the two areas."""
  (a10, a01), (b10, b01) = placements(y, first), placements(y, second)
  m, n = len(a10), len(a01)
  area = Fraction(int(a10.sum()), 2 * m * n)
  assert area == Fraction(int(a01.sum()), 2 * m * n)
  return area, (covariance(a10, b10) / (2 * n)**2 / m + covariance(a01, b01) / (2 * m)**2 / n)


def normal(value, variance):
  error = math.sqrt(variance)
  statistic = float(value) / error
  return {"standard_error": error, "statistic": statistic,
          "p_value": float(2 * norm.sf(abs(statistic))),
          "interval": [float(value) - Z * error, float(value) + Z * error]}


def area(table, slice, column):
  y, s = table.of(slice, column)
  auc, variance = delong(y, s, s)
  error = math.sqrt(variance)
  return {"slice": slice, "positives": int(y.sum()), "negatives": int((~y).sum()),
          "auc": float(auc), "variance": float(variance), "standard_error": error,
          "delong_interval": [float(auc) - Z * error, min(1.0, float(auc) + Z * error)]}


def gap(table, pair, column):
  parts = [table.of(slice, column) for slice in pair]
  (auc1, v1), (auc2, v2) = [delong(y, s, s) for y, s in parts]
  fits = normal(auc1 - auc2, v1 + v2)
  degrees = float((v1 + v2)**2 / (v1**2 / (len(parts[0][0]) - 1) + v2**2 / (len(parts[1][0]) - 1)))
  return {"compared": pair[0], "reference": pair[1], "gap": float(auc1 - auc2)} | fits | {
    "degrees_of_freedom": degrees,
    "p_value_t": float(2 * student.sf(abs(fits["statistic"]), degrees))}


def paired(table, slice):
  (y, boosted), (_, logistic) = [table.of(slice, MODELS[m]) for m in ("boosted", "logistic")]
  (auc1, v1), (auc2, v2) = delong(y, boosted, boosted), delong(y, logistic, logistic)
  _, both = delong(y, boosted, logistic)
  tested = normal(auc1 - auc2, v1 + v2 - 2 * both)
  return {"slice": slice, "difference": float(auc1 - auc2)} | tested


# Score intervals: Pearson's chi-square at the constrained maximum, and where it reaches z^2.

def pearson(x1, n1, x2, n2, p1_of, slope, low, high):
  """X2 at the likeliest p2 in (low, high) when p1 = p1_of(p2), whose derivative is slope.

  No count may be 0 or all: the derivative of the log likelihood then falls from +inf to -inf.
  """
  def derivative(p2):
    p1 = p1_of(p2)
    return slope * (x1 / p1 - (n1 - x1) / (1 - p1)) + x2 / p2 - (n2 - x2) / (1 - p2)
  margin = 1e-12 * (high - low)
  p2 = brentq(derivative, low + margin, high - margin, xtol=1e-17, rtol=1e-15)
  p1 = p1_of(p2)
  return (x1 - n1 * p1)**2 / (n1 * p1 * (1 - p1)) + (x2 - n2 * p2)**2 / (n2 * p2 * (1 - p2))


def inverted(statistic, estimate, low, high):
  ends = [estimate + (end - estimate) * (1 - 1e-4) for end in (low, high)]
  return [brentq(lambda v: statistic(v) - Z * Z, estimate, end, xtol=1e-15, rtol=1e-15)
          for end in ends]


def difference_limits(x1, n1, x2, n2, factor):
  return inverted(lambda d: factor * pearson(
    x1, n1, x2, n2, lambda p: p + d, 1, max(0, -d), min(1, 1 - d)), x1 / n1 - x2 / n2, -1, 1)


def ratio_limits(x1, n1, x2, n2, factor):
  def statistic(log):
    r = math.exp(log)
    return factor * pearson(x1, n1, x2, n2, lambda p: r * p, r, 0, min(1, 1 / r))
  return [math.exp(v) for v in inverted(statistic, math.log(x1 / n1 * n2 / x2), -20, 20)]


def wilson(k, n):
  """The roots of (k/n - p)^2 = z^2 p (1 - p) / n."""
  return sorted(float(v) for v in np.roots([n + Z * Z, -(2 * k + Z * Z), k * k / n]).real)


def newcombe(x1, n1, x2, n2):
  (l1, u1), (l2, u2), p1, p2 = wilson(x1, n1), wilson(x2, n2), x1 / n1, x2 / n2
  return [p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)]


def intervals(x1, n1, x2, n2):
  counts, corrected = (x1, n1, x2, n2), (n1 + n2 - 1) / (n1 + n2)
  wald = Z * math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
  ratio = x1 / n1 * n2 / x2
  result = {
    "newcombe": newcombe(*counts), "mee": difference_limits(*counts, 1),
    "miettinen_nurminen": difference_limits(*counts, corrected),
    "koopman": ratio_limits(*counts, 1),
    "miettinen_nurminen_ratio": ratio_limits(*counts, corrected),
    "katz": [ratio * math.exp(-wald), ratio * math.exp(wald)]}
  # statsmodels' score interval of a difference solves another cubic: not compared.
  others = {"newcombe": ("diff", "newcomb", None), "koopman": ("ratio", "score", False),
            "miettinen_nurminen_ratio": ("ratio", "score", True), "katz": ("ratio", "log", None)}
  for name, (compare, method, correction) in others.items():
    limits = confint_proportions_2indep(*counts, method=method, compare=compare,
                                        correction=bool(correction))
    for a, b in zip(result[name], limits):
      close(a, b, 1e-9, f"{name} of {counts}: statsmodels")
  return result


def rates(slice, k, n):
  def quantiles(a, b):
    low = 0.0 if k == 0 else float(beta.ppf((1 - LEVEL) / 2, k + a, n - k + b))
    high = 1.0 if k == n else float(beta.ppf((1 + LEVEL) / 2, k + b, n - k + a))
    return [low, high]
  result = {"slice": slice, "k": k, "n": n, "value": k / n, "clopper_pearson": quantiles(0, 1),
            "wilson": wilson(k, n), "jeffreys": quantiles(0.5, 0.5)}
  others = {"clopper_pearson": "beta", "wilson": "wilson", "jeffreys": "jeffreys"}
  for name, method in others.items():
    for a, b in zip(result[name], proportion_confint(k, n, 1 - LEVEL, method)):
      close(a, b, 1e-10, f"{name} of {k}/{n}: statsmodels")
  return result


def tests(x1, n1, x2, n2):
  total, k = n1 + n2, x1 + x2
  p = k / total
  pooled = (x1 / n1 - x2 / n2) / math.sqrt(p * (1 - p) * (1 / n1 + 1 / n2))
  spread = math.sqrt(Fraction(n1 * n2 * k * (total - k), total**2 * (total - 1)))
  first, last = max(0, k - n2), min(n1, k)
  ways = [math.comb(n1, first) * math.comb(n2, k - first)]  # of each table, as whole numbers
  for x in range(first, last):
    ways.append(ways[-1] * (n1 - x) * (k - x) // ((x + 1) * (n2 - k + x + 1)))
  everything, observed = math.comb(total, k), ways[x1 - first]
  assert sum(ways) == everything
  equal, less = ways.count(observed), sum(w for w in ways if w < observed)
  # fisher.test and scipy take ties within 1e-7; no table here lies that near without being equal.
  assert equal == sum(abs(w - observed) * 10**7 <= observed for w in ways)
  tails = [2 * sum(ways[:x1 - first]) + observed, 2 * sum(ways[x1 - first + 1:]) + observed]
  return {"pooled_z": pooled, "pooled_z_squared": pooled**2,
          "pooled_p": float(2 * norm.sf(abs(pooled))),
          "hypergeometric_z": float(x1 - Fraction(n1 * k, total)) / spread,
          "hypergeometric_z_squared": (float(x1 - Fraction(n1 * k, total)) / spread)**2,
          "fisher_p": float(Fraction(less + equal * observed, everything)),
          "mid_p": float(Fraction(2 * less + equal * observed, 2 * everything)),
          "mid_p_doubled": float(Fraction(min(tails), everything))}


def comparison(table, pair, metric, column):
  counts = []
  for slice in pair:
    y, s = table.of(slice, column)
    rows = {"selection_rate": y | ~y, "true_positive_rate": y, "false_positive_rate": ~y}[metric]
    counts += [int((s[rows] >= 0.5).sum()), int(rows.sum())]
  x1, n1, x2, n2 = counts
  return {"metric": metric, "compared": pair[0], "reference": pair[1],
          "x1": x1, "n1": n1, "x2": x2, "n2": n2,
          "difference": float(Fraction(x1, n1) - Fraction(x2, n2)),
          "ratio": float(Fraction(x1 * n2, n1 * x2)), "intervals": intervals(*counts),
          "tests": tests(*counts), "rates": [rates(pair[0], x1, n1), rates(pair[1], x2, n2)]}


class Table:
  def __init__(self, text):
    rows = list(csv.DictReader(text.splitlines()))
    self.columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    self.count = len(rows)
    for column in MODELS.values():
      self.columns[column] = self.columns[column].astype(float)

  def of(self, slice, column):
    rows = np.ones(self.count, bool)
    for name, value in slice.items():
      rows &= self.columns[name] == value
    return self.columns["label"][rows] == "1", self.columns[column][rows]


def compare(ours, theirs, path, worst):
  """Every value of R's file against the one at the same place here; keeps the worst distances."""
  if isinstance(theirs, dict):
    for key, value in theirs.items():
      compare(ours[key], value, path + [key], worst)
  elif isinstance(theirs, list):
    assert len(ours) == len(theirs), path
    for index, pair in enumerate(zip(ours, theirs)):
      compare(*pair, path + [index], worst)
  elif isinstance(theirs, str):
    assert ours == theirs, path
  else:
    name = [key for key in path if isinstance(key, str)][-1]
    # epiR: zARscore bisects to 1e-7; zRRscore's closed form loses digits to cancellation.
    tolerance = {"mee": 1e-5, "koopman": 1e-8}.get(name, 1e-10)
    distance = abs(ours - theirs) / abs(ours)
    if not distance <= tolerance:
      sys.exit(f"{path}: {ours!r} here, {theirs!r} in R")
    worst[name] = max(worst.get(name, 0), distance)


def main():
  raw = (HERE.parents[2] / DATA).read_bytes()
  table = Table(raw.decode())
  races = sorted(set(table.columns["race"].tolist()))
  slices = [{}] + [{"sex": v} for v in SEXES] + [{"race": v} for v in races]
  gap_pairs = RATE_PAIRS[:1] + [({"race": v}, {"race": REFERENCE_RACE})
                                for v in races if v != REFERENCE_RACE]
  metrics = ["selection_rate", "true_positive_rate", "false_positive_rate"]
  document = {
    "meta": {"made_by": "make_intervals.py", "data": DATA,
             "sha256": hashlib.sha256(raw).hexdigest(), "rows": table.count,
             "threshold": 0.5, "level": LEVEL, "versions": {
               "python": platform.python_version(), "numpy": np.__version__,
               "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}},
    "definitions": DEFINITIONS,
    "models": {model: {
      "auc": [area(table, slice, column) for slice in slices],
      "auc_gaps": [gap(table, pair, column) for pair in gap_pairs],
      "comparisons": [comparison(table, pair, metric, column)
                      for pair in RATE_PAIRS for metric in metrics],
    } for model, column in MODELS.items()},
    "auc_paired": [paired(table, slice) for slice in slices]}
  other, worst = json.loads((HERE / "intervals_r.json").read_text()), {}
  assert other["meta"]["sha256"] == document["meta"]["sha256"]
  for part in ("models", "auc_paired"):
    compare(document[part], other[part], [part], worst)
  for name in sorted(worst, key=worst.get, reverse=True):
    print(f"{name:26} {worst[name]:.1e}")
  text = json.dumps(document, indent=1, allow_nan=False)
  (HERE / "intervals_scipy.json").write_text(text + "\n")


main()
