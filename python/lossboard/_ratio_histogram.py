"""The histogram of element-wise update ratios, in the bins of the TypeScript adapter, and when it is due."""

from __future__ import annotations

import math
from typing import Any, Dict, Optional

from ._ratio_edges import RATIO_EDGES
from ._values import Value

BINS = len(RATIO_EDGES) - 1
TINY_WEIGHT = 1e-12
_COLUMNS_WHEN_KNOWN = 200
_COLUMNS_BEFORE_DOUBLING = 256
_SHORTEST = 10
# The edges as a tensor, by device.
_EDGES: Dict[Any, Any] = {}


class HistogramSchedule:
    """Which steps get a histogram: every max(10, n/200) when the length n is known, else every 10, doubling at 256 columns."""

    def __init__(self, every: Any, first_step: int, shortest: int = _SHORTEST) -> None:
        self._fixed = every != "auto"
        self._shortest = shortest
        self._interval = shortest if every == "auto" else int(every)
        self._first = first_step

    def due(self, step: int, total: Optional[int]) -> bool:
        if not self._fixed:
            if total is not None and total > step:
                self._interval = max(self._shortest, math.ceil((total - self._first) / _COLUMNS_WHEN_KNOWN))
            else:
                while (step - self._first) / self._interval >= _COLUMNS_BEFORE_DOUBLING:
                    self._interval *= 2
        return step % self._interval == 0


class RatioHistogram(Value):
    kind = "histogram"

    def __init__(self, payload: Dict[str, Any]) -> None:
        super().__init__()
        self.payload = payload


def ratio_slots(torch: Any, before: Any, after: Any) -> Dict[str, Any]:
    """The element-wise histogram of |dw|/|w| of two double tensors. Bin k holds edge(k) <= ratio < edge(k + 1)."""
    update = (after - before).abs_()
    size = before.abs()
    zero = update == 0
    # A weight that was not finite has no finite update either.
    fine = torch.isfinite(update)
    small = size < TINY_WEIGHT
    apart = small | zero | ~fine
    # Those counted apart go below the lowest edge, and are taken out of underflow again.
    quotient = (update / size).masked_fill_(apart, -1.0)
    edges = _EDGES.get(quotient.device)
    if edges is None:
        edges = _EDGES[quotient.device] = torch.tensor(RATIO_EDGES, dtype=torch.float64, device=quotient.device)
    # The number of edges at or below the ratio: 0 is underflow, 81 overflow.
    slots = torch.bincount(torch.bucketize(quotient, edges, right=True), minlength=BINS + 2).tolist()
    zeros, bad, others = int(zero.sum()), int(update.numel() - fine.sum()), int(apart.sum())
    return {
        "layout": "log10-ratio",
        "counts": slots[1 : BINS + 1],
        "zero": zeros,
        "underflow": slots[0] - others,
        "overflow": slots[BINS + 1],
        "tinyWeight": others - zeros - bad,
        "nonFinite": bad,
    }
