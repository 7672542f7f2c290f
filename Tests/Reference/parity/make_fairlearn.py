#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes fairlearn.json and the fairlearn part of edge_cases.json: what fairlearn really returns.

usage: make_fairlearn.py        needs fairlearn scikit-learn pandas

The values are that library's, conventions included: where a denominator is 0 scikit-learn and
fairlearn return 0, which Evenhand calls undefined. A test states which of them it expects to share.
"""
import json
import pathlib
import platform
import warnings
from importlib.metadata import version

import fairlearn.metrics as fm
import pandas as pd
import sklearn.metrics as skm

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).resolve().parent
RATES = {
  "selection_rate": fm.selection_rate, "true_positive_rate": fm.true_positive_rate,
  "false_positive_rate": fm.false_positive_rate, "false_negative_rate": fm.false_negative_rate,
  "true_negative_rate": fm.true_negative_rate, "precision": skm.precision_score,
  "f1": skm.f1_score, "accuracy": skm.accuracy_score,
  "balanced_accuracy": skm.balanced_accuracy_score,
  "matthews_correlation": skm.matthews_corrcoef,
}
SCORES = {
  "roc_auc": skm.roc_auc_score, "average_precision": skm.average_precision_score,
  "brier_score": skm.brier_score_loss, "log_loss": skm.log_loss,
}
NAMED = [f"{name}_{form}" for name in ("demographic_parity", "equalized_odds", "equal_opportunity")
         for form in ("difference", "ratio")]
METHODS = ["between_groups", "to_overall"]
META = {"made_by": "make_fairlearn.py", "versions": {"python": platform.python_version()} | {
  name: version(name) for name in ("fairlearn", "scikit-learn", "numpy", "pandas")}}


def plain(series):
  return {str(key): float(value) for key, value in series.items()}


def by_group(frame):
  return {str(key): plain(row) for key, row in frame.by_group.astype(float).iterrows()}


def compared(frame):
  return {form: {method: plain(getattr(frame, form)(method=method)) for method in METHODS}
          for form in ("difference", "ratio")}


def attribute(data, name):
  y, pred, score, group = data.y, data.pred, data.score, data[name]

  def frame(metrics, values=pred, **extra):
    return fm.MetricFrame(
      metrics=metrics, y_true=y, y_pred=values, sensitive_features=group, **extra)

  rates, scores = frame(RATES | {"count": fm.count}), frame(SCORES, score)
  weighted = frame(RATES, sample_params={m: {"sample_weight": data.weight} for m in RATES})
  strata = frame({"selection_rate": fm.selection_rate}, control_features=data.stratum)
  cells = strata.by_group["selection_rate"].astype(float)
  named = {metric: {method: float(getattr(fm, metric)(
    y, pred, sensitive_features=group, method=method)) for method in METHODS} for metric in NAMED}
  named["equalized_odds_difference"]["between_groups, agg mean"] = float(
    fm.equalized_odds_difference(y, pred, sensitive_features=group, agg="mean"))
  return {
    "overall": plain(rates.overall) | plain(scores.overall), "by_group": by_group(rates),
    **compared(rates), "score_by_group": by_group(scores),
    "weighted": {"by_group": by_group(weighted), "difference": plain(weighted.difference())},
    "named": named,
    "selection_rate_given_stratum": {
      "cells": [{"stratum": s, name: g, "value": float(v)} for (s, g), v in cells.items()],
      "difference": plain(strata.difference()["selection_rate"])},
  }


def golden():
  data = pd.read_csv(HERE / "golden_n2000.csv")
  both = fm.MetricFrame(
    metrics={"selection_rate": fm.selection_rate, "count": fm.count}, y_true=data.y,
    y_pred=data.pred, sensitive_features=data[["sex", "race"]])
  cells = [{"sex": s, "race": r} | plain(row)
           for (s, r), row in both.by_group.astype(float).iterrows()]
  return {"meta": META | {"data": "golden_n2000.csv"},
          "attributes": {name: attribute(data, name) for name in ("sex", "race")},
          "sex_by_race": {"cells": cells, "difference": plain(both.difference())}}


def edge_cases(path):
  """Renews the part `fairlearn`; the data and the part `aequitas` stay."""
  document = json.loads(path.read_text())
  data = document["data"]
  y, pred, group = data["y"], data["pred"], data["group"]
  metrics = {name: RATES[name] for name in RATES if name != "accuracy"}
  frame = fm.MetricFrame(metrics=metrics, y_true=y, y_pred=pred, sensitive_features=group)
  eod = fm.equalized_odds_difference(y, pred, sensitive_features=group)
  document["fairlearn"] = {
    "meta": META, "by_group": by_group(frame), "difference": plain(frame.difference()),
    "ratio": plain(frame.ratio()), "equalized_odds_difference": float(eod)}
  return document


def save(path, document):
  path.write_text(json.dumps(document, indent=1, allow_nan=False) + "\n")


save(HERE / "fairlearn.json", golden())
save(HERE / "edge_cases.json", edge_cases(HERE / "edge_cases.json"))
