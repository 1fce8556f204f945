"""What a script prints, kept as records of whole lines, as trainer/worker/console-lines.ts does."""

from __future__ import annotations

import re
import sys
from typing import Any, Callable, Dict, List, Optional

from ._store import Record, now_ms

KEPT_MAX = 5_000_000
_PIECE_MAX = 65_536
_LINE_MAX = 16_384
# What a terminal would overwrite: everything before the last return to column 1 or erase-line of a line.
_OVERWRITTEN = re.compile(r"^[\s\S]*(?:\r(?!\r*$)|\x1b\[[01]?G|\x1b\[2K)")


class _Piece:
    def __init__(self, stream: str, wall: int, step: int, skipped: int) -> None:
        self.stream, self.wall, self.step, self.skipped = stream, wall, step, skipped
        self.lines: List[str] = []
        self.length = 0

    def record(self) -> Record:
        text = "\n".join(self.lines) + "\n" if self.lines else ""
        payload = {"stream": self.stream, "text": text, "skippedLines": self.skipped}
        return Record(f"console/{self.stream}", "console", self.step, self.wall, payload)


class ConsoleLines:
    """Turns raw writes into records, in the order the lines were finished. Used by the writing thread only."""

    def __init__(self, first_line: int) -> None:
        self._open: Dict[str, str] = {"stdout": "", "stderr": ""}
        self._pieces: List[_Piece] = []
        self._kept = 0
        self._skipped = 0
        self._line = first_line

    def push(self, stream: str, text: str, wall: int) -> None:
        *lines, rest = (self._open[stream] + text).split("\n")
        for line in lines:
            self._add(stream, line, wall)
        if len(rest) > 256:
            rest = _OVERWRITTEN.sub("", rest)
        if len(rest) > _LINE_MAX:
            self._add(stream, rest, wall)
            rest = ""
        self._open[stream] = rest

    def _add(self, stream: str, raw: str, wall: int) -> None:
        line = _OVERWRITTEN.sub("", raw).rstrip("\r")
        step = self._line
        self._line += 1
        if self._kept + len(line) + 1 > KEPT_MAX:
            self._skipped += 1
            return
        self._kept += len(line) + 1
        piece = self._pieces[-1] if self._pieces else None
        if piece is None or piece.stream != stream or piece.length > _PIECE_MAX or self._skipped > 0:
            piece = _Piece(stream, wall, step, self._skipped)
            self._skipped = 0
            self._pieces.append(piece)
        piece.lines.append(line)
        piece.length += len(line) + 1

    def take(self) -> List[Record]:
        pieces, self._pieces = self._pieces, []
        return [piece.record() for piece in pieces]

    def take_rest(self, wall: int) -> List[Record]:
        for stream in ("stdout", "stderr"):
            if self._open[stream]:
                self._add(stream, self._open[stream], wall)
                self._open[stream] = ""
        records = self.take()
        if self._skipped > 0:
            records.append(_Piece("stderr", wall, self._line, self._skipped).record())
            self._skipped = 0
        return records


class ConsoleTap:
    """Hears what is written to sys.stdout and sys.stderr of this process, until `close`."""

    def __init__(self, hear: Callable[[str, str, int], None]) -> None:
        self._undo: List[Callable[[], None]] = []
        self._hear: Optional[Callable[[str, str, int], None]] = hear
        for name in ("stdout", "stderr"):
            try:
                self._tap(name, getattr(sys, name))
            except Exception:
                # A stream that cannot be listened to is left as it is.
                continue

    def _tap(self, name: str, stream: Any) -> None:
        if stream is None:
            return
        target: Any = stream
        original = target.write
        own = "write" not in getattr(target, "__dict__", {})

        def write(text: Any) -> Any:
            result = original(text)
            hear = self._hear
            if hear is not None and isinstance(text, str):
                hear(name, text, now_ms())
            return result

        target.write = write

        def undo() -> None:
            # Someone may have wrapped ours since: then theirs stays, and ours passes calls on.
            if target.__dict__.get("write") is write:
                if own:
                    del target.write
                else:
                    target.write = original

        self._undo.append(undo)

    def close(self) -> None:
        self._hear = None
        for undo in self._undo:
            try:
                undo()
            except Exception:
                continue
        self._undo = []
