"""Where a run ran: host, process, Python, packages, git; and the machine's load every ten seconds."""

from __future__ import annotations

import getpass
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import time
from typing import Any, Dict, List, Optional, Tuple

from ._json import plain_object
from ._redact import redact_command, redact_url
from ._schema import VERSION

PACKAGES_MAX = 300
DIFF_MAX = 1_000_000


def host_facts() -> Dict[str, Any]:
    """What is known at once. Never raises."""
    facts: Dict[str, Any] = {
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "command": redact_command(getattr(sys, "orig_argv", None) or [sys.executable or "python", *sys.argv]),
        "python": platform.python_version(),
        "os": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cores": os.cpu_count() or 1,
        "writer": f"lossboard-python {VERSION}",
    }
    started = process_start(os.getpid())
    if started is not None:
        facts["processStartedAt"] = started
    for name, read in (("user", getpass.getuser), ("cwd", os.getcwd), ("cpu", _cpu), ("memoryBytes", _memory)):
        try:
            value: Any = read()
        except Exception:
            continue
        if value:
            facts[name] = value
    return plain_object(facts)


def process_start(pid: int) -> Optional[float]:
    """When a process started, ms since epoch, by the clock a reader compares with; None where /proc does not tell."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            stat = file.read()
        with open("/proc/stat", encoding="utf-8") as file:
            boot = re.search(r"^btime (\d+)$", file.read(), re.M)
        ticks = int(stat[stat.rindex(")") + 2 :].split(" ")[19])
        return int(boot.group(1)) * 1000 + ticks / os.sysconf("SC_CLK_TCK") * 1000 if boot else None
    except Exception:
        return None


def _cpu() -> Optional[str]:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            found = re.search(r"^model name\s*:\s*(.+)$", file.read(), re.M)
        if found:
            return found.group(1).strip()
    except OSError:
        pass
    return platform.processor() or None


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def package_versions() -> Dict[str, str]:
    """Installed distributions, at most 300; those the program has imported come first."""
    from importlib import metadata

    versions: Dict[str, str] = {}
    for found in metadata.distributions():
        try:
            name = found.metadata["Name"]
            if name:
                versions[str(name)] = str(found.version)
        except Exception:
            continue
    loaded = {name.split(".")[0].lower() for name in list(sys.modules)}
    names = sorted(versions, key=lambda name: (name.lower().replace("-", "_") not in loaded, name.lower()))[:PACKAGES_MAX]
    return {name: versions[name] for name in sorted(names, key=str.lower)}


def _git(arguments: List[str]) -> Optional[str]:
    # No locks, no prompts, no pager, and no program that a repository's own configuration names: looking must change and run nothing.
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", "-c", "core.fsmonitor=false", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=10,
            env=environment,
            check=False,
        )
    except Exception:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def git_state() -> Tuple[Optional[Dict[str, Any]], Optional[str]]:
    """Commit, branch, remote without credentials; and the changes not committed. (None, None) outside a repository."""
    commit = _git(["rev-parse", "HEAD"]) if shutil.which("git") else None
    if commit is None:
        return None, None
    branch = _git(["symbolic-ref", "--short", "-q", "HEAD"])
    remote = _git(["config", "--get", "remote.origin.url"])
    status = _git(["status", "--porcelain", "--untracked-files=no"])
    dirty = bool(status and status.strip())
    state: Dict[str, Any] = {"commit": commit.strip(), "dirty": dirty}
    if branch:
        state["branch"] = branch.strip()
    if remote:
        state["remote"] = redact_url(remote.strip())
    diff = _git(["diff", "HEAD", "--no-color", "--no-ext-diff", "--no-textconv"]) if dirty else None
    if diff is not None:
        state["diffTruncated"] = len(diff) > DIFF_MAX
        diff = diff[:DIFF_MAX]
    return state, diff


_UNITS = {
    "cpu": "% of one core",
    "cpu-host": "% of all cores",
    "memory": "MiB",
    "memory-host": "MiB",
    "gpu": "%",
    "gpu-memory": "MiB",
    "gpu-power": "W",
    "gpu-temperature": "\N{DEGREE SIGN}C",
}


def system_unit(name: str) -> Optional[str]:
    return _UNITS.get(re.sub(r"-\d+$", "", name[len("system/") :]))


class SystemSampler:
    """Load of this process and machine, under the names the TypeScript library uses. What the system does not tell is left out."""

    def __init__(self) -> None:
        self._wall = time.monotonic()
        self._cpu = time.process_time()
        self._host = _host_times()
        self._has_gpu = shutil.which("nvidia-smi") is not None

    def sample(self) -> List[Tuple[str, float]]:
        values: List[Tuple[str, float]] = []
        wall, cpu, host = time.monotonic(), time.process_time(), _host_times()
        if wall > self._wall:
            values.append(("system/cpu", (cpu - self._cpu) / (wall - self._wall) * 100))
        if host and self._host and host[1] > self._host[1]:
            values.append(("system/cpu-host", (host[0] - self._host[0]) / (host[1] - self._host[1]) * 100))
        self._wall, self._cpu, self._host = wall, cpu, host
        try:
            with open("/proc/self/statm", encoding="utf-8") as file:
                values.append(("system/memory", int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20))
            with open("/proc/meminfo", encoding="utf-8") as file:
                sizes = dict(re.findall(r"^(\w+):\s+(\d+) kB$", file.read(), re.M))
            values.append(("system/memory-host", (int(sizes["MemTotal"]) - int(sizes["MemFree"])) / 1024))
        except Exception:
            pass
        return values + (self._gpus() if self._has_gpu else [])

    def _gpus(self) -> List[Tuple[str, float]]:
        query = ["nvidia-smi", "--query-gpu=index,utilization.gpu,memory.used,power.draw,temperature.gpu", "--format=csv,noheader,nounits"]
        try:
            done = subprocess.run(query, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=5, check=True)
        except Exception:
            return []
        return parse_gpus(done.stdout.decode("utf-8", "replace"))


def parse_gpus(csv: str) -> List[Tuple[str, float]]:
    values: List[Tuple[str, float]] = []
    for line in csv.strip().splitlines():
        index, *cells = [cell.strip() for cell in line.split(",")]
        suffix = "" if index == "0" else f"-{index}"
        for name, cell in zip(("gpu", "gpu-memory", "gpu-power", "gpu-temperature"), cells):
            try:
                values.append((f"system/{name}{suffix}", float(cell)))
            except ValueError:
                continue
    return values


def _host_times() -> Optional[Tuple[int, int]]:
    try:
        with open("/proc/stat", encoding="utf-8") as file:
            ticks = [int(cell) for cell in file.readline().split()[1:6]]
        return sum(ticks) - ticks[3] - ticks[4], sum(ticks)
    except Exception:
        return None
