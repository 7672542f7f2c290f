#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes power_python.json beside this file.

usage: make_power.py        needs numpy, scipy, statsmodels

Sizes and powers by statsmodels; enumerated power summed over all pairs of counts, with the intervals
written out anew from their definitions; critical values of families by quadrature.
"""
import json
import math
import pathlib

import numpy as np
import scipy
import statsmodels
from scipy import integrate, optimize, stats
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import (
    power_proportions_2indep,
    samplesize_proportions_2indep_onetail,
)

Z = stats.norm.ppf(0.975)


def unequal():
    """Group of n rows, reference of r·n. statsmodels' first sample is the group."""
    cases = []
    for group, reference, r, alpha, power in [
        (0.25, 0.30, 1, 0.05, 0.8), (0.25, 0.30, 10, 0.05, 0.8), (0.4, 0.3, 0.5, 0.05, 0.9),
        (0.06, 0.02, 4, 0.01, 0.8),
    ]:
        n = samplesize_proportions_2indep_onetail(
            group - reference, reference, power, ratio=r, alpha=alpha / 2, value=0,
            alternative="larger" if group > reference else "smaller")
        at = power_proportions_2indep(
            group - reference, reference, 150, ratio=r, alpha=alpha / 2,
            alternative="larger" if group > reference else "smaller").power
        cases.append(dict(group=group, reference=reference, allocation=r, alpha=alpha,
                          power=power, n=float(n), powerAt150=float(at)))
    return cases


def means():
    cases = []
    for difference, s1, s2, n1, n2, alpha in [
        (2, 10, 10, 300, 600, 0.05), (1, 1, 1, 5, 9, 0.05), (0.5, 2, 2, 40, 4000, 0.01),
        (2, 5, 15, 120, 240, 0.05), (2, 15, 5, 30, 300, 0.05),
    ]:
        v1, v2 = s1 * s1 / n1, s2 * s2 / n2
        if s1 == s2:
            power = TTestIndPower().power(difference / s1, n1, alpha / 2, ratio=n2 / n1,
                                          alternative="larger")
        else:
            df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
            power = stats.nct.sf(stats.t.isf(alpha / 2, df), df, difference / math.sqrt(v1 + v2))
        cases.append(dict(difference=difference, groupDeviation=s1, referenceDeviation=s2,
                          group=n1, reference=n2, alpha=alpha, power=float(power)))
    return cases


def hanley_mcneil(area, m, k):
    n = (m + k) / 2 - 1
    return area * (1 - area) / (m * k) * (1 + n * (1 - area) / (2 - area) + n * area / (1 + area))


def areas():
    cases = []
    for group, reference, share, n1, n2 in [
        (0.75, 0.80, 0.5, 500, 500), (0.70, 0.80, 0.2, 300, 3000), (0.95, 0.90, 0.05, 2000, 2000),
    ]:
        v = sum(hanley_mcneil(a, n * share, n * (1 - share))
                for a, n in [(group, n1), (reference, n2)])
        cases.append(dict(group=group, reference=reference, positiveShare=share, groupN=n1,
                          referenceN=n2,
                          power=float(stats.norm.cdf(abs(group - reference) / math.sqrt(v) - Z))))
    return cases


def ratios():
    """Power on the scale of logarithms, two-sided 5 %."""
    cases = []
    for group, reference, limit, n1, n2 in [
        (0.24, 0.30, 1, 1000, 1000), (0.29, 0.30, 0.8, 1500, 3000), (0.05, 0.02, 1, 300, 300),
    ]:
        error = math.sqrt((1 - group) / (n1 * group) + (1 - reference) / (n2 * reference))
        z = abs(math.log(group / reference / limit)) / error - Z
        cases.append(dict(group=group, reference=reference, limit=limit, groupN=n1, referenceN=n2,
                          power=float(stats.norm.cdf(z))))
    return cases


def wilson(x, n, z):
    centre = (x + z * z / 2) / (n + z * z)
    half = z * np.sqrt(x * (n - x) / n + z * z / 4) / (n + z * z)
    return centre - half, centre + half


def newcombe(x, n, y, m, z):
    l1, u1 = wilson(x, n, z)
    l2, u2 = wilson(y, m, z)
    d = x / n - y / m
    low = d - np.sqrt((x / n - l1) ** 2 + (u2 - y / m) ** 2)
    high = d + np.sqrt((u1 - x / n) ** 2 + (y / m - l2) ** 2)
    return low, high


def t_of(z, smaller):
    return float(stats.t.isf(stats.norm.sf(z), max(9, smaller - 1)))


def score_z(x, n, y, m, value, is_ratio):
    """The score statistic of H: p1 - p2 = value, or p1 = value p2, by maximising the likelihood."""
    def loglik(q):
        p = value * q if is_ratio else q + value
        return sum(stats.binom.logpmf(a, b, min(max(c, 0), 1)) for a, b, c in [(x, n, p), (y, m, q)])
    low = 0 if is_ratio else max(0, -value)
    high = min(1, 1 / value) if is_ratio else min(1, 1 - value)
    best = optimize.minimize_scalar(lambda q: -loglik(q), bounds=(low, high), method="bounded",
                                    options=dict(xatol=1e-13))
    q = best.x
    p = value * q if is_ratio else q + value
    scale = value * value if is_ratio else 1
    variance = p * (1 - p) / n + scale * q * (1 - q) / m
    distance = x / n - (value * y / m if is_ratio else y / m + value)
    if abs(distance) < 1e-12:
        return 0.0
    return distance / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, distance)


