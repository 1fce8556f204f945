"""Command lines and addresses may hold secrets: what looks like one is replaced, as trainer/redact.ts does."""

from __future__ import annotations

import re
import shlex
from typing import List, Sequence

HIDDEN = "***"
_SECRET_WORDS = set("token secret secrets password passwd passphrase pwd apikey auth authorization credential credentials bearer".split())
_SECRET_KEYS = set("api access private session secret".split())
_TEXT_TOKENS = set("eos bos pad unk mask sep cls stop start end".split())
_SHAPE = re.compile(
    r"\b(?:(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|hf_[A-Za-z0-9]{20,}"
    r"|xox[abprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+)"
)
_RANDOM = re.compile(r"(?=.*\d)(?=.*[A-Za-z])(?:[0-9a-fA-F]{40,}|[A-Za-z0-9+_-]{40,}={0,2})\Z")
_NAMED = re.compile(r"(-{0,2}[\w.-]+)=(.*)\Z", re.S)


def redact_command(arguments: Sequence[str]) -> str:
    """A process's arguments as one line for a shell, secrets replaced by ***."""
    shown: List[str] = []
    hide_next = False
    for argument in arguments:
        if hide_next and not argument.startswith("-"):
            shown.append(HIDDEN)
            hide_next = False
            continue
        named = _NAMED.match(argument)
        if named:
            secret = _is_secret_name(named.group(1))
            shown.append(f"{named.group(1)}={HIDDEN if secret else shlex.quote(_redact(named.group(2)))}")
        else:
            shown.append(shlex.quote(_redact(argument)))
        hide_next = bool(re.match(r"-{1,2}\w", argument)) and not named and _is_secret_name(argument)
    return " ".join(shown)


def _is_secret_name(name: str) -> bool:
    words = [word for word in re.split(r"[^a-z0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name).lower()) if word]
    last = words[-1] if words else ""
    before = words[-2] if len(words) > 1 else ""
    if last == "key":
        return before in _SECRET_KEYS
    return last in _SECRET_WORDS and before not in _TEXT_TOKENS


def _redact(value: str) -> str:
    return HIDDEN if _RANDOM.match(value) else _SHAPE.sub(HIDDEN, redact_url(value))


def redact_url(url: str) -> str:
    """An address without user, password and secret parameters."""

    def parameter(match: "re.Match[str]") -> str:
        return f"{match.group(1)}{match.group(2)}={HIDDEN}" if _is_secret_name(match.group(2)) else match.group(0)

    return re.sub(r"([?&;])([^=&;\s]+)=([^&;\s]*)", parameter, re.sub(r"(\w+://)[^/\s@]+@", rf"\1{HIDDEN}@", url))
