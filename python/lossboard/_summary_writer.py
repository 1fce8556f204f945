"""`SummaryWriter` with the signatures of torch.utils.tensorboard, writing a run of a Lossboard store."""

from __future__ import annotations

import math
import os
from typing import Any, Dict, List, Mapping, Optional, Tuple

from ._audio import Audio
from ._errors import warn_once
from ._json import stored_number
from ._names import clean_name, name_problem
from ._run import Run, check_step, to_number
from ._store import Record, now_ms
from ._session import POINT_BYTES, record_bytes
from ._values import Histogram, Image, Pixels, Text, Value, numbers

_UNSUPPORTED = (
    "add_video add_mesh add_embedding add_onnx_graph add_openvino_graph add_custom_scalars add_custom_scalars_multilinechart "
    "add_custom_scalars_marginchart add_tensor export_scalars_to_json"
).split()


class SummaryWriter:
    """A writer is a run of its own, named after the last part of `log_dir`. The store is LOSSBOARD_DIR, else ./lossboard.db, or
    `log_dir` itself when it ends in `.db`. A tag logged without a step goes on counting by itself. Nothing here raises after it is made.
    """

    def __init__(
        self,
        log_dir: Any = None,
        comment: str = "",
        purge_step: Optional[int] = None,
        max_queue: int = 10,
        flush_secs: int = 120,
        filename_suffix: str = "",
        *,
        run: Optional[Run] = None,
        **options: Any,
    ) -> None:
        self.log_dir = os.fspath(log_dir) if log_dir is not None else "runs"
        self.purge_step = purge_step
        self._own = run is None
        if run is None:
            from ._init import init

            if log_dir is not None and self.log_dir.endswith(".db"):
                options.setdefault("dir", self.log_dir)
            elif log_dir is not None:
                options.setdefault("name", (os.path.basename(os.path.normpath(self.log_dir)) + comment)[:250] or None)
            run = init(**options)
        if purge_step is not None:
            warn_once("purge_step", "SummaryWriter(purge_step=...): nothing is purged, a step written again replaces what is shown")
        self.run = run
        self._steps: Dict[str, int] = {}

    def get_logdir(self) -> str:
        return self.log_dir

    def _name(self, tag: Any) -> str:
        if name_problem(tag) is None:
            return str(tag)
        name = clean_name(tag)
        warn_once(f"tag:{tag}", f'tag "{tag}" is logged as "{name}": names have letters, digits and _ . / - or space')
        return name

    def _put(self, what: str, tag: Any, value: Any, global_step: Any, walltime: Any) -> None:
        """One value under a tag. A value that cannot be used is told once."""
        try:
            run, session = self.run, self.run._session
            if session is None or run._over is not None:
                run._say_over()
                return
            name = self._name(tag)
            step = check_step(global_step)
            if step is None:
                step = self._steps.get(name, 0)
            self._steps[name] = step + 1
            wall = now_ms() if walltime is None else int(float(walltime) * 1000)
            with run._lock:
                run._advance(step, None)
                if isinstance(value, Value):
                    if value.problem:
                        raise ValueError(value.problem)
                    record = Record(name, value.kind, step, wall, value.payload, value.blob, value.blob_type)
                    session.put(record, record_bytes(record))
                    return
                number = to_number(value)
                if number is None:
                    raise ValueError(f"{type(value).__name__} is no number")
                session.put((step, wall, {name: number}), POINT_BYTES)
        except Exception as error:
            warn_once(f"{what}:{tag}", f'{what}("{tag}"): {error}. It was not logged')

    def add_scalar(
        self,
        tag: str,
        scalar_value: Any,
        global_step: Optional[int] = None,
        walltime: Optional[float] = None,
        new_style: bool = False,
        double_precision: bool = False,
    ) -> None:
        """Kept in double precision, whatever is asked for."""
        self._put("add_scalar", tag, scalar_value, global_step, walltime)

    def add_scalars(
        self, main_tag: str, tag_scalar_dict: Mapping[str, Any], global_step: Optional[int] = None, walltime: Optional[float] = None
    ) -> None:
        """Metrics `main_tag/key` of this run."""
        for key, value in tag_scalar_dict.items():
            self._put("add_scalars", f"{main_tag}/{key}", value, global_step, walltime)

    def add_histogram(
        self,
        tag: str,
        values: Any,
        global_step: Optional[int] = None,
        bins: Any = "tensorflow",
        walltime: Optional[float] = None,
        max_bins: Optional[int] = None,
    ) -> None:
        """`bins`: a number of bins of equal width, or edges; any other word gives 64 bins."""
        if isinstance(bins, int):
            value = Histogram(values, num_bins=bins)
        elif isinstance(bins, str):
            value = Histogram(values, num_bins=min(max_bins or 64, 4096))
        else:
            value = Histogram(values, edges=bins)
        self._put("add_histogram", tag, value, global_step, walltime)

    def add_histogram_raw(
        self,
        tag: str,
        min: Any,
        max: Any,
        num: Any,
        sum: Any,
        sum_squares: Any,
        bucket_limits: Any,
        bucket_counts: Any,
        global_step: Optional[int] = None,
        walltime: Optional[float] = None,
    ) -> None:
        """`bucket_limits` are the upper edges; the lowest edge is `min`."""
        try:
            limits = numbers(bucket_limits)
            low = float(min) if float(min) < limits[0] else math.nextafter(limits[0], -math.inf)
            value = Histogram(np_histogram=(bucket_counts, [low, *limits]))
        except Exception as error:
            warn_once(f"add_histogram_raw:{tag}", f'add_histogram_raw("{tag}"): {error}. It was not logged')
            return
        self._put("add_histogram_raw", tag, value, global_step, walltime)

    def add_audio(
        self,
        tag: str,
        snd_tensor: Any,
        global_step: Optional[int] = None,
        sample_rate: int = 44100,
        walltime: Optional[float] = None,
    ) -> None:
        """Samples from -1 to 1, (1, frames) or (frames), kept as 16-bit WAV."""
        try:
            value = Audio(numbers(snd_tensor), sample_rate)
        except Exception as error:
            warn_once(f"add_audio:{tag}", f'add_audio("{tag}"): {error}. It was not logged')
            return
        self._put("add_audio", tag, value, global_step, walltime)

    def add_image_with_boxes(
        self,
        tag: str,
        img_tensor: Any,
        box_tensor: Any,
        global_step: Optional[int] = None,
        walltime: Optional[float] = None,
        rescale: float = 1,
        dataformats: str = "CHW",
        labels: Any = None,
    ) -> None:
        warn_once("add_image_with_boxes", "SummaryWriter.add_image_with_boxes: boxes are not drawn, the image is kept without them")
        self._put("add_image_with_boxes", tag, Image(img_tensor, dataformats=dataformats), global_step, walltime)

    def add_image(
        self, tag: str, img_tensor: Any, global_step: Optional[int] = None, walltime: Optional[float] = None, dataformats: str = "CHW"
    ) -> None:
        self._put("add_image", tag, Image(img_tensor, dataformats=dataformats), global_step, walltime)

    def add_images(
        self, tag: str, img_tensor: Any, global_step: Optional[int] = None, walltime: Optional[float] = None, dataformats: str = "NCHW"
    ) -> None:
        """One picture with the images side by side, eight in a row."""
        try:
            if not dataformats.startswith("N"):
                raise ValueError(f'dataformats must begin with N, got "{dataformats}"')
            value = Image(_grid([Pixels.read(image, dataformats[1:]) for image in img_tensor]).png())
        except Exception as error:
            warn_once(f"add_images:{tag}", f'add_images("{tag}"): {error}. It was not logged')
            return
        self._put("add_images", tag, value, global_step, walltime)

    def add_figure(
        self, tag: str, figure: Any, global_step: Optional[int] = None, close: bool = True, walltime: Optional[float] = None
    ) -> None:
        """A matplotlib figure, or a list of them."""
        figures = figure if isinstance(figure, list) else [figure]
        for index, one in enumerate(figures):
            self._put("add_figure", tag if len(figures) == 1 else f"{tag}/{index}", Image(one), global_step, walltime)
            if close:
                try:
                    import matplotlib.pyplot as pyplot

                    pyplot.close(one)
                except Exception:
                    pass

    def add_text(self, tag: str, text_string: str, global_step: Optional[int] = None, walltime: Optional[float] = None) -> None:
        self._put("add_text", tag, Text(text_string, "markdown"), global_step, walltime)

    def add_hparams(
        self,
        hparam_dict: Mapping[str, Any],
        metric_dict: Mapping[str, Any],
        hparam_domain_discrete: Any = None,
        run_name: Optional[str] = None,
        global_step: Optional[int] = None,
    ) -> None:
        """Hyperparameters join this run's config, metrics its summary; no further run is made."""
        self.run.config.update(hparam_dict)
        self.run.summary.update({key: to_number(value) if to_number(value) is not None else value for key, value in metric_dict.items()})

    def add_pr_curve(
        self,
        tag: str,
        labels: Any,
        predictions: Any,
        global_step: Optional[int] = None,
        num_thresholds: int = 127,
        weights: Any = None,
        walltime: Optional[float] = None,
    ) -> None:
        """One point per different score, thinned to `num_thresholds`; average precision is over all of them."""
        if weights is not None:
            warn_once("pr-weights", "add_pr_curve: weights are not supported, every example counts once")
        try:
            value = _pr_curve(numbers(labels), numbers(predictions), max(4, num_thresholds))
        except Exception as error:
            warn_once(f"add_pr_curve:{tag}", f'add_pr_curve("{tag}"): {error}. It was not logged')
            return
        self._put("add_pr_curve", tag, value, global_step, walltime)

    def add_pr_curve_raw(
        self,
        tag: str,
        true_positive_counts: Any,
        false_positive_counts: Any,
        true_negative_counts: Any,
        false_negative_counts: Any,
        precision: Any,
        recall: Any,
        global_step: Optional[int] = None,
        num_thresholds: int = 127,
        weights: Any = None,
        walltime: Optional[float] = None,
    ) -> None:
        """One point per threshold, which are spaced equally from 0 to 1."""
        try:
            counts = [numbers(part) for part in (true_positive_counts, false_positive_counts, true_negative_counts, false_negative_counts)]
            value = _raw_pr_curve(counts, numbers(precision), numbers(recall))
        except Exception as error:
            warn_once(f"add_pr_curve_raw:{tag}", f'add_pr_curve_raw("{tag}"): {error}. It was not logged')
            return
        self._put("add_pr_curve_raw", tag, value, global_step, walltime)

    def add_graph(self, model: Any = None, input_to_model: Any = None, verbose: bool = False, use_strict_trace: bool = True) -> None:
        warn_once("add_graph", "SummaryWriter.add_graph is not supported: lossboard.watch(model, optimizer) logs the table of layers")

    def flush(self) -> None:
        self.run.flush()

    def close(self) -> None:
        if self._own:
            self.run.finish()
        else:
            self.run.flush()

    def __enter__(self) -> "SummaryWriter":
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if self._own:
            self.run.__exit__(kind, error, trace)

    def __getattr__(self, name: str) -> Any:
        if name in _UNSUPPORTED:
            from ._compat import Unsupported

            return Unsupported(f"SummaryWriter.{name}")
        raise AttributeError(f"a SummaryWriter has no {name!r}")