def established(method, claim, n, m, z):
    """A matrix of pairs of counts, true where the claim is established."""
    kind, values = claim
    x = np.arange(n + 1)[:, None].astype(float)
    y = np.arange(m + 1)[None, :].astype(float)
    if method.startswith("newcombe"):
        c = t_of(z, min(n, m)) if method.endswith("_t") else z
        low, high = newcombe(x, n, y, m, c)
        if kind == "exceeds":
            return low > values[0]
        if kind == "is_below":
            return high < values[0]
        return (low > values[0]) & (high < values[1])
    c = z
    if method == "koopman_t":
        c = t_of(z, min(n, m))
    if method == "miettinen_nurminen":
        c = z * math.sqrt((n + m) / (n + m - 1))
    is_ratio = method.startswith("koopman")

    def above(value):
        return np.array([[score_z(a, n, b, m, value, is_ratio) > c for b in range(m + 1)]
                         for a in range(n + 1)])

    def below(value):
        return np.array([[score_z(a, n, b, m, value, is_ratio) < -c for b in range(m + 1)]
                         for a in range(n + 1)])
    if kind == "exceeds":
        return above(values[0])
    if kind == "is_below":
        return below(values[0])
    return above(values[0]) & below(values[1])


def enumerated():
    cases = []
    for method, kind, values, n, m, p1, p2, z in [
        ("newcombe_t", "exceeds", [0], 388, 388, 0.6, 0.5, Z),
        ("newcombe_t", "is_below", [0], 50, 200, 0.15, 0.3, Z),
        ("newcombe_t", "exceeds", [-0.1], 201, 201, 0.85, 0.85, Z),
        ("newcombe_t", "within", [-0.1, 0.1], 400, 300, 0.5, 0.52, Z),
        ("newcombe_t", "is_below", [0], 8, 150, 0.2, 0.7, 2.5),
        ("newcombe", "exceeds", [0], 60, 40, 0.5, 0.2, Z),
        ("newcombe", "within", [-0.05, 0.05], 25, 30, 0.02, 0.02, Z),
        ("mee", "exceeds", [0], 35, 20, 0.5, 0.2, Z),
        ("mee", "exceeds", [-0.15], 25, 18, 0.8, 0.8, Z),
        ("miettinen_nurminen", "is_below", [0], 20, 30, 0.1, 0.5, Z),
        ("miettinen_nurminen", "within", [-0.3, 0.35], 22, 25, 0.5, 0.5, Z),
        ("koopman_t", "is_below", [1], 30, 25, 0.2, 0.6, Z),
        ("koopman_t", "exceeds", [0.8], 25, 22, 0.95, 0.9, Z),
        ("koopman", "exceeds", [1.25], 20, 24, 0.7, 0.25, Z),
    ]:
        region = established(method, (kind, values), n, m, z)
        mass1 = stats.binom.pmf(np.arange(n + 1), n, p1)
        mass2 = stats.binom.pmf(np.arange(m + 1), m, p2)
        cases.append(dict(method=method, claim=kind, values=values, groupN=n, referenceN=m,
                          group=p1, reference=p2, critical=z,
                          power=float(mass1 @ region @ mass2)))
    return cases


def families():
    def dunnett(groups, allocation, confidence):
        # Given the reference's mean at z of its deviations the others are independent.
        v0, reach = 1 / allocation, math.sqrt(1 + 1 / allocation)

        def cdf(c):
            def f(x):
                s = math.sqrt(v0) * x
                return stats.norm.pdf(x) * (
                    stats.norm.cdf(s + c * reach) - stats.norm.cdf(s - c * reach)) ** (groups - 1)
            return integrate.quad(f, -9, 9, epsabs=1e-13, epsrel=1e-13)[0]
        return optimize.brentq(lambda c: cdf(c) - confidence, 1, 6, xtol=1e-12)

    pairs = [dict(groups=k, confidence=q,
                  critical=float(stats.studentized_range.ppf(q, k, np.inf) / math.sqrt(2)))
             for k, q in [(2, 0.95), (3, 0.95), (5, 0.95), (8, 0.99)]]
    reference = [dict(groups=k, allocation=r, confidence=q, critical=float(dunnett(k, r, q)))
                 for k, r, q in [(2, 1, 0.95), (3, 1, 0.95), (5, 1, 0.95), (5, 10, 0.95),
                                 (8, 0.5, 0.99)]]
    return dict(pairs=pairs, reference=reference)


result = dict(
    meta=dict(numpy=np.__version__, scipy=scipy.__version__, statsmodels=statsmodels.__version__,
              script="make_power.py"),
    unequal=unequal(), means=means(), areas=areas(), ratios=ratios(), enumerated=enumerated(),
    families=families())
path = pathlib.Path(__file__).resolve().parent / "power_python.json"
path.write_text(json.dumps(result, indent=1) + "\n")
