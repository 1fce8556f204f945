"""Real processes: how they end, fork, and fight over a store."""

import os
import signal
import sqlite3
import time
import unittest

from .store import StoreTest

INIT = "run = lossboard.init(system_metrics=False, save_git=False, capture_console=False)\n"


class Ends(StoreTest):
    def test_a_script_that_ends_without_finish_is_finished(self) -> None:
        self.script(INIT + "for i in range(100): run.log({'loss': float(i)})")
        self.assertEqual(self.one("SELECT status, status_reason FROM runs"), ("finished", None))
        self.assertEqual(self.one("SELECT count(*) FROM points WHERE name = 'loss'"), 100)

    def test_an_exception_makes_it_failed_with_its_message(self) -> None:
        self.script(INIT + "run.log({'loss': 1.0})\nraise ValueError('too warm')", 1)
        self.assertEqual(self.one("SELECT status, status_reason FROM runs"), ("failed", "ValueError: too warm"))

    def test_sys_exit_tells_the_code(self) -> None:
        self.script(INIT + "sys.exit(3)", 3)
        self.assertEqual(self.one("SELECT status, status_reason FROM runs"), ("failed", "exit code 3"))

    def test_the_context_manager_takes_the_status_from_its_block(self) -> None:
        self.script("try:\n  with lossboard.init() as run: raise KeyError('x')\nexcept KeyError: pass")
        self.assertEqual(self.one("SELECT status, status_reason FROM runs"), ("failed", "KeyError: 'x'"))

    def test_signals_store_everything_and_mark_it_interrupted(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.start(INIT + "run.log({'loss': 2.0})\nprint('go', flush=True)\nwhile True: time.sleep(0.01)")
            assert process.stdout
            process.stdout.readline()
            process.send_signal(number)
            process.communicate(timeout=30)
            self.assertNotEqual(process.returncode, 0)
        statuses = self.rows("SELECT status, status_reason FROM runs ORDER BY key")
        self.assertEqual(statuses, [("interrupted", "SIGTERM"), ("interrupted", "SIGINT")])
        self.assertEqual(self.one("SELECT count(*) FROM points WHERE name = 'loss'"), 2)

    def test_kill_9_loses_at_most_what_was_logged_in_the_last_moment(self) -> None:
        code = INIT + "i = 0\nwhile True:\n  run.log({'i': float(i)}); i += 1\n  if i % 20 == 0: print(i, time.time(), flush=True)\n  time.sleep(0.001)"
        process = self.start(code)
        assert process.stdout
        lines = [process.stdout.readline()]
        until = time.time() + 2
        while time.time() < until:
            lines.append(process.stdout.readline())
        process.kill()
        killed = time.time()
        process.communicate()
        stored = self.one("SELECT max(value) FROM points WHERE name = 'i'")
        told = [line.split() for line in lines if line.strip()]
        # What was logged two flush intervals before the kill is there (generous: the machine may be busy).
        due = max(int(count) for count, at in told if float(at) < killed - 1.0)
        self.assertGreaterEqual(stored, due - 1)
        self.assertEqual(self.one("SELECT status FROM runs"), "running")


class Forks(StoreTest):
    def test_a_fork_stores_nothing_twice_and_ends_nothing(self) -> None:
        code = INIT + (
            "for i in range(50): run.log({'a': float(i)})\n"
            "pid = os.fork()\n"
            "run.log({'b': 1.0})\n"
            "if pid == 0: sys.exit(5)\n"
            "os.waitpid(pid, 0)\n"
            "run.log({'c': 1.0})"
        )
        err = self.script(code)
        self.assertEqual(err.count("it belongs to process"), 1, err)
        counts = dict(self.rows("SELECT name, count(*) FROM points GROUP BY name"))
        self.assertEqual(counts, {"a": 50, "b": 1, "c": 1})
        self.assertEqual(self.one("SELECT status FROM runs"), "finished")

    def test_each_process_of_multiprocessing_logs_a_run_of_its_own(self) -> None:
        for method in ("fork", "spawn"):
            program = os.path.join(self.folder, f"{method}_program.py")
            with open(program, "w", encoding="utf-8") as file:
                file.write(
                    "import multiprocessing as mp, sys, lossboard\n"
                    "def work(i):\n"
                    f"  run = lossboard.init(name=f'{method}-{{i}}', system_metrics=False, save_git=False)\n"
                    "  for step in range(200): run.log({'x': float(i)})\n"
                    "  if i == 2: raise RuntimeError('worker 2 broke')\n"
                    "if __name__ == '__main__':\n"
                    f"  mp.set_start_method('{method}')\n"
                    f"  run = lossboard.init(name='{method}-main', system_metrics=False, save_git=False)\n"
                    "  run.log({'x': 9.0})\n"
                    "  all = [mp.Process(target=work, args=(i,)) for i in range(3)]\n"
                    "  [p.start() for p in all]; [p.join() for p in all]\n"
                )
            self.script(f"import runpy; sys.argv = ['{program}']; runpy.run_path('{program}', run_name='__main__')") if method == "fork" else (
                self.script(f"import subprocess; subprocess.run([sys.executable, '{program}'], check=True)")
            )
            runs = dict(self.rows("SELECT name, status FROM runs WHERE name LIKE ?", f"{method}-%"))
            finished = {f"{method}-{i}": "finished" for i in (0, 1, "main")}
            self.assertEqual(runs, {**finished, f"{method}-2": "failed"})
            counts = dict(self.rows("SELECT run, count(*) FROM points WHERE name = 'x' AND run LIKE ? GROUP BY run", f"{method}-%"))
            self.assertEqual(counts, {f"{method}-main": 1, **{f"{method}-{i}": 200 for i in range(3)}})


class Storage(StoreTest):
    def test_a_locked_store_is_waited_for_while_training_goes_on(self) -> None:
        self.script(INIT)
        lock = sqlite3.connect(self.path, isolation_level=None)
        process = self.start(INIT + "print('ready', flush=True)\nfor i in range(1000): run.log({'x': float(i)})\nprint('trained', flush=True)")
        assert process.stdout
        process.stdout.readline()
        lock.execute("BEGIN IMMEDIATE")
        self.assertEqual(process.stdout.readline(), "trained\n")
        time.sleep(0.5)
        lock.execute("ROLLBACK")
        lock.close()
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.one("SELECT count(*) FROM points WHERE name = 'x'"), 1000)

    def test_a_store_locked_at_the_start_takes_the_run_later(self) -> None:
        self.script(INIT)
        lock = sqlite3.connect(self.path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        process = self.start("run = lossboard.init(name='late')\nrun.log({'x': 1.0})\nprint('on', flush=True)\ntime.sleep(1)")
        assert process.stdout
        process.stdout.readline()
        lock.execute("ROLLBACK")
        lock.close()
        _, err = process.communicate(timeout=30)
        self.assertIn("kept in memory", err)
        self.assertEqual(self.one("SELECT value FROM points WHERE run = 'late' AND name = 'x'"), 1.0)

    def test_a_full_disk_is_said_once_and_nothing_is_lost(self) -> None:
        # The largest page count stands for the disk: the same error of SQLite, and it can be lifted.
        code = (
            "from lossboard import _store\n"
            "real = _store.tune\nlimit = [True]\n"
            "def tune(db):\n  real(db)\n  db.execute('PRAGMA max_page_count = %d' % (1 if limit[0] else 1000000))\n"
            + INIT
            + "_store.tune = tune\nrun._session.sink._writer.close()\n"
            "for i in range(20000): run.log({'x': float(i)})\n"
            "time.sleep(1)\nlimit[0] = False\nwith run._session.lock: run._session.sink._writer.close()\n"
        )
        err = self.script(code)
        self.assertEqual(err.count("cannot grow"), 1, err)
        self.assertIn("the store takes data again", err)
        self.assertEqual(self.one("SELECT count(*), max(value) FROM points WHERE name = 'x'"), (20000, 19999.0))

    def test_two_writers_at_once_make_one_store_and_two_runs(self) -> None:
        code = INIT + "for i in range(3000): run.log({'x': float(i), 'y': -1.0})\n"
        both = [self.start(code) for _ in range(3)]
        for process in both:
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, err)
        self.assertEqual([n for (n,) in self.rows("SELECT number FROM runs ORDER BY number")], [1, 2, 3])
        self.assertEqual(self.rows("SELECT DISTINCT count(*) FROM points GROUP BY run_id, name"), [(3000,)])
        self.assertEqual(self.one("PRAGMA integrity_check"), "ok")


if __name__ == "__main__":
    unittest.main()
