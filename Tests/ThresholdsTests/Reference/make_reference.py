# SPDX-License-Identifier: Apache-2.0
"""Writes ReferenceValues.swift: curves of a small table, reckoned row by row.

Values, standard errors and correlations of every metric at every threshold, and limits where each
threshold is the only one of its grid, so that the critical value is a plain quantile. Derivatives are
complex steps. Run: python make_reference.py > ../ReferenceValues.swift
"""
import numpy as np
from scipy import stats

GRID = [0.1, 0.25, 0.4, 0.5, 0.55, 0.7, 0.9]
rng = np.random.default_rng(2)
n = 200
cluster = rng.integers(0, 25, n)
effect = rng.normal(0, 0.5, 25)
truth = rng.random(n) < 0.45
logit = np.where(truth, 0.6, -0.6) + effect[cluster] + rng.normal(0, 1, n)
score = np.round(1 / (1 + np.exp(-logit)), 2)
score[rng.random(n) < 0.1] = rng.choice(GRID)  # ties on a threshold
label = truth.astype(int)
label[rng.random(n) < 0.1] = -1
score[rng.random(n) < 0.05] = -1
weight = np.round(np.exp(rng.normal(0, 0.6, n)), 3)
group = (rng.random(n) < 0.4).astype(int)

TP, FP, FN, TN, SU, RU, PU, NU = range(8)


def mask(*cells):
    m = np.zeros(8)
    m[list(cells)] = 1
    return m


LABELLED = mask(TP, FP, FN, TN)
BY_LABEL = [mask(TP, FN, PU), mask(FP, TN, NU), mask(SU, RU)]


def ratio(a, b):
    return lambda x: (a @ x) / (b @ x)


def matthews(x):
    tp, fp, fn, tn = x[:4]
    return (tp * tn - fp * fn) / np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))


tpr, tnr = ratio(mask(TP), mask(TP, FN)), ratio(mask(TN), mask(FP, TN))
# name: function, smoothing, cells that the weight of a made-up row is from, (counted, among) of a
# share
METRICS = {
    "true_positive_rate": (tpr, mask(TP, FN), mask(TP, FN), (mask(TP), mask(TP, FN))),
    "true_negative_rate": (tnr, mask(FP, TN), mask(FP, TN), (mask(TN), mask(FP, TN))),
    "selection_rate": (
        ratio(mask(TP, FP, SU), mask(TP, FP, FN, TN, SU, RU)), mask(TP, FN),
        mask(TP, FP, FN, TN, SU, RU), (mask(TP, FP, SU), mask(TP, FP, FN, TN, SU, RU))),
    "precision": (ratio(mask(TP), mask(TP, FP)), mask(TP, FP), mask(TP, FP),
                  (mask(TP), mask(TP, FP))),
    "accuracy": (ratio(mask(TP, TN), LABELLED), mask(TP, FP), LABELLED,
                 (mask(TP, TN), LABELLED)),
    "f1": (ratio(2 * mask(TP), 2 * mask(TP) + mask(FP, FN)), LABELLED, mask(TP, FP, FN),
           (mask(TP), mask(TP, FP, FN))),
    "balanced_accuracy": (lambda x: (tpr(x) + tnr(x)) / 2, LABELLED, LABELLED, None),
    "matthews_correlation": (matthews, LABELLED, LABELLED, None),
}


def gradient(f, x):
    return np.array([f(x + 1e-30j * np.eye(8)[i]).imag / 1e-30 for i in range(8)])


def cells(rows, t):
    """The cell of each row at a threshold, -1 if in none."""
    s, l = score[rows], label[rows]
    c = np.full(len(rows), -1)
    for i, (lab, sel) in enumerate([(1, 1), (0, 1), (1, 0), (0, 0), (-1, 1), (-1, 0)]):
        c[(s >= 0) & (l == lab) & ((s >= t) == bool(sel))] = i
    c[(s < 0) & (l == 1)] = PU
    c[(s < 0) & (l == 0)] = NU
    return c


