"""One run being logged, and what happens to it when the process ends or forks."""

from __future__ import annotations

import atexit
import operator
import os
import signal
import sys
import threading
import time
from types import TracebackType
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple, Type

from ._console import ConsoleTap
from ._errors import describe, warn, warn_once
from ._json import SAFE_INTEGER, as_mapping, plain_object
from ._names import name_problem
from ._session import POINT_BYTES, Session, record_bytes
from ._store import Record, RunPlan, StoredRun, now_ms
from ._upload import wait_unsent
from ._values import Finding, Table, Value, slug

FINISH_WAIT_S = 10.0
EXIT_WAIT_S = 5.0

_NOT_SUPPORTED = (
    "log_artifact use_artifact link_artifact log_code save restore upsert_artifact finish_artifact display to_html "
    "mark_preempting use_model log_model link_model write_logs status pin_config_keys"
).split()


class Fields:
    """Config or summary of a run: keys as attributes or items; every change is stored."""

    def __init__(self, what: str, initial: Mapping[str, Any], store: Callable[[Dict[str, Any]], None]) -> None:
        object.__setattr__(self, "_what", what)
        object.__setattr__(self, "_values", dict(initial))
        object.__setattr__(self, "_store", store)

    def update(self, d: Any = None, allow_val_change: Optional[bool] = None, **values: Any) -> None:
        """Merges key by key (a nested object replaces the old one)."""
        try:
            given = {**as_mapping(d), **values}
        except Exception as error:
            warn_once(f"fields:{self._what}", f"{self._what}.update: {error}. Nothing was changed")
            return
        self._values.update(given)
        self._store(dict(self._values))

    def setdefaults(self, d: Any) -> None:
        self.update({key: value for key, value in as_mapping(d).items() if key not in self._values})

    def setdefault(self, key: str, default: Any = None) -> Any:
        if key not in self._values:
            self.update({key: default})
        return self._values[key]

    def as_dict(self) -> Dict[str, Any]:
        return dict(self._values)

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def keys(self) -> Any:
        return self._values.keys()

    def values(self) -> Any:
        return self._values.values()

    def items(self) -> Any:
        return self._values.items()

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.update({key: value})

    def __getattr__(self, key: str) -> Any:
        try:
            return object.__getattribute__(self, "_values")[key]
        except KeyError:
            raise AttributeError(f"the {object.__getattribute__(self, '_what')} has no {key!r}") from None

    def __setattr__(self, key: str, value: Any) -> None:
        self.update({key: value})

    def __repr__(self) -> str:
        return repr(self._values)


