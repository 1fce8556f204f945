"""A callback for Hugging Face: `Trainer(..., callbacks=[lossboard.HuggingFaceCallback()])`. Imports transformers when it is first named."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from transformers import TrainerCallback

from ._init import init
from ._run import Run, current, to_number

_Callback: Any = TrainerCallback


def renamed(logs: Mapping[str, Any]) -> Dict[str, float]:
    """`loss` -> `train/loss`, `eval_loss` -> `eval/loss`, `test_x` -> `test/x`; `epoch` and `learning_rate` (as `lr`) stand alone."""
    values: Dict[str, float] = {}
    for key, value in logs.items():
        number = to_number(value)
        if number is None or key == "total_flos":
            continue
        if key == "epoch":
            values[key] = number
        elif key == "learning_rate":
            values["lr"] = number
        else:
            split = next((split for split in ("eval", "test", "train") if key.startswith(split + "_")), None)
            values[f"{split}/{key[len(split) + 1 :]}" if split else f"train/{key}"] = number
    return values


class HuggingFaceCallback(_Callback):  # type: ignore[misc]
    """Logs to the run under way, or starts one with the options of `init`; training arguments and model config become its config."""

    def __init__(self, run: Optional[Run] = None, **options: Any) -> None:
        self._run = run
        self._options = options
        self._own = False

    def on_train_begin(self, args: Any, state: Any, control: Any, model: Any = None, **_: Any) -> None:
        if not state.is_world_process_zero:
            return
        if self._run is None:
            self._run = current()
        if self._run is None:
            self._options.setdefault("name", getattr(args, "run_name", None) if args.run_name != args.output_dir else None)
            self._run = init(**self._options)
            self._own = True
        config = dict(args.to_sanitized_dict()) if hasattr(args, "to_sanitized_dict") else dict(args.to_dict())
        if getattr(getattr(model, "config", None), "to_dict", None):
            config = {**model.config.to_dict(), **config}
        self._run.config.setdefaults(config)

    def on_log(self, args: Any, state: Any, control: Any, logs: Optional[Mapping[str, Any]] = None, **_: Any) -> None:
        if self._run is not None and state.is_world_process_zero:
            self._run.log(renamed(logs or {}), step=state.global_step)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """The run goes on: an evaluation may follow. It ends with the process or `finish`."""
        if self._run is not None:
            self._run.flush()
