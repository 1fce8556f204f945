"""Writes reference-values.json: what scipy and statsmodels say, for the tests of core/stats. Run by hand: python reference-values.py, then format with biome."""

import itertools
import json
import math
import pathlib
import platform
import random

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower, TTestPower

rng = random.Random(20240607)


def finite(value):
    value = float(value)
    assert math.isfinite(value), value
    return value


def sample(n, centre, spread, decimals):
    return [round(rng.gauss(centre, spread), decimals) for _ in range(n)]


def label_permutation(a, b):
    """All splits, compared with exact fractions of the decimal values."""
    from fractions import Fraction

    pooled = [Fraction(str(v)) for v in a + b]
    total = sum(pooled)
    n, k = len(pooled), len(a)
    observed = abs(sum(pooled[:k]) * n - total * k)
    splits = list(itertools.combinations(range(n), k))
    far = sum(abs(sum(pooled[i] for i in split) * n - total * k) >= observed for split in splits)
    return far / len(splits)


def sign_flip(d):
    from fractions import Fraction

    exact = [Fraction(str(v)) for v in d]
    observed = abs(sum(exact))
    far = sum(abs(sum(s * v for s, v in zip(signs, exact))) >= observed for signs in itertools.product((1, -1), repeat=len(d)))
    return far / 2 ** len(d)


def paired(a, b):
    d = [float(round(x - y, 12)) for x, y in zip(a, b)]
    test = stats.ttest_rel(a, b)
    ci = test.confidence_interval(0.95)
    nonzero = [v for v in d if v != 0]
    ranks = stats.rankdata(np.abs(nonzero))
    low = sum(r for r, v in zip(ranks, nonzero) if v > 0)
    centre = ranks.sum() / 2
    far = sum(
        abs(sum(r for r, s in zip(ranks, signs) if s) - centre) >= abs(low - centre) for signs in itertools.product((0, 1), repeat=len(nonzero))
    )
    return {
        "a": a,
        "b": b,
        "t": finite(test.statistic),
        "p": finite(test.pvalue),
        "low": finite(ci.low),
        "high": finite(ci.high),
        "dz": finite(np.mean(d) / np.std(d, ddof=1)),
        "wilcoxonW": finite(min(low, 2 * centre - low)),
        "wilcoxonP": far / 2 ** len(nonzero),
        "signFlipP": sign_flip(d),
    }


def unpaired(a, b):
    test = stats.ttest_ind(a, b, equal_var=False)
    ci = test.confidence_interval(0.95)
    pooled = math.sqrt(((len(a) - 1) * np.var(a, ddof=1) + (len(b) - 1) * np.var(b, ddof=1)) / (len(a) + len(b) - 2))
    ranks = stats.rankdata(a + b)
    u = ranks[: len(a)].sum() - len(a) * (len(a) + 1) / 2
    centre = len(a) * len(b) / 2
    splits = list(itertools.combinations(range(len(a) + len(b)), len(a)))
    far = sum(abs(ranks[list(s)].sum() - len(a) * (len(a) + 1) / 2 - centre) >= abs(u - centre) - 1e-9 for s in splits)
    return {
        "a": a,
        "b": b,
        "t": finite(test.statistic),
        "df": finite(test.df),
        "p": finite(test.pvalue),
        "low": finite(ci.low),
        "high": finite(ci.high),
        "d": finite((np.mean(a) - np.mean(b)) / pooled),
        "u": finite(u),
        "mannWhitneyP": far / len(splits),
        "labelPermutationP": label_permutation(a, b),
    }


def scipy_mann_whitney(a, b, method):
    test = stats.mannwhitneyu(a, b, method=method, use_continuity=True)
    return {"a": a, "b": b, "method": method, "u": finite(test.statistic), "p": finite(test.pvalue)}


def summary(values):
    ci = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    return {
        "values": values,
        "mean": math.fsum(values) / len(values),
        "sd": finite(np.std(np.array(values, dtype=np.longdouble), ddof=1)),
        "se": finite(stats.sem(values)),
        "low": finite(ci[0]),
        "high": finite(ci[1]),
        "median": finite(np.median(values)),
        "iqm": finite(stats.trim_mean(values, 0.25)),
    }


def ideal_bootstrap(values):
    means = np.sort([sum(pick) / len(values) for pick in itertools.product(values, repeat=len(values))])
    n = len(means)
    return {
        "values": values,
        "low": finite(means[math.ceil(0.025 * n) - 1]),
        "high": finite(means[math.ceil(0.975 * n) - 1]),
        "se": finite(np.std(means)),
    }


