"""The open SQLite format of docs/format.md: opening, making and migrating a store, and writing one run of it."""

from __future__ import annotations

import hashlib
import json
import math
import os
import sqlite3
import time
import uuid
from operator import le, lt
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from ._errors import LossboardError, warn
from ._json import dumps
from ._names import make_run_name, random_id
from ._schema import MIGRATIONS, VERSION

BUSY_MS = 20
LAST_BUSY_MS = 500
APPLICATION_ID = 0x4C4F5342
_NEGATIVE_ZERO = b"\x00\x00\x00\x00\x00\x00\x00\x80"
_MAGIC = b"SQLite format 3\x00"
# Each statement gives up the interpreter's lock, and may wait milliseconds to get it back from a busy training loop: few, long ones.
_ROWS_PER_INSERT = 4_000 if sqlite3.sqlite_version_info >= (3, 32, 0) else 140


def now_ms() -> int:
    return int(time.time() * 1000)


def store_path(location: Optional[str]) -> str:
    """File of a location: an existing file or a path ending in `.db` is the store itself, anything else a folder for `lossboard.db`."""
    if not location:
        return os.path.abspath("lossboard.db")
    path = os.path.abspath(os.path.expanduser(location))
    is_file = not os.path.isdir(path) if os.path.exists(path) else path.endswith(".db")
    return path if is_file else os.path.join(path, "lossboard.db")


def explain(error: BaseException, path: str) -> LossboardError:
    """What an error of SQLite or the file system means to a person. `store_busy` and `disk_full` may pass by themselves."""
    if isinstance(error, LossboardError):
        return error
    text = str(error)
    low = text.lower()
    if "locked" in low or "busy" in low:
        return LossboardError("store_busy", f"{path} is locked by another process: nothing was changed, it is tried again")
    full = isinstance(error, OSError) and error.errno in (28, 122, 27)
    if full or "disk is full" in low or "disk i/o" in low:
        return LossboardError("disk_full", f"{path} cannot grow: the disk or your quota is full. Free space and it goes on ({text})")
    if isinstance(error, OSError) or "readonly" in low or "unable to open" in low:
        return LossboardError("store_not_writable", f"{path} cannot be written: check the permissions of the file and its folder ({text})")
    if "malformed" in low or "not a database" in low:
        return LossboardError("store_corrupt", f"{path} is damaged ({text}): nothing was overwritten. Restore it from a backup")
    return LossboardError("invalid_value", f"{path}: {type(error).__name__}: {text}")


def connect(path: str, busy_ms: int) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False, cached_statements=64)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _check_header(path: str) -> None:
    """Before SQLite could write to it: whether the file is SQLite's at all."""
    if os.path.isdir(path):
        raise LossboardError("not_a_store", f"{path} is a folder: give a file ending in .db, or the folder that holds lossboard.db")
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return
    with open(path, "rb") as file:
        if file.read(16) != _MAGIC:
            raise LossboardError("not_a_store", f"{path} is not a Lossboard store. Nothing was changed; give another path")


def _version(db: sqlite3.Connection, path: str) -> int:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    application = int(db.execute("PRAGMA application_id").fetchone()[0])
    tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if application != APPLICATION_ID and tables > 0:
        raise LossboardError("not_a_store", f"{path} is not a Lossboard store. Nothing was changed; give another path")
    if version > len(MIGRATIONS):
        known = f"file version {version}, this package knows up to {len(MIGRATIONS)}"
        raise LossboardError("store_newer", f'{path} was written by a newer Lossboard ({known}): update with "pip install -U lossboard"')
    return version


def _migrate(db: sqlite3.Connection, path: str) -> None:
    if _version(db, path) == len(MIGRATIONS):
        return
    with transaction(db):
        # Another process may have done it while this one waited for the lock.
        version = _version(db, path)
        if any("-- rewrites data" in sql for file in MIGRATIONS[version:] for sql in file) and version > 0:
            raise LossboardError(
                "store_not_writable", f"{path} is of an older version whose data must be rewritten: open it once with `npx lossboard {path}`"
            )
        for statements in MIGRATIONS[version:]:
            for sql in statements:
                db.execute(sql)
        if version == 0:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("INSERT INTO meta (id, store_id, rev, created_at) VALUES (1, ?, 0, ?)", (str(uuid.uuid4()), now_ms()))
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


