"""Writes sklearn-values.json: what scikit-learn computes for the cases below. Run once with scikit-learn installed; tests read the JSON.

    python test/core/classification/sklearn-values.py > test/core/classification/sklearn-values.json
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics

warnings.simplefilter("ignore")
random = np.random.default_rng(20240601)


def classification(name, labels, predictions, classes):
    averages = {}
    for average in ("macro", "micro", "weighted"):
        precision, recall, f1, _ = metrics.precision_recall_fscore_support(labels, predictions, average=average, zero_division=0)
        averages[average] = {"precision": precision, "recall": recall, "f1": f1}
    each = metrics.precision_recall_fscore_support(labels, predictions, labels=range(classes), zero_division=np.nan)
    return {
        "name": name,
        "classes": classes,
        "labels": labels,
        "predictions": predictions,
        "matrix": metrics.confusion_matrix(labels, predictions, labels=range(classes)).tolist(),
        "accuracy": metrics.accuracy_score(labels, predictions),
        "perClass": {
            # JSON knows no NaN: null is what scikit-learn calls undefined.
            key: [None if np.isnan(value) else float(value) for value in values]
            for key, values in zip(("precision", "recall", "f1", "support"), each)
        },
        **averages,
    }


def curve(name, positives, scores):
    precision, recall, thresholds = metrics.precision_recall_curve(positives, scores)
    return {
        "name": name,
        "positives": positives,
        "scores": scores,
        # Highest threshold first, without the last point, which has no threshold.
        "precision": precision[:-1][::-1].tolist(),
        "recall": recall[:-1][::-1].tolist(),
        "threshold": thresholds[::-1].tolist(),
        "averagePrecision": metrics.average_precision_score(positives, scores),
    }


def top_k(name, labels, scores, classes):
    return {
        "name": name,
        "classes": classes,
        "labels": labels,
        "scores": [value for row in scores for value in row],
        "hits": {str(k): metrics.top_k_accuracy_score(labels, scores, k=k, labels=range(classes)) for k in range(1, classes)},
    }


ten_labels = random.integers(0, 10, 400).tolist()
ten_predictions = [label if random.random() < 0.7 else int(random.integers(0, 10)) for label in ten_labels]
skewed = random.choice(4, 300, p=[0.9, 0.06, 0.03, 0.01]).tolist()
scores = random.normal(size=(200, 8)).round(6)
binary = random.integers(0, 2, 120).tolist()

json.dump(
    {
        "origin": "test/core/classification/sklearn-values.py",
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "python": sys.version.split()[0],
        "classification": [
            classification("ten classes", ten_labels, ten_predictions, 10),
            classification("nearly one class", skewed, [0 if random.random() < 0.8 else int(random.integers(0, 4)) for _ in skewed], 4),
            classification("a class without examples", [0, 0, 1, 1, 1], [0, 2, 1, 1, 0], 3),
            classification("a class never predicted", [0, 0, 1, 2, 2], [0, 0, 1, 1, 0], 3),
            classification("a class that is not there at all", [0, 1, 1, 0], [0, 1, 0, 0], 3),
            classification("all wrong", [0, 1, 0], [1, 0, 1], 2),
            classification("one class only", [0, 0, 0], [0, 0, 0], 1),
        ],
        "curves": [
            curve("continuous scores", binary, [round(float(label * 0.8 + random.normal()), 6) for label in binary]),
            curve("tied scores", binary, [int(label + random.integers(0, 4)) for label in binary]),
            curve("perfect", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]),
            curve("inverted", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]),
            curve("all scores equal", [1, 0, 0, 1, 0], [0.5, 0.5, 0.5, 0.5, 0.5]),
            curve("positives only", [1, 1, 1], [0.3, 0.2, 0.9]),
        ],
        "topK": [top_k("eight classes", random.integers(0, 8, 200).tolist(), scores.tolist(), 8)],
    },
    sys.stdout,
    separators=(",", ":"),
)