def tost(a, b, margin):
    d = np.array(a) - np.array(b)
    lower = stats.ttest_1samp(d, -margin, alternative="greater").pvalue
    upper = stats.ttest_1samp(d, margin, alternative="less").pvalue
    ci = stats.ttest_1samp(d, 0).confidence_interval(0.9)
    return {"a": a, "b": b, "margin": margin, "p": finite(max(lower, upper)), "low": finite(ci.low), "high": finite(ci.high)}


def factorial(corners):
    """Two factors coded −1 and +1 by ordinary least squares; an effect is twice its coefficient."""
    rows = [(a, b, y) for (a, b), values in corners.items() for y in values]
    a, b, y = (np.array(column, dtype=float) for column in zip(*rows))
    fit = sm.OLS(y, np.column_stack([np.ones(len(y)), a, b, a * b])).fit()
    ci = fit.conf_int()
    return {
        "corners": [{"a": a > 0, "b": b > 0, "values": values} for (a, b), values in corners.items()],
        "mse": finite(fit.mse_resid),
        "df": finite(fit.df_resid),
        "effects": [
            {"estimate": finite(2 * fit.params[i]), "se": finite(2 * fit.bse[i]), "p": finite(fit.pvalues[i]), "low": finite(2 * ci[i][0]), "high": finite(2 * ci[i][1])}
            for i in (1, 2, 3)
        ],
    }


BALANCED = {
    (-1, -1): [89.76, 89.6, 89.93, 90.13],
    (-1, 1): [91.04, 90.73, 90.53, 90.46],
    (1, -1): [91.72, 91.99, 91.58, 91.13],
    (1, 1): [92.31, 93.08, 92.66, 92.08],
}
UNBALANCED = {(-1, -1): [89.6, 89.93, 90.13], (-1, 1): [91.04, 90.46], (1, -1): [91.72, 91.99, 91.58, 91.13], (1, 1): [92.31, 93.08, 92.66, 92.08]}

ps = [[round(rng.random() ** 3, 6) for _ in range(n)] for n in (1, 2, 3, 6, 12, 25)] + [[0.01, 0.01, 0.04, 0.04, 1.0], [0.0, 1.0, 0.5]]

