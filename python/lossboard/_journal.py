"""What a client session has to send, on disk: written before it is sent, kept until the server has it. docs/http.md, "The journal"."""

from __future__ import annotations

import json
import os
import shutil
import socket
import struct
import threading
import time
import zlib
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Set, Tuple

from ._environment import process_start
from ._errors import LossboardError
from ._json import dumps
from ._wire import sequence_of

FOLDER = "lossboard-journal"
_FRAME = struct.Struct("<II")
# A shorter log is not worth a system call per batch.
_SHORTEN_BYTES = 1 << 20
_TOLERANCE_MS = 5_000
# Many times the interval of heartbeats, each of which is a batch.
_SILENT_S = 120.0


def write_whole(path: str, content: bytes) -> None:
    """The file has the old content or the new one, whatever happens in between."""
    unfinished = f"{path}.{os.getpid()}.part"
    with open(unfinished, "wb") as file:
        file.write(content)
    os.replace(unfinished, path)


def frame_head(batch: bytes) -> bytes:
    """Length of the batch, and the checksum of these four bytes."""
    length = struct.pack("<I", len(batch))
    return length + struct.pack("<I", zlib.crc32(length))


class Frame(NamedTuple):
    sequence: int
    batch: bytes
    # Where the next one begins.
    next: int


