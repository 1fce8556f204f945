"""Writes numpy-trajectories.json: weights after some steps of each optimizer, float64.

Independent of the TypeScript: no running means or velocities, every step sums over the whole history of gradients.
Quadratic f(w) = 1/2 sum c w^2 with c = 1, 10, 0.1; the learning rate is halved from step 12 on.
Run: python numpy-trajectories.py > numpy-trajectories.json
"""
import json
import sys

import numpy as np

C = np.array([1.0, 10.0, 0.1])
START = np.array([1.0, -2.0, 3.0])
EPS = 1e-7
SHOWN = [1, 2, 3, 10, 12, 13, 20, 40]


def rate(base, t):
    return base if t < 12 else base / 2


def weights(decay, t):
    """decay ** (t - i) for i = 1 .. t, as a column."""
    return (decay ** np.arange(t - 1, -1, -1.0))[:, None]


def momentum(base, rho, G, w, t):
    return w - rate(base, t - 1) * (weights(rho, t) * G).sum(0)


def nesterov(base, rho, G, w, t):
    lr = np.array([rate(base, i) for i in range(t)])[:, None]
    before = -(weights(rho, t - 1) * lr[:-1] * G[:-1]).sum(0)
    now = -(weights(rho, t) * lr * G).sum(0)
    return w + now + rho * (now - before)


def adagrad(base, G, w, t):
    return w - rate(base, t - 1) * G[-1] / (np.linalg.norm(G, axis=0) + EPS)


def rmsprop(base, keep, G, w, t):
    s = np.average(G**2, axis=0, weights=weights(keep, t)[:, 0]) * (1 - keep**t)
    return w - rate(base, t - 1) * G[-1] / (np.sqrt(s) + EPS)


def adam(base, b1, b2, G, w, t, decay=0.0):
    m = np.average(G, axis=0, weights=weights(b1, t)[:, 0])
    v = np.average(G**2, axis=0, weights=weights(b2, t)[:, 0])
    return w - rate(base, t - 1) * (m / (np.sqrt(v) + EPS) + decay * w)


RULES = {
    "sgd": ({"lr": 0.05}, lambda G, w, t: w - rate(0.05, t - 1) * G[-1]),
    "momentum": ({"lr": 0.02, "momentum": 0.9}, lambda G, w, t: momentum(0.02, 0.9, G, w, t)),
    "nesterov": ({"lr": 0.02, "momentum": 0.9}, lambda G, w, t: nesterov(0.02, 0.9, G, w, t)),
    "adagrad": ({"lr": 0.1}, lambda G, w, t: adagrad(0.1, G, w, t)),
    "rmsprop": ({"lr": 0.01, "decayRate": 0.9}, lambda G, w, t: rmsprop(0.01, 0.9, G, w, t)),
    "adam": ({"lr": 0.05}, lambda G, w, t: adam(0.05, 0.9, 0.999, G, w, t)),
    "adamw": ({"lr": 0.05, "weightDecay": 0.1, "decayAll": True}, lambda G, w, t: adam(0.05, 0.9, 0.999, G, w, t, 0.1)),
}

result = {"origin": f"numpy-trajectories.py, numpy {np.__version__}, float64", "start": START.tolist(), "curvatures": C.tolist(), "halvedFromStep": 12}
result["trajectories"] = []
for kind, (options, step) in RULES.items():
    w, gradients, points = START.copy(), [], {}
    for t in range(1, max(SHOWN) + 1):
        gradients.append(C * w)
        w = step(np.array(gradients), w, t)
        if t in SHOWN:
            points[t] = w.tolist()
    result["trajectories"].append({"kind": kind, "options": options, "after": points})
json.dump(result, sys.stdout, indent=2)
print()
