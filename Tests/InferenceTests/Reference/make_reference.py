#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes ReferenceValues.swift and ReferenceTables.swift beside itself: values computed by SciPy,
NumPy and mpmath, none by Evenhand.

Made with Python 3.11, scipy 1.17.1, numpy 2.4.6 and mpmath 1.3.0. Run: python3 make_reference.py
and then swift format -i Reference*.swift.
"""
import fractions
import math
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


def restricted(x, n, y, m, d):
    """Maximum likelihood proportions with p - q = d: the best root of the cubic, or end."""
    low, high = max(mpmath.mpf(0), -d), min(mpmath.mpf(1), 1 - d)
    total = n + m
    cubic = [total, (n + 2 * m) * d - total - x - y, (m * d - total - 2 * y) * d + x + y,
             y * d * (1 - d)]
    roots = [r.real for r in mpmath.polyroots(cubic, maxsteps=500, extraprec=200)
             if abs(r.imag) < 1e-15]

    def loglik(q):
        def term(k, p):
            return mpmath.mpf(0) if k == 0 else -mpmath.inf if p <= 0 else k * mpmath.log(p)
        return term(x, q + d) + term(n - x, 1 - q - d) + term(y, q) + term(m - y, 1 - q)
    best = max([low, high] + [min(high, max(low, r)) for r in roots], key=loglik)
    return best + d, best


def restricted_ratio(x, n, y, m, r):
    """Maximum likelihood proportions with p = r q."""
    a, b, c = (n + m) * r, -(r * (n + y) + x + m), x + y
    q = (-b - mpmath.sqrt(b * b - 4 * a * c)) / (2 * a)
    return r * q, q


def accepts_difference(x, n, y, m, critical, factor, d):
    p, q = restricted(x, n, y, m, d)
    variance = factor * (p * (1 - p) / n + q * (1 - q) / m)
    return abs(mpmath.mpf(x) / n - mpmath.mpf(y) / m - d) <= critical * mpmath.sqrt(abs(variance))


def accepts_ratio(x, n, y, m, critical, factor, r):
    p, q = restricted_ratio(x, n, y, m, r)
    variance = factor * (p * (1 - p) / n + r * r * q * (1 - q) / m)
    return abs(mpmath.mpf(x) / n - r * mpmath.mpf(y) / m) <= critical * mpmath.sqrt(abs(variance))


def edge(inside, outside, accepts):
    """The last accepted number, by bisection."""
    for _ in range(70):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if accepts(middle) else (inside, middle)
    return inside


def score_limits(x, n, y, m, critical):
    """Mee, Miettinen-Nurminen difference; Koopman, Miettinen-Nurminen ratio."""
    c = mpmath.mpf(critical)
    limits = []
    d = mpmath.mpf(x) / n - mpmath.mpf(y) / m
    for factor in (mpmath.mpf(1), mpmath.mpf(n + m) / (n + m - 1)):
        limits.append([R(edge(d, mpmath.mpf(end), lambda v: accepts_difference(
            x, n, y, m, c, factor, v))) for end in (-1, 1)])
    for factor in (mpmath.mpf(1), mpmath.mpf(n + m) / (n + m - 1)):
        centre = mpmath.log(mpmath.mpf(x) / n * m / y) if x and y else mpmath.mpf(-60 if y else 60)
        ends = [R(mpmath.exp(edge(centre, mpmath.mpf(end), lambda v: accepts_ratio(
            x, n, y, m, c, factor, mpmath.exp(v))))) for end in (-60, 60)]
        limits.append([ends[0] if x else 0.0, ends[1] if y else numpy.inf])
    return limits


def coverage(n, m, p, q, critical):
    """The probability that Mee, MN, Koopman and Newcombe accept the truth, over all outcomes."""
    sums = [0.0] * 4
    for x in range(n + 1):
        for y in range(m + 1):
            mass = stats.binom.pmf(x, n, p) * stats.binom.pmf(y, m, q)
            d, r = mpmath.mpf(p) - mpmath.mpf(q), mpmath.mpf(p) / mpmath.mpf(q)
            (l1, u1), (l2, u2) = [stats.binomtest(k, t).proportion_ci(
                1 - 2 * stats.norm.sf(critical), "wilson") for k, t in ((x, n), (y, m))]
            gap, a, b = x / n - y / m, x / n, y / m
            accepted = (
                accepts_difference(x, n, y, m, critical, 1, d),
                accepts_difference(x, n, y, m, critical, mpmath.mpf(n + m) / (n + m - 1), d),
                x == y == 0 or accepts_ratio(x, n, y, m, critical, 1, r),
                gap - math.hypot(a - l1, u2 - b) <= d <= gap + math.hypot(u1 - a, b - l2))
            for index, value in enumerate(accepted):
                sums[index] += mass if value else 0.0
    return [R(value) for value in sums]


def gamma_tails(a, x):
    """The regularised incomplete gamma functions, by the series of positive terms."""
    with mpmath.workdps(700):
        term = total = 1 / a
        k = 0
        while term > total * mpmath.mpf(10) ** -690:
            k += 1
            term *= x / (a + k)
            total += term
        lower = total * mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a))
        return R(lower), R(1 - lower)


def fisher(x, n, y, m):
    """Two-sided p and mid-p-value in exact arithmetic, with R's relative tolerance."""
    k, total = x + y, n + m
    least, most = max(0, k - m), min(k, n)
    mass = math.comb(n, least) * math.comb(m, k - least)
    masses = []
    for i in range(least, most + 1):
        masses.append(mass)
        mass = mass * (n - i) * (k - i) // ((i + 1) * (m - k + i + 1))
    own = masses[x - least]
    # As integers: at most own (1 + 1e-7), and below own (1 - 1e-7).
    below = sum(v for v in masses if v * 10**7 < own * (10**7 - 1))
    upto = sum(v for v in masses if v * 10**7 <= own * (10**7 + 1))
    whole = math.comb(total, k)
    p = fractions.Fraction(upto, whole)
    if total < 20000 and p > 1e-200:
        check = stats.fisher_exact([[x, n - x], [y, m - y]]).pvalue
        assert abs(check - p) < 1e-9 * p, (x, n, y, m, check, float(p))
    return R(p), R((p + fractions.Fraction(below, whole)) / 2)


