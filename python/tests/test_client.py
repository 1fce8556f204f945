"""What is stored, and what is said, in one process."""

import argparse
import contextlib
import dataclasses
import io
import json
import math
import os
import sqlite3
import struct
import unittest
import zlib

import lossboard
from lossboard import _errors
from lossboard._schema import MIGRATIONS
from lossboard._values import encode_png, image_facts

from .store import StoreTest

QUIET = {"quiet": True, "system_metrics": False, "save_git": False, "capture_console": False}


class ClientTest(StoreTest):
    def setUp(self) -> None:
        super().setUp()
        _errors._told.clear()
        for name in [name for name in os.environ if name.startswith("LOSSBOARD_")]:
            self.addCleanup(os.environ.__setitem__, name, os.environ.pop(name))
        self.heard = io.StringIO()
        redirected = contextlib.redirect_stderr(self.heard)
        redirected.__enter__()
        self.addCleanup(redirected.__exit__, None, None, None)

    def init(self, **options):  # type: ignore[no-untyped-def]
        return lossboard.init(**{"dir": self.path, **QUIET, **options})

    def record(self, name: str):  # type: ignore[no-untyped-def]
        return json.loads(self.one("SELECT payload FROM records WHERE name = ?", name))


class Numbers(ClientTest):
    def test_every_bit_of_a_number_is_kept(self) -> None:
        values = [0.1, 1 / 3, 5e-324, -5e-324, 1.7976931348623157e308, math.inf, -math.inf, -0.0, 0.0, 2.0**53 + 2]
        run = self.init()
        for value in values:
            run.log({"x": value, "nan": math.nan})
        run.finish()
        stored = [v for (v,) in self.rows("SELECT value FROM points WHERE name = 'x' ORDER BY seq")]
        self.assertEqual([struct.pack("<d", v) for v in stored], [struct.pack("<d", v) for v in values])
        self.assertEqual(self.one("SELECT count(*), count(value) FROM points WHERE name = 'nan'"), (10, 0))
        figures = self.one("SELECT n, non_finite, ordered, first_step, last_step, min, max, min_step, max_step FROM series WHERE name = 'x'")
        self.assertEqual(figures, (10, 2, 1, 0, 9, -5e-324, 1.7976931348623157e308, 3, 4))

    def test_steps_come_in_any_order_and_commit_leaves_one_open(self) -> None:
        run = self.init()
        run.log({"a": 1}, step=10)
        run.log({"a": 2}, step=3)
        run.log({"a": 3})
        run.log({"b": 1}, commit=False)
        run.log({"c": 1})
        run.finish()
        self.assertEqual(self.rows("SELECT name, step FROM points ORDER BY name, seq"), [("a", 10), ("a", 3), ("a", 11), ("b", 12), ("c", 12)])
        self.assertEqual(self.one("SELECT ordered FROM series WHERE name = 'a'"), 0)

    def test_misuse_is_told_once_and_never_raises(self) -> None:
        run = self.init()
        for _ in range(3):
            run.log({"loss": "0.5", "good": 1.0, "ü": 1})
            run.log({"x": None}, step=0.5)
            run.log([1, 2])  # type: ignore[arg-type]
            run.log({"h": lossboard.Histogram(["x"]), "i": lossboard.Image(b"no image"), "big": 10**400})
            run.define_metric("a", goal="up")
        run.finish()
        run.log({"late": 1})
        said = self.heard.getvalue()
        for once in ('"loss" is \'0.5\'', "u00fc", "step must be a whole number", "log takes a dict", '"h": Histogram', '"i": Image', "goal must be", "what is logged now is not kept"):
            self.assertEqual(said.count(once), 1, (once, said))
        self.assertEqual(self.rows("SELECT DISTINCT name FROM points"), [("good",)])


