#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Renews the aequitas part of edge_cases.json: what aequitas really returns for those rows.

usage: make_aequitas.py        needs aequitas pandas

`null` is that library's NaN; a disparity of 10.0 is what it prints for a division by zero.
Values are rounded to 10 decimals by pandas' to_json, as the library's users see them.
"""
import json
import logging
import pathlib
import platform
import warnings
from importlib.metadata import version

import pandas as pd

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
from aequitas.bias import Bias  # noqa: E402  (silence first: importing already logs)
from aequitas.group import Group  # noqa: E402

RATES = "tpr fpr fnr tnr precision npv fdr for ppr pprev prev accuracy".split()


def table(frame, columns):
  return json.loads(frame.set_index("attribute_value")[columns].to_json(orient="index"))


def ending(frame, *suffixes):
  return [name for name in frame if name.endswith(suffixes)]


path = pathlib.Path(__file__).resolve().parent / "edge_cases.json"
document = json.loads(path.read_text())
data = document["data"]
rows = pd.DataFrame({"g": data["group"], "score": data["pred"], "label_value": data["y"]})
counts, _ = Group().get_crosstabs(rows, attr_cols=["g"])
to_d = Bias().get_disparity_predefined_groups(counts, rows.copy(), {"g": "D"})
to_least = Bias().get_disparity_min_metric(counts, rows.copy())
document["aequitas"] = {
  "meta": {"made_by": "make_aequitas.py", "versions": {"python": platform.python_version()} | {
    name: version(name) for name in ("aequitas", "numpy", "pandas")}},
  "groups": table(counts, RATES),
  "disparity_ref_D": table(to_d, ending(to_d, "_disparity")),
  "disparity_min_metric": table(to_least, ending(to_least, "_disparity", "_ref_group_value")),
}
path.write_text(json.dumps(document, indent=1, allow_nan=False) + "\n")