def structural(pos, neg):
    """DeLong's structural components, every pair compared."""
    wins = (pos[:, None] > neg[None, :]) + 0.5 * (pos[:, None] == neg[None, :])
    return wins.mean(), wins.mean(axis=1), wins.mean(axis=0)


def delong_rows():
    """Two models on the same rows, scores with ties: areas, variances, paired covariance."""
    out = []
    for seed, m, n, noise in ((1, 30, 40, 3), (2, 12, 25, 1), (3, 25, 8, 8)):
        g = numpy.random.default_rng(seed)
        skill = numpy.concatenate([g.integers(4, 16, m), g.integers(0, 12, n)])
        scores = [skill + g.integers(-noise, noise + 1, m + n) for _ in range(2)]
        areas, tens, ones = zip(*[structural(s[:m], s[m:]) for s in scores])
        cov = numpy.cov(numpy.array(tens)) / m + numpy.cov(numpy.array(ones)) / n
        paired = cov[0, 0] + cov[1, 1] - 2 * cov[0, 1]
        out.append((*[list(map(R, part)) for s in scores for part in (s[:m], s[m:])],
                    [R(areas[0]), R(areas[1]), R(cov[0, 0]), R(cov[1, 1]), R(cov[0, 1]),
                     R(paired), R((areas[0] - areas[1]) / paired ** 0.5)]))
    return out


