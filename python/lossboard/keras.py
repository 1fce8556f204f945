"""A callback for Keras (3, or tf.keras): `model.fit(..., callbacks=[lossboard.KerasCallback()])`. Imports Keras when it is first named."""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping, Optional

try:
    import keras as _keras
except ImportError:
    from tensorflow import keras as _keras

from ._run import Run, current, to_number

_Callback: Any = _keras.callbacks.Callback


def _renamed(logs: Optional[Mapping[str, Any]], train: str) -> Dict[str, float]:
    """`loss` -> `train/loss`, `val_acc` -> `val/accuracy`."""
    values: Dict[str, float] = {}
    for key, value in (logs or {}).items():
        number = to_number(value)
        if number is None or key in ("batch", "size"):
            continue
        validation = key.startswith("val_")
        name = re.sub(r"(^|_)acc$", r"\1accuracy", key[4:] if validation else key)
        values[("val/" if validation else train) + re.sub(r"[^A-Za-z0-9_./ -]", "_", name)] = number
    return values


class KerasCallback(_Callback):  # type: ignore[misc]
    """Per batch (every `every`): `train/loss` and the other metrics, `lr`, `epoch` as a fraction. Per epoch: `val/...`, `train/epoch-...`.

    Keras tells a batch the mean over the epoch so far, and so that is what `train/...` is. A step is one batch.
    """

    def __init__(self, run: Optional[Run] = None, every: int = 1, **_: Any) -> None:
        super().__init__()
        self._run = run
        self._every = max(1, int(every))
        self._step = 0
        self._epoch = 0
        self._batches = 0

    @property
    def _target(self) -> Optional[Run]:
        return self._run if self._run is not None else current()

    def on_train_begin(self, logs: Optional[Mapping[str, Any]] = None) -> None:
        run = self._target
        if run is not None:
            self._step = max(self._step, run.next_step)

    def on_epoch_begin(self, epoch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        self._epoch = epoch
        self._batches = 0

    def on_train_batch_end(self, batch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        self._batches += 1
        run = self._target
        if run is not None and self._step % self._every == 0:
            values = _renamed(logs, "train/")
            rate = self._rate()
            if rate is not None:
                values["lr"] = rate
            steps = (self.params or {}).get("steps")
            if steps:
                values["epoch"] = self._epoch + self._batches / steps
            run.log(values, step=self._step)
        self._step += 1

    def on_epoch_end(self, epoch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        run = self._target
        if run is not None:
            values = _renamed(logs, "train/epoch-")
            values["epoch"] = float(epoch + 1)
            run.log(values, step=max(0, self._step - 1))

    def _rate(self) -> Optional[float]:
        try:
            rate = self.model.optimizer.learning_rate
            return to_number(rate.numpy() if callable(getattr(rate, "numpy", None)) else rate)
        except Exception:
            return None


# What scripts written for wandb call it.
WandbCallback = WandbMetricsLogger = KerasCallback