class Records(ClientTest):
    def test_histograms_count_every_value(self) -> None:
        run = self.init()
        run.log({"h": lossboard.Histogram([0, 1, 1, 2, math.nan, math.inf], num_bins=2), "ready": lossboard.Histogram(np_histogram=([1, 2], [0, 1, 3]))})
        run.finish()
        self.assertEqual(self.record("h"), {"layout": "edges", "edges": [0, 1, 2], "counts": [1, 3], "nonFinite": 2})
        self.assertEqual(self.record("ready"), {"layout": "edges", "edges": [0, 1, 3], "counts": [1, 2], "nonFinite": 0})

    def test_arrays_give_what_lists_give(self) -> None:
        try:
            import numpy
        except ImportError:
            self.skipTest("NumPy is not installed")
        values = [0.1, 0.2, math.nan, -math.inf, 3.0, 2.5, -1.0, 0.2]
        for options in ({}, {"num_bins": 3}, {"range": (0, 1)}, {"edges": [-2, 0.2, 9]}):
            self.assertEqual(lossboard.Histogram(numpy.array(values), **options).payload, lossboard.Histogram(values, **options).payload)
        pixels = [[[0.0, 0.5, 1.5], [math.nan, -1.0, 0.2]], [[0.1, 0.3, 0.7], [0.9, 1.0, 0.0]]]
        self.assertEqual(lossboard.Image(numpy.array(pixels)).blob, lossboard.Image(pixels).blob)
        first = lossboard.Image(numpy.moveaxis(numpy.array(pixels), 2, 0), dataformats="CHW").blob
        self.assertEqual(first, lossboard.Image(pixels).blob)

    def test_pixels_become_a_png_that_decodes_to_them(self) -> None:
        png = encode_png(2, 2, 3, bytes(range(12)))
        self.assertEqual(image_facts(png), ("image/png", 2, 2))
        at = png.index(b"IDAT")
        size = struct.unpack(">I", png[at - 4 : at])[0]
        raw = zlib.decompress(png[at + 4 : at + 4 + size])
        self.assertEqual(raw, b"\x00" + bytes(range(6)) + b"\x00" + bytes(range(6, 12)))
        run = self.init()
        run.log({"i": lossboard.Image([[0.0, 1.0], [0.5, math.nan]], caption="c")})
        run.finish()
        payload = self.record("i")
        self.assertEqual((payload["width"], payload["height"], payload["caption"]), (2, 2, "c"))
        path = os.path.join(f"{self.path}.blobs", payload["hash"][:2], payload["hash"])
        self.assertEqual(os.path.getsize(path), payload["bytes"])

    def test_tables_and_alerts_are_records_every_version_reads(self) -> None:
        run = self.init()
        table = lossboard.Table(columns=["a", "b"], data=[[1, "x"], [math.nan, None]])
        run.log({"t": table})
        table.add_data(3, "later")
        run.alert("Loss is NaN!", "look at it", level="ERROR")
        run.finish()
        self.assertEqual(self.record("t"), {"data": {"columns": ["a", "b"], "data": [[1, "x"], ["NaN", None]], "rows": 2, "rowsLeftOut": 0}})
        finding = self.record("finding/loss-is-nan")
        self.assertEqual((finding["severity"], finding["title"], finding["detail"]), ("critical", "Loss is NaN!", "look at it"))

    def test_what_is_printed_is_kept_as_a_terminal_shows_it(self) -> None:
        self.script("run = lossboard.init(system_metrics=False)\nprint('one')\nfor i in range(9): sys.stdout.write(f'\\r{i} %')\nprint('\\nend')")
        self.assertEqual(self.record("console/stdout")["text"], "one\n8 %\nend\n")


