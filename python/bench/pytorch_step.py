"""What logging and `watch` add to a training step of PyTorch, in CPU time: `python python/bench/pytorch_step.py`, with PyTorch installed.

The network of examples/pytorch/digits.py (20,338 parameters, batch 64) is about the worst case: its step takes milliseconds.
"""

import os
import sys
import tempfile
import time
from typing import Any, Dict, List

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
sys.path.insert(0, os.path.join(HERE, "..", "..", "examples", "pytorch"))
import lossboard  # noqa: E402
import torch  # noqa: E402
from digits import network  # noqa: E402

STEPS = 400
ROUNDS = 5
WAYS: "Dict[str, Dict[str, Any] | None]" = {"nothing": None, "log": {}, "log + watch": {"watch": True}, "log + watch, 256 rows": {"watch": True, "rows": True}}


def run_once(options: "Dict[str, Any] | None") -> float:
    """Milliseconds of CPU per step, of all threads: what the writing thread takes is in it."""
    torch.manual_seed(0)
    images, labels = torch.randn(6400, 1, 28, 28), torch.randint(0, 10, (6400,))
    model = network(0)
    optimizer = torch.optim.Adam(model.parameters())
    criterion = torch.nn.CrossEntropyLoss()
    with tempfile.TemporaryDirectory() as folder:
        run = lossboard.init(dir=folder, quiet=True, save_git=False, mode="online" if options is not None else "disabled")
        if options and options.get("watch"):
            run.watch(model, optimizer, criterion=criterion, total_steps=2000, rows=images[:256] if options.get("rows") else None)
        # What a run does once, such as reading which packages are installed, is over by then.
        time.sleep(1)
        began = time.process_time()
        for step in range(STEPS):
            x, y = images[step % 100 * 64 : step % 100 * 64 + 64], labels[step % 100 * 64 : step % 100 * 64 + 64]
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            run.log({"train/loss": loss})
        took = time.process_time() - began
        run.finish()
    return took / STEPS * 1e3


if __name__ == "__main__":
    torch.set_num_threads(1)
    took: Dict[str, List[float]] = {way: [] for way in WAYS}
    run_once(None)
    for _ in range(ROUNDS):
        for way, options in WAYS.items():
            took[way].append(run_once(options))
    plain = sorted(took["nothing"])[ROUNDS // 2]
    for way, times in took.items():
        middle = sorted(times)[ROUNDS // 2]
        print(f"{way:24} {middle:6.2f} ms a step  {(middle / plain - 1) * 100:+6.1f} %   (rounds {min(times):.2f} to {max(times):.2f})")
