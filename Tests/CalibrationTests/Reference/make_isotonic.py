#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes isotonic.json beside itself: isotonic fits by scikit-learn and what follows from them for
the Brier score, none by Evenhand.

Made with Python 3.11, scikit-learn 1.9.1 and numpy 2.4.6. Run: python3 make_isotonic.py
"""
import json
import pathlib

import numpy
from sklearn.isotonic import IsotonicRegression, isotonic_regression

generator = numpy.random.default_rng(20211)


def sequence(values, weights):
    fit = isotonic_regression(values, sample_weight=weights)
    return {"values": list(values), "weights": list(weights), "fit": list(map(float, fit))}


def sample(name, scores, labels, weights):
    scores, labels, weights = (numpy.asarray(x, float) for x in (scores, labels, weights))
    fit = IsotonicRegression().fit_transform(scores, labels, sample_weight=weights)

    def brier(predicted):
        return float(numpy.average((predicted - labels) ** 2, weights=weights))

    mean = numpy.average(labels, weights=weights)
    original, recalibrated, constant = brier(scores), brier(fit), brier(mean)
    return {
        "name": name, "scores": scores.tolist(), "labels": labels.astype(int).tolist(),
        "weights": weights.tolist(), "rates": fit.tolist(), "brier": original,
        "miscalibration": original - recalibrated, "discrimination": constant - recalibrated,
        "uncertainty": constant,
    }


def drawn(name, n, scores, weights):
    labels = generator.random(n) < scores**1.5
    return sample(name, scores, labels, weights)


sequences = [
    sequence([1.0, 2.0, 3.0], [1.0, 1.0, 1.0]),
    sequence([3.0, 2.0, 1.0], [1.0, 2.0, 5.0]),
    sequence([1.0, 3.0, 2.0, 2.0, 5.0, 4.0], [1.0, 2.0, 1.0, 4.0, 0.5, 0.25]),
]
for n in (10, 60, 150):
    values = numpy.round(numpy.sqrt(numpy.arange(n)) + generator.normal(size=n), 3)
    sequences.append(sequence(values.tolist(), numpy.round(generator.uniform(.1, 5, n), 2).tolist()))

uniform = generator.random(120)
samples = [
    sample("one score", [.3] * 5, [0, 1, 0, 0, 1], [1] * 5),
    sample("falling", [.1, .2, .3, .4], [1, 1, 0, 0], [1] * 4),
    sample("separated", [.1, .2, .3, .4], [0, 0, 1, 1], [1] * 4),
    drawn("distinct", 80, generator.random(80), numpy.ones(80)),
    drawn("ties", 120, numpy.round(uniform, 1), numpy.ones(120)),
    drawn("weighted", 80, generator.random(80), numpy.round(generator.uniform(.2, 4, 80), 2)),
    drawn("weighted ties", 120, numpy.round(uniform, 1), generator.choice([.5, 1, 2.5], 120)),
]
text = json.dumps({"sequences": sequences, "samples": samples}, separators=(",", ":"))
pathlib.Path(__file__).with_name("isotonic.json").write_text(text + "\n")
