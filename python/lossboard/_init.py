"""`init`: options of this library and of wandb, environment variables, and what they make."""

from __future__ import annotations

import difflib
import json
import os
import re
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

from . import _run
from ._errors import LossboardError, describe, warn, warn_once
from ._http import server_url
from ._journal import FOLDER, Journal, find_journals
from ._json import SAFE_INTEGER, as_mapping, plain_object
from ._names import random_id
from ._run import Run
from ._store import RunPlan, now_ms, store_path

_OPTIONS = (
    "project name config group job_type tags notes seed dir url token mode id resume fork_from study capture_console system_metrics save_git "
    "quiet entity reinit settings config_exclude_keys config_include_keys"
).split()
# Keywords of wandb.init that have no meaning here and do no harm.
_IGNORED = set(
    "entity allow_val_change force save_code tensorboard sync_tensorboard monitor_gym settings "
    "anonymous magic resume_from x_stats_sampling_interval".split()
)
# Of these a script may expect something: it is told that it does not happen.
_TOLD = {
    "sync_tensorboard": "event files are not copied: log with lossboard.SummaryWriter",
    "tensorboard": "event files are not copied: log with lossboard.SummaryWriter",
    "monitor_gym": "videos are not kept",
    "resume_from": "a run cannot be rewound: use fork_from",
}
_SWITCH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _env(name: str) -> Optional[str]:
    return os.environ.get(name) or None


def _text(option: str, value: Any, most: int = 250) -> Optional[str]:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise LossboardError("invalid_option", f"{option} must be a text of 1 to {most} characters, got {describe(value)}")
    return value


def init(
    project: Optional[str] = None,
    *,
    name: Optional[str] = None,
    config: Any = None,
    group: Optional[str] = None,
    job_type: Optional[str] = None,
    tags: Optional[Sequence[str]] = None,
    notes: Optional[str] = None,
    seed: Optional[int] = None,
    dir: Union[str, "os.PathLike[str]", None] = None,
    url: Optional[str] = None,
    token: Optional[str] = None,
    mode: Optional[str] = None,
    id: Optional[str] = None,
    resume: Union[bool, str, None] = None,
    fork_from: Union[str, Mapping[str, Any], None] = None,
    study: Optional[Mapping[str, Any]] = None,
    capture_console: bool = True,
    system_metrics: bool = True,
    save_git: bool = True,
    quiet: Optional[bool] = None,
    reinit: Union[bool, str, None] = None,
    config_exclude_keys: Optional[Sequence[str]] = None,
    config_include_keys: Optional[Sequence[str]] = None,
    **others: Any,
) -> Run:
    """Starts a run and returns it. See docs/python.md for every option.

    Raises LossboardError (before anything is trained) for a wrong option and for a store or server that can never take the run. After that
    nothing raises: a locked store, a full disk or a server that is away is said once, and everything is kept and tried again.
    """
    _note_others(others)
    previous = _run.current()
    if previous is not None and reinit is not None:
        if reinit in (False, "return_previous"):
            return previous
        if reinit in (True, "default", "finish_previous"):
            previous.finish()
    mode = mode or _env("LOSSBOARD_MODE") or "online"
    mode = {"dryrun": "offline", "run": "online", "shared": "online"}.get(mode, mode)
    if mode not in ("online", "offline", "disabled"):
        raise LossboardError("invalid_option", f'mode must be "online", "offline" or "disabled", got {describe(mode)}')
    values = _chosen(_config(config), config_include_keys, config_exclude_keys)
    if url is not None and dir is not None:
        raise LossboardError("invalid_option", "url logs to a server and dir to a store in a file: give one of them")
    # A dir that is given means that store, whatever the environment says.
    in_file = dir is not None
    server = None if mode == "disabled" or in_file else url or _env("LOSSBOARD_URL")
    if server is not None:
        server = server_url(server)
    number = _seed(seed, values)
    run_id = id or _env("LOSSBOARD_RUN_ID")
    if run_id is not None and not (isinstance(run_id, str) and re.match(r"[A-Za-z0-9_-]{1,64}\Z", run_id)):
        raise LossboardError("invalid_option", f"id must be 1 to 64 letters, digits, - and _, got {describe(run_id)}")
    how = _resume(resume, run_id)
    fork = _fork(fork_from)
    if how != "never" and fork:
        raise LossboardError("invalid_option", "resume continues a run and fork_from starts a new one: give one of them")
    if quiet is None:
        quiet = _SWITCH.get(_env("LOSSBOARD_QUIET") or "0", False)
    path = store_path(os.fspath(dir) if dir is not None else _env("LOSSBOARD_DIR"))
    plan = RunPlan(
        path=path,
        id=run_id or random_id(),
        id_given=run_id is not None,
        project=_text("project", project or _env("LOSSBOARD_PROJECT") or "default") or "default",
        name=_text("name", name or _env("LOSSBOARD_NAME")),
        group=_text("group", group or _env("LOSSBOARD_GROUP")),
        job_type=_text("job_type", job_type or None),
        tags=_tags(tags),
        notes=notes if notes is not None else _env("LOSSBOARD_NOTES"),
        seed=number,
        config=plain_object(values),
        study=_study(study, number),
        resume=how,
        fork=fork,
        started_at=now_ms(),
        writer=random_id() + random_id(),
        journal=os.path.dirname(path),
    )
    options = {
        "disabled": mode == "disabled",
        "url": server,
        "token": token or _env("LOSSBOARD_TOKEN"),
        "offline": mode == "offline" and not in_file,
        "capture_console": capture_console,
        "system_metrics": system_metrics,
        "save_git": save_git,
        "settings": others.get("settings"),
    }
    run = Run(plan, options, values)
    if mode != "disabled" and not quiet:
        if in_file and _env("LOSSBOARD_URL"):
            warn(f"LOSSBOARD_URL is set, but dir is given: logging to {path}")
        _announce(run)
    return run


