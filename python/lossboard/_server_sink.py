"""Where a run goes that is logged to a server: into a journal on this disk, and from there over HTTP by another thread."""

from __future__ import annotations

import threading
from typing import Any, Callable, Dict, List, Optional

from ._errors import LossboardError, warn
from ._http import Server
from ._journal import Journal
from ._schema import VERSION
from ._store import Batch, Record, RunPlan, StoredRun, explain
from ._upload import Uploader, leave
from ._wire import encode_batch

OPEN_WAIT_S = 2.0
# Without the server's answer a resumed run does not know its next step: that is worth waiting for.
RESUME_WAIT_S = 10.0
# A server takes 16 MiB in one request; the rest of a batch needs some of it.
BLOB_MAX = 15 * 2**20
RECORDS_BYTES = 8 * 2**20
NAMES_MAX = 10_000


class ServerSink:
    """Takes the batches of one session. `url` None: into the journal only."""

    def __init__(self, plan: RunPlan, url: Optional[str], offline: bool, token: Optional[str], answered: Callable[[StoredRun], None]) -> None:
        self._plan = plan
        self.url = url
        self._offline = offline or url is None
        self._token = token
        self._answered = answered
        self._journal: Optional[Journal] = None
        self._uploader: Optional[Uploader] = None
        self._sequence = 0
        self._answer: Optional[StoredRun] = None
        self._returned = False
        self._lock = threading.Lock()

    @property
    def where(self) -> str:
        return self.folder if self._offline else str(self.url)

    @property
    def folder(self) -> str:
        return self._journal.folder if self._journal is not None else self._plan.path

    def open(self, environment: Dict[str, Any], late: bool, busy_ms: int) -> StoredRun:
        """Makes the journal, and waits a moment for the server. Raises LossboardError."""
        plan = self._plan
        fork = {"run": plan.fork[0], "step": plan.fork[1]} if plan.fork else None
        body = {
            "writer": plan.writer,
            "id": plan.id,
            "project": plan.project,
            "name": plan.name,
            "group": plan.group,
            "jobType": plan.job_type,
            "tags": plan.tags,
            "notes": plan.notes,
            "config": plan.config,
            "environment": environment,
            "seed": plan.seed,
            "startedAt": plan.started_at,
            "resume": plan.resume,
            "forkFrom": fork,
            "study": plan.study,
            "writerVersion": VERSION,
        }
        try:
            self._journal = Journal.create(plan.journal, {"version": 1, "url": self.url, "run": body})
        except OSError as error:
            raise explain(error, f"{plan.journal}/lossboard-journal") from error
        if not self._offline:
            assert self.url is not None
            uploader = Uploader(Server(self.url, self._token), self._journal, self._hear)
            try:
                uploader.open(OPEN_WAIT_S if plan.resume == "never" else RESUME_WAIT_S)
            except LossboardError:
                self._journal.remove()
                raise
            self._uploader = uploader
            with self._lock:
                self._returned = True
                if self._answer is not None:
                    return self._answer
            if plan.resume != "never":
                warn(f"which step run {plan.id} goes on at is not known without the server: what is logged without a step begins at 0")
        return StoredRun(
            key=0,
            id=plan.id,
            name=plan.name or plan.id,
            number=0,
            attempt=1,
            started_at=plan.started_at,
            config={},
            summary={},
            next_step=plan.fork[1] if plan.fork else 0,
            next_line=0,
            dropped=0,
        )

    def _hear(self, answer: Dict[str, Any]) -> None:
        stored = StoredRun(
            key=0,
            id=str(answer["id"]),
            name=str(answer["name"]),
            number=int(answer["number"]),
            attempt=int(answer["attempt"]),
            started_at=float(answer.get("startedAt") or self._plan.started_at),
            config=dict(answer.get("config") or {}),
            summary=dict(answer.get("summary") or {}),
            next_step=int(answer.get("nextStep") or 0),
            next_line=int(answer.get("nextLine") or 0),
            dropped=0,
        )
        with self._lock:
            self._answer = stored
            late = self._returned
        if late:
            self._answered(stored)

    def flush(self, batch: Batch, patient: bool) -> None:
        """Into the journal: all of it, or a LossboardError and nothing."""
        assert self._journal is not None
        parts = list(_parts(batch))
        try:
            self._journal.append([encode_batch(self._journal.writer, self._sequence + 1 + place, part) for place, part in enumerate(parts)])
        except Exception as error:
            raise explain(error, self._journal.folder) from error
        self._sequence += len(parts)
        if self._uploader is not None:
            self._uploader.appended(self._sequence)

    def wait_stored(self, timeout: float) -> bool:
        """True once the server has everything flushed so far; at once when nothing is to be sent."""
        return True if self._uploader is None else self._uploader.wait_sent(timeout)

    def end(self, timeout: float) -> Optional[str]:
        """Nothing more comes. What to say when not everything could be sent, else None."""
        assert self._journal is not None
        if self._uploader is None:
            self._journal.end()
            return None
        self._uploader.finish()
        if self._uploader.wait_sent(timeout):
            self._uploader.wait_stopped(1.0)
            return None
        self._journal.end()
        leave(self._uploader)
        why = f" ({self._uploader.trouble})" if self._uploader.trouble else ""
        return f"{self._uploader.waiting} batches are not on the server yet{why}: they wait in {self._journal.folder}, send them with `python -m lossboard sync`"

    def release(self) -> None:
        """Nothing is held that a child of this process must not inherit."""


def _parts(batch: Batch) -> "list[Batch]":
    """A batch within the limits of a request. Raises LossboardError for a blob that no request can carry."""
    for record in batch.records:
        if record.blob is not None and len(record.blob) > BLOB_MAX:
            raise LossboardError(
                "invalid_value", f'"{record.name}" has {len(record.blob)} bytes, a server takes at most {BLOB_MAX} in one piece: make it smaller'
            )
    groups: List[List[Record]] = [[]]
    size = 0
    for record in batch.records:
        length = len(record.blob or b"") + 1_000
        if groups[-1] and size + length > RECORDS_BYTES:
            groups.append([])
            size = 0
        groups[-1].append(record)
        size += length
    pieces = [batch.points]
    if len({point[0] for point in batch.points}) > NAMES_MAX:
        pieces = [batch.points[start : start + NAMES_MAX] for start in range(0, len(batch.points), NAMES_MAX)]
    first = Batch(pieces[0], groups[0], batch.rules, {} if len(groups) + len(pieces) > 2 else batch.patch)
    middle = [Batch(piece, [], [], {}) for piece in pieces[1:]] + [Batch([], group, [], {}) for group in groups[1:]]
    if not middle:
        return [first]
    # What ends the run comes last.
    return [first, *middle[:-1], Batch(middle[-1].points, middle[-1].records, [], batch.patch)]