def _grid(images: List[Pixels]) -> Pixels:
    if not images:
        raise ValueError("there are no images")
    first = images[0]
    width, height, channels = first.width, first.height, first.channels
    if any((one.width, one.height, one.channels) != (width, height, channels) for one in images):
        raise ValueError("the images differ in size")
    across = min(8, len(images))
    stride = width * channels
    rows: List[bytes] = []
    for start in range(0, len(images), across):
        line = images[start : start + across]
        blank = bytes(stride * (across - len(line)))
        rows += [b"".join(one.samples[y * stride : (y + 1) * stride] for one in line) + blank for y in range(height)]
    return Pixels(width * across, len(rows), channels, b"".join(rows))


class _PrCurve(Value):
    kind = "pr-curve"


def _pr_curve(labels: List[float], scores: List[float], most: int) -> Value:
    if len(labels) != len(scores):
        raise ValueError(f"{len(labels)} labels need as many predictions, got {len(scores)}")
    if any(label not in (0, 1) for label in labels):
        raise ValueError("labels must be 0 or 1")
    pairs: List[Tuple[float, float]] = sorted(((s, y) for s, y in zip(scores, labels) if s == s), key=lambda pair: -pair[0])
    positives = int(sum(label for _, label in pairs))
    precision: List[float] = []
    recall: List[float] = []
    threshold: List[float] = []
    average = 0.0
    right = 0
    for index, (score, label) in enumerate(pairs if positives else []):
        right += int(label)
        if index + 1 < len(pairs) and pairs[index + 1][0] == score:
            continue
        gain = right / positives - (recall[-1] if recall else 0.0)
        precision.append(right / (index + 1))
        recall.append(right / positives)
        threshold.append(score)
        average += precision[-1] * gain
    n = len(precision)
    kept = range(n) if n <= most else sorted({round(i * (n - 1) / (most - 1)) for i in range(most)})
    curve = {
        "class": "positive",
        "precision": [precision[i] for i in kept],
        "recall": [recall[i] for i in kept],
        "threshold": [stored_number(threshold[i]) for i in kept],
        "averagePrecision": min(average, 1.0) if positives else None,
        "positives": positives,
        "points": n,
    }
    value = _PrCurve()
    value.payload = {"split": None, "curves": [curve], "examples": len(pairs), "nanScores": len(scores) - len(pairs), "thinned": n > most}
    return value


def _raw_pr_curve(counts: List[List[float]], precision: List[float], recall: List[float]) -> Value:
    n = len(precision)
    if n < 2 or len(recall) != n or any(len(part) != n for part in counts):
        raise ValueError(f"{n} precisions need as many recalls and counts, at least 2")
    right, wrong, left, missed = counts
    # Highest threshold first, so that recall grows.
    order = sorted(range(n), key=lambda i: (recall[i], -i))
    average = sum(precision[i] * (recall[i] - recall[before]) for before, i in zip(order, order[1:])) + precision[order[0]] * recall[order[0]]
    positives = int(right[0] + missed[0])
    curve = {
        "class": "positive",
        "precision": [precision[i] for i in order],
        "recall": [recall[i] for i in order],
        "threshold": [stored_number(i / (n - 1)) for i in order],
        "averagePrecision": min(average, 1.0) if positives else None,
        "positives": positives,
        "points": n,
    }
    value = _PrCurve()
    examples = int(right[0] + wrong[0] + left[0] + missed[0])
    value.payload = {"split": None, "curves": [curve], "examples": examples, "nanScores": 0, "thinned": False}
    return value
