"""The one error this package raises on purpose, and how it speaks to people."""

from __future__ import annotations

import sys
import threading
from typing import Set


class LossboardError(Exception):
    """An expected failure: `code` is one of docs/errors.md, the message is one line saying what was wrong, where, and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(" ".join(message.split()))
        self.code = code


_told: Set[str] = set()
_told_lock = threading.RLock()


def warn(message: str) -> None:
    """One line on stderr. Never raises: a closed stderr must not end a training."""
    try:
        sys.stderr.write("lossboard: " + " ".join(message.split()) + "\n")
        sys.stderr.flush()
    except Exception:
        pass


def warn_once(key: str, message: str) -> None:
    """The same, the first time only: a loop that is wrong is wrong a million times."""
    with _told_lock:
        if key in _told:
            return
        _told.add(key)
    warn(message)


def describe(value: object) -> str:
    """A value in a message: its type, and itself when it is short."""
    if value is None or isinstance(value, (bool, int, float, str)):
        text = repr(value)
        return text if len(text) <= 60 else text[:57] + "..."
    return "a " + type(value).__name__