class transaction:
    """One write transaction. IMMEDIATE takes the write lock first, so that "busy" comes before anything was changed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __enter__(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if kind is None:
                self.db.execute("COMMIT")
                return
        except BaseException:
            self._undo()
            raise
        self._undo()

    def _undo(self) -> None:
        if self.db.in_transaction:
            try:
                self.db.execute("ROLLBACK")
            except sqlite3.Error:
                pass


def open_store(path: str, busy_ms: int) -> sqlite3.Connection:
    """Opens or makes the file and brings its schema up to date. Raises LossboardError."""
    try:
        _check_header(path)
        new = not os.path.exists(path) or os.path.getsize(path) == 0
        os.makedirs(os.path.dirname(path), exist_ok=True)
        db = connect(path, busy_ms)
    except Exception as error:
        raise explain(error, path) from error
    try:
        if new:
            # These hold for the life of the file and must come before its first table.
            db.execute("PRAGMA page_size = 2048")
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        else:
            _version(db, path)
        db.execute("PRAGMA journal_mode = WAL").fetchone()
        _migrate(db, path)
        tune(db)
        return db
    except Exception as error:
        db.close()
        raise explain(error, path) from error


def tune(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA journal_size_limit = 16777216")
    db.execute("PRAGMA mmap_size = 0")


def next_rev(db: sqlite3.Connection) -> int:
    db.execute("UPDATE meta SET rev = rev + 1 WHERE id = 1")
    return int(db.execute("SELECT rev FROM meta WHERE id = 1").fetchone()[0])


class RunPlan(NamedTuple):
    """What `init` was asked for, checked."""

    path: str
    id: str
    id_given: bool
    project: str
    name: Optional[str]
    group: Optional[str]
    job_type: Optional[str]
    tags: Optional[List[str]]
    notes: Optional[str]
    seed: Optional[int]
    config: Dict[str, Any]
    study: Optional[Dict[str, Any]]
    resume: str
    fork: Optional[Tuple[str, int]]
    started_at: int
    # Of a run that is logged to a server: id of this session, and the folder that its journal is put in.
    writer: str = ""
    journal: str = ""


class StoredRun(NamedTuple):
    key: int
    id: str
    name: str
    number: int
    attempt: int
    started_at: float
    config: Dict[str, Any]
    summary: Dict[str, Any]
    next_step: int
    next_line: int
    dropped: int


def find_run(db: sqlite3.Connection, reference: str) -> str:
    """Id of the run meant: id, name or #number, when only one fits."""
    row = db.execute("SELECT id FROM runs WHERE id = ?", (reference,)).fetchone()
    if row:
        return str(row[0])
    digits = reference[1:] if reference.startswith("#") else reference
    number = int(digits) if digits.isdigit() and len(digits) < 16 else -1
    rows = db.execute("SELECT id FROM runs WHERE name = ?", (reference,)).fetchall()
    rows = rows or db.execute("SELECT id FROM runs WHERE number = ?", (number,)).fetchall()
    if len(rows) == 1:
        return str(rows[0][0])
    if rows:
        raise LossboardError("invalid_argument", f'{len(rows)} runs fit "{reference}": give the id, one of {", ".join(r[0] for r in rows[:3])}')
    raise LossboardError("not_found", f'there is no run "{reference}" in this store')