class Runs(ClientTest):
    def test_config_from_a_namespace_a_dataclass_and_a_dict(self) -> None:
        @dataclasses.dataclass
        class Settings:
            lr: float = math.inf
            layers: tuple = (1, 2)

        for given, stored in ((argparse.Namespace(lr=1), {"lr": 1}), (Settings(), {"lr": "Infinity", "layers": [1, 2]}), ({"a": {"b": 2**60}}, {"a": {"b": str(2**60)}})):
            run = self.init(config=given)
            run.finish()
            self.assertEqual(json.loads(self.one("SELECT config FROM runs WHERE id = ?", run.id)), stored)

    def test_resume_is_an_attempt_that_goes_on_at_the_next_step(self) -> None:
        first = self.init(id="r", config={"lr": 1})
        first.log({"x": 1.0}, step=7)
        first.finish()
        with self.assertRaises(lossboard.LossboardError) as caught:
            self.init(id="r")
        self.assertEqual(caught.exception.code, "invalid_option")
        again = self.init(id="r", resume="must", config={"batch": 2})
        self.assertEqual((again.next_step, again.config.lr, again.resumed), (8, 1, True))
        again.log({"x": 2.0})
        again.finish()
        self.assertEqual(self.rows("SELECT attempt, step, value FROM points ORDER BY attempt"), [(1, 7, 1.0), (2, 8, 2.0)])
        with self.assertRaises(lossboard.LossboardError):
            self.init(id="none", resume="must")

    def test_a_fork_names_its_parent(self) -> None:
        parent = self.init(name="teacher")
        parent.finish()
        child = self.init(fork_from={"run": "teacher", "step": 5})
        self.assertEqual(child.next_step, 5)
        child.finish()
        self.assertEqual(self.one("SELECT parent_id, fork_step, number FROM runs WHERE id = ?", child.id), (parent.id, 5, 2))

    def test_the_environment_stands_in_for_options(self) -> None:
        os.environ.update(LOSSBOARD_PROJECT="e", LOSSBOARD_TAGS="a, b", LOSSBOARD_CONFIG='{"lr": 1, "depth": 2}', LOSSBOARD_SEED="7", LOSSBOARD_GROUP="g", LOSSBOARD_NAME="n", LOSSBOARD_NOTES="o")
        names = [name for name in os.environ if name.startswith("LOSSBOARD_")]
        try:
            run = self.init(config={"lr": 5})
        finally:
            for name in names:
                del os.environ[name]
        run.finish()
        row = self.one("SELECT projects.name, tags, config, seed, group_name, runs.name, notes FROM runs JOIN projects ON projects.key = project_key")
        self.assertEqual(row, ("e", '["a","b"]', '{"lr":5,"depth":2}', 7, "g", "n", "o"))

    def test_keys_are_kept_out_of_the_config(self) -> None:
        self.init(config={"lr": 1, "secret": 2}, config_exclude_keys=["secret"]).finish()
        self.init(config={"lr": 1, "secret": 2}, config_include_keys=["lr"]).finish()
        self.assertEqual(self.rows("SELECT DISTINCT config FROM runs"), [('{"lr":1}',)])

    def test_disabled_opens_nothing(self) -> None:
        run = self.init(mode="disabled")
        run.log({"x": 1})
        run.finish()
        self.assertFalse(os.path.exists(self.path))

    def test_a_store_of_a_newer_version_and_a_file_that_is_none_are_refused(self) -> None:
        self.init().finish()
        db = sqlite3.connect(self.path)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        db.close()
        with self.assertRaises(lossboard.LossboardError) as caught:
            self.init()
        self.assertEqual(caught.exception.code, "store_newer")
        other = os.path.join(self.folder, "other.db")
        with open(other, "w", encoding="utf-8") as file:
            file.write("not a database at all")
        with self.assertRaises(lossboard.LossboardError) as caught:
            self.init(dir=other)
        self.assertEqual(caught.exception.code, "not_a_store")

    def test_a_store_of_an_older_version_is_brought_up_to_date(self) -> None:
        db = sqlite3.connect(self.path, isolation_level=None)
        for sql in MIGRATIONS[0]:
            db.execute(sql)
        db.execute("PRAGMA application_id = 1280267074")
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO meta VALUES (1, 's', 0, 0)")
        db.close()
        self.init().finish()
        self.assertEqual(self.one("PRAGMA user_version"), len(MIGRATIONS))
        self.assertEqual(self.one("SELECT count(*) FROM studies"), 0)

    def test_no_memory_for_more_is_counted_and_said(self) -> None:
        run = self.init()
        assert run._session
        run._session.bytes_max = 0
        for i in range(5):
            run.log({"x": float(i)})
        run._session.bytes_max = 1 << 20
        run.log({"x": 9.0})
        run.finish()
        self.assertEqual(self.one("SELECT dropped_points FROM runs"), 5)
        self.assertEqual(self.heard.getvalue().count("LOST"), 1)


