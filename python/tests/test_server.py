"""Logging to a server by URL: a real one on this machine, which is away, refuses, forgets and breaks connections."""

import contextlib
import io
import os
import signal
import socket
import threading
import time
from typing import Any, List
from unittest import mock

import lossboard
from lossboard import _errors, _sync, _upload
from lossboard._journal import FOLDER, Journal, find_journals

from .server import Protocol, error, only
from .store import StoreTest

QUIET = {"quiet": True, "system_metrics": False, "save_git": False, "capture_console": False}


class ServerTest(StoreTest):
    def setUp(self) -> None:
        super().setUp()
        _errors._told.clear()
        for name in [name for name in os.environ if name.startswith("LOSSBOARD_")]:
            self.addCleanup(os.environ.__setitem__, name, os.environ.pop(name))
        os.environ["LOSSBOARD_DIR"] = self.folder
        self.addCleanup(os.environ.pop, "LOSSBOARD_DIR")
        self.heard = io.StringIO()
        redirected = contextlib.redirect_stderr(self.heard)
        redirected.__enter__()
        self.addCleanup(redirected.__exit__, None, None, None)
        short = mock.patch.multiple(_upload, FIRST_PAUSE_S=0.02, HELD_PAUSE_S=0.05)
        short.start()
        self.addCleanup(short.stop)

    def init(self, url: str, **options: Any) -> lossboard.Run:
        return lossboard.init(**{"url": url, **QUIET, **options})

    def sync(self, *arguments: str) -> "tuple[int, str]":
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = _sync.main(["sync", *arguments])
        return code, out.getvalue()

    def journals(self) -> List[str]:
        return find_journals(self.folder)[0]