class Curve:
    """One metric of some rows at some thresholds."""

    def __init__(self, name, rows, kind, grid):
        self.f, self.smoothing, among, self.share = METRICS[name]
        w = weight[rows] if kind == "weighted" else np.ones(len(rows))
        self.kind, self.grid = kind, grid
        C = [cells(rows, t) for t in grid]
        self.x = [np.bincount(c[c >= 0], w[c >= 0], 8) for c in C]
        squares = [np.bincount(c[c >= 0], w[c >= 0] ** 2, 8) for c in C]
        count = [np.bincount(c[c >= 0], minlength=8) for c in C]
        self.unit = [self.made_up(k, among, squares, count) for k in range(len(grid))]
        self.smoothed = [x + u * self.smoothing for x, u in zip(self.x, self.unit)]
        self.values = np.array([self.f(x) for x in self.x])
        g = [gradient(self.f, x) for x in self.smoothed]
        psi = np.array([np.where(c >= 0, w * gk[c], 0) for c, gk in zip(C, g)])
        added = np.array([u * np.sqrt(self.smoothing) * gk for u, gk in zip(self.unit, g)])
        cov = psi @ psi.T + added @ added.T
        self.row_errors = np.sqrt(np.diag(cov))
        self.errors = self.row_errors.copy()
        self.degrees = np.inf
        if kind == "clustered":
            raw = [gradient(self.f, x) for x in self.x]
            psi = np.array([np.where(c >= 0, w * gk[c], 0) for c, gk in zip(C, raw)])
            ids = np.unique(cluster[rows][C[0] >= 0])
            sums = np.array([psi[:, cluster[rows] == i].sum(1) for i in ids]).T
            cov = sums @ sums.T * len(ids) / (len(ids) - 1)
            assert (np.diag(cov) > 1e-9).all(), (name, np.diag(cov))
            self.sums = dict(zip(ids, sums.T))
            self.errors = np.maximum(self.row_errors, np.sqrt(np.diag(cov)))
            self.degrees = len(ids) - 1
        d = np.sqrt(np.diag(cov))
        self.correlations = cov / np.outer(d, d)
        self.name, self.rows = name, rows

    def made_up(self, k, among, squares, count):
        """The weight of a made-up row: of the metric's rows, or of those that a share may count."""
        mean = lambda cells, j: (squares[j] @ cells) / (self.x[j] @ cells)
        if self.share is None:
            return mean(among, k)
        counted = self.share[0]
        sources = among * sum(c for c in BY_LABEL if counted @ c > 0)
        if (sources == counted).all() or self.x[k] @ sources == 0:
            sources = among
        near = [j for j in range(len(count)) if count[j] @ counted >= 10]
        j = min(near, key=lambda j: abs(j - k)) if near else None
        return max([mean(sources, k)] + ([] if j is None else [mean(counted, j)]))

    def criticals(self, degrees=None):
        df = degrees or self.degrees
        z = stats.norm.ppf(0.975)
        return z, (stats.t.ppf(0.975, df) if np.isfinite(df) else z)

    def limits(self, k, degrees=None):
        z, t = self.criticals(degrees)
        if self.name == "balanced_accuracy":
            return self.mean_limits(k, degrees)
        if self.share is None:
            v = self.values[k]
            y, half = np.arctanh(v), t * self.errors[k] / (1 - v * v)
            return np.tanh(y - half), np.tanh(y + half)
        counted, among = self.share
        share = lambda x: (counted @ x) / (among @ x)
        f1 = self.name == "f1"
        back = (lambda s: 2 * s / (1 + s)) if f1 else (lambda s: s)
        slope = (lambda s: 2 / (1 + s) ** 2) if f1 else (lambda s: 1.0)
        s = share(self.x[k])
        if self.kind == "plain":
            trials = among @ self.x[k]
        else:
            q = share(self.smoothed[k])
            trials = q * (1 - q) / (self.row_errors[k] / slope(q)) ** 2 - among @ self.smoothing
            trials = min(trials, among @ self.x[k] / self.unit[k])
            if self.errors[k] > self.row_errors[k]:
                trials = min(trials, s * (1 - s) / (self.errors[k] / slope(s)) ** 2)
            trials *= (z / t) ** 2
        x = s * trials
        return (back(stats.beta.ppf(0.025, x, trials - x + 1)),
                back(stats.beta.ppf(0.975, x + 1, trials - x)))

    def mean_limits(self, k, degrees):
        parts = [Curve(m, self.rows, self.kind, self.grid)
                 for m in ("true_positive_rate", "true_negative_rate")]
        (a, b), e = [p.limits(k, degrees) for p in parts], [p.errors[k] for p in parts]
        r = 0.0
        if self.kind == "clustered":
            r = np.clip((4 * self.errors[k] ** 2 - e[0] ** 2 - e[1] ** 2) / (2 * e[0] * e[1]), -1, 1)
        u, v = [p.values[k] for p in parts]
        length = lambda x, y: np.sqrt(x * x + y * y + 2 * r * x * y) / 2
        return (self.values[k] - length(u - a[0], v - b[0]),
                self.values[k] + length(a[1] - u, b[1] - v))


