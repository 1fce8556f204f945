"""The thread that sends one journal to one server, whatever the network does."""

from __future__ import annotations

import random
import threading
import time
from typing import Any, Callable, Dict, List, Optional

from ._errors import LossboardError, warn
from ._http import Answer, Server, Unreachable
from ._journal import Journal
from ._names import random_id
from ._store import Batch
from ._wire import encode_batch

FIRST_PAUSE_S = 0.5
LAST_PAUSE_S = 10.0
# A server that is away for a moment is normal; this long is worth a word.
TELL_AWAY_S = 5.0
# What a person has to change: a token, an address, the server's store.
HELD_PAUSE_S = 60.0
IDLE_S = 5.0
_AGAIN = (408, 425, 429, 500, 502, 503, 504, 507)
# About the batch itself: it would be refused for ever, and hold up everything after it.
_BATCH = (400, 413, 415, 422)

EMPTY = Batch([], [], [], {})


class Sender:
    """One step at a time: opens the run on the server, then sends batch after batch. Used by one thread at a time."""

    def __init__(self, server: Server, journal: Journal, opened: Callable[[Dict[str, Any]], None]) -> None:
        self.server = server
        self.journal = journal
        self.run_id: Optional[str] = None
        self.points = 0
        self.records = 0
        self.sent = 0
        self.set_aside = 0
        self.missing = 0
        # Why nothing is sent now; and whether that is for a person to change.
        self.trouble: Optional[str] = None
        self.held = False
        self._opened = opened
        self._pause = FIRST_PAUSE_S

    def step(self, may_refuse: bool, timeout: float) -> Optional[float]:
        """Seconds to wait before the next step: 0 when there is more to do, None when everything is sent.

        Raises LossboardError when the run cannot be opened and `may_refuse`: somebody waits for the answer.
        """
        try:
            if self.run_id is None:
                return self._open(may_refuse, timeout)
            frame = self.journal.next_frame()
            if frame is None:
                return None
            answer = self.server.send_batch(self.run_id, frame.batch, timeout)
            return self._took(frame.sequence, frame.batch, answer, timeout)
        except Unreachable as error:
            return self._again(f"{self.server.url} does not answer ({error})", 0.0)

    def _open(self, may_refuse: bool, timeout: float) -> float:
        run = self.journal.opening["run"]
        answer = self.server.post("/runs", run, timeout)
        if answer.code == "":
            self.run_id = str(answer.body["id"])
            last = answer.body.get("lastSequence")
            if isinstance(last, int):
                self.journal.acknowledge(last)
            self._fine()
            self._opened(answer.body)
            return 0.0
        definite = answer.status in (400, 404, 409) and answer.code != "not_lossboard"
        if definite and may_refuse:
            raise LossboardError(answer.code, answer.message)
        if answer.code == "run_exists":
            run["id"] = f"{str(run['id'])[:57]}-{random_id()[:6]}"
            warn(f"{answer.message} Nobody waits for an answer any more, so it is stored as a new run, {run['id']}")
        elif answer.code == "not_found" and run.get("resume") == "must":
            run["resume"] = "allow"
            warn(f"{answer.message} Nobody waits for an answer any more, so it is stored as a new run")
        else:
            return self._refused(answer)
        self.journal.write_opening()
        return 0.0

    def _took(self, sequence: int, batch: bytes, answer: Answer, timeout: float) -> float:
        if answer.code == "":
            self.points += int(answer.body.get("points") or 0)
            self.records += int(answer.body.get("records") or 0)
            self.sent += 1
            self.journal.acknowledge(sequence)
            self._fine()
            return 0.0
        if answer.code == "sequence_gap":
            error = answer.body["error"]
            expected = error.get("expected") if isinstance(error, dict) else None
            if isinstance(expected, int) and expected > sequence:
                self.journal.acknowledge(expected - 1)
                return 0.0
            if isinstance(expected, int) and self.journal.go_back(expected - 1):
                return 0.0
            if isinstance(expected, int):
                why = "was damaged on the disk" if self.journal.damaged else "was confirmed by the server, which no longer has it,"
                self.missing += 1
                if self.missing <= 3:
                    warn(f"batch {expected} {why} and is not in {self.journal.log}: what it held is LOST, the others are sent")
                return self._stand_in(expected, timeout)
            return self._refused(answer)
        if answer.status in _BATCH and answer.code != "not_lossboard":
            self.journal.keep(batch)
            self.set_aside += 1
            warn(f"{self.server.url} refuses a batch: {answer.message} It is kept in {self.journal.folder}/kept.log, the others are sent")
            return self._stand_in(sequence, timeout)
        return self._refused(answer)

    def _stand_in(self, sequence: int, timeout: float) -> float:
        """An empty batch in place of one that cannot be sent."""
        answer = self.server.send_batch(self.run_id or "", encode_batch(self.journal.writer, sequence, EMPTY), timeout)
        if answer.code != "":
            return self._refused(answer)
        self.journal.acknowledge(sequence)
        return 0.0

    def _refused(self, answer: Answer) -> float:
        what = f"{self.server.url} answers {answer.code or answer.status}: {answer.message}"
        if answer.status in _AGAIN:
            return self._again(what, answer.retry_after)
        self.trouble, self.held = what, True
        return HELD_PAUSE_S

    def _again(self, what: str, at_least: float) -> float:
        self.trouble, self.held = what, False
        pause = max(at_least, self._pause * (0.5 + random.SystemRandom().random()))
        self._pause = min(LAST_PAUSE_S, self._pause * 2)
        return pause

    def _fine(self) -> None:
        self.trouble, self.held, self._pause = None, False, FIRST_PAUSE_S