class Sends(ServerTest):
    def test_a_run_arrives_whole_and_its_journal_goes(self) -> None:
        with Protocol() as server:
            run = self.init(server.url, config={"lr": 1}, tags=["t"], token="lb_id_secret")
            for step in range(100):
                run.log({"loss": float(step), "nan": float("nan")})
            run.log({"image": lossboard.Image([[0, 255]])})
            run.define_metric("loss", goal="min")
            run.summary["best"] = 0.5
            self.assertTrue(run.flush())
            self.assertEqual(len(server.points(run.id, "loss")), 100)
            with open(os.path.join(self.journals()[0], "open.json"), encoding="utf-8") as opening:
                self.assertNotIn("secret", opening.read())
            self.assertTrue(run.finish())
            stored = only(server.runs)
            self.assertEqual((stored["status"], stored["config"], stored["summary"], stored["tags"]), ("finished", {"lr": 1}, {"best": 0.5}, ["t"]))
            self.assertEqual((stored["rules"], [len(record["blob"]) for record in stored["records"]]), ([{"pattern": "loss", "goal": "min"}], [68]))
            self.assertEqual(run.url, f"{server.url}/runs/{run.id}")
            self.assertTrue(all(headers["Authorization"] == "Bearer lb_id_secret" for _, _, headers in server.requests))
        self.assertEqual(os.listdir(self.folder), [])
        self.assertEqual(self.heard.getvalue(), "")

    def test_training_starts_without_the_server_and_everything_is_sent_once_it_is_there(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        began = time.monotonic()
        run = self.init(f"http://127.0.0.1:{port}", name="early")
        self.assertLess(time.monotonic() - began, 1.0)
        for step in range(500):
            run.log({"loss": float(step)})
        self.assertFalse(run.flush(0.5))
        with Protocol(port) as server:
            self.assertTrue(run.finish())
            self.assertEqual(server.points(run.id, "loss"), [float(step) for step in range(500)])
        said = self.heard.getvalue()
        self.assertEqual((said.count("does not answer"), said.count("takes data again")), (1, 1), said)
        self.assertEqual(self.journals(), [])

    def test_broken_connections_and_a_busy_server_lose_and_duplicate_nothing(self) -> None:
        with Protocol() as server:
            turns = iter(range(10**9))
            busy = (503, {"error": {"code": "server_busy", "message": "later."}}, {"Retry-After": "0"})
            server.misbehave = lambda method, path, body: ["after", None, "before", None, busy, None][next(turns) % 6]
            run = self.init(server.url)
            for step in range(60):
                run.log({"loss": float(step)})
                if step % 10 == 0:
                    run.flush(0.3)
            self.assertTrue(any(run.finish() or server.points(run.id, "loss")[-1:] == [59.0] for _ in range(20)))
            self.assertEqual(server.points(run.id, "loss"), [float(step) for step in range(60)])

    def test_a_resumed_run_goes_on_at_the_servers_next_step(self) -> None:
        with Protocol() as server:
            first = self.init(server.url, id="r", config={"lr": 1})
            first.log({"loss": 1.0}, step=7)
            first.finish()
            with self.assertRaises(lossboard.LossboardError) as caught:
                self.init(server.url, id="r")
            self.assertEqual(caught.exception.code, "run_exists")
            self.assertEqual(self.journals(), [])
            again = self.init(server.url, id="r", resume="must")
            self.assertEqual((again.next_step, again.resumed, again.config.lr), (8, True, 1))
            again.finish()
            with self.assertRaises(lossboard.LossboardError):
                self.init(server.url, id="other", resume="must")

    def test_a_batch_that_is_refused_is_kept_and_the_others_arrive(self) -> None:
        with Protocol() as server:
            server.misbehave = lambda _, path, body: (*error(413, "too_large", "too large."), {}) if b"\x89PNG" in body else None
            run = self.init(server.url)
            run.log({"loss": 1.0})
            run.flush()
            run.log({"image": lossboard.Image([[0]])})
            run.flush()
            run.log({"loss": 2.0})
            self.assertTrue(run.finish())
            self.assertEqual(server.points(run.id, "loss"), [1.0, 2.0])
            self.assertEqual(only(server.runs)["status"], "finished")
        self.assertIn("refuses a batch: too large.", self.heard.getvalue())
        self.assertTrue(os.path.getsize(os.path.join(self.journals()[0], "kept.log")) > 68)

    def test_what_the_server_lost_is_sent_again_from_the_journal(self) -> None:
        with Protocol() as server:
            run = self.init(server.url)
            for step in range(3):
                run.log({"loss": float(step)})
                run.flush()
            stored, writer = only(server.runs), only(server.writers)  # type: ignore[arg-type]
            stored["points"], writer["last"] = [], 0
            run.log({"loss": 3.0})
            self.assertTrue(run.finish())
            self.assertEqual(server.points(run.id, "loss"), [0.0, 1.0, 2.0, 3.0])


class Refused(ServerTest):
    def test_a_wrong_token_is_said_once_and_a_later_sync_sends(self) -> None:
        with Protocol() as server:
            server.misbehave = lambda *_: (*error(401, "token_unknown", "the store does not know this token."), {})
            run = self.init(server.url, token="lb_wrong")
            for step in range(50):
                run.log({"loss": float(step)})
                time.sleep(0.005)
            self.assertFalse(run.finish())
            said = self.heard.getvalue()
            self.assertEqual(said.count("Training goes on"), 1, said)
            self.assertIn("python -m lossboard sync", said)
            for uploader in _upload._unsent:
                uploader._stopped = True
                uploader._hurry.set()
            _upload._unsent.clear()
            server.misbehave = lambda *_: None
            with mock.patch.object(Journal, "writer_lives", lambda _: False):
                code, out = self.sync(self.folder)
            self.assertEqual(code, 0, out)
            self.assertEqual(len(server.points(run.id, "loss")), 50)

    def test_a_dir_that_is_given_means_that_store(self) -> None:
        os.environ["LOSSBOARD_URL"] = "http://127.0.0.1:1"
        try:
            with lossboard.init(dir=self.path, mode="offline", **{**QUIET, "quiet": False}):
                lossboard.log({"loss": 1.0})
        finally:
            del os.environ["LOSSBOARD_URL"]
        self.assertEqual(self.one("SELECT value FROM points WHERE name = 'loss'"), 1.0)
        self.assertIn("LOSSBOARD_URL is set, but dir is given", self.heard.getvalue())
        with self.assertRaises(lossboard.LossboardError):
            self.init("http://127.0.0.1:1", dir=self.path)

    def test_a_wrong_url_and_a_secret_in_it_are_refused_before_anything_is_trained(self) -> None:
        for url, message in (("somewhere:80", "must be an address"), ("http://me:x@host", "holds a secret"), ("http://h/?token=lb_x", "holds a secret")):
            with self.assertRaises(lossboard.LossboardError) as caught:
                self.init(url)
            self.assertIn(message, str(caught.exception))
            self.assertNotIn("me:x", str(caught.exception))


class Journals(ServerTest):
    def start_offline(self, code: str) -> Any:
        return self.start(
            "run = lossboard.init(name='killed', system_metrics=False, save_git=False, capture_console=False)\n" + code,
            LOSSBOARD_MODE="offline", LOSSBOARD_DIR=self.folder,
        )  # fmt: skip

    def test_a_process_killed_with_9_is_synced_as_far_as_it_came_once_and_again(self) -> None:
        process = self.start_offline("for i in range(3000): run.log({'loss': float(i)})\nrun.flush()\nprint('go', flush=True)\ntime.sleep(60)")
        assert process.stdout
        process.stdout.readline()
        with Protocol() as server:
            self.assertEqual(self.sync(self.folder, "--url", server.url)[0], 0)
            self.assertEqual((len(self.journals()), only(server.runs)["status"]), (1, "running"))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            with open(os.path.join(self.journals()[0], "batches.log"), "ab") as log:
                log.write(b"torn")
            code, out = self.sync(self.folder, "--url", server.url)
            self.assertEqual(code, 0)
            self.assertIn("4 bytes of a batch were cut off", out)
            stored = only(server.runs)
            self.assertEqual((server.points(stored["id"], "loss"), stored["status"]), ([float(i) for i in range(3000)], "crashed"))
            self.assertEqual(self.sync()[0], 0)
        self.assertNotIn(FOLDER, os.listdir(self.folder))

    def test_offline_runs_end_as_they_ended_and_need_a_server_named(self) -> None:
        process = self.start_offline("run.log({'loss': 1.0})\nraise ValueError('too warm')")
        _, err = process.communicate(timeout=30)
        self.assertIn("python -m lossboard sync", err)
        code, out = self.sync(self.folder)
        self.assertEqual((code, "no server is named" in out), (1, True), out)
        with Protocol() as server:
            self.assertEqual(self.sync(self.folder, "--url", server.url)[0], 0)
            stored = only(server.runs)
            self.assertEqual((stored["status"], stored["statusReason"]), ("failed", "ValueError: too warm"))

    def test_a_damaged_batch_is_told_and_the_others_are_sent(self) -> None:
        process = self.start_offline("for i in range(3):\n  run.log({'loss': float(i)})\n  run.flush()\n")
        process.communicate(timeout=30)
        path = os.path.join(self.journals()[0], "batches.log")
        with open(path, "r+b") as log:
            content = log.read()
            at = content.index(b"LBBT", content.index(b"LBBT") + 1) + 60
            log.seek(at)
            log.write(bytes([content[at] ^ 255]))
        with Protocol() as server:
            code, out = self.sync(self.folder, "--url", server.url)
            self.assertEqual(code, 1)
            self.assertIn("1 batches were damaged on the disk", out)
            self.assertEqual(server.points(only(server.runs)["id"], "loss"), [0.0, 2.0])

    def test_a_folder_without_a_journal_is_named(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as err:
            self.assertEqual(_sync.main(["sync", self.folder]), 2)
        self.assertIn("there is no journal in it", err.getvalue())


class Processes(ServerTest):
    def script_to(self, server: Protocol, code: str, exit_code: int = 0) -> str:
        return self.script("import multiprocessing as mp\n" + code, exit_code, LOSSBOARD_URL=server.url, LOSSBOARD_DIR=self.folder)

    def test_a_script_that_ends_without_finish_has_sent_everything(self) -> None:
        with Protocol() as server:
            self.script_to(server, "run = lossboard.init()\nfor i in range(5000): run.log({'loss': float(i)})\nraise KeyError('x')", 1)
            stored = only(server.runs)
            self.assertEqual((len(server.points(stored["id"], "loss")), stored["status"], stored["statusReason"]), (5000, "failed", "KeyError: 'x'"))
        self.assertEqual(self.journals(), [])

    def test_a_fork_sends_nothing_and_its_parent_goes_on(self) -> None:
        code = (
            "run = lossboard.init(name='parent', system_metrics=False, save_git=False)\nrun.log({'a': 1.0})\npid = os.fork()\n"
            "if pid == 0:\n  run.log({'b': 1.0})\n  child = lossboard.init(name='child')\n  child.log({'c': 2.0})\n  child.finish()\n  os._exit(0)\n"
            "os.waitpid(pid, 0)\nrun.log({'a': 2.0})"
        )
        with Protocol() as server:
            self.script_to(server, code)
            parent, child = only(server.runs, "parent"), only(server.runs, "child")
            self.assertEqual((server.points(parent["id"], "a"), server.points(parent["id"], "b"), server.points(child["id"], "c")), ([1.0, 2.0], [], [2.0]))

    def test_sigterm_sends_everything(self) -> None:
        with Protocol() as server:
            process = self.start(
                "run = lossboard.init()\nrun.log({'loss': 2.0})\nprint('go', flush=True)\nwhile True: time.sleep(0.01)",
                LOSSBOARD_URL=server.url, LOSSBOARD_DIR=self.folder,
            )  # fmt: skip
            assert process.stdout
            process.stdout.readline()
            process.terminate()
            process.communicate(timeout=30)
            stored = only(server.runs)
            self.assertEqual((stored["status"], stored["statusReason"], server.points(stored["id"], "loss")), ("interrupted", "SIGTERM", [2.0]))

    def test_a_slow_server_does_not_hold_the_training_up(self) -> None:
        with Protocol() as server:
            release = threading.Event()
            server.misbehave = lambda _, path, body: release.wait(5) and None if path.endswith("batches") else None
            run = self.init(server.url)
            run.log({"loss": 0.0})
            self.assertFalse(run.flush(0.3))
            began = time.monotonic()
            for step in range(10_000):
                run.log({"loss": float(step)})
            self.assertLess(time.monotonic() - began, 3.0)
            release.set()
            self.assertTrue(run.finish())
            self.assertEqual(len(server.points(run.id, "loss")), 10_001)