def open_run(db: sqlite3.Connection, plan: RunPlan, environment: Dict[str, Any], late: bool) -> StoredRun:
    """Makes, resumes or forks the run in one transaction. `late`: init has returned, so nobody can be told "no" any more."""
    known = None
    if plan.id_given:
        known = db.execute("SELECT key, name, status FROM runs WHERE id = ?", (plan.id,)).fetchone()
    run_id = plan.id
    problem = None
    if known and plan.resume == "never":
        problem = LossboardError(
            "invalid_option",
            f'run "{plan.id}" exists already ({known[1]}, {known[2]}): set resume="allow" to continue it, or give another id',
        )
    elif not known and plan.resume == "must":
        problem = LossboardError(
            "not_found", f'resume is "must", but {plan.path} has no run "{plan.id}": check the id, or set resume="allow"'
        )
    if problem is not None:
        if not late:
            raise problem
        run_id = f"{plan.id[:57]}-{random_id()[:6]}" if known else plan.id
        warn(f"{problem}. Training has begun, so it is stored as a new run, {run_id}")
        known = None
    with transaction(db):
        rev = next_rev(db)
        stored_environment = {k: v for k, v in environment.items() if k != "_diff"}
        if known:
            _resume(db, plan, known[0], stored_environment, rev)
        else:
            _create(db, plan, run_id, stored_environment, rev)
        row = db.execute(
            "SELECT key, id, name, number, attempt, started_at, config, summary, dropped_points FROM runs WHERE id = ?", (run_id,)
        ).fetchone()
        next_step, next_line = (plan.fork[1] if plan.fork else 0, 0) if not known else _next(db, row[0])
    key, run_id, name, number, attempt, started, config, summary, dropped = row
    return StoredRun(
        key, run_id, name, number, attempt, started, json.loads(config), json.loads(summary), next_step, next_line, dropped
    )