class Run:
    """One run. Made by `init`. After that nothing here raises: what is wrong is said once on stderr."""

    def __init__(self, plan: RunPlan, options: Dict[str, Any], config: Dict[str, Any]) -> None:
        self.id = plan.id
        self.project = plan.project
        self.group = plan.group
        self.job_type = plan.job_type
        self.entity = None
        self.sweep_id = self.sweep_url = self.project_url = None
        self.disabled = bool(options["disabled"])
        self.server: Optional[str] = options.get("url")
        self.offline = bool(options.get("offline"))
        self.store = None if self.disabled or self.offline or self.server else plan.path
        self.dir = os.path.dirname(plan.path)
        self.settings: Any = options.get("settings")
        self.first_step = 0
        self._name = plan.name or plan.id
        self._number: Optional[int] = None
        self._notes = plan.notes
        self._tags = tuple(plan.tags or ())
        self._next_step = 0
        self._has_logged = False
        self._lock = threading.RLock()
        self._known: Dict[str, None] = {}
        self._start = plan.started_at / 1000
        self._over: Optional[str] = None
        self._tap: Optional[ConsoleTap] = None
        self._session: Optional[Session] = None
        # Title of an alert -> when it may come again.
        self._alerts: Dict[str, float] = {}
        self.config = Fields("config", config, lambda values: self._patch("config", values))
        self.summary = Fields("summary", {}, lambda values: self._patch("summary", values))
        if self.disabled:
            return
        session = Session(plan, options, self._opened)
        session.start()
        self._session = session
        _live.append(self)
        _install()
        if options["capture_console"]:
            self._tap = ConsoleTap(self._hear)

    def _opened(self, stored: StoredRun) -> None:
        self.id, self._name, self._number = stored.id, stored.name, stored.number or None
        self.first_step = stored.next_step
        with self._lock:
            if not self._has_logged:
                self._next_step = stored.next_step
        for fields, known in ((self.config, stored.config), (self.summary, stored.summary)):
            values = fields._values
            for key, value in known.items():
                values.setdefault(key, value)

    def _hear(self, stream: str, text: str, wall: int) -> None:
        session = self._session
        if session is not None and self._over is None:
            session.put((stream, text, wall), 2 * len(text))

    # --- what it is

    @property
    def name(self) -> str:
        """Display name, such as brave-otter-12."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._name = str(value)[:250] or self._name
        self._patch("name", self._name)

    @property
    def number(self) -> Optional[int]:
        """Number within the project; None while the store is not open yet, and when disabled."""
        return self._number

    @property
    def tags(self) -> Tuple[str, ...]:
        return self._tags

    @tags.setter
    def tags(self, value: Any) -> None:
        self._tags = tuple(dict.fromkeys(str(tag) for tag in ([value] if isinstance(value, str) else value)))
        self._patch("tags", list(self._tags))

    @property
    def notes(self) -> Optional[str]:
        return self._notes

    @notes.setter
    def notes(self, value: Optional[str]) -> None:
        self._notes = str(value or "")
        self._patch("notes", self._notes)

    @property
    def step(self) -> int:
        """Step of the next `log` without one."""
        return self._next_step

    @property
    def next_step(self) -> int:
        return self._next_step

    @property
    def url(self) -> Optional[str]:
        """Its page on the server; the store as a file URL where it is logged to one, since nobody serves it yet."""
        if self.server is not None and not self.offline:
            return f"{self.server}/runs/{self.id}"
        return None if self.store is None else "file://" + self.store

    get_url = property(lambda self: lambda: self.url)

    @property
    def path(self) -> str:
        return f"{self.project}/{self.id}"

    @property
    def sync_dir(self) -> str:
        return self.dir

    @property
    def starting_step(self) -> int:
        return self.first_step

    @property
    def start_time(self) -> float:
        return self._start

    @property
    def resumed(self) -> bool:
        return self._session is not None and self._session.run is not None and self._session.run.attempt > 1

    # --- logging

    def log(
        self, data: Mapping[str, Any], step: Optional[int] = None, commit: Optional[bool] = None, sync: Optional[bool] = None
    ) -> None:
        """Logs the values of one step: numbers, booleans, `Histogram`, `Image` and the like, and nested dicts, whose names are joined
        with `/`. NaN and the infinities are data. Without `step`, the step after the highest one logged is taken; `commit=False` leaves
        that step open for the next call. Steps may come in any order.
        """
        if self._session is None or self._over is not None:
            self._say_over()
            return
        wall = int(time.time() * 1000)
        known = self._known
        try:
            for name in data:
                if type(data[name]) is not float or name not in known:
                    break
            else:
                # The common case: floats under known names.
                if type(step) is int or step is None:
                    values = dict(data)
                    if values:
                        self._push(values, step, commit, wall)
                    return
            self._log_any(data, step, commit, wall)
        except Exception as error:
            warn_once(f"log:{type(error).__name__}:{error}", f"log: {error}. Nothing of this call was logged")

    def _push(self, values: Dict[str, float], step: Optional[int], commit: Optional[bool], wall: int) -> int:
        with self._lock:
            at = self._advance(step, commit)
            session = self._session
            if session is not None:
                session.put((at, wall, values), len(values) * POINT_BYTES)
            return at

    def _advance(self, step: Optional[int], commit: Optional[bool]) -> int:
        if step is None:
            at = self._next_step
            if commit is not False:
                self._next_step = at + 1
        else:
            at = step
            if not -SAFE_INTEGER <= at <= SAFE_INTEGER:
                raise ValueError(f"step {at} is too large")
            if at >= self._next_step or not self._has_logged:
                self._next_step = at if commit is False else at + 1
        self._has_logged = True
        return at

    def _log_any(self, data: Any, step: Any, commit: Optional[bool], wall: int, advance: bool = True) -> None:
        if not isinstance(data, Mapping):
            raise TypeError(f'log takes a dict such as {{"train/loss": 0.5}}, got {describe(data)}')
        checked = check_step(step)
        numbers: Dict[str, float] = {}
        records: List[Tuple[str, Value]] = []
        for name, value in data.items():
            self._take(name, value, numbers, records)
        if not numbers and not records:
            return
        session = self._session
        if session is None:
            return
        with self._lock:
            at = self._advance(checked, commit) if advance else (checked if checked is not None else self._next_step)
            if numbers:
                session.put((at, wall, numbers), len(numbers) * POINT_BYTES)
            size = 0
            for name, value in records:
                record = Record(name, value.kind, at, wall, value.payload, value.blob, value.blob_type)
                bytes_ = record_bytes(record)
                size += bytes_
                session.put(record, bytes_)
        if size > 1 << 20:
            session.wake()

    def _take(self, name: Any, value: Any, numbers: Dict[str, float], records: List[Tuple[str, Value]]) -> None:
        if isinstance(value, Mapping):
            for key, item in value.items():
                self._take(f"{name}/{key}", item, numbers, records)
            return
        if isinstance(value, (list, tuple)) and value and all(isinstance(item, Value) for item in value):
            for index, item in enumerate(value):
                self._take(f"{name}/{index}" if len(value) > 1 else name, item, numbers, records)
            return
        if name not in self._known:
            problem = name_problem(name)
            if problem:
                warn_once(f"name:{name!r}", f"{problem}. It was not logged")
                return
        if isinstance(value, Value):
            if isinstance(value, Table) and not value.problem:
                value.freeze()
            if value.problem:
                warn_once(f"value:{name}:{value.problem}", f'"{name}": {value.problem}. It was not logged')
                return
            self._known[name] = None
            records.append((name, value))
            return
        number = to_number(value)
        if number is None:
            advice = 'log text with lossboard.Text("...")' if isinstance(value, str) else "give a number, a Histogram, an Image or a Text"
            if type(value).__name__ != "Unsupported":
                warn_once(f"value:{name}", f'"{name}" is {describe(value)}: {advice}. It was not logged')
            return
        self._known[name] = None
        numbers[name] = number

    def log_aside(self, data: Mapping[str, Any], step: int) -> None:
        """Logs beside the training loop: the step of its next `log` stays what it is."""
        if self._session is None or self._over is not None:
            return
        try:
            self._log_any(data, step, None, now_ms(), advance=False)
        except Exception as error:
            warn_once(f"log:{error}", f"log: {error}")

    def define_metric(
        self,
        name: str,
        step_metric: Any = None,
        step_sync: Optional[bool] = None,
        hidden: Optional[bool] = None,
        summary: Optional[str] = None,
        overwrite: Optional[bool] = None,
        *,
        goal: Optional[str] = None,
        unit: Optional[str] = None,
    ) -> Any:
        """How metrics are read: `step_metric` is the x axis, `goal` "min" or "max" ("minimize" and "maximize" too), `unit` at the axis."""
        problem = name_problem(name.replace("*", "x") if isinstance(name, str) else name)
        axis = getattr(step_metric, "name", step_metric)
        if problem is None and axis is not None:
            problem = name_problem(axis)
        wanted = goal if goal is not None else summary if summary in ("min", "max") else None
        wanted = {"minimize": "min", "maximize": "max"}.get(str(wanted), wanted)
        if problem is None and wanted not in (None, "min", "max"):
            problem = f'goal must be "min" or "max", got {describe(goal)}'
        if problem is None and unit is not None and (not isinstance(unit, str) or len(unit) > 40):
            problem = f"unit must be a text of at most 40 characters, got {describe(unit)}"
        if hidden or summary not in (None, "min", "max", "last", "none", "best", "copy", "first", "mean"):
            what = "hidden=True" if hidden else f"summary={describe(summary)}"
            warn_once(f"define:{what}", f"define_metric({what}) is not supported: a run shows last, min, max and mean of every metric")
        metric = _Metric(str(name))
        if problem:
            warn_once(f"define:{name!r}:{problem}", f"define_metric: {problem}. It was ignored")
            return metric
        if axis is None and wanted is None and unit is None:
            return metric
        if self._session is not None and self._over is None:
            self._session.put(("rule", (name, axis, wanted, unit)), 200)
        return metric

    def alert(self, title: str, text: str = "", level: Any = None, wait_duration: Any = None) -> None:
        """Kept as a record of kind `finding` at the present step; `level` is INFO, WARN or ERROR. Nobody is sent a message. The same title
        is not kept again before `wait_duration` (seconds or a timedelta) is over."""
        pause = float(wait_duration.total_seconds() if hasattr(wait_duration, "total_seconds") else wait_duration or 0)
        now = time.monotonic()
        if now < self._alerts.get(str(title), 0.0):
            return
        self._alerts[str(title)] = now + pause
        word = str(getattr(level, "value", level) or "INFO").upper()
        severity = {"ERROR": "critical", "WARN": "warning", "WARNING": "warning"}.get(word, "info")
        finding = Finding(slug(str(title)), severity, title, text)
        self.log_aside({f"finding/{finding.payload['code']}": finding}, max(0, self._next_step - 1) if self._has_logged else self._next_step)

    def watch(self, *arguments: Any, **options: Any) -> Any:
        """See `lossboard.watch`."""
        from ._watch import watch

        return watch(*arguments, run=self, **options)

    def unwatch(self, models: Any = None) -> None:
        from ._watch import unwatch

        unwatch(models, run=self)

    # --- the end

    def flush(self, timeout: float = 10.0) -> bool:
        """True once everything logged so far is stored, with a server: by it. False when it does not take it in time: it is kept and tried
        again."""
        return True if self._session is None else self._session.flush(timeout)

    def finish(
        self, exit_code: Optional[int] = None, quiet: Optional[bool] = None, *, status: Optional[str] = None, reason: Optional[str] = None
    ) -> bool:
        """Ends the run: `finished`, or `failed` with an exit code other than 0. True once everything is stored."""
        if status not in (None, "finished", "failed", "interrupted"):
            warn_once("finish", f'finish: status must be "finished", "failed" or "interrupted", got {describe(status)}')
            status = None
        if status is None:
            status = "failed" if exit_code else "finished"
        if reason is None and exit_code:
            reason = f"exit code {exit_code}"
        return self._close(status, reason, FINISH_WAIT_S, "it is finished")

    def _close(self, status: str, reason: Optional[str], wait: float, why: str) -> bool:
        session = self._session
        if self._over is None:
            self._over = why
            if self._tap is not None:
                self._tap.close()
            from ._watch import unwatch

            unwatch(None, run=self)
            if session is not None:
                session.finish(status, None if reason is None else " ".join(reason.split())[:1000])
        if self in _live:
            _live.remove(self)
        if session is None:
            return True
        missing = session.wait_ended(wait)
        if missing is not None:
            warn(f"run {self._name}: {missing}")
        return missing is None

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        status, reason = end_of(error)
        self.finish(status=status, reason=reason)

    def _patch(self, column: str, value: Any) -> None:
        if self._session is None:
            return
        if self._over is not None:
            self._say_over()
            return
        self._session.patch({column: plain_object(value) if isinstance(value, dict) else value})

    def _say_over(self) -> None:
        if self._over is not None:
            warn_once(f"over:{self.id}:{self._over}", f"run {self._name}: {self._over}, what is logged now is not kept: call init() for another run")

    def __getattr__(self, name: str) -> Any:
        if name in _NOT_SUPPORTED:
            from ._compat import Unsupported

            return Unsupported(f"run.{name}")
        raise AttributeError(f"a run has no {name!r}")

    def __repr__(self) -> str:
        return f"<lossboard run {self._name} ({self.id}) in {self.project}>"


class _Metric:
    def __init__(self, name: str) -> None:
        self.name = name


def check_step(step: Any) -> Optional[int]:
    if step is None:
        return None
    try:
        return operator.index(step)
    except TypeError:
        number = to_number(step)
        if number is not None and number.is_integer():
            return int(number)
    raise ValueError(f"step must be a whole number, got {describe(step)}: log fractions such as 0.5 epochs as a metric")


def to_number(value: Any) -> Optional[float]:
    """A Python or NumPy number, a boolean, or a tensor of one element; None for anything else."""
    if isinstance(value, (float, int)):
        return float(value)
    if value is None or isinstance(value, (str, bytes, bytearray, complex)):
        return None
    try:
        size = getattr(value, "numel", None)
        count = size() if callable(size) else getattr(value, "size", 1)
        if count != 1:
            return None
        item = getattr(value, "item", None)
        return float(item() if callable(item) else value)
    except Exception:
        return None


def end_of(error: Optional[BaseException]) -> Tuple[str, Optional[str]]:
    """Status and reason of a run that ends with this exception."""
    if error is None:
        return "finished", None
    if isinstance(error, KeyboardInterrupt):
        return "interrupted", "SIGINT"
    if isinstance(error, SystemExit):
        return ("finished", None) if error.code in (None, 0) else ("failed", f"exit code {error.code}")
    text = str(error).strip()
    return "failed", f"{type(error).__name__}: {text}" if text else type(error).__name__


# --- the process

_live: List[Run] = []
_installed_in = 0
_crash: Optional[BaseException] = None


def current() -> Optional[Run]:
    """The newest run that has not ended."""
    return _live[-1] if _live else None


def _install() -> None:
    """Watches over the end of the process, once."""
    global _installed_in
    if _installed_in == os.getpid():
        return
    first = _installed_in == 0
    _installed_in = os.getpid()
    if "multiprocessing" in sys.modules:
        import multiprocessing
        from multiprocessing import util

        if multiprocessing.parent_process() is not None:
            # Such a process ends without the atexit functions of its parent.
            util.Finalize(None, _end_of_process, args=(_bootstrap_frame(),), exitpriority=100)
    if not first:
        return
    atexit.register(_at_exit)
    _wrap_excepthook()
    _wrap_sys_exit()
    try:
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _on_sigterm)
    except ValueError:
        # Only the main thread may: elsewhere SIGTERM ends the process as ever, and the run is shown as crashed.
        pass


def _bootstrap_frame() -> Any:
    """Where `multiprocessing` runs this process's work."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame is not None and not (frame.f_code.co_name == "_bootstrap" and "exitcode" in frame.f_code.co_varnames):
        frame = frame.f_back
    return frame


