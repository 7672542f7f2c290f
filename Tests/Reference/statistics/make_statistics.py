#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes statistics.json: intervals and critical values at level 0.95, found by root finding.

usage: make_statistics.py        needs numpy scipy

Everything follows its definition by numerical inversion, so that it shares nothing with closed
forms: constrained estimates maximise the likelihood, limits invert the test, critical values
integrate the distribution. Limits are rounded to 10 decimals, about what root finding delivers.
"""
import json
import math
import pathlib
import platform

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import beta, chi2, norm, studentized_range

Z = float(norm.ppf(0.975))
SINGLE = [(81, 263), (15, 148), (0, 20), (1, 29), (10, 10), (5, 10), (0, 101), (7, 16)]
DIFFERENCE = [(56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20),
              (0, 10, 0, 10), (10, 10, 0, 20), (10, 10, 0, 10), (386, 4840, 2507, 9813),
              (114, 1347, 2662, 12665), (8, 115, 2662, 12665)]
RATIO = [(36, 40, 16, 80), (8, 15, 4, 15), (48, 80, 56, 70), (0, 10, 5, 10),
         (386, 4840, 2507, 9813), (8, 115, 2662, 12665), (0, 101, 596, 9498)]
POSITIVE, NEGATIVE = [0.9, 0.8, 0.7, 0.6, 0.55, 0.4], [0.5, 0.45, 0.4, 0.3, 0.2, 0.1, 0.65]


def wilson(k, n):
  """The roots of (k/n - p)^2 = z^2 p (1 - p) / n."""
  roots = np.roots([n + Z * Z, -(2 * k + Z * Z), k * k / n]).real
  return [max(0.0, min(roots)), min(1.0, max(roots))]


def beta_limits(k, n, shift):
  """shift 0: Clopper-Pearson; 1/2: Jeffreys with its limits at k = 0 and k = n set to 0 and 1."""
  low = 0.0 if k == 0 else beta.ppf(0.025, k + shift, n - k + 1 - shift)
  high = 1.0 if k == n else beta.ppf(0.975, k + 1 - shift, n - k + shift)
  return [low, high]


def newcombe(x1, n1, x2, n2):
  (l1, u1), (l2, u2), d = wilson(x1, n1), wilson(x2, n2), x1 / n1 - x2 / n2
  return [d - math.hypot(x1 / n1 - l1, u2 - x2 / n2), d + math.hypot(u1 - x1 / n1, x2 / n2 - l2)]


def restricted(x1, n1, x2, n2, p1_of, slope, low, high):
  """The p2 in (low, high) that maximises the likelihood when p1 = p1_of(p2)."""
  def score(p2):
    p1 = p1_of(p2)
    first = (x1 / p1 if x1 else 0) - ((n1 - x1) / (1 - p1) if n1 > x1 else 0)
    return slope * first + (x2 / p2 if x2 else 0) - ((n2 - x2) / (1 - p2) if n2 > x2 else 0)
  margin = 1e-9 * (high - low)
  a, b = low + margin, high - margin
  if score(a) <= 0:
    return low
  return high if score(b) >= 0 else brentq(score, a, b, xtol=1e-16, rtol=1e-15)


def limit(excess, estimate, end):
  """Where the test's statistic reaches z^2 between the estimate and the end of the range."""
  near, far = estimate + (end - estimate) * 1e-9, end - (end - estimate) * 1e-6
  if excess(far) <= 0:
    return end
  return brentq(excess, near, far, xtol=1e-13, rtol=1e-14)


def difference_limits(x1, n1, x2, n2, factor):
  estimate = x1 / n1 - x2 / n2

  def excess(d):
    p2 = restricted(x1, n1, x2, n2, lambda p: p + d, 1, max(0, -d), min(1, 1 - d))
    p1 = p2 + d
    v = factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return (estimate - d) ** 2 - Z * Z * v
  return [limit(excess, estimate, -1.0) if estimate > -1 else -1.0,
          limit(excess, estimate, 1.0) if estimate < 1 else 1.0]


