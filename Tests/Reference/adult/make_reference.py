#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes reference.json, weighted.json and clustered.json beside this file.

usage: make_reference.py        needs numpy scipy scikit-learn statsmodels

Reads Datasets/adult-income/predictions.csv. Every definition is written into the JSON it belongs
to (`definitions`). What a library offers is taken from the library; what is computed here is
compared with a library or with a second formula, and a disagreement stops the script.
"""
import csv
import hashlib
import json
import math
import pathlib
import platform
import sys

import numpy as np
import scipy
import sklearn
import sklearn.metrics as skm
import statsmodels
import statsmodels.api as sm
from scipy.special import expit, logit
from scipy.stats import norm, rankdata

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parents[2] / "Datasets" / "adult-income" / "predictions.csv"
MODELS = {"logistic": "score_logistic", "boosted": "score_boosted"}
GROUPINGS = [(), ("sex",), ("race",), ("age_group",), ("sex", "race")]
THRESHOLD = 0.5
TINY = 2.0**-52
Z = float(norm.ppf(0.975))

DEFINITIONS = {
  "decision": "score >= 0.5",
  "positive": "label == 1",
  "null": "undefined: the denominator is 0, one class only, or no maximum likelihood estimate",
  "matthews_correlation": "null if a margin of the 2 x 2 table is 0",
  "threat_score": "TP / (TP + FP + FN)",
  "average_precision": "step interpolation, ties in one step (scikit-learn)",
  "log_loss": "mean, natural logarithm, scores clipped to [2^-52, 1 - 2^-52]",
  "calibration_ratio": "mean score / base rate",
  "calibration_intercept":
    "a of logit P(y=1) = a + logit(s), slope fixed at 1, by maximum likelihood; clipped scores",
  "calibration_slope":
    "b of logit P(y=1) = a + b logit(s), joint unpenalised maximum likelihood; null if the "
    "classes are separated: min positive score >= max negative score, or the reverse",
  "calibration_slope_intercept": "a of that joint fit",
  "standard_errors": "calibration: from the inverse observed information; roc_auc: DeLong",
  "roc_auc_variance":
    "DeLong 1988: var(V10)/m + var(V01)/n, sample variances (ddof 1), ties count one half; "
    "null with fewer than two positives or two negatives",
  "calibration_edges":
    "e_j = the score at 1-based rank ceil(j n / 10) of the model's sorted scores over all rows, "
    "j = 1..9, duplicates merged; with fewer than 10 distinct scores all but the largest of them",
  "expected_calibration_error":
    "sum over bins of |sum of (score - label)| / n; bins (a, b], the first holds everything "
    "<= e_1, the last everything > the largest edge; the same edges in every slice",
  "wilson": "score interval without continuity correction, level 0.95",
}


def ratio(numerator, denominator):
  return float(numerator / denominator) if denominator else None


def wilson(k, n):
  if not n:
    return None
  centre, half = k + Z * Z / 2, Z * math.sqrt(k * (n - k) / n + Z * Z / 4)
  return [max(0.0, (centre - half) / (n + Z * Z)), min(1.0, (centre + half) / (n + Z * Z))]


def close(a, b, tolerance, what):
  if not abs(a - b) <= tolerance * max(1.0, abs(b)):
    sys.exit(f"{what}: {a!r} and {b!r} differ")
  return float(a)


def threshold_metrics(y, d):
  tp, fp = int((y & d).sum()), int((~y & d).sum())
  fn, tn = int((y & ~d).sum()), int((~y & ~d).sum())
  n = tp + fp + fn + tn
  proportions = {
    "selection_rate": (tp + fp, n), "base_rate": (tp + fn, n), "accuracy": (tp + tn, n),
    "true_positive_rate": (tp, tp + fn), "false_negative_rate": (fn, tp + fn),
    "false_positive_rate": (fp, fp + tn), "true_negative_rate": (tn, fp + tn),
    "precision": (tp, tp + fp), "false_discovery_rate": (fp, tp + fp),
    "negative_predictive_value": (tn, tn + fn), "false_omission_rate": (fn, tn + fn),
  }
  values = {name: ratio(*kn) for name, kn in proportions.items()}
  tpr, tnr = values["true_positive_rate"], values["true_negative_rate"]
  values["balanced_accuracy"] = None if tpr is None or tnr is None else (tpr + tnr) / 2
  values["f1"] = ratio(2 * tp, 2 * tp + fp + fn)
  values["threat_score"] = ratio(tp, tp + fp + fn)
  margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
  values["matthews_correlation"] = (tp * tn - fp * fn) / math.sqrt(margins) if margins else None
  if margins:
    close(values["matthews_correlation"], skm.matthews_corrcoef(y, d), 1e-12, "MCC")
    close(tpr / 2 + tnr / 2, skm.balanced_accuracy_score(y, d), 1e-12, "balanced accuracy")
    close(values["f1"], skm.f1_score(y, d), 1e-12, "F1")
    close(values["threat_score"], skm.jaccard_score(y, d), 1e-12, "threat score")
  counts = {"TP": tp, "FP": fp, "FN": fn, "TN": tn}
  return counts, values, {name: wilson(*kn) for name, kn in proportions.items()}


def delong_variance(y, s):
  positive, negative = s[y], s[~y]
  m, n = len(positive), len(negative)
  if m < 2 or n < 2:
    return None
  ranks = rankdata(np.concatenate([positive, negative]))
  v10 = (ranks[:m] - rankdata(positive)) / n
  v01 = 1 - (ranks[m:] - rankdata(negative)) / m
  close(v10.mean(), skm.roc_auc_score(y, s), 1e-12, "AUC by midranks")
  if m * n <= 4_000_000:
    wins = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
    close(np.abs(wins.mean(1) - v10).max() + np.abs(wins.mean(0) - v01).max(), 0, 1e-12, "DeLong")
  return float(v10.var(ddof=1) / m + v01.var(ddof=1) / n)


def calibration(y, s):
  """Intercept at slope 1, then slope and intercept jointly: Newton's method, checked by GLM."""
  names = ["calibration_intercept", "calibration_slope", "calibration_slope_intercept"]
  if y.all() or not y.any():
    return dict.fromkeys(names), dict.fromkeys(names)
  x = logit(np.clip(s, TINY, 1 - TINY))

  def newton(design, offset):
    beta = np.zeros(design.shape[1])
    for _ in range(100):
      p = expit(design @ beta + offset)
      information = design.T @ (design * (p * (1 - p))[:, None])
      step = np.linalg.solve(information, design.T @ (y - p))
      beta = beta + step
      if np.abs(step).max() < 1e-13:
        break
    else:
      sys.exit("no convergence")
    fit = sm.GLM(y.astype(float), design, family=sm.families.Binomial(), offset=offset)
    fit = fit.fit(tol=1e-14, maxiter=200)
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    for a, b in zip([*beta, *errors], [*fit.params, *fit.bse]):
      close(a, b, 1e-8, "calibration fit")
    return beta.tolist(), errors.tolist()

  one = np.ones_like(x)
  (intercept,), (intercept_error,) = newton(one[:, None], x)
  positive, negative = s[y], s[~y]
  if positive.min() >= negative.max() or negative.min() >= positive.max():
    values, errors = (None, None), (None, None)
  else:
    values, errors = newton(np.column_stack([one, x]), 0 * x)
  return (dict(zip(names, [intercept, values[1], values[0]])),
          dict(zip(names, [intercept_error, errors[1], errors[0]])))