def gap(name, kind, k):
    grid = [GRID[k]]
    a, b = [Curve(name, np.flatnonzero(group == g), kind, grid) for g in (0, 1)]
    df = min(a.degrees, b.degrees)
    df = None if np.isinf(df) else df
    z, t = a.criticals(df)
    r = 0.0
    if kind == "clustered":
        shared = set(a.sums) & set(b.sums)
        c = sum(a.sums[i][0] * b.sums[i][0] for i in shared)
        r = c / np.sqrt(sum(v[0] ** 2 for v in a.sums.values())
                        * sum(v[0] ** 2 for v in b.sums.values()))
    u, v = a.values[0], b.values[0]
    (al, ah), (bl, bh) = a.limits(0, df), b.limits(0, df)
    length = lambda x, y: np.sqrt(x * x + y * y - 2 * r * x * y)
    low, high = u - v - length(u - al, bh - v), u - v + length(ah - u, v - bl)
    result = [abs(u - v), max(0, low, -high), max(high, -low)]
    if name in ("true_positive_rate", "precision", "selection_rate"):
        p, q = (u, v) if kind == "clustered" else (a.f(a.smoothed[0]), b.f(b.smoothed[0]))
        e, f = a.errors[0] / p, b.errors[0] / q
        half = t * np.sqrt(e * e + f * f - 2 * r * e * f)
        d = np.log(p / q)
        low, high = max(0, d - half, -d - half), max(d + half, half - d)
        value = min(u, v) / max(u, v)
        result += [value, min(value, np.exp(-high)), max(value, np.exp(-low))]
    return result


def number(x):
    return f"{float(x):.12g}"


def wrap(words, width=93):
    line, lines = "", []
    for word in words:
        if len(line) + len(word) + 1 > width and line:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return lines + [line]


print("// SPDX-License-Identifier: Apache-2.0")
print("// Written by Reference/make_reference.py.\n")
print("enum ReferenceValues {")
print(f"  static let grid = {GRID}")
print("  /// By row: score, label, weight, cluster, group; -1 is missing.")
print('  static let rows = """')
for line in wrap([f"{s:g},{l},{w:g},{c},{g}" for s, l, w, c, g
                  in zip(score, label, weight, cluster, group)]):
    print("    " + line)
print('    """')
for kind in ("plain", "weighted", "clustered"):
    print(f"  /// By metric and threshold: value, standard error, low, high; then correlations.")
    print(f'  static let {kind} = """')
    for name in METRICS:
        curve = Curve(name, np.arange(n), kind, GRID)
        for k in range(len(GRID)):
            single = Curve(name, np.arange(n), kind, [GRID[k]])
            print("    " + " ".join([name] + [number(v) for v in (
                curve.values[k], curve.errors[k], *single.limits(0))]))
        for line in wrap([number(v) for v in curve.correlations[np.triu_indices(len(GRID), 1)]]):
            print("    = " + line)
    print('    """')
print("  /// By rows, metric and threshold: difference, low, high; for rates ratio, low, high.")
print('  static let gaps = """')
for kind in ("plain", "weighted", "clustered"):
    for name in ("true_positive_rate", "selection_rate", "precision", "f1"):
        for k in (1, 3, 4):
            print("    " + " ".join([kind, name, str(k)] + [number(v) for v in gap(name, kind, k)]))
print('    """')
print("}")
