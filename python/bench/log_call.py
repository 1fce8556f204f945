"""Time of one `log` call while the writing thread works, as a share of the limit of 10 microseconds. `python python/bench/log_call.py`"""

import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import lossboard  # noqa: E402

LIMIT_US = 10.0


def measure(names: int, calls: int, pause_every: int) -> "tuple[float, float, float]":
    """Mean, median and 99th percentile of a call, in microseconds. A pause stands for the step that is trained."""
    with tempfile.TemporaryDirectory() as folder:
        run = lossboard.init(dir=folder, quiet=True, save_git=False)
        values = {f"train/metric-{i}": 0.5 + i for i in range(names)}
        times = []
        for call in range(calls):
            began = time.perf_counter()
            run.log(values)
            times.append(time.perf_counter() - began)
            if pause_every and call % pause_every == 0:
                time.sleep(0.001)
        run.finish()
    times.sort()
    return sum(times) / calls * 1e6, times[calls // 2] * 1e6, times[calls * 99 // 100] * 1e6


if __name__ == "__main__":
    slow = False
    for label, names, calls, pause in (("1 metric, training", 1, 20_000, 10), ("5 metrics, training", 5, 20_000, 10), ("1 metric, no pause", 1, 200_000, 0)):
        mean, median, high = measure(names, calls, pause)
        slow = slow or mean > LIMIT_US
        print(f"{label:22} mean {mean:6.2f} us  median {median:5.2f} us  p99 {high:6.2f} us  {mean / LIMIT_US:5.2f} of the limit")
    sys.exit(1 if slow else 0)