def _create(db: sqlite3.Connection, plan: RunPlan, run_id: str, environment: Dict[str, Any], rev: int) -> None:
    parent = find_run(db, plan.fork[0]) if plan.fork else None
    project = db.execute("SELECT key, last_number FROM projects WHERE name = ?", (plan.project,)).fetchone()
    if project:
        key, number = project[0], project[1] + 1
        db.execute("UPDATE projects SET last_number = ? WHERE key = ?", (number, key))
    else:
        number = 1
        inserted = db.execute("INSERT INTO projects (name, last_number, created_at) VALUES (?, 1, ?)", (plan.project, plan.started_at))
        key = inserted.lastrowid
    columns = {
        "id": run_id,
        "project_key": key,
        "name": plan.name or make_run_name(number),
        "number": number,
        "group_name": plan.group,
        "job_type": plan.job_type,
        "tags": dumps(plan.tags or []),
        "notes": plan.notes or "",
        "status": "running",
        "archived": 0,
        "started_at": plan.started_at,
        "heartbeat_at": plan.started_at,
        "config": dumps(plan.config),
        "summary": "{}",
        "environment": dumps(environment),
        "seed": plan.seed,
        "parent_id": parent,
        "fork_step": plan.fork[1] if plan.fork else None,
        "attempt": 1,
        "dropped_points": 0,
        "writer_version": VERSION,
        "rev": rev,
    }
    marks = ", ".join("?" * len(columns))
    run_key = db.execute(f"INSERT INTO runs ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())).lastrowid
    _attempt(db, int(run_key or 0), 1, plan.started_at)
    if plan.study:
        _place(db, plan.study, run_id, rev)


def _attempt(db: sqlite3.Connection, run_key: int, attempt: int, started_at: int) -> None:
    db.execute(
        "INSERT INTO attempts (run_key, attempt, fork_step, started_at, packed_by_others) VALUES (?, ?, NULL, ?, 0)",
        (run_key, attempt, started_at),
    )


def _place(db: sqlite3.Connection, study: Dict[str, Any], run_id: str, rev: int) -> None:
    """Its place in an ablation study."""
    changed = db.execute("UPDATE studies SET rev = ?, updated_at = ? WHERE id = ?", (rev, now_ms(), study["id"])).rowcount
    if changed == 0:
        raise LossboardError(
            "invalid_argument", f'the run is to be part of study "{study["id"]}", which is not in this store: was the study removed?'
        )
    db.execute(
        "INSERT INTO study_runs (study_id, run_id, variant, seed) VALUES (?, ?, ?, ?)",
        (study["id"], run_id, study["variant"], study.get("seed")),
    )


def _resume(db: sqlite3.Connection, plan: RunPlan, key: int, environment: Dict[str, Any], rev: int) -> None:
    config, attempt = db.execute("SELECT config, attempt FROM runs WHERE key = ?", (key,)).fetchone()
    given = {"name": plan.name, "group_name": plan.group, "job_type": plan.job_type, "notes": plan.notes}
    columns: Dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if plan.tags is not None:
        columns["tags"] = dumps(plan.tags)
    columns.update(
        config=dumps({**json.loads(config), **plan.config}),
        environment=dumps(environment),
        git_diff=None,
        attempt=attempt + 1,
        status="running",
        status_reason=None,
        ended_at=None,
        heartbeat_at=plan.started_at,
        rev=rev,
    )
    update_run(db, key, columns)
    _attempt(db, key, attempt + 1, plan.started_at)


def update_run(db: sqlite3.Connection, key: int, columns: Dict[str, Any]) -> None:
    if columns:
        db.execute(f"UPDATE runs SET {', '.join(f'{name} = ?' for name in columns)} WHERE key = ?", (*columns.values(), key))


def _next(db: sqlite3.Connection, key: int) -> Tuple[int, int]:
    """Where a resumed run goes on: the step after the highest one, and the number of the next console line."""
    own = "name NOT LIKE 'system/%' AND name NOT LIKE 'console/%' AND name <> 'model'"
    step = db.execute(
        f"SELECT max(s) FROM (SELECT max(last_step) AS s FROM series WHERE run_key = ? AND {own} "
        f"UNION ALL SELECT max(step) FROM records WHERE run_key = ? AND {own})",
        (key, key),
    ).fetchone()[0]
    line = db.execute("SELECT max(step) FROM records WHERE run_key = ? AND name LIKE 'console/%'", (key,)).fetchone()[0]
    return (int(step) + 1 if step is not None else 0, int(line) + 1 if line is not None else 0)


class _Figures(NamedTuple):
    """A `series` row: what is known of every point of it."""

    n: int
    non_finite: int
    ordered: bool
    wall_ordered: bool
    first_step: int
    last_step: int
    first_wall: float
    last_wall: float
    last_value: float
    min: float
    max: float
    sum: float
    min_step: Optional[int]
    max_step: Optional[int]
    newest_wall: float

    def cells(self, rev: int) -> Tuple[Any, ...]:
        return (*self[:2], int(self.ordered), int(self.wall_ordered), *self[4:14], rev)


_FIGURES = (
    "n, non_finite, ordered, wall_ordered, first_step, last_step, first_wall, last_wall, last_value, min, max, sum, min_step, max_step, rev"
)


def summarise(steps: Sequence[int], walls: Sequence[float], values: Sequence[float]) -> _Figures:
    """Figures of points in the order they were logged; over finite values only."""
    n = len(steps)
    last_step = max(steps)
    at = n - 1 if steps[-1] == last_step else n - 1 - list(reversed(steps)).index(last_step)
    finite, finite_steps = values, steps
    if not math.isfinite(sum(values)):
        pairs = [(v, s) for v, s in zip(values, steps) if math.isfinite(v)]
        finite, finite_steps = [v for v, _ in pairs], [s for _, s in pairs]
    low = min(finite) if finite else math.nan
    high = max(finite) if finite else math.nan
    return _Figures(
        n=n,
        non_finite=n - len(finite),
        ordered=all(map(lt, steps, steps[1:])),
        wall_ordered=all(map(le, walls, walls[1:])),
        first_step=min(steps),
        last_step=last_step,
        first_wall=walls[0],
        last_wall=walls[at],
        last_value=values[at],
        min=low,
        max=high,
        sum=sum(finite),
        min_step=finite_steps[finite.index(low)] if finite else None,
        max_step=finite_steps[finite.index(high)] if finite else None,
        newest_wall=walls[-1],
    )


def merge(left: Optional[_Figures], right: _Figures) -> _Figures:
    """Figures of `left` followed by `right`. Written so that NaN (no finite value) on either side loses."""
    if left is None:
        return right
    min_left = not right.min < left.min and not math.isnan(left.min)
    max_left = not right.max > left.max and not math.isnan(left.max)
    newest = left if right.last_step < left.last_step else right
    return _Figures(
        n=left.n + right.n,
        non_finite=left.non_finite + right.non_finite,
        ordered=left.ordered and right.ordered and left.last_step < right.first_step,
        wall_ordered=left.wall_ordered and right.wall_ordered and left.newest_wall <= right.first_wall,
        first_step=min(left.first_step, right.first_step),
        last_step=newest.last_step,
        first_wall=left.first_wall,
        last_wall=newest.last_wall,
        last_value=newest.last_value,
        min=left.min if min_left else right.min,
        max=left.max if max_left else right.max,
        sum=left.sum + right.sum,
        min_step=left.min_step if min_left else right.min_step,
        max_step=left.max_step if max_left else right.max_step,
        newest_wall=right.newest_wall,
    )


class Record(NamedTuple):
    """Something logged that is not a number."""

    name: str
    kind: str
    step: int
    wall: int
    payload: Any
    blob: Optional[bytes] = None
    blob_type: Optional[str] = None


class Batch(NamedTuple):
    """What one transaction stores. Points: (series name, step, wall, value) in the order they arrived."""

    points: List[Tuple[str, int, int, float]]
    records: List[Record]
    rules: List[Tuple[str, Optional[str], Optional[str], Optional[str]]]
    patch: Dict[str, Any]


class StoreSink:
    """Where a run goes that is logged to a file. `ServerSink` has the same methods."""

    def __init__(self, plan: RunPlan) -> None:
        self._plan = plan
        self._writer: Optional[RunWriter] = None

    @property
    def where(self) -> str:
        return self._plan.path

    def open(self, environment: Dict[str, Any], late: bool, busy_ms: int) -> StoredRun:
        """Raises LossboardError."""
        db = open_store(self._plan.path, busy_ms)
        try:
            run = open_run(db, self._plan, environment, late)
        except Exception as error:
            raise explain(error, self._plan.path) from error
        finally:
            db.close()
        self._writer = RunWriter(self._plan.path, run)
        return run

    def flush(self, batch: Batch, patient: bool) -> None:
        """All of it, or a LossboardError and nothing."""
        assert self._writer is not None
        self._writer.flush(batch, LAST_BUSY_MS if patient else BUSY_MS)

    def wait_stored(self, timeout: float) -> bool:
        """What was flushed is stored."""
        return True

    def end(self, timeout: float) -> Optional[str]:
        return None

    def release(self) -> None:
        """A child must not inherit SQLite's view of locks it does not hold: no connection is open while the process forks."""
        if self._writer is not None:
            self._writer.close()


class RunWriter:
    """Writes one attempt of one run: rows into `tail`. Whoever serves the store packs them."""

    def __init__(self, path: str, run: StoredRun) -> None:
        self.path = path
        self.run = run
        self.db: Optional[sqlite3.Connection] = None
        self._series: Dict[str, Tuple[int, _Figures]] = {}
        self._seq = 0

    def close(self) -> None:
        if self.db is not None:
            db, self.db = self.db, None
            db.close()

    def flush(self, batch: Batch, busy_ms: int) -> None:
        """One transaction: all of the batch is stored, or nothing and it may come again. Raises LossboardError."""
        try:
            if self.db is None:
                if not os.path.exists(self.path):
                    raise LossboardError("store_not_writable", f"{self.path} is gone")
                self.db = connect(self.path, busy_ms)
                tune(self.db)
            self.db.execute(f"PRAGMA busy_timeout = {busy_ms}")
            with transaction(self.db):
                rev = next_rev(self.db)
                self._touch(rev)
                series = self._write_points(batch.points, rev) if batch.points else {}
                for record in batch.records:
                    self._write_record(record)
                for pattern, step, goal, unit in batch.rules:
                    self.db.execute(
                        "INSERT INTO metric_rules (run_key, pattern, step, goal, unit) VALUES (?, ?, ?, ?, ?) "
                        "ON CONFLICT (run_key, pattern) DO UPDATE SET step = excluded.step, goal = excluded.goal, unit = excluded.unit",
                        (self.run.key, pattern, step, goal, unit),
                    )
                update_run(self.db, self.run.key, {name: _cell(value) for name, value in batch.patch.items()})
            # Only now: a rolled-back transaction must leave no trace here either.
            self._series.update(series)
            self._seq += len(batch.points)
        except Exception as error:
            raise explain(error, self.path) from error

    def _touch(self, rev: int) -> None:
        """Heartbeat. A run that someone took for crashed shows here that it lives."""
        assert self.db is not None
        changed = self.db.execute(
            "UPDATE runs SET rev = ?, heartbeat_at = ?, ended_at = CASE status WHEN 'crashed' THEN NULL ELSE ended_at END, "
            "status_reason = CASE status WHEN 'crashed' THEN NULL ELSE status_reason END, "
            "status = CASE status WHEN 'crashed' THEN 'running' ELSE status END WHERE key = ?",
            (rev, now_ms(), self.run.key),
        ).rowcount
        if changed == 0:
            raise LossboardError("not_found", f"run {self.run.name} was deleted: what is logged from now on is not kept")

    def _write_points(self, points: List[Tuple[str, int, int, float]], rev: int) -> Dict[str, Tuple[int, _Figures]]:
        assert self.db is not None
        columns: Dict[str, Tuple[List[int], List[float], List[float]]] = {}
        for name, step, wall, value in points:
            column = columns.get(name)
            if column is None:
                column = columns[name] = ([], [], [])
            column[0].append(step)
            column[1].append(wall)
            column[2].append(value)
        changed: Dict[str, Tuple[int, _Figures]] = {}
        for name, (steps, walls, values) in columns.items():
            known = self._series.get(name)
            figures = merge(known[1] if known else None, summarise(steps, walls, values))
            if known:
                key = known[0]
                marks = ", ".join("?" * 15)
                self.db.execute(f"UPDATE series SET ({_FIGURES}) = ({marks}) WHERE id = ?", (*figures.cells(rev), key))
            else:
                marks = ", ".join("?" * 18)
                row = (self.run.key, self.run.attempt, name, *figures.cells(rev))
                key = int(self.db.execute(f"INSERT INTO series (run_key, attempt, name, {_FIGURES}) VALUES ({marks})", row).lastrowid or 0)
            changed[name] = (key, figures)
        run_key, attempt, seq = self.run.key, self.run.attempt, self._seq
        for start in range(0, len(points), _ROWS_PER_INSERT):
            part = points[start : start + _ROWS_PER_INSERT]
            cells: List[Any] = []
            for name, step, wall, value in part:
                # NaN becomes NULL on its way in; SQLite would turn -0 into 0, so that is a blob.
                cell: Any = value if value or value != 0 or math.copysign(1.0, value) > 0 else _NEGATIVE_ZERO
                cells += (run_key, attempt, seq, changed[name][0], step, wall, cell)
                seq += 1
            marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(part))
            self.db.execute(f"INSERT INTO tail (run_key, attempt, seq, series_id, step, wall, value) VALUES {marks}", cells)
        return changed

    def _write_record(self, record: Record) -> None:
        assert self.db is not None
        digest = None
        if record.blob is not None:
            digest = hashlib.sha256(record.blob).hexdigest()
            self._write_blob(digest, record.blob)
            self.db.execute(
                "INSERT INTO blobs (hash, type, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (digest, record.blob_type or "application/octet-stream", len(record.blob)),
            )
        self.db.execute(
            "INSERT INTO records (run_key, attempt, name, kind, step, wall, payload, blob_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self.run.key, self.run.attempt, record.name, record.kind, record.step, record.wall, dumps(record.payload), digest),
        )

    def _write_blob(self, digest: str, content: bytes) -> None:
        """While the write lock is held, so that it cannot cross a removal. A crash leaves a whole file or none."""
        folder = os.path.join(f"{self.path}.blobs", digest[:2])
        target = os.path.join(folder, digest)
        if os.path.exists(target):
            return
        os.makedirs(folder, exist_ok=True)
        unfinished = f"{target}.{random_id()}.part"
        try:
            with open(unfinished, "wb") as file:
                file.write(content)
            os.replace(unfinished, target)
        except BaseException:
            try:
                os.unlink(unfinished)
            except OSError:
                pass
            raise


def _cell(value: Any) -> Any:
    return dumps(value) if isinstance(value, (dict, list)) else value