def tables():
    """ReferenceTables.swift: tests and intervals of two samples."""
    chi = []
    for df in (0.5, 1.0, 2.0, 3.0, 7.5, 30.0, 200.0, 1e4, 1e6):
        for shift in (-3, -0.5, 0, 0.7, 3, 8, 25):
            x = df * max(0.05, 1 + shift * (2 / df) ** 0.5)
            lower, upper = gamma_tails(mpmath.mpf(df) / 2, mpmath.mpf(x) / 2)
            assert abs(stats.chi2.sf(x, df) - upper) <= 1e-9 * upper, (x, df)
            chi.append((R(x), df, R(lower), R(upper)))
    eff = []
    for d1, d2 in ((1, 1), (1, 10), (3, 20), (2.5, 7), (7, 1000), (50, 3), (40, 60), (4, 1e5)):
        for f in (0.01, 0.5, 1.0, 2.0, 4.0, 20.0, 300.0):
            y = mpmath.mpf(d1) * mpmath.mpf(f)
            upper = beta_cdf(mpmath.mpf(d2) / (d2 + y), mpmath.mpf(d2) / 2, mpmath.mpf(d1) / 2)
            check = stats.f.sf(f, d1, d2)
            assert abs(check - upper) <= 1e-8 * upper or upper < 1e-250, (f, d1, d2)
            if upper > 1e-290:
                eff.append((f, R(d1), R(d2), R(upper)))
    counts = [(3, 4, 1, 4), (0, 1, 1, 1), (0, 5, 0, 7), (5, 5, 7, 7), (10, 10, 0, 10),
              (1, 20, 8, 20), (7, 12, 5, 12), (2, 9, 11, 30), (0, 30, 4, 25), (56, 70, 48, 80),
              (10, 125, 2662, 12665), (99, 401, 2662, 12665), (8, 115, 2662, 12665),
              (114, 1347, 2662, 12665), (386, 4840, 2507, 9813), (500, 1000, 500, 1000),
              (2000, 20000, 21300, 200000)]
    exact = [(*map(R, t), *fisher(*t)) for t in counts]
    g = numpy.random.default_rng(7)
    score = []
    some = [(0, 7, 3, 9, 1.96), (9, 9, 4, 11, 1.5), (0, 5, 6, 6, 2.8), (1, 1, 0, 1, 1.96),
            (1, 30, 29, 30, 3.5), (0, 4, 0, 9, 2.0), (6, 6, 12, 12, 1.0), (3, 1000, 9, 4000, 2.24),
            (123456, 1000000, 120000, 990000, 3.0), (999998, 1000000, 499996, 500000, 1.96),
            (4, 4, 992161100, 992161103, 1.96), (1, 3, 999999999, 1000000000, 1.0)]
    for _ in range(30):
        n, m = (int(v) for v in g.integers(1, 60, 2))
        some.append((int(g.integers(0, n + 1)), n, int(g.integers(0, m + 1)), m,
                     R(g.choice([0.5, 1.3, 1.96, 2.6, 4.0]))))
    for x, n, y, m, critical in some:
        score.append((*map(R, (x, n, y, m)), critical, *score_limits(x, n, y, m, critical)))
    covers = [(n, m, p, q, coverage(n, m, p, q, 1.96)) for n, m, p, q in (
        (10, 10, 0.3, 0.5), (12, 7, 0.1, 0.35), (20, 15, 0.8, 0.8), (9, 25, 0.95, 0.6))]
    four = "(Double, Double, Double, Double"
    out = [
        "// SPDX-License-Identifier: Apache-2.0",
        "// Written by make_reference.py; do not edit. "
        f"scipy {scipy.__version__}, numpy {numpy.__version__}, mpmath {mpmath.__version__}.\n",
        "/// Values of two samples and of omnibus tests.",
        "extension ReferenceValues {",
        rows("chiSquared", "x, df, P(X ≤ x), P(X > x)", four + ")", chi),
        rows("fisherF", "f, df₁, df₂, P(F > f)", four + ")", eff),
        rows("fisherExact", "x₁, n₁, x₂, n₂, p, mid-p in exact arithmetic",
             four + ", Double, Double)", exact),
        rows("scoreLimits", "x₁, n₁, x₂, n₂, critical value, limits of Mee, Miettinen–Nurminen "
             "(difference), Koopman, Miettinen–Nurminen (ratio)",
             four + ", Double, [Double], [Double], [Double], [Double])", score),
        rows("coverage", "n₁, n₂, p₁, p₂, coverage at 1.96 of Mee, Miettinen–Nurminen, Koopman "
             "and Newcombe", "(Int, Int, Double, Double, [Double])", covers),
        rows("deLong", "positives and negatives of model 1, of model 2; areas, variances, "
             "covariance, paired variance, z",
             "([Double], [Double], [Double], [Double], [Double])", delong_rows()).rstrip("\n"),
        "}",
    ]
    text = "\n".join(out).replace(" inf", " .infinity") + "\n"
    pathlib.Path(__file__).with_name("ReferenceTables.swift").write_text(text)


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
    tables()


if __name__ == "__main__":
    main()