def calibration_edges(scores):
  ordered, n = np.sort(scores), len(scores)
  distinct = np.unique(scores)
  if len(distinct) < 10:
    return distinct[:-1]
  return np.unique([ordered[-(-j * n // 10) - 1] for j in range(1, 10)])


def expected_calibration_error(y, s, edges):
  bins = np.searchsorted(edges, s, side="left")  # the bin of s is the number of edges below s
  sums = [abs(math.fsum((s - y)[bins == b])) for b in range(len(edges) + 1)]
  return math.fsum(sums) / len(s)


def measure(y, s, edges):
  counts, values, intervals = threshold_metrics(y, s >= THRESHOLD)
  both, n = y.any() and not y.all(), len(y)
  values["roc_auc"] = float(skm.roc_auc_score(y, s)) if both else None
  values["average_precision"] = float(skm.average_precision_score(y, s)) if y.any() else None
  p = np.clip(s, TINY, 1 - TINY)
  values["brier_score"] = math.fsum((s - y) ** 2) / n
  values["log_loss"] = -math.fsum(np.where(y, np.log(p), np.log1p(-p))) / n
  if both:
    close(values["brier_score"], skm.brier_score_loss(y, s), 1e-12, "Brier")
    close(values["log_loss"], skm.log_loss(y, s), 1e-10, "log loss")
  values["mean_score"] = math.fsum(s) / n
  values["calibration_ratio"] = ratio(values["mean_score"], values["base_rate"])
  values["expected_calibration_error"] = expected_calibration_error(y, s, edges)
  fitted, errors = calibration(y, s)
  variance = delong_variance(y, s)
  errors["roc_auc"] = None if variance is None else math.sqrt(variance)
  return {"n": n, "counts": counts, "values": values | fitted, "wilson": intervals,
          "standard_errors": errors, "roc_auc_variance": variance}


def weighted_rates(y, s, w, cluster):
  """Weighted means with their linearised and CR1 variance, compared with statsmodels' WLS."""
  decision = s >= THRESHOLD
  everyone = np.ones(len(y), bool)
  quantities = {"selection_rate": (decision, everyone), "true_positive_rate": (decision, y),
                "brier_score": ((s - y) ** 2, everyone)}
  out = {}
  for name, (value, rows) in quantities.items():
    v, u, g = value[rows].astype(float), w[rows], cluster[rows]
    n, total = len(v), math.fsum(u)
    r = math.fsum(u * v) / total
    influence = u * (v - r) / total
    linearised = n / (n - 1) * math.fsum(influence**2)
    _, index = np.unique(g, return_inverse=True)
    clusters = int(index.max()) + 1
    cr1 = clusters / (clusters - 1) * math.fsum(np.bincount(index, influence) ** 2)
    fit = sm.WLS(v, np.ones(n), weights=u).fit(cov_type="HC1")
    close(r, fit.params[0], 1e-12, name)
    close(linearised / fit.bse[0] ** 2, 1, 1e-9, f"{name}: linearised variance")
    fit = sm.WLS(v, np.ones(n), weights=u).fit(cov_type="cluster", cov_kwds={"groups": g})
    close(cr1 / fit.bse[0] ** 2, 1, 1e-9, f"{name}: CR1 variance")
    out[name] = {"value": r, "n": n, "sum_of_weights": total,
                 "effective_n": total**2 / math.fsum(u**2), "linearised_variance": linearised,
                 "clusters": clusters, "cr1_variance": cr1}
  return out


def slices(columns, grouping):
  if not grouping:
    return [({}, np.ones(len(columns["label"]), bool))]
  keys = sorted(set(zip(*(columns[name] for name in grouping))))
  return [(dict(zip(grouping, key)), np.logical_and.reduce(
    [columns[name] == value for name, value in zip(grouping, key)])) for key in keys]


def save(name, meta, definitions, models):
  document = {"meta": meta, "definitions": definitions, "models": models}
  text = json.dumps(document, indent=1, allow_nan=False)
  (HERE / name).write_text(text + "\n")
  print(name, len(text) // 1024, "KB")


def main():
  raw = TABLE.read_bytes()
  rows = list(csv.DictReader(raw.decode().splitlines()))
  columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
  y = columns["label"] == "1"
  meta = {
    "made_by": "make_reference.py", "data": "Datasets/adult-income/predictions.csv",
    "sha256": hashlib.sha256(raw).hexdigest(), "rows": len(rows), "threshold": THRESHOLD,
    "versions": {"python": platform.python_version(), "numpy": np.__version__,
                 "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
                 "statsmodels": statsmodels.__version__},
  }
  index = np.arange(len(y))
  weights, ones, cluster = 1 + 0.5 * (index % 3), np.ones(len(y)), index // 7
  reference, weighted, clustered = {}, {}, {}
  for model, column in MODELS.items():
    s = columns[column].astype(float)
    edges = calibration_edges(s)
    reference[model] = {
      "calibration_edges": edges.tolist(), "clipped": int(((s < TINY) | (s > 1 - TINY)).sum()),
      "slices": [{"slice": key} | measure(y[m], s[m], edges)
                 for grouping in GROUPINGS for key, m in slices(columns, grouping)]}
    weighted[model], clustered[model] = [], []
    for key, m in slices(columns, ()) + slices(columns, ("sex",)):
      rates = weighted_rates(y[m], s[m], weights[m], cluster[m])
      rates["brier_score"]["value"] = close(rates["brier_score"]["value"], skm.brier_score_loss(
        y[m], s[m], sample_weight=weights[m]), 1e-12, "weighted Brier")
      for name, score in [("roc_auc", skm.roc_auc_score),
                          ("average_precision", skm.average_precision_score)]:
        rates[name] = {"value": float(score(y[m], s[m], sample_weight=weights[m]))}
      weighted[model].append({"slice": key, "rows": int(m.sum()), "metrics": {
        name: {k: v for k, v in rate.items() if k not in ("clusters", "cr1_variance")}
        for name, rate in rates.items()}})
      clustered[model].append({"slice": key, "rows": int(m.sum())} | {
        form: {name: {k: rate[k] for k in ("value", "n", "clusters", "cr1_variance")}
               for name, rate in weighted_rates(y[m], s[m], w[m], cluster[m]).items()}
        for form, w in [("unweighted", ones), ("weighted", weights)]})
  save("reference.json", meta, DEFINITIONS, reference)
  scheme = "w_i = 1 + 0.5 (i mod 3), i = row index in the file, from 0"
  save("weighted.json", meta, {
    "weights": scheme, "value": "sum of w y / sum of w over the denominator rows",
    "linearised_variance":
      "n/(n-1) * sum over the n denominator rows of (w_i (y_i - r) / sum of w)^2; equals the HC1 "
      "variance of the constant of a weighted least squares fit",
    "effective_n": "(sum of w)^2 / sum of w^2 over the denominator rows",
    "roc_auc, average_precision": "scikit-learn with sample_weight",
  }, weighted)
  save("clustered.json", meta, {
    "cluster": "c_i = i div 7, i = row index in the file, from 0", "weighted": scheme,
    "unweighted": "w_i = 1",
    "cr1_variance":
      "G/(G-1) * sum over the G clusters with a denominator row in the slice of "
      "(sum over the cluster's denominator rows of w_i (y_i - r) / sum of w)^2",
  }, clustered)


main()