def _end_of_process(bootstrap: Any) -> None:
    """Up to Python 3.12 what the process raised is being handled when its finalizers run; later only its exit code is known."""
    error = sys.exc_info()[1]
    code = bootstrap.f_locals.get("exitcode") if bootstrap is not None else None
    if error is None and code:
        _end_all("failed", f"exit code {code}")
    else:
        _end_all(*end_of(error))


def _wrap_excepthook() -> None:
    before = sys.excepthook

    def hook(kind: Type[BaseException], error: BaseException, trace: Optional[TracebackType]) -> None:
        global _crash
        _crash = error
        before(kind, error, trace)

    sys.excepthook = hook


def _wrap_sys_exit() -> None:
    before = sys.exit

    def exit_(status: Any = None) -> Any:
        global _crash
        if threading.current_thread() is threading.main_thread():
            _crash = SystemExit(status)
        before(status)

    sys.exit = exit_


def _at_exit() -> None:
    _end_all(*end_of(_crash))


def _end_all(status: str, reason: Optional[str]) -> None:
    until = time.monotonic() + EXIT_WAIT_S
    for run in list(_live):
        if run._session is not None and run._over is None:
            run._session.finish(status, reason)
    for run in list(_live):
        run._close(status, reason, max(0.0, until - time.monotonic()), "the process is ending")
    wait_unsent(max(0.0, until - time.monotonic()))


def _on_sigterm(number: int, frame: Any) -> None:
    _end_all("interrupted", "SIGTERM")
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)


def _before_fork() -> None:
    for run in _live:
        if run._session is not None:
            run._session.before_fork()


def _after_fork_in_parent() -> None:
    for run in _live:
        if run._session is not None:
            run._session.after_fork_in_parent()


def _after_fork_in_child() -> None:
    """The runs are the parent's, and so are the threads that would store what is logged here."""
    global _crash
    _crash = None
    for run in _live:
        run._over = f"it belongs to process {os.getppid()}, and this is a fork of it"
        run._session = None
        if run._tap is not None:
            run._tap.close()
    _live.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork_in_child)


