"""A logger for Lightning: `Trainer(logger=lossboard.LightningLogger(project="x"))`. Imports Lightning when it is first named."""

from __future__ import annotations

from typing import Any, Mapping, Optional

try:
    from lightning.pytorch.loggers.logger import Logger as _Base
    from lightning.pytorch.utilities import rank_zero_only
except ImportError:
    from pytorch_lightning.loggers.logger import Logger as _Base
    from pytorch_lightning.utilities import rank_zero_only

from ._init import init
from ._json import as_mapping
from ._run import Run

_Logger: Any = _Base


class LightningLogger(_Logger):  # type: ignore[misc]
    """Logs what a LightningModule logs, at Lightning's global step, and its hyperparameters as config. Rank 0 only. Takes the options of
    `init`, or a `run`."""

    def __init__(self, run: Optional[Run] = None, **options: Any) -> None:
        super().__init__()
        self._run = run
        self._options = options

    @property
    def experiment(self) -> Run:
        """The run; made when first needed, and only on rank 0."""
        if self._run is None:
            self._run = init(**({**self._options, "mode": "disabled"} if rank_zero_only.rank not in (0, None) else self._options))
        return self._run

    @property
    def name(self) -> str:
        return self.experiment.project

    @property
    def version(self) -> str:
        return self.experiment.id

    @property
    def save_dir(self) -> str:
        return self.experiment.dir

    @rank_zero_only
    def log_hyperparams(self, params: Any, *arguments: Any, **options: Any) -> None:
        self.experiment.config.update(as_mapping(params))

    @rank_zero_only
    def log_metrics(self, metrics: Mapping[str, Any], step: Optional[int] = None) -> None:
        self.experiment.log(dict(metrics), step=step)

    @rank_zero_only
    def save(self) -> None:
        self.experiment.flush()

    @rank_zero_only
    def finalize(self, status: str) -> None:
        """Another `fit` may follow: a success is stored now, and the run ends with the process or `finish`."""
        if self._run is None:
            return
        if status == "failed":
            self._run.finish(status="failed", reason="Lightning: the training failed")
        else:
            self._run.flush()
