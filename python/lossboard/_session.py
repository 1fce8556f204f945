"""The thread that stores what one run logs, every 200 ms, whatever the storage does."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional, Set, Tuple, Union

from . import _environment
from ._console import ConsoleLines
from ._errors import LossboardError, warn
from ._server_sink import ServerSink
from ._store import BUSY_MS, Batch, Record, RunPlan, StoredRun, StoreSink, now_ms

TICK_S = 0.2
HEARTBEAT_S = 10.0
SAMPLE_S = 10.0
FIRST_SAMPLE_S = 0.5
FIRST_BUSY_MS = 1_000
TELL_LOCK_S = 5.0
GIT_WAIT_S = 2.0
BATCH_POINTS = 50_000
# About what a waiting point takes in memory.
POINT_BYTES = 200
PENDING_BYTES_MAX = 512 * 1024 * 1024
_PASSING = ("store_busy", "disk_full")
_FOR_GOOD = ("invalid_metric_name", "invalid_value", "invalid_step", "invalid_option", "invalid_argument")

Rule = Tuple[str, Optional[str], Optional[str], Optional[str]]


class Session:
    """Queue in, store out. `put` is the only method for the training thread; `lock` is held while the store is in use."""

    def __init__(self, plan: RunPlan, options: Dict[str, Any], opened: Callable[[StoredRun], None]) -> None:
        self.plan = plan
        self.options = options
        self.lock = threading.RLock()
        # Numbers of one `log` call (step, wall, values); a Record; console text (stream, text, wall); ("rule", rule).
        self.queue: Deque[Any] = deque()
        self.bytes_in = 0
        self.bytes_out = 0
        self.dropped = 0
        self.bytes_max = int(options.get("pending_bytes_max", PENDING_BYTES_MAX))
        self.environment = _environment.host_facts()
        self.run: Optional[StoredRun] = None
        self.ended = threading.Event()
        self._opened = opened
        to_server = options.get("url") is not None or options.get("offline")
        self.sink: Union[StoreSink, ServerSink] = (
            ServerSink(plan, options.get("url"), bool(options.get("offline")), options.get("token"), self._answered) if to_server else StoreSink(plan)
        )
        self._wake = threading.Event()
        self._flushed = threading.Condition()
        self._flush_asked = 0
        self._flush_done = 0
        self._patch: Dict[str, Any] = {}
        self._patch_lock = threading.RLock()
        self._batch: Optional[Batch] = None
        self._batch_bytes = 0
        self._finish: Optional[Tuple[str, Optional[str], int]] = None
        self._closing = False
        self._lines: Optional[ConsoleLines] = None
        self._failing_since: Optional[float] = None
        self._told = False
        self._drop_told = False
        self._dropped_stored = 0
        self._late = False
        self._heartbeat = 0.0
        self._sampler: Optional[_environment.SystemSampler] = None
        self._sample_at = 0.0
        self._sampled = False
        self._system_known: Set[str] = set()
        self._facts: Optional[threading.Thread] = None
        self._thread: Optional[threading.Thread] = None

    # --- training thread

    def start(self) -> None:
        """Opens the store, then starts the thread. Raises LossboardError when the store can never take the run."""
        try:
            self._open(FIRST_BUSY_MS)
        except LossboardError as error:
            if error.code not in _PASSING:
                raise
            warn(f"{error}. Training goes on; everything logged is kept in memory and tried again")
            self._told = True
        self._late = True
        self._thread = threading.Thread(target=self._work, name="lossboard", daemon=True)
        self._thread.start()

    def put(self, entry: Any, size: int) -> None:
        """Takes an entry, or counts it as dropped when memory for what the store does not take is used up."""
        if self.bytes_in - self.bytes_out + size > self.bytes_max:
            self.dropped += len(entry[2]) if type(entry) is tuple and len(entry) == 3 and type(entry[2]) is dict else 1
            return
        self.bytes_in += size
        self.queue.append(entry)

    def patch(self, columns: Dict[str, Any]) -> None:
        with self._patch_lock:
            self._patch.update(columns)

    def wake(self) -> None:
        self._wake.set()

    def flush(self, timeout: float) -> bool:
        """True once everything put before is stored; False when the store does not take it in time."""
        until = time.monotonic() + timeout
        with self._flushed:
            self._flush_asked += 1
            mine = self._flush_asked
            self._wake.set()
            while self._flush_done < mine and not self.ended.is_set():
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._flushed.wait(min(left, 0.5))
            if self._flush_done < mine:
                return False
        return self.sink.wait_stored(max(0.0, until - time.monotonic()))

    def finish(self, status: str, reason: Optional[str]) -> None:
        if self._finish is None:
            self._finish = (status, reason, now_ms())
        self._wake.set()

    def wait_ended(self, timeout: float) -> Optional[str]:
        """What to say when not everything is stored by then; None when it is."""
        until = time.monotonic() + timeout
        if not self.ended.wait(timeout):
            return f"not everything is stored yet (about {(self.bytes_in - self.bytes_out) // POINT_BYTES} points wait)"
        return None if self.run is None else self.sink.end(max(0.0, until - time.monotonic()))

    # --- fork

    def before_fork(self) -> None:
        if self.lock.acquire(timeout=2.0):
            self.sink.release()

    def after_fork_in_parent(self) -> None:
        try:
            self.lock.release()
        except RuntimeError:
            pass

    # --- writing thread

    def _work(self) -> None:
        try:
            while not self.ended.is_set():
                self._wake.wait(TICK_S)
                self._wake.clear()
                with self._flushed:
                    asked = self._flush_asked
                with self.lock:
                    stored = self._turn()
                if stored and not self._closing:
                    with self._flushed:
                        self._flush_done = max(self._flush_done, asked)
                        self._flushed.notify_all()
        except BaseException as error:
            # At the end of the interpreter threads may find their modules gone.
            if not self.ended.is_set():
                warn(f"the logging thread broke: {type(error).__name__}: {error}. What is logged from now on is not stored")
        finally:
            self.ended.set()
            with self._flushed:
                self._flushed.notify_all()

    def _open(self, busy_ms: int) -> None:
        with self.lock:
            self.run = self.sink.open(self.environment, self._late, busy_ms)
            self._lines = ConsoleLines(self.run.next_line)
            self._dropped_stored = self.run.dropped
        self._opened(self.run)
        self._heartbeat = time.monotonic()
        if self.options["system_metrics"]:
            self._sampler = _environment.SystemSampler()
            self._sample_at = time.monotonic() + FIRST_SAMPLE_S
        self._facts = threading.Thread(target=self._learn, name="lossboard-facts", daemon=True)
        self._facts.start()

    def _answered(self, run: StoredRun) -> None:
        """The server's word on a run that began without it."""
        with self.lock:
            self.run = run
            self._opened(run)

    def _learn(self) -> None:
        """Git and packages: slow to read, so beside everything else."""
        try:
            learned: Dict[str, Any] = {}
            diff = None
            if self.options["save_git"]:
                git, diff = _environment.git_state()
                if git:
                    learned["git"] = git
            packages = _environment.package_versions()
            if packages:
                learned["packages"] = packages
            self.environment.update(learned)
            self.patch({"environment": dict(self.environment), **({"git_diff": diff} if diff is not None else {})})
        except Exception:
            # Facts are a courtesy.
            pass

    def _turn(self) -> bool:
        """One round; True when everything put before it is stored."""
        if self.run is None:
            try:
                self._open(BUSY_MS)
            except LossboardError as error:
                if error.code in _PASSING:
                    return False
                warn(f"{error}. Nothing of this run can be stored")
                return self._end()
            warn(f"the store is open again: {self.sink.where}")
            self._told = False
        self._tick()
        while True:
            batch = self._batch or self._next_batch()
            if batch is None:
                if self._closing:
                    self._end()
                return True
            self._batch = batch
            refused = self._store(batch)
            if refused is None or refused.code in _FOR_GOOD:
                if refused is not None:
                    self._store_parts(batch)
                self._forget()
                self._recovered()
            elif refused.code == "not_found":
                warn(str(refused))
                return self._end()
            else:
                self._failing(refused)
                return False

    def _store(self, batch: Batch) -> Optional[LossboardError]:
        try:
            self.sink.flush(batch, self._finish is not None)
            return None
        except LossboardError as error:
            return error

    def _store_parts(self, batch: Batch) -> None:
        """One part can never be stored: the others must not suffer. What is refused is told and counted."""
        parts = [Batch([], [], [], batch.patch), Batch(batch.points, [], [], {}), Batch([], [], batch.rules, {})]
        parts += [Batch([], [record], [], {}) for record in batch.records]
        for part in parts:
            if not any(part):
                continue
            refused = self._store(part)
            if refused is not None:
                self.dropped += len(part.points) + len(part.records)
                warn(f"{len(part.points)} points, {len(part.records)} records cannot be stored: {refused}")

    def _forget(self) -> None:
        self._batch = None
        self.bytes_out += self._batch_bytes
        self._batch_bytes = 0

    def _next_batch(self) -> Optional[Batch]:
        points: List[Tuple[str, int, int, float]] = []
        records: List[Record] = []
        rules: List[Rule] = []
        assert self._lines is not None
        size = 0
        while len(points) < BATCH_POINTS and len(records) < 1_000:
            try:
                entry = self.queue.popleft()
            except IndexError:
                break
            if type(entry) is Record:
                records.append(entry)
                size += record_bytes(entry)
            elif len(entry) == 2:
                rules.append(entry[1])
            elif type(entry[2]) is dict:
                step, wall, values = entry
                points += [(name, step, wall, value) for name, value in values.items()]
                size += len(values) * POINT_BYTES
            else:
                self._lines.push(*entry)
                size += 2 * len(entry[1])
        records += self._lines.take()
        with self._patch_lock:
            patch, self._patch = self._patch, {}
        if self._finish and not self._closing and not self.queue and not points:
            self._closing = True
            status, reason, ended_at = self._finish
            records += self._lines.take_rest(ended_at)
            patch.update(status=status, status_reason=reason, ended_at=ended_at)
        if self.dropped:
            patch["dropped_points"] = self._dropped_stored + self.dropped
            if not self._drop_told:
                self._drop_told = True
                warn(f"run {self.plan.id}: memory for what the store did not take was used up, {self.dropped} points are LOST")
        self._batch_bytes = size
        batch = Batch(points, records, rules, patch)
        return batch if any(batch) else None

    def _tick(self) -> None:
        now = time.monotonic()
        if self._finish is not None:
            if self._facts is not None and not self._closing:
                self._facts.join(GIT_WAIT_S)
                self._facts = None
                if self._sampler is not None and not self._sampled:
                    self._sample()
            return
        if self._sampler is not None and now >= self._sample_at:
            self._sample_at = now + SAMPLE_S
            self._sample()
        if now - self._heartbeat >= HEARTBEAT_S:
            self._heartbeat = now
            # A reader may have taken a suspended machine for a crash: the run says that it lives.
            self.patch({"status": "running", "status_reason": None, "ended_at": None})

    def _sample(self) -> None:
        assert self._sampler is not None and self.run is not None
        self._sampled = True
        wall = now_ms()
        values = dict(self._sampler.sample())
        for name in values:
            if name not in self._system_known:
                self._system_known.add(name)
                self.queue.append(("rule", (name, None, None, _environment.system_unit(name))))
        if values:
            self.put((max(0, round((wall - self.run.started_at) / 1000)), wall, values), len(values) * POINT_BYTES)

    def _failing(self, error: LossboardError) -> None:
        now = time.monotonic()
        if self._failing_since is None:
            self._failing_since = now
        # Being locked out for a moment is normal with several writers; this long is worth a word.
        if self._told or (error.code == "store_busy" and now - self._failing_since < TELL_LOCK_S):
            return
        self._told = True
        warn(f"{error}. Training goes on; everything logged is kept in memory and tried again")

    def _recovered(self) -> None:
        if self._told:
            warn("the store takes data again")
        self._failing_since = None
        self._told = False

    def _end(self) -> bool:
        try:
            self.sink.release()
        except Exception:
            # Everything is committed: nothing is lost with this connection.
            pass
        self.ended.set()
        return True


def record_bytes(record: Record) -> int:
    """About what a record takes in memory."""
    return len(record.blob or b"") + len(str(record.payload)) * 2 + 200
