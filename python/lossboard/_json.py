"""Values as the store's JSON holds them: NaN and the infinities by name, everything else plain. Never raises."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import enum
import json
import math
import os
from typing import Any, Dict, List, Mapping

SAFE_INTEGER = 2**53 - 1
_DEPTH_MAX = 50


def stored_number(value: float) -> Any:
    """A number in JSON: a number, or "NaN", "Infinity", "-Infinity"."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value


def plain(value: Any, depth: int = 0) -> Any:
    """Any value as JSON: what JSON has no word for becomes its text. Whole numbers that float64 cannot hold become text too."""
    if value is None or isinstance(value, (str, bool)):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, enum.Enum):
        return plain(value.value, depth + 1)
    if isinstance(value, int):
        return int(value) if -SAFE_INTEGER <= value <= SAFE_INTEGER else str(int(value))
    if isinstance(value, float):
        return stored_number(float(value))
    if depth > _DEPTH_MAX:
        return "..."
    if isinstance(value, Mapping):
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, argparse.Namespace):
        return plain(vars(value), depth + 1)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), depth + 1) for field in dataclasses.fields(value)}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item, depth + 1) for item in value), key=str)
    if isinstance(value, (list, tuple, range)):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return os.fspath(value) if isinstance(os.fspath(value), str) else str(value)
    to_list = getattr(value, "tolist", None)
    if callable(to_list) and getattr(value, "shape", None) is not None:
        # Arrays and scalars of NumPy, tensors of PyTorch and others.
        try:
            return plain(to_list(), depth + 1)
        except Exception:
            return _text(value)
    return _text(value)


def _text(value: Any) -> str:
    try:
        return str(value)[:10_000]
    except Exception:
        return f"<{type(value).__name__}>"


def as_mapping(value: Any) -> Dict[str, Any]:
    """A config given as a dict, argparse Namespace, dataclass, or object with `to_dict` or attributes."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    if isinstance(value, argparse.Namespace):
        return dict(vars(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    for method in ("to_dict", "as_dict", "_asdict", "items"):
        found = getattr(value, method, None)
        if callable(found):
            return {str(key): item for key, item in dict(found()).items()}
    if hasattr(value, "__dict__") and not isinstance(value, type):
        return {key: item for key, item in vars(value).items() if not key.startswith("_")}
    raise TypeError(f"a config must be a dict, Namespace or dataclass, got {type(value).__name__}")


def dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def plain_object(value: Mapping[str, Any]) -> Dict[str, Any]:
    return {str(key): plain(item) for key, item in value.items()}


def plain_list(value: List[Any]) -> List[Any]:
    return [plain(item) for item in value]