class Journal:
    """The folder of one session: `open.json`, `batches.log`, `acknowledged`, `kept.log`. Appending and reading may happen in two threads."""

    def __init__(self, folder: str, opening: Mapping[str, Any], acknowledged: int) -> None:
        self.folder = folder
        self.opening = dict(opening)
        self.acknowledged = acknowledged
        self.log = os.path.join(folder, "batches.log")
        self._lock = threading.Lock()
        self._file: Optional[int] = None
        # Where the first frame begins that is not acknowledged, as far as is known, and the frame there once it was read.
        self._from = 0
        self._read: Optional[Frame] = None
        # Places of frames whose bytes were changed on the disk.
        self.damaged: Set[int] = set()

    @classmethod
    def create(cls, root: str, opening: Mapping[str, Any]) -> "Journal":
        """Raises OSError."""
        folder = os.path.join(root, FOLDER, str(opening["run"]["writer"]))
        os.makedirs(folder, exist_ok=True)
        journal = cls(folder, opening, 0)
        journal.write_opening()
        journal._file = os.open(journal.log, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o644)
        return journal

    @classmethod
    def read(cls, folder: str) -> "Journal":
        """A journal that another process left. Raises LossboardError."""
        path = os.path.join(folder, "open.json")
        try:
            with open(path, encoding="utf-8") as file:
                opening = json.load(file)
            version = opening["version"]
            if version == 1:
                writer = opening["run"]["writer"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LossboardError("invalid_argument", f"{path} cannot be read: {type(error).__name__}: {error}") from error
        if version != 1:
            raise LossboardError("invalid_argument", f"{path} is of version {version}, this package knows 1: update it")
        acknowledged = 0
        try:
            with open(os.path.join(folder, "acknowledged"), encoding="ascii") as file:
                acknowledged = int(file.read())
        except FileNotFoundError:
            pass
        except (OSError, ValueError) as error:
            raise LossboardError("invalid_argument", f"{folder}/acknowledged cannot be read: {error}") from error
        journal = cls(folder, opening, acknowledged)
        journal.opening["run"]["writer"] = str(writer)
        return journal

    @property
    def writer(self) -> str:
        return str(self.opening["run"]["writer"])

    def write_opening(self) -> None:
        write_whole(os.path.join(self.folder, "open.json"), dumps(self.opening).encode())

    def append(self, batches: Sequence[bytes]) -> None:
        """All of them, or an OSError and nothing."""
        data = memoryview(b"".join(frame_head(batch) + batch for batch in batches))
        with self._lock:
            assert self._file is not None
            before = os.fstat(self._file).st_size
            try:
                while data:
                    data = data[os.write(self._file, data) :]
            except OSError:
                os.ftruncate(self._file, before)
                raise

    def next_frame(self) -> Optional[Frame]:
        """The first frame that is not acknowledged; None when there is none, or only one that was cut off."""
        with self._lock:
            try:
                with open(self.log, "rb") as file:
                    while True:
                        file.seek(self._from)
                        head = file.read(_FRAME.size)
                        if len(head) < _FRAME.size:
                            return None
                        length, check = _FRAME.unpack(head)
                        if check != zlib.crc32(head[:4]):
                            return None
                        batch = file.read(length)
                        if len(batch) < length:
                            return None
                        following = self._from + _FRAME.size + length
                        if length < 16 or zlib.crc32(batch[:-4]) != struct.unpack("<I", batch[-4:])[0]:
                            # Its sequence is not to be trusted either: the server will miss it, and say so.
                            self.damaged.add(self._from)
                        elif sequence_of(batch) > self.acknowledged:
                            self._read = Frame(sequence_of(batch), batch, following)
                            return self._read
                        self._from = following
            except FileNotFoundError:
                return None

    def acknowledge(self, sequence: int) -> None:
        """The server has everything up to this one."""
        if sequence <= self.acknowledged:
            return
        write_whole(os.path.join(self.folder, "acknowledged"), f"{sequence}\n".encode())
        with self._lock:
            self.acknowledged = sequence
            if self._read is not None and self._read.sequence == sequence:
                self._from = self._read.next
            self._read = None

    def go_back(self, acknowledged: int) -> bool:
        """The server has less than it said: looks for the batch after this one. False when it is no longer in the log."""
        with self._lock:
            self._from = 0
            self.acknowledged = acknowledged
        frame = self.next_frame()
        return frame is not None and frame.sequence == acknowledged + 1

    def shorten(self, at_least: int = _SHORTEN_BYTES) -> None:
        """Empties the log when everything in it is acknowledged and it is worth it. Only for the process that writes it."""
        with self._lock:
            if self._file is None:
                return
            size = os.fstat(self._file).st_size
            if size >= at_least and self._from == size:
                os.ftruncate(self._file, 0)
                self._from = 0

    def keep(self, batch: bytes) -> None:
        """Sets a batch aside that the server will never take."""
        with open(os.path.join(self.folder, "kept.log"), "ab") as file:
            file.write(frame_head(batch) + batch)

    def has_kept(self) -> bool:
        return os.path.exists(os.path.join(self.folder, "kept.log"))

    def rest(self) -> int:
        """Bytes at the end of the log that are no whole frame, once `next_frame` has found no more."""
        try:
            return os.path.getsize(self.log) - self._from
        except OSError:
            return 0

    def end(self) -> None:
        """Its process writes no more, though it may live on: whoever finds the journal may send it."""
        self.close()
        self.opening["ended"] = True
        try:
            self.write_opening()
        except OSError:
            # Then it is left alone while the process lives.
            pass

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def remove(self) -> None:
        """Everything is on the server, or nothing is to be sent."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            os.rmdir(os.path.dirname(self.folder))
        except OSError:
            # Others are in it.
            pass

    def last_written(self) -> int:
        """Time of the last sign of its process, ms since epoch."""
        paths = [os.path.join(self.folder, name) for name in ("batches.log", "acknowledged", "open.json")]
        return int(max((os.path.getmtime(path) for path in paths if os.path.exists(path)), default=0.0) * 1000)

    def writer_lives(self) -> bool:
        """Whether the process that writes it is still there, as far as can be told."""
        if self.opening.get("ended") is True:
            return False
        environment: Dict[str, Any] = self.opening["run"].get("environment") or {}
        pid, host = environment.get("pid"), environment.get("host")
        if host == socket.gethostname() and isinstance(pid, int):
            return _is_alive(pid, environment.get("processStartedAt"))
        # On another machine, of which only the shared disk tells.
        return time.time() - self.last_written() / 1000 < _SILENT_S


def _is_alive(pid: int, started_at: Any) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It is there, but another user's.
        pass
    started = process_start(pid)
    return started is None or not isinstance(started_at, (int, float)) or abs(started - started_at) <= _TOLERANCE_MS


def find_journals(place: str) -> Tuple[List[str], str]:
    """Folders of sessions in a place: one itself, a `lossboard-journal`, or a folder that holds one; and where was looked."""
    if os.path.exists(os.path.join(place, "open.json")):
        return [place], place
    inner = os.path.join(place, FOLDER)
    root = inner if os.path.isdir(inner) else place
    try:
        names = sorted(os.listdir(root))
    except OSError:
        names = []
    return [os.path.join(root, name) for name in names if os.path.exists(os.path.join(root, name, "open.json"))], root
