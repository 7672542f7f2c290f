# SPDX-License-Identifier: Apache-2.0
"""Reference values of paired comparisons, by numpy, scipy and statsmodels.

Run from the repository's root: python3 Tests/Reference/comparison/make_reference.py
Writes adult.json (logistic -> boosted on Datasets/adult-income), tango.json (the score interval by numerical
maximisation of the likelihood), clustered.csv and clustered.json (198 items x 5 epochs).
"""
import itertools
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar

HERE = pathlib.Path(__file__).parent
VERSIONS = {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}


def placements(label, score):
    """DeLong's placements: of each positive among the negatives, and the other way round."""
    positives, negatives = np.sort(score[label == 1]), np.sort(score[label == 0])

    def share(values, others):
        below = np.searchsorted(others, values, "left")
        return (below + np.searchsorted(others, values, "right")) / 2 / len(others)

    return share(score[label == 1], negatives), 1 - share(score[label == 0], positives)


def auc_change(label, before, after):
    (p0, n0), (p1, n1) = placements(label, before), placements(label, after)
    value = p1.mean() - p0.mean()
    variance = np.var(p1 - p0, ddof=1) / len(p0) + np.var(n1 - n0, ddof=1) / len(n0)
    return value, variance


def bonett_price(first, second, n):
    p, q = (first + 1) / (n + 2), (second + 1) / (n + 2)
    return (p + q - (q - p) ** 2) / (n + 2)


def rate_change(counted_before, counted_after, among):
    """A rate of the same rows under both models: its change, discordant rows, variance, p-values."""
    a, b = counted_before[among], counted_after[among]
    first, second = int((a & ~b).sum()), int((b & ~a).sum())
    n = int(among.sum())
    table = [[0, first], [second, 0]]
    smaller = min(first, second)
    tail = stats.binom.cdf(smaller, first + second, 0.5)
    density = stats.binom.pmf(smaller, first + second, 0.5)
    return {
        "value": (second - first) / n, "baselineOnly": first, "candidateOnly": second, "pairs": n,
        "standardError": float(np.sqrt(bonett_price(first, second, n))),
        "exact": float(mcnemar(table, exact=True).pvalue) if first + second else 1.0,
        "mid": float(1 - density / 2 if first == second else 2 * tail - density),
    }


def precision_change(label, before, after):
    """Linearised: the influence of a row on each precision, and their difference."""
    def influence(selected):
        value = label[selected == 1].mean()
        return value, selected * (label - value) / selected.sum()

    (v0, i0), (v1, i1) = influence(before), influence(after)
    support = min(before.sum(), after.sum())
    return v1 - v0, ((i1 - i0) ** 2).sum() * support / (support - 1)


def adult():
    data = pd.read_csv("Datasets/adult-income/predictions.csv")
    label = data.label.to_numpy()
    scores = [data.score_logistic.to_numpy(), data.score_boosted.to_numpy()]
    before, after = [(s >= 0.5).astype(int) for s in scores]
    everybody = np.ones(len(data), bool)
    slices = {"": ({}, everybody)}
    for column in ("sex", "race"):
        for group in sorted(data[column].unique()):
            slices[f"{column}={group}"] = ({column: group}, (data[column] == group).to_numpy())
    for sex, race in itertools.product(sorted(data.sex.unique()), sorted(data.race.unique())):
        inside = ((data.sex == sex) & (data.race == race)).to_numpy()
        slices[f"{sex}/{race}"] = ({"sex": sex, "race": race}, inside)
    out, variances = [], {}
    for key, (slice_, inside) in slices.items():
        value, variance = auc_change(label[inside], scores[0][inside], scores[1][inside])
        z = value / np.sqrt(variance)
        entry = {
            "slice": slice_,
            "auc": {"value": value, "standardError": float(np.sqrt(variance)), "p": float(2 * stats.norm.sf(abs(z)))},
            "accuracy": rate_change(before == label, after == label, inside),
            "selection_rate": rate_change(before == 1, after == 1, inside),
            "true_positive_rate": rate_change(before == 1, after == 1, inside & (label == 1)),
        }
        value, variance = precision_change(label[inside], before[inside], after[inside])
        entry["precision"] = {"value": value, "standardError": float(np.sqrt(variance))}
        variances[key] = entry
        out.append(entry)
    gaps = []
    pairs = [("sex=Female", "sex=Male")] + [
        (f"race={g}", "race=White") for g in sorted(data.race.unique()) if g != "White"]
    for one, other in pairs:
        for metric in ("auc", "accuracy", "selection_rate", "true_positive_rate"):
            a, b = variances[one][metric], variances[other][metric]
            gaps.append({
                "slice": variances[one]["slice"], "reference": variances[other]["slice"], "metric": metric,
                "value": a["value"] - b["value"],
                "standardError": float(np.hypot(a["standardError"], b["standardError"])),
            })
    # A slice against everybody, sex x race, accuracy: everybody contains the slice.
    correct = (after == label).astype(float) - (before == label).astype(float)
    for key, (slice_, inside) in slices.items():
        if len(slice_) < 2:
            continue
        change, whole = correct[inside].mean(), correct.mean()
        gaps.append({
            "slice": slice_, "reference": {}, "metric": "accuracy", "value": change - whole,
            "sharedCovariance": float(((correct[inside] - change) * (correct[inside] - whole)).sum()
                                      / inside.sum() / len(data)),
        })
    return {"versions": VERSIONS, "slices": out, "gaps": gaps}