class Compatible(ClientTest):
    def test_a_wandb_script_runs_with_one_import_changed(self) -> None:
        import lossboard as wandb

        run = wandb.init(
            project="p", entity="me", dir=self.path, name="n", notes="o", tags=["t"], config={"lr": 1}, group="g", job_type="train", mode="online",
            force=False, reinit=True, resume=None, save_code=True, anonymous="never", allow_val_change=True, config_exclude_keys=[],
            settings=wandb.Settings(console="off"),
        )
        wandb.config.update({"epochs": 2}, allow_val_change=True)
        wandb.define_metric("val/*", step_metric="epoch", summary="max")
        wandb.log({"loss": 0.5, "table": wandb.Table(columns=["a"], data=[[1]])})
        wandb.run.summary["best"] = 0.25
        wandb.summary.update({"worst": 1})
        wandb.watch(object())
        wandb.save("x")
        wandb.save("x")
        run.log_artifact(wandb.Artifact("a", "b"))
        for _ in range(3):
            wandb.alert(title="t", text="x", level=wandb.AlertLevel.INFO, wait_duration=60)
        self.assertTrue(issubclass(wandb.errors.CommError, wandb.Error))
        self.assertFalse(hasattr(wandb, "no_such_thing"))
        self.assertEqual((wandb.config.epochs, wandb.config["lr"], wandb.run.name, run.project), (2, 1, "n", "p"))
        wandb.finish()
        self.assertIsNone(wandb.run)
        self.assertEqual(self.one("SELECT config, summary FROM runs"), ('{"lr":1,"epochs":2}', '{"best":0.25,"worst":1}'))
        self.assertEqual(self.one("SELECT pattern, step, goal FROM metric_rules WHERE pattern NOT LIKE 'system/%'"), ("val/*", "epoch", "max"))
        self.assertEqual(self.one("SELECT count(*) FROM records WHERE kind = 'finding'"), 1)
        said = self.heard.getvalue()
        for once in ("save is not supported", "run.log_artifact is not supported", "Artifact is not supported", "watch: expected a torch.nn.Module"):
            self.assertEqual(said.count(once), 1, (once, said))
        self.assertNotIn("unknown option", said)

    def test_summary_writer_stores_what_torchs_would(self) -> None:
        with lossboard.SummaryWriter("runs/first", dir=self.path, **QUIET) as writer:
            writer.add_scalar("Loss (train)", 0.5, 3, walltime=12.5)
            writer.add_scalars("acc", {"a": 1, "b": 2}, 4)
            writer.add_histogram("w", [1, 2, 3], 5, bins=3)
            writer.add_image("i", [[[0, 255]], [[1, 2]], [[3, 4]]], 6)
            writer.add_images("grid", [[[[0]]], [[[255]]]], 6)
            writer.add_text("say", "**hi**", 7)
            writer.add_hparams({"lr": 0.1}, {"hparam/accuracy": 0.9})
            writer.add_pr_curve("pr", [1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 8)
            writer.add_audio("beep", [[0.0, 1.0, -2.0, math.nan]], 9, sample_rate=8000)
            writer.add_histogram_raw("raw", 0.0, 2.0, 3, 3.0, 5.0, [1.0, 2.0], [1, 2], 9)
            writer.add_pr_curve_raw("raw pr", [2, 1, 0], [2, 0, 0], [0, 2, 2], [0, 1, 2], [0.5, 1.0, 1.0], [1.0, 0.5, 0.0], 9)
            writer.add_graph(None)
            writer.add_embedding([1])
            writer.flush()
        self.assertEqual(self.one("SELECT name, status, config, summary FROM runs"), ("first", "finished", '{"lr":0.1}', '{"hparam/accuracy":0.9}'))
        points = self.rows("SELECT name, step, wall, value FROM points WHERE name NOT LIKE 'acc%'")
        self.assertEqual(points, [("Loss _train_", 3, 12500.0, 0.5)])
        self.assertEqual(self.rows("SELECT name, kind, step FROM records ORDER BY id"), [("w", "histogram", 5), ("i", "image", 6), ("grid", "image", 6), ("say", "text", 7), ("pr", "pr-curve", 8), ("beep", "audio", 9), ("raw", "histogram", 9), ("raw pr", "pr-curve", 9)])
        beep = self.record("beep")
        self.assertEqual((beep["type"], beep["sampleRate"], beep["channels"], beep["frames"]), ("audio/wav", 8000, 1, 4))
        with open(os.path.join(f"{self.path}.blobs", beep["hash"][:2], beep["hash"]), "rb") as wav:
            self.assertEqual(struct.unpack("<4h", wav.read()[-8:]), (0, 32767, -32767, 0))
        self.assertEqual((self.record("raw")["edges"], self.record("raw")["counts"]), ([0, 1, 2], [1, 2]))
        raw = self.record("raw pr")["curves"][0]
        self.assertEqual((raw["recall"], raw["threshold"], raw["positives"], raw["averagePrecision"]), ([0, 0.5, 1], [1, 0.5, 0], 2, 0.75))
        curve = self.record("pr")["curves"][0]
        self.assertEqual((curve["recall"], curve["positives"]), ([0.5, 0.5, 1.0, 1.0], 2))
        self.assertAlmostEqual(curve["averagePrecision"], 0.5 * 1 + 0.5 * 2 / 3)
        self.assertEqual((self.record("grid")["width"], self.record("grid")["height"]), (2, 1))


if __name__ == "__main__":
    unittest.main()