values = {
    "origin": "test/core/stats/reference-values.py",
    "versions": {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__,
    },
    "logGamma": [[x, finite(special.gammaln(x))] for x in (1e-6, 0.1, 0.5, 1.5, 2.5, 7.25, 9.99, 10, 33.3, 171.5, 1e4, 1e8)],
    "incompleteBeta": [
        [a, b, x, finite(special.betainc(a, b, x)), finite(special.betaincc(a, b, x))]
        for a, b, x in [(0.5, 0.5, 0.3), (2, 3, 0.5), (0.5, 4.5, 1e-6), (30, 0.5, 0.999), (12.5, 40, 0.2), (400, 0.5, 0.99), (150, 170, 0.45), (5, 5, 0.999)]
    ],
    "normal": [[x, finite(stats.norm.cdf(x)), finite(stats.norm.sf(x))] for x in (-12, -3, -0.1, 0, 0.7, 2.4, 2.6, 5, 20)],
    "normalQuantile": [[p, finite(stats.norm.ppf(p))] for p in (1e-100, 1e-9, 0.025, 0.31, 0.5, 0.9, 0.975, 0.99999)],
    "student": [
        [t, df, finite(stats.t.cdf(t, df)), finite(stats.t.sf(t, df))]
        for t, df in [(-4.06, 9), (0.001, 4), (2.5, 1), (1.9, 17.776), (12, 3), (40, 2.5), (0.7, 5000), (8, 250)]
    ],
    "studentQuantile": [
        [p, df, finite(stats.t.ppf(p, df))]
        for p, df in itertools.product((0.0005, 0.05, 0.4, 0.9, 0.975, 0.995, 0.9999999), (1, 2, 3, 4, 7.5, 30, 1000))
    ],
    "f": [[x, a, b, finite(stats.f.sf(x, a, b))] for x, a, b in [(0.1, 1, 4), (3.2, 2, 7), (9.9, 3, 39), (120, 5, 12), (1.01, 40, 60)]],
    "noncentralF": [
        [x, a, b, l, finite(stats.ncf.sf(x, a, b, l))] for x, a, b, l in [(5.3, 1, 8, 0.625), (5.3, 1, 8, 2.5), (4.1, 1, 40, 9), (7.7, 1, 4, 60), (3.9, 1, 1000, 7.85)]
    ],
    "studentizedRange": [
        [p, k, df, finite(stats.studentized_range.ppf(p, k, df))] for p, k, df in [(0.95, 3, 20), (0.99, 5, 60)]
    ],
    "summary": [
        summary(v)
        for v in [
            [94.1, 94.5, 93.9, 94.3, 94.7],
            [0.9305, 0.9271],
            [1e9 + 1, 1e9 + 2, 1e9 + 4],
            sample(7, 0.3, 0.02, 5),
            sample(20, -5, 3, 2),
            [1e-9, 3e-9, 2e-9, 8e-9],
        ]
    ],
    "bootstrap": [ideal_bootstrap(v) for v in [[1, 5], [0.2, 0.9, 0.4], sample(4, 90, 1, 2), sample(5, 90, 1, 2), sample(6, 0, 1, 2)]],
    "paired": [
        paired(a, b)
        for a, b in [
            (sample(5, 94, 0.3, 2), sample(5, 93.6, 0.3, 2)),
            (sample(3, 0.94, 0.01, 4), sample(3, 0.9, 0.01, 4)),
            (sample(8, 10, 1, 0), sample(8, 10, 1, 0)),
            (sample(12, 10, 2, 1), sample(12, 10.5, 2, 1)),
            ([86.6, 82.4, 90.0, 70.3, 61.1], [86.3, 82.1, 89.7, 70.5, 60.4]),
            (sample(14, 0, 1, 3), sample(14, 0.4, 1, 3)),
        ]
    ],
    "unpaired": [
        unpaired(a, b)
        for a, b in [
            (sample(5, 94, 0.3, 2), sample(5, 93.6, 0.3, 2)),
            (sample(3, 0.94, 0.01, 4), sample(6, 0.93, 0.03, 4)),
            (sample(2, 1, 1, 1), sample(2, 2, 1, 1)),
            (sample(7, 5, 1, 0), sample(7, 5, 1, 0)),
            (sample(8, 5, 1, 3), sample(5, 7, 1, 3)),
        ]
    ],
    "mannWhitney": [
        scipy_mann_whitney([19, 22, 16, 29, 24], [20, 11, 17, 12], "exact"),
        scipy_mann_whitney(sample(25, 0, 1, 8), sample(24, 0.7, 1, 8), "exact"),
        scipy_mann_whitney(sample(40, 0, 1, 1), sample(35, 0.5, 1, 1), "asymptotic"),
    ],
    "adjust": [
        {
            "p": p,
            **{name: [finite(v) for v in multipletests(p, method=key)[1]] for name, key in (("holm", "holm"), ("bh", "fdr_bh"), ("by", "fdr_by"), ("hommel", "hommel"))},
        }
        for p in ps
    ],
    "tost": [tost(sample(6, 0, 0.1, 3), sample(6, 0, 0.1, 3), 0.2), tost(sample(5, 1, 0.1, 3), sample(5, 0, 0.1, 3), 0.3)],
    "factorial": [factorial(BALANCED), factorial(UNBALANCED)],
    "powerIndependent": [
        [d, n, finite(TTestIndPower().power(d, n, 0.05, ratio=1))] for d, n in [(0.5, 5), (0.8, 5), (1, 5), (1.5, 5), (2, 5), (3, 5), (0.5, 3), (1, 3), (3, 3), (0.5, 64), (0.05, 2000)]
    ],
    "powerPaired": [[d, n, finite(TTestPower().power(d, n, 0.05))] for d, n in [(0.5, 34), (1, 5), (2, 3), (3, 4), (0.2, 100), (1.3, 10)]],
    "seedsIndependent": [[d, math.ceil(TTestIndPower().solve_power(d, power=0.8, alpha=0.05) - 1e-9)] for d in (0.5, 0.8, 1, 1.5, 2, 3)],
    "seedsPaired": [[d, math.ceil(TTestPower().solve_power(d, power=0.8, alpha=0.05) - 1e-9)] for d in (0.5, 0.8, 1, 1.5, 2, 3)],
}

target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps(values, separators=(",", ":")) + "\n")
print(target, target.stat().st_size)
