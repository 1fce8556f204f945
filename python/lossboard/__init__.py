"""Logs training runs to a Lossboard store: one SQLite file. Standard library only.

    import lossboard

    run = lossboard.init(project="spirals", config={"lr": 0.01})
    for step in range(100):
        run.log({"train/loss": 1 / (step + 1)})
    run.finish()

`import lossboard as wandb` works for the common verbs, `from lossboard import SummaryWriter` replaces torch's.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Mapping, Optional

from . import _run
from ._audio import Audio
from ._compat import AlertLevel, CurrentFields, Settings, Unsupported
from ._errors import LossboardError, warn, warn_once
from ._init import init
from ._run import Run
from ._schema import VERSION
from ._summary_writer import SummaryWriter
from ._values import Finding, Histogram, Html, Image, Table, Text
from ._watch import unwatch, watch

__version__ = VERSION

# What scripts written for wandb catch.
Error = UsageError = CommError = LossboardError

config: Any = CurrentFields("config")
summary: Any = CurrentFields("summary")


def _current(verb: str) -> Optional[Run]:
    run = _run.current()
    if run is None:
        warn_once(f"no-run:{verb}", f"{verb}: there is no run under way, call init() first. It was ignored")
    return run


def log(data: Mapping[str, Any], step: Optional[int] = None, commit: Optional[bool] = None, sync: Optional[bool] = None) -> None:
    """`Run.log` of the run under way."""
    run = _run._live[-1] if _run._live else _current("log")
    if run is not None:
        run.log(data, step, commit)


def define_metric(name: str, *arguments: Any, **options: Any) -> Any:
    """`Run.define_metric` of the run under way."""
    run = _current("define_metric")
    return run.define_metric(name, *arguments, **options) if run is not None else None


def alert(title: str, text: str = "", level: Any = None, wait_duration: Any = None) -> None:
    """`Run.alert` of the run under way."""
    run = _current("alert")
    if run is not None:
        run.alert(title, text, level, wait_duration)


def finish(exit_code: Optional[int] = None, quiet: Optional[bool] = None) -> None:
    """Ends the run under way."""
    run = _run.current()
    if run is not None:
        run.finish(exit_code)


def login(*_: Any, **__: Any) -> bool:
    """Nobody logs in to a file."""
    return True


def termlog(string: str = "", *_: Any, **__: Any) -> None:
    """One line on stderr, as wandb's."""
    warn(string)


termwarn = termerror = termlog

_LAZY = {
    "KerasCallback": "keras",
    "WandbCallback": "keras",
    "WandbMetricsLogger": "keras",
    "LightningLogger": "lightning",
    "HuggingFaceCallback": "huggingface",
}
_UNSUPPORTED = (
    "Api Artifact ArtifactTTL Video Object3D Molecule Plotly Bokeh Classes BoundingBoxes2D ImageMask Graph Node JoinedTable PartitionedTable "
    "EvalTable box3d plot plot_table plots visualize sweep agent agents controller attach join save restore log_artifact use_artifact "
    "log_model use_model link_model link_artifact log_code setup teardown require sklearn integration ensure_configured mark_preempting "
    "pin_config_keys profiler gym tensorboard tensorflow catboost lightgbm xgboost sacred util helper apis api data_types"
).split()


def __getattr__(name: str) -> Any:
    if name == "run":
        return _run.current()
    if name in _LAZY or name in _LAZY.values():
        from importlib import import_module

        module = import_module(f"lossboard.{_LAZY.get(name, name)}")
        return getattr(module, name) if name in _LAZY else module
    if name == "errors":
        return SimpleNamespace(Error=LossboardError, UsageError=LossboardError, CommError=LossboardError)
    if name in _UNSUPPORTED:
        return Unsupported(name)
    raise AttributeError(f"module 'lossboard' has no attribute {name!r}")


__all__ = [
    "AlertLevel",
    "Audio",
    "CommError",
    "Error",
    "Finding",
    "Histogram",
    "Html",
    "Image",
    "LossboardError",
    "Run",
    "Settings",
    "SummaryWriter",
    "Table",
    "Text",
    "UsageError",
    "alert",
    "config",
    "define_metric",
    "finish",
    "init",
    "log",
    "login",
    "summary",
    "termerror",
    "termlog",
    "termwarn",
    "unwatch",
    "watch",
]
