"""Writes scipy-losses.json: losses per example and their gradients, float64, with scipy's log_softmax, expit and log_expit.

Run: python scipy-losses.py > scipy-losses.json
"""
import json
import sys

import numpy as np
import scipy
from scipy.special import expit, log_expit, log_softmax, softmax

ROWS = {
    "ordinary": ([[0.5, -1.25, 2.0], [3.0, 3.0, -3.0]], [[0, 0, 1], [1, 0, 0]]),
    "soft targets": ([[1.0, 2.0, -0.5]], [[0.25, 0.625, 0.125]]),
    "all logits equal": ([[0.0, 0.0, 0.0]], [[0, 1, 0]]),
    "one far ahead, right and wrong": ([[1e4, 0.0, -1e4], [1e4, 0.0, -1e4]], [[1, 0, 0], [0, 0, 1]]),
    "two far ahead": ([[1e4, 1e4, -1e4]], [[1, 0, 0]]),
    "all far behind": ([[-1e4, -1e4, -1e4]], [[0, 1, 0]]),
    "a tail of float32": ([[0.0, -16.0, -16.0]], [[1, 0, 0]]),
}


def softmax_loss(x, y, smoothing):
    y = (1 - smoothing) * y + smoothing / x.shape[1]
    return -(y * log_softmax(x, axis=1)).sum(1), softmax(x, axis=1) - y


def sigmoid_loss(x, y, smoothing):
    y = (1 - smoothing) * y + smoothing / 2
    return -(y * log_expit(x) + (1 - y) * log_expit(-x)).mean(1), (expit(x) - y) / x.shape[1]


cases = []
for name, (logits, targets) in ROWS.items():
    for kind, loss in [("softmax-cross-entropy", softmax_loss), ("sigmoid-cross-entropy", sigmoid_loss)]:
        for smoothing in [0.0, 0.1]:
            values, gradients = loss(np.array(logits), np.array(targets, float), smoothing)
            cases.append({"name": name, "kind": kind, "labelSmoothing": smoothing, "logits": logits, "targets": targets,
                          "losses": values.tolist(), "gradients": gradients.tolist()})
json.dump({"origin": f"scipy-losses.py, scipy {scipy.__version__}, numpy {np.__version__}, float64", "cases": cases}, sys.stdout, indent=2)
print()
