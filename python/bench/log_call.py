"""Time of one `log` call while the writing thread works, as a share of the limit of 10 microseconds; and what storing takes of the CPU beside it.

`python python/bench/log_call.py`. Logs to a file, to a journal, and through a journal to a server, which runs as a process of its own: the one of
the tests, which reads every batch. The last lines are of a whole training: what its process takes of the CPU, of all threads, with logging and without.
"""

import os
import subprocess
import sys
import tempfile
import time
from typing import Any, Dict, Optional, Tuple

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)
import lossboard  # noqa: E402

LIMIT_US = 10.0
SERVER = "from tests.server import Protocol\nimport time\nwith Protocol() as p:\n  print(p.url, flush=True)\n  time.sleep(600)"


def measure(names: int, calls: int, pause_every: int, options: "Dict[str, Any]") -> "Tuple[float, float, float, float]":
    """Mean, median and 99th percentile of a call in microseconds, and CPU time of the other threads per point. A pause stands for the step."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LOSSBOARD_DIR"] = folder
        run = lossboard.init(quiet=True, save_git=False, capture_console=False, **options)
        time.sleep(0.5)
        values = {f"train/metric-{i}": 0.5 + i for i in range(names)}
        times = []
        all_began, own_began = time.process_time(), time.thread_time()
        for call in range(calls):
            began = time.perf_counter()
            run.log(values)
            times.append(time.perf_counter() - began)
            if pause_every and call % pause_every == 0:
                time.sleep(0.001)
        run.flush(60)
        beside = (time.process_time() - all_began) - (time.thread_time() - own_began)
        run.finish()
    times.sort()
    return sum(times) / calls * 1e6, times[calls // 2] * 1e6, times[calls * 99 // 100] * 1e6, beside / calls / names * 1e6


def training(options: "Optional[Dict[str, Any]]", steps: int = 2_000) -> float:
    """CPU seconds of a training of 2,000 steps of about a millisecond of Python each, which logs five numbers a step."""
    with tempfile.TemporaryDirectory() as folder:
        given = {"mode": "disabled"} if options is None else options
        os.environ["LOSSBOARD_DIR"] = folder
        run = lossboard.init(quiet=True, save_git=False, capture_console=False, **given)
        time.sleep(0.5)
        began = time.process_time()
        for step in range(steps):
            total = 0.0
            for i in range(15_000):
                total += i * 0.5
            run.log({"a": total, "b": 1.0, "c": 2.0, "d": 3.0, "e": 4.0})
        run.flush(60)
        took = time.process_time() - began
        run.finish()
    return took


if __name__ == "__main__":
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert server.stdout
        url = server.stdout.readline().strip()
        slow = False
        ways: "Dict[str, Dict[str, Any]]" = {"file": {}, "journal": {"mode": "offline"}, "server": {"url": url}}
        for way, options in ways.items():
            for label, names, calls, pause in (("1 metric, training", 1, 20_000, 10), ("5 metrics, training", 5, 20_000, 10), ("1 metric, no pause", 1, 200_000, 0)):
                mean, median, high, beside = measure(names, calls, pause, options)
                slow = slow or mean > LIMIT_US
                print(
                    f"{way:8} {label:20} mean {mean:5.2f} us  median {median:5.2f} us  p99 {high:6.2f} us  {mean / LIMIT_US:5.2f} of the limit"
                    f"  beside {beside:5.2f} us a point"
                )
        rounds = [[training(None), *(training(options) for options in ways.values())] for _ in range(3)]
        plain, *rest = (sorted(column)[1] for column in zip(*rounds))
        for way, took in zip(ways, rest):
            print(f"a training of {plain:.2f} s of CPU that logs 10,000 points: {way:8} {(took / plain - 1) * 100:+5.1f} %")
    finally:
        server.terminate()
    sys.exit(1 if slow else 0)
