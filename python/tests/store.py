"""Stores of the tests, and programs run as processes of their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from typing import Any, List, Optional

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PREAMBLE = "import os, sys, time, threading, signal\nimport lossboard\n"


class StoreTest(unittest.TestCase):
    """A test with a folder and a store of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "lossboard.db")

    def environment(self, **more: str) -> "dict[str, str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LOSSBOARD_")}
        return {**kept, "PYTHONPATH": ROOT, "LOSSBOARD_DIR": self.path, **more}

    def start(self, code: str, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", PREAMBLE + code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment(**more),
            cwd=self.folder,
        )

    def script(self, code: str, exit_code: Optional[int] = 0, **more: str) -> str:
        """Runs a program to its end; returns what it wrote to stderr."""
        process = self.start(code, **more)
        out, err = process.communicate(timeout=60)
        if exit_code is not None:
            self.assertEqual(process.returncode, exit_code, err + out)
        return err

    def rows(self, sql: str, *cells: Any) -> List[Any]:
        db = sqlite3.connect(self.path)
        try:
            return db.execute(sql, cells).fetchall()
        finally:
            db.close()

    def one(self, sql: str, *cells: Any) -> Any:
        rows = self.rows(sql, *cells)
        self.assertEqual(len(rows), 1, rows)
        return rows[0][0] if len(rows[0]) == 1 else rows[0]
