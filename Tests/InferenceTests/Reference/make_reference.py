#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes ReferenceValues.swift beside itself: values computed by SciPy, none by Evenhand.

Made with Python 3.11, scipy 1.17.1, numpy 2.4.6 and mpmath 1.3.0. Run: python3 make_reference.py
and then swift format -i ReferenceValues.swift.
"""
import pathlib

import mpmath
import numpy
import scipy
from scipy import integrate, special, stats

mpmath.mp.dps = 40
R = float


def rows(name, comment, kind, values):
    body = "\n".join("    " + "(" + ", ".join(repr(v) if not isinstance(v, list) else
                     "[" + ", ".join(map(repr, v)) + "]" for v in row) + ")," for row in values)
    return f"  /// {comment}.\n  static let {name}: [{kind}] = [\n{body}\n  ]\n"


def beta_cdf(x, a, b):
    """The series of positive terms, NIST Digital Library 8.17.8, in 40 digits."""
    x, a, b = mpmath.mpf(x), mpmath.mpf(a), mpmath.mpf(b)
    if x > a / (a + b):
        return 1 - beta_cdf(1 - x, b, a)
    power = a * mpmath.log(x) + b * mpmath.log(1 - x) - mpmath.log(a)
    power -= mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)
    return mpmath.exp(power) * mpmath.hyp2f1(a + b, 1, a + 1, x, maxterms=10**7)


def beta_quantile(p, a, b):
    """SciPy's quantile polished by Newton steps in 40 digits."""
    x = mpmath.mpf(R(special.betaincinv(a, b, R(p))))
    for _ in range(2):
        density = mpmath.exp((a - 1) * mpmath.log(x) + (b - 1) * mpmath.log(1 - x)
                             - mpmath.loggamma(a) - mpmath.loggamma(b) + mpmath.loggamma(a + b))
        x -= (beta_cdf(x, a, b) - mpmath.mpf(p)) / density
    return R(x)


def clopper_pearson(x, n, confidence):
    tail = mpmath.mpf((1 - confidence) / 2)
    low = 0.0 if x == 0 else beta_quantile(tail, x, n - x + 1)
    high = 1.0 if x == n else beta_quantile(1 - tail, x + 1, n - x)
    return low, high


def wilson(x, n, confidence):
    z = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(confidence))
    p = mpmath.mpf(x) / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * mpmath.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    check = stats.binomtest(x, n).proportion_ci(confidence, "wilson")
    assert abs(R(centre - half) - check.low) < 1e-9 and abs(R(centre + half) - check.high) < 1e-9
    return max(0.0, R(centre - half)), min(1.0, R(centre + half))


def normal_range_cdf(w, sds):
    """The K-dimensional probability by SciPy's quadrature, in another form than Evenhand's."""
    def integrand(x):
        total = 0.0
        for k, s in enumerate(sds):
            rest = [stats.norm.cdf(x, 0, t) - stats.norm.cdf(x - w, 0, t)
                    for j, t in enumerate(sds) if j != k]
            total += stats.norm.pdf(x, 0, s) * numpy.prod(rest)
        return total
    points = sorted({0.0, w, *sds, *(-s for s in sds), *(w + s for s in sds)})
    top = 9 * max(sds)
    edges = [-top] + [p for p in points if -top < p < top + w] + [top + w]
    return sum(integrate.quad(integrand, a, b, epsabs=1e-13, epsrel=1e-12, limit=200)[0]
               for a, b in zip(edges, edges[1:]))


def dunnett_cdf(c, v0, vs):
    """Multivariate normal rectangle given X0 by SciPy's quadrature."""
    def integrand(z):
        value = stats.norm.pdf(z)
        for v in vs:
            centre, reach = numpy.sqrt(v0 / v) * z, c * numpy.sqrt(1 + v0 / v)
            value *= stats.norm.cdf(centre + reach) - stats.norm.cdf(centre - reach)
        return value
    return integrate.quad(integrand, -9, 9, epsabs=1e-13, epsrel=1e-12, limit=500,
                          points=[-c, 0, c])[0]