def _announce(run: Run) -> None:
    session = run._session
    where = session.sink.where if session is not None else run.dir
    shown = os.path.relpath(where) if where.startswith(os.getcwd() + os.sep) else where
    place = f" (#{run.number})" if run.number is not None else ""
    then = "to send: python -m lossboard sync" if run.offline else f"to watch: {run.url if run.server else f'npx lossboard {shown}'}"
    warn(f"run {run.name}{place} -> {shown} - {then}")
    left = [] if run.server is None or run.offline else [one for one in find_journals(run.dir)[0] if not Journal.read(one).writer_lives()]
    if left:
        warn(f"{len(left)} earlier runs in {os.path.join(run.dir, FOLDER)} are not on the server yet: python -m lossboard sync")


def _note_others(others: Mapping[str, Any]) -> None:
    for key, value in others.items():
        if key in _IGNORED:
            if key in _TOLD and value:
                warn_once(f"init:{key}", f"init({key}=...): {_TOLD[key]}")
            continue
        near = difflib.get_close_matches(key, _OPTIONS, 1)
        hint = f'did you mean "{near[0]}"?' if near else f"the options are {', '.join(_OPTIONS)}"
        warn_once(f"init:{key}", f'init: unknown option "{key}" was ignored: {hint}')


def _chosen(config: Dict[str, Any], include: Optional[Sequence[str]], exclude: Optional[Sequence[str]]) -> Dict[str, Any]:
    """wandb's way to keep keys out of the stored config."""
    kept = config if include is None else {key: value for key, value in config.items() if key in include}
    return {key: value for key, value in kept.items() if key not in (exclude or ())}


def _config(given: Any) -> Dict[str, Any]:
    """The script's config, completed by LOSSBOARD_CONFIG."""
    if isinstance(given, (str, os.PathLike)):
        try:
            with open(given, encoding="utf-8") as file:
                given = json.load(file)
        except (OSError, ValueError) as error:
            raise LossboardError("invalid_option", f"config: {os.fspath(given)!r} is not a readable JSON file: {error}") from error
    try:
        values = as_mapping(given)
    except Exception as error:
        raise LossboardError("invalid_option", str(error)) from error
    text = _env("LOSSBOARD_CONFIG")
    if text is None:
        return values
    try:
        base = json.loads(text)
    except ValueError:
        base = None
    if not isinstance(base, dict):
        raise LossboardError("invalid_option", f"LOSSBOARD_CONFIG must be a JSON object, got {describe(text)}")
    return {**base, **values}


def _seed(given: Any, config: Mapping[str, Any]) -> Optional[int]:
    text = _env("LOSSBOARD_SEED")
    if given is None and text is not None:
        if not re.match(r"-?\d+\Z", text):
            raise LossboardError("invalid_option", f"LOSSBOARD_SEED must be a whole number, got {describe(text)}")
        given = int(text)
    if given is None:
        own = config.get("seed")
        return own if type(own) is int and abs(own) <= SAFE_INTEGER else None
    if isinstance(given, bool) or not isinstance(given, int) or abs(given) > SAFE_INTEGER:
        raise LossboardError("invalid_option", f"seed must be a whole number, got {describe(given)}")
    return given


def _tags(given: Any) -> Optional[List[str]]:
    if given is None:
        text = _env("LOSSBOARD_TAGS")
        return None if text is None else list(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip()))
    listed = [given] if isinstance(given, str) else list(given)
    return list(dict.fromkeys(_text("each tag", tag) or "" for tag in listed))


def _resume(given: Any, run_id: Optional[str]) -> str:
    if given is None:
        text = _env("LOSSBOARD_RESUME")
        given = _SWITCH.get(text, text) if text else None
    how = {None: "never", False: "never", True: "allow", "auto": "allow"}.get(given, given)
    if how not in ("never", "allow", "must"):
        raise LossboardError("invalid_option", f'resume must be "never", "allow", "must", True or False, got {describe(given)}')
    if how != "never" and run_id is None:
        if how == "must":
            raise LossboardError("invalid_option", "resume needs to know which run: give id, or set LOSSBOARD_RUN_ID")
        warn("resume needs to know which run (give id, or set LOSSBOARD_RUN_ID): a new run is started")
        return "never"
    return str(how)


def _fork(given: Any) -> Any:
    if given is None:
        return None
    if isinstance(given, str):
        found = re.match(r"(.+)\?_step=(\d+)\Z", given)
        given = {"run": found.group(1), "step": int(found.group(2))} if found else {"run": given, "step": None}
    run, step = given.get("run"), given.get("step")
    if not isinstance(run, str) or isinstance(step, bool) or not isinstance(step, int):
        raise LossboardError("invalid_option", f'fork_from needs {{"run": "name or id", "step": 1000}}, got {describe(given)}')
    return run, step


def _study(given: Any, seed: Optional[int]) -> Optional[Dict[str, Any]]:
    text = _env("LOSSBOARD_STUDY")
    if given is None and text is not None:
        try:
            given = json.loads(text)
        except ValueError:
            given = text
    if given is None:
        return None
    if not isinstance(given, Mapping) or not isinstance(given.get("id"), str) or not isinstance(given.get("variant"), str):
        raise LossboardError("invalid_option", f"study (LOSSBOARD_STUDY) needs id and variant, got {describe(given)}")
    cell = given.get("seed")
    return {"id": given["id"], "variant": given["variant"], "seed": seed if cell is None else cell}