class Uploader:
    """Sends what a session appends to its journal."""

    def __init__(self, server: Server, journal: Journal, opened: Callable[[Dict[str, Any]], None]) -> None:
        self._sender = Sender(server, journal, opened)
        self._journal = journal
        self._appended = 0
        self._changed = threading.Condition()
        # More was appended; or somebody waits, and a pause is cut short.
        self._more = threading.Event()
        self._hurry = threading.Event()
        self._attempts = 0
        self._answered = False
        self._late = False
        self._refusal: Optional[LossboardError] = None
        self._told = False
        self._away_since: Optional[float] = None
        self._finished = False
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="lossboard-upload", daemon=True)

    # --- the session

    def open(self, timeout: float) -> None:
        """Starts, and waits for the server's first word. Raises LossboardError when the server will never take this run."""
        self._thread.start()
        with self._changed:
            self._changed.wait_for(lambda: self._answered or self._attempts > 0 or self._refusal is not None, timeout)
            if self._refusal is not None:
                raise self._refusal
            self._late = True

    def appended(self, sequence: int) -> None:
        self._appended = sequence
        self._more.set()

    @property
    def waiting(self) -> int:
        """Batches that the server has not acknowledged."""
        return self._appended - self._journal.acknowledged

    @property
    def trouble(self) -> Optional[str]:
        return self._sender.trouble

    def wait_sent(self, timeout: float) -> bool:
        """True once everything appended so far is on the server. Gives up early when the server is tried once more and cannot be had."""
        until = time.monotonic() + timeout
        wanted = self._appended
        with self._changed:
            tries = self._attempts
            self._hurry.set()
            while self._journal.acknowledged < wanted:
                left = until - time.monotonic()
                if left <= 0 or self._stopped or (self._sender.trouble is not None and self._attempts > tries):
                    return False
                self._changed.wait(min(left, 0.5))
            return True

    def finish(self) -> None:
        """Nothing more will be appended: once everything is sent the journal is removed and the thread ends."""
        self._finished = True
        self._more.set()
        self._hurry.set()

    def wait_stopped(self, timeout: float) -> bool:
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def abandon(self) -> None:
        """The run was refused before anything was logged."""
        self._stopped = True
        self._finished = True
        self._hurry.set()

    # --- the thread

    def _work(self) -> None:
        try:
            while not self._stopped:
                pause = self._step()
                if pause is None:
                    if self._finished and self._journal.acknowledged >= self._appended:
                        break
                    self._more.wait(IDLE_S)
                    self._more.clear()
                elif pause > 0:
                    self._hurry.wait(pause)
                    self._hurry.clear()
            if self._finished and not self._stopped and not self._journal.has_kept():
                self._journal.remove()
        except BaseException as error:
            # At the end of the interpreter threads may find their modules gone.
            if not self._finished:
                warn(f"the sending thread broke: {type(error).__name__}: {error}. What is logged is kept in {self._journal.folder}")
        finally:
            self._stopped = True
            self._sender.server.close()
            with self._changed:
                self._changed.notify_all()

    def _step(self) -> Optional[float]:
        sender = self._sender
        try:
            pause = sender.step(not self._late, 2.0 if sender.run_id is None and not self._late else 60.0)
            if pause is None:
                self._journal.shorten()
        except LossboardError as error:
            with self._changed:
                if self._late:
                    # Nobody waited long enough to hear it: the next step finds another way.
                    return 0.0
                self._refusal, self._stopped = error, True
                self._changed.notify_all()
            return 0.0
        except OSError as error:
            # The disk of the journal.
            sender.trouble, pause = f"the journal {self._journal.folder} fails: {error}", 5.0
        self._tell()
        with self._changed:
            self._attempts += 1
            self._answered = self._answered or sender.run_id is not None
            self._changed.notify_all()
        return pause

    def _tell(self) -> None:
        trouble = self._sender.trouble
        now = time.monotonic()
        self._away_since = None if trouble is None else self._away_since or now
        if trouble is not None and not self._told:
            # At the start people still look, and what needs a person does not pass by itself.
            if self._answered and not self._sender.held and now - (self._away_since or now) < TELL_AWAY_S:
                return
            self._told = True
            ask = " It needs a person." if self._sender.held else ""
            warn(f"{trouble}.{ask} Training goes on; everything logged is kept in {self._journal.folder} and sent when it can be")
        elif trouble is None and self._told:
            self._told = False
            warn(f"{self._sender.server.url} takes data again")


_unsent: List[Uploader] = []


def leave(uploader: Uploader) -> None:
    """A run is over before everything was sent: its thread goes on while the process lives."""
    if uploader not in _unsent:
        _unsent.append(uploader)


def wait_unsent(timeout: float) -> None:
    """At the end of the process, once more."""
    until = time.monotonic() + timeout
    while _unsent:
        uploader = _unsent.pop()
        uploader.wait_stopped(0.0) or uploader.wait_sent(max(0.0, until - time.monotonic()))
