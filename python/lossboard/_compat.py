"""What scripts written for wandb call beside logging."""

from __future__ import annotations

import enum
from typing import Any

from ._errors import warn_once


class Unsupported:
    """Stands for something this library does not have: says so at its first use, and takes every call."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *arguments: Any, **options: Any) -> "Unsupported":
        warn_once(f"unsupported:{self._name}", f"{self._name} is not supported: the call does nothing")
        return self

    def __getattr__(self, name: str) -> "Unsupported":
        if name.startswith("__"):
            raise AttributeError(name)
        return Unsupported(f"{self._name}.{name}")

    def __enter__(self) -> "Unsupported":
        return self

    def __exit__(self, *_: Any) -> None:
        return None


class AlertLevel(enum.Enum):
    INFO = "INFO"
    WARN = "WARN"
    ERROR = "ERROR"


class Settings:
    """Takes wandb's settings; none of them changes anything here."""

    def __init__(self, **settings: Any) -> None:
        self.__dict__.update(settings)

    def update(self, *_: Any, **settings: Any) -> None:
        self.__dict__.update(settings)


class CurrentFields:
    """`lossboard.config` and `lossboard.summary`: those of the run under way."""

    def __init__(self, what: str) -> None:
        object.__setattr__(self, "_what", what)

    def _fields(self) -> Any:
        from ._run import Fields, current

        run = current()
        if run is not None:
            return getattr(run, self._what)
        warn_once(f"no-run:{self._what}", f"{self._what}: there is no run under way, call init() first")
        return Fields(self._what, {}, lambda values: None)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._fields(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._fields()[name] = value

    def __getitem__(self, name: str) -> Any:
        return self._fields()[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._fields()[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self._fields()

    def __iter__(self) -> Any:
        return iter(self._fields())
