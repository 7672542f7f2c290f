#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes MultiplicityValues.swift beside itself: values computed by statsmodels, none by Evenhand.

SciPy computes two of the three methods as well and has to agree. Made with Python 3.11,
statsmodels 0.15.0, scipy 1.17.1 and numpy 2.4.6. Run: python3 make_multiplicity.py and then
swift format -i MultiplicityValues.swift.
"""
import pathlib

import numpy
import scipy
import statsmodels
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests


def adjusted(p):
    holm, bh, by = (multipletests(p, method=m)[1] for m in ("holm", "fdr_bh", "fdr_by"))
    assert numpy.allclose(bh, false_discovery_control(p, method="bh"), rtol=1e-12, atol=0)
    assert numpy.allclose(by, false_discovery_control(p, method="by"), rtol=1e-12, atol=0)
    return holm, bh, by


def listed(name, values):
    return f"{name}: [" + ", ".join(repr(float(v)) for v in values) + "]"


def main():
    random = numpy.random.default_rng(20)
    vectors = [numpy.array(v) for v in (
        [0.03], [0.04, 0.04], [1.0, 0.0, 1.0], [0.01, 0.02, 0.03, 0.04, 0.05], [0.9, 1e-300, 0.5])]
    for size in (3, 8, 21, 40):
        vectors.append(random.uniform(size=size) ** 3)  # some small
        vectors.append(numpy.round(random.uniform(size=size) ** 2, 1))  # ties, 0 and 1
    cases = []
    for p in vectors:
        holm, bh, by = adjusted(p)
        parts = [listed("pValues", p), listed("holm", holm), listed("benjaminiHochberg", bh),
                 listed("benjaminiYekutieli", by)]
        cases.append("    Case(\n      " + ",\n      ".join(parts) + "),")
    text = "\n".join([
        "// SPDX-License-Identifier: Apache-2.0",
        "// Written by make_multiplicity.py; do not edit. "
        f"statsmodels {statsmodels.__version__}, scipy {scipy.__version__}, "
        f"numpy {numpy.__version__}.\n",
        "/// Adjusted p-values computed by statsmodels.",
        "enum MultiplicityValues {",
        "  struct Case {",
        *(f"    let {name}: [Double]" for name in
          ("pValues", "holm", "benjaminiHochberg", "benjaminiYekutieli")),
        "  }\n",
        "  static let cases: [Case] = [", *cases, "  ]", "}"]) + "\n"
    pathlib.Path(__file__).with_name("MultiplicityValues.swift").write_text(text)


if __name__ == "__main__":
    main()