def tango(first, second, n, level):
    """All differences that the score test accepts; nuisance by numerical maximisation."""
    z = stats.norm.ppf((1 + level) / 2)

    def statistic(delta):
        # Shares of the rows that only the second, only the first counts: q + delta, q.
        low, high = max(0, -delta), (1 - delta) / 2

        def negative(q):
            terms = [(second, q + delta), (first, q), (n - first - second, 1 - 2 * q - delta)]
            return -sum(k * np.log(p) if p > 0 else (0 if k == 0 else -np.inf) for k, p in terms)

        if high - low < 1e-15:
            q = low
        else:
            found = optimize.minimize_scalar(
                negative, bounds=(low, high), method="bounded", options={"xatol": 1e-14})
            q = min([found.x, low, high], key=negative)
        variance = max(n * (2 * q + delta * (1 - delta)), 1e-300)
        return (second - first - n * delta) / np.sqrt(variance)

    estimate = (second - first) / n
    edge = 1 - 1e-9
    low = -1.0 if statistic(-edge) < z else optimize.brentq(lambda d: statistic(d) - z, -edge, min(estimate, edge) if estimate > -edge else -edge, xtol=1e-13) if statistic(min(estimate, edge)) < z else estimate
    high = 1.0 if statistic(edge) > -z else optimize.brentq(lambda d: statistic(d) + z, max(estimate, -edge), edge, xtol=1e-13)
    return [float(low), float(high)]


def clustered():
    """Two models on 198 items, five epochs each: an item is as hard for both in every epoch."""
    rng = np.random.default_rng(20260121)
    items, epochs = 198, 5
    hard = rng.normal(size=items)
    group = np.where(rng.random(items) < 0.4, "a", "b")
    rows = []
    for item in range(items):
        for epoch in range(epochs):
            noise = rng.normal(size=2)
            first = int(0.3 - hard[item] + noise[0] > 0)
            second = int(0.5 - hard[item] * 0.9 + noise[1] > 0)
            rows.append((f"i{item:03d}", epoch, group[item], 1, first, second))
    table = pd.DataFrame(rows, columns=["item", "epoch", "group", "label", "one", "two"])
    table.to_csv(HERE / "clustered.csv", index=False)
    table["d"] = table.two - table.one
    out = {"versions": VERSIONS, "slices": []}
    for group_ in (None, "a", "b"):
        part = table if group_ is None else table[table.group == group_]
        fit = sm.OLS(part.d, np.ones(len(part))).fit(
            cov_type="cluster", cov_kwds={"groups": part.item.astype("category").cat.codes}, use_t=True)
        low, high = fit.conf_int(0.05).to_numpy()[0]
        out["slices"].append({
            "group": group_, "value": float(fit.params.iloc[0]), "standardError": float(fit.bse.iloc[0]),
            "clusters": int(part.item.nunique()), "p": float(fit.pvalues.iloc[0]), "low": float(low), "high": float(high),
        })
    # The gap b - a of the changes: clusters lie in one group each.
    design = np.column_stack([np.ones(len(table)), (table.group == "a").astype(float)])
    parts = {s["group"]: s for s in out["slices"]}
    out["gap"] = {
        "slice": "a", "reference": "b", "value": parts["a"]["value"] - parts["b"]["value"],
        "standardError": float(np.hypot(parts["a"]["standardError"], parts["b"]["standardError"])),
        "regression": float(sm.OLS(table.d, design).fit().params.iloc[1]),
    }
    return out


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    cases = [(0, 0, 10), (0, 5, 10), (1, 4, 20), (9, 6, 29), (12, 2, 50), (30, 31, 400), (0, 40, 40), (3, 0, 3),
             (348, 689, 16561), (1, 0, 1000), (150, 20, 200)]
    write = lambda name, value: (HERE / name).write_text(json.dumps(value, indent=1) + "\n")
    write("tango.json", {"versions": VERSIONS, "cases": [
        {"first": a, "second": b, "pairs": n, "level": level, "interval": tango(a, b, n, level)}
        for a, b, n in cases for level in (0.9, 0.95, 0.999)]})
    write("adult.json", adult())
    write("clustered.json", clustered())