def main():
    z = [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.005, 0.025, 0.0749999, 0.075, 0.1, 0.25,
         0.4, 0.5, 0.6, 0.9, 0.975, 0.999]
    normal = []
    for p in z:
        x = mpmath.mpf(R(special.ndtri(p)))
        for _ in range(4):
            x -= (mpmath.ncdf(x) - mpmath.mpf(p)) / mpmath.npdf(x)
        normal.append((p, R(x)))
    normal_cdf = [(x, R(mpmath.ncdf(x))) for x in
                  (-37.0, -20.0, -8.0, -3.0, -1.0, -0.1, 0.0, 0.5, 1.96, 5.0)]
    shapes = [(0.5, 0.5), (1, 1), (2, 3), (0.01, 5), (1, 20), (81, 183), (1000, 5), (0.5, 1e4),
              (2507, 7307), (5e4, 2e5), (1e6, 1e6)]
    beta = []
    for a, b in shapes:
        a, b = R(a), R(b)
        mean = a / (a + b)
        sd = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        for shift in (-4, -2, -0.5, 0.5, 2, 4):
            x = mean + shift * sd
            if 0 < x < 1:
                beta.append((x, a, b, R(beta_cdf(x, a, b))))
    beta_q = [(p, R(a), R(b), beta_quantile(p, R(a), R(b))) for a, b in shapes
              for p in (0.001, 0.025, 0.3, 0.5, 0.8, 0.975) if (a, p) != (0.01, 0.001)]
    student = []
    for df in (1.0, 2.5, 5.0, 19.0, 100.0, 1e4, 1e7):
        for p in (1e-6, 0.0005, 0.025, 0.2, 0.49):
            half = mpmath.mpf(df) / 2
            t = mpmath.mpf(R(special.stdtrit(df, p)))
            for _ in range(2):  # Newton; P(T ≤ t) by quadrature of the density from 0
                norm = mpmath.exp(mpmath.loggamma(half + 0.5) - mpmath.loggamma(half))
                norm /= mpmath.sqrt(mpmath.pi * df)
                area = mpmath.quad(lambda u: (1 + u * u / df) ** (-half - 0.5),
                                   [0, t / 16, t / 4, t])
                value = mpmath.mpf(0.5) + norm * area
                t -= (value - mpmath.mpf(p)) / (norm * (1 + t * t / df) ** (-half - 0.5))
            student.append((p, df, R(t)))
    tukey = []
    for k in (2, 3, 5, 10, 40):
        for df in (1.0, 2.0, 5.0, 19.0, 120.0, numpy.inf):
            for q in (1.0, 3.0, 4.5):
                tukey.append((q, k, df, R(stats.studentized_range.cdf(q, k, df))))
    tukey_q = [(p, k, df, R(stats.studentized_range.ppf(p, k, df)))
               for k, df in ((3, 10.0), (5, 19.0), (8, 60.0), (4, 200.0)) for p in (0.9, 0.95)]
    cells = [(0, 1), (1, 1), (0, 20), (1, 29), (3, 7), (7, 16), (10, 10), (15, 148), (81, 263),
             (1, 5000), (4999, 5000), (0, 100000), (2507, 9813), (50000, 100000)]
    wilsons = [(R(x), R(n), c, *wilson(x, n, c)) for x, n in cells for c in (0.8, 0.95, 0.999)]
    pearsons = [(R(x), R(n), c, *clopper_pearson(x, n, c)) for x, n in cells
                for c in (0.8, 0.95, 0.999)]
    ranges = [(w, [v * v for v in s], normal_range_cdf(w, s)) for w, s in (
        (1.0, [1.0, 1.0]), (3.0, [1.0, 1.0, 1.0]), (2.0, [1.0, 0.5, 0.1]),
        (0.3, [0.2, 0.1, 0.05, 0.01]), (3.5, [1.0, 0.001, 0.02]), (5.0, [2.0, 1.0, 1.0, 0.3, 0.7]))]
    dunnetts = [(c, v0, v, dunnett_cdf(c, v0, v)) for c, v0, v in (
        (2.212, 1.0, [1.0, 1.0]), (2.0, 4.0, [1.0, 0.5, 2.0]), (2.3, 0.01, [1.0, 4.0, 0.2, 0.1]),
        (2.0, 1.0, [0.01, 0.02]), (2.2, 0.0, [1.0, 3.0]))]
    uniform = numpy.array([0.1, 0.4, 0.5, 0.8, 0.81, 1.7, 2.0])
    quantiles = [(R(p), R(numpy.quantile(uniform, p))) for p in (0, 0.025, 0.3, 0.5, 0.77, 1)]
    orders = []
    for n, q in ((5, 0.5), (6, 0.5), (10, 0.5), (20, 0.5), (100, 0.9), (35, 0.9), (1000, 0.05)):
        tail = (1 - 0.95) / 2
        low = max([r for r in range(1, n + 1) if stats.binom.cdf(r - 1, n, q) <= tail], default=0)
        high = min([r for r in range(1, n + 1) if stats.binom.sf(r - 1, n, q) <= tail], default=0)
        orders.append((n, q, low if high else 0, high if low else 0))
    out = [
        "// SPDX-License-Identifier: Apache-2.0",
        "// Written by make_reference.py; do not edit. "
        f"scipy {scipy.__version__}, numpy {numpy.__version__}, mpmath {mpmath.__version__}.\n",
        "/// Values computed by SciPy and mpmath.",
        "enum ReferenceValues {",
        rows("normalQuantile", "p, Φ⁻¹(p)", "(Double, Double)", normal),
        rows("normalCumulative", "x, Φ(x)", "(Double, Double)", normal_cdf),
        rows("betaCumulative", "x, a, b, I_x(a, b)", "(Double, Double, Double, Double)", beta),
        rows("betaQuantile", "p, a, b, x", "(Double, Double, Double, Double)", beta_q),
        rows("studentQuantile", "p, df, t", "(Double, Double, Double)", student),
        rows("tukeyCumulative", "q, groups, df, P", "(Double, Int, Double, Double)",
             tukey),
        rows("tukeyQuantile", "p, groups, df, q", "(Double, Int, Double, Double)", tukey_q),
        rows("wilson", "x, n, confidence, low, high",
             "(Double, Double, Double, Double, Double)", wilsons),
        rows("clopperPearson", "x, n, confidence, low, high",
             "(Double, Double, Double, Double, Double)", pearsons),
        rows("normalRange", "w, variances, P", "(Double, [Double], Double)", ranges),
        rows("dunnett", "c, reference variance, variances, P",
             "(Double, Double, [Double], Double)", dunnetts),
        rows("quantiles", "p, type 7 quantile of 0.1 0.4 0.5 0.8 0.81 1.7 2.0",
             "(Double, Double)", quantiles),
        rows("orderStatistics", "n, quantile, ranks at 95 % (0: none)",
             "(Int, Double, Int, Int)", orders).rstrip("\n"),
        "}",
    ]
    text = "\n".join(out).replace(" inf", " .infinity") + "\n"
    pathlib.Path(__file__).with_name("ReferenceValues.swift").write_text(text)


if __name__ == "__main__":
    main()