def ratio_limits(x1, n1, x2, n2, factor):
  """On the log scale; factor 1 is Koopman's, N/(N-1) Miettinen and Nurminen's."""
  def excess(log):
    t = math.exp(log)
    p2 = restricted(x1, n1, x2, n2, lambda p: t * p, t, 0, min(1, 1 / t))
    p1 = t * p2
    v = factor * (p1 * (1 - p1) / n1 + t * t * p2 * (1 - p2) / n2)
    return (x1 / n1 - t * x2 / n2) ** 2 - Z * Z * v
  start = math.log(x1 / n1 * n2 / x2) if x1 else -20.0
  low = math.exp(limit(excess, start, -20.0)) if x1 else 0.0
  return [low, math.exp(limit(excess, start, 20.0))]


def dunnett(k):
  """Two-sided, equal group sizes (correlation 1/2), known variance."""
  def coverage(c):
    def inside(u):
      return norm.pdf(u) * (norm.cdf(u + c * math.sqrt(2)) - norm.cdf(u - c * math.sqrt(2))) ** k
    return quad(inside, -9, 9, epsabs=1e-12)[0]
  return brentq(lambda c: coverage(c) - 0.95, 1, 5, xtol=1e-12)


def expected_range(k):
  return quad(lambda u: 1 - norm.cdf(u) ** k - norm.sf(u) ** k, -9, 9, epsabs=1e-12)[0]


def delong():
  wins = np.array([[1.0 if p > q else 0.5 if p == q else 0.0 for q in NEGATIVE] for p in POSITIVE])
  variance = wins.mean(1).var(ddof=1) / len(POSITIVE) + wins.mean(0).var(ddof=1) / len(NEGATIVE)
  return {"pos": POSITIVE, "neg": NEGATIVE, "auc": float(wins.mean()), "se": math.sqrt(variance)}


def rounded(values):
  return [round(float(v), 10) + 0.0 for v in values]


def differences(x1, n1, x2, n2):
  table = (x1, n1, x2, n2)
  corrected = (n1 + n2) / (n1 + n2 - 1)
  return {"x1": x1, "n1": n1, "x2": x2, "n2": n2, "newcombe10": rounded(newcombe(*table)),
          "mee": rounded(difference_limits(*table, 1)),
          "miettinen_nurminen": rounded(difference_limits(*table, corrected))}


def ratios(x1, n1, x2, n2):
  table = (x1, n1, x2, n2)
  corrected = (n1 + n2) / (n1 + n2 - 1)
  return {"x1": x1, "n1": n1, "x2": x2, "n2": n2, "koopman": rounded(ratio_limits(*table, 1)),
          "miettinen_nurminen": rounded(ratio_limits(*table, corrected))}


def tukey(k):
  # The infinite-degrees quantile is the range of k normals, which quad reaches more exactly.
  def coverage(q):
    return k * quad(lambda u: norm.pdf(u) * (norm.cdf(u + q) - norm.cdf(u)) ** (k - 1),
                    -9, 9, epsabs=1e-13)[0]
  q = brentq(lambda q: coverage(q) - 0.95, 1, 9, xtol=1e-12)
  assert abs(q - studentized_range.ppf(0.95, k, np.inf)) < 1e-5
  return q


document = {
  "meta": {"made_by": "make_statistics.py", "level": 0.95, "versions": {
    "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__}},
  "single": [{"k": k, "n": n, "wilson": rounded(wilson(k, n)),
              "clopper_pearson": rounded(beta_limits(k, n, 0)),
              "jeffreys": rounded(beta_limits(k, n, 0.5))} for k, n in SINGLE],
  "difference": [differences(*table) for table in DIFFERENCE],
  "ratio": [ratios(*table) for table in RATIO],
  "tukey_q95_inf": {str(k): round(tukey(k), 8) for k in (2, 3, 4, 5, 6, 8, 10, 12, 20)},
  "dunnett_two_sided_95_inf_equal_n": {str(k): round(dunnett(k), 8) for k in (2, 3, 4, 5)},
  "d2_expected_range": {str(k): round(expected_range(k), 10) for k in (2, 3, 4, 5, 8, 10)},
  "delong_small": delong(),
}
assert abs(Z * Z - chi2.ppf(0.95, 1)) < 1e-12
path = pathlib.Path(__file__).resolve().parent / "statistics.json"
path.write_text(json.dumps(document, indent=1, allow_nan=False) + "\n")
