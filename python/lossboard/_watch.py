"""`watch` for PyTorch: how much each update changes the weights, under the names and in the bins of the TypeScript adapter."""

from __future__ import annotations

import functools
import math
import types
import weakref
from typing import Any, Dict, List, Optional, Set, Tuple, Union

from ._errors import describe, warn, warn_once
from ._names import clean_name
from ._ratio_edges import RATIO_EDGES
from ._values import Value

BINS = len(RATIO_EDGES) - 1
TINY_WEIGHT = 1e-12
_COLUMNS_WHEN_KNOWN = 200
_COLUMNS_BEFORE_DOUBLING = 256
_SHORTEST = 10

Every = Union[int, bool]


class HistogramSchedule:
    """Which steps get a histogram: every max(10, n/200) when the length n is known, else every 10, doubling at 256 columns."""

    def __init__(self, every: Any, first_step: int) -> None:
        self._fixed = every != "auto"
        self._interval = _SHORTEST if every == "auto" else int(every)
        self._first = first_step

    def due(self, step: int, total: Optional[int]) -> bool:
        if not self._fixed:
            if total is not None and total > step:
                self._interval = max(_SHORTEST, math.ceil((total - self._first) / _COLUMNS_WHEN_KNOWN))
            else:
                while (step - self._first) / self._interval >= _COLUMNS_BEFORE_DOUBLING:
                    self._interval *= 2
        return step % self._interval == 0


class RatioHistogram(Value):
    kind = "histogram"

    def __init__(self, payload: Dict[str, Any]) -> None:
        super().__init__()
        self.payload = payload


class _Model(Value):
    kind = "model"


def ratio_slots(torch: Any, before: Any, after: Any) -> Dict[str, Any]:
    """The element-wise histogram of |dw|/|w| of two double tensors. Bin k holds edge(k) <= ratio < edge(k + 1)."""
    update = (after - before).abs()
    size = before.abs()
    zero = update == 0
    bad = ~zero & ~(torch.isfinite(after - before) & torch.isfinite(before))
    tiny = ~zero & ~bad & (size < TINY_WEIGHT)
    ordinary = ~(zero | bad | tiny)
    quotient = update[ordinary] / size[ordinary]
    edges = torch.tensor(RATIO_EDGES, dtype=torch.float64, device=quotient.device)
    # The number of edges at or below the ratio: 0 is underflow, 81 overflow.
    slots = torch.bincount(torch.bucketize(quotient, edges, right=True), minlength=BINS + 2).tolist()
    return {
        "layout": "log10-ratio",
        "counts": slots[1 : BINS + 1],
        "zero": int(zero.sum()),
        "underflow": slots[0],
        "overflow": slots[BINS + 1],
        "tinyWeight": int(tiny.sum()),
        "nonFinite": int(bad.sum()),
    }


def _double(tensor: Any) -> Any:
    tensor = tensor.detach()
    if tensor.is_sparse:
        tensor = tensor.to_dense()
    # Apple's GPUs have no double precision.
    return (tensor.cpu() if tensor.device.type == "mps" else tensor).double().reshape(-1)


class Watcher:
    """Looks on while one optimizer steps. Whatever it throws ends the watching with a word, and never reaches the training."""

    def __init__(self, model: Any, optimizer: Any, run: Any, options: Dict[str, Any]) -> None:
        self.run, self.options = run, options
        self.model = model
        self._optimizer = weakref.ref(optimizer)
        self.step = int(options["first_step"] if options["first_step"] is not None else run.next_step)
        every = options["histograms"]
        self._schedule = HistogramSchedule(every, self.step) if every is not False else None
        self.labels = kernel_labels(model)
        self._undo = self._hook(optimizer)
        self._model_logged = False

    def _hook(self, optimizer: Any) -> Any:
        original = optimizer.step
        watcher = self
        had_own = "step" in optimizer.__dict__

        @functools.wraps(original)
        def step(instance: Any, *arguments: Any, **keywords: Any) -> Any:
            before = watcher._guard(watcher._before, instance, bool(arguments or keywords.get("closure")))
            result = original(*arguments, **keywords)
            if before is not None:
                watcher._guard(watcher._after, instance, before)
            return result

        # A bound method, as the learning rate schedulers of PyTorch expect, which wrap it once more.
        bound = types.MethodType(step, optimizer)
        optimizer.step = bound

        def undo() -> None:
            # Someone may have wrapped ours since: then theirs stays, and ours passes calls on.
            if optimizer.__dict__.get("step") is bound:
                if had_own:
                    optimizer.step = original
                else:
                    del optimizer.step

        return undo

    def _guard(self, look: Any, *arguments: Any) -> Any:
        if self._undo is None:
            return None
        try:
            return look(*arguments)
        except Exception as error:
            self.stop()
            warn(f"watch stopped measuring, training goes on: {type(error).__name__}: {error}")
            return None

    def stop(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def _wanted(self) -> Tuple[bool, bool, bool]:
        updates, gradients = self.options["updates"], self.options["gradients"]
        total = self.options["total_steps"]
        return (
            updates is not False and self.step % updates == 0,
            gradients is not False and self.step % gradients == 0,
            self._schedule is not None and self._schedule.due(self.step, total),
        )

    def _before(self, optimizer: Any, closure: bool) -> Any:
        wanted = self._wanted()
        clones: Dict[int, Any] = {}
        if wanted[0] or wanted[2]:
            for parameter in _parameters(optimizer):
                if parameter.dim() >= 2 and parameter.requires_grad and (closure or parameter.grad is not None):
                    clones[id(parameter)] = parameter.detach().clone()
        return wanted, clones

    def _after(self, optimizer: Any, before: Any) -> None:
        import torch

        (ratios, gradients, histograms), clones = before
        step = self.step
        self.step += 1
        values: Dict[str, Any] = {}
        if not self._model_logged:
            self._model_logged = True
            values["model"] = model_record(self.model)
        if not (ratios or gradients or histograms):
            if values:
                self.run.log_aside(values, step)
            return
        squares = 0.0
        measured = 0
        with torch.no_grad():
            for parameter in _parameters(optimizer):
                if parameter.grad is None or not parameter.requires_grad:
                    continue
                kernel = parameter.dim() >= 2
                label = self.labels.get(id(parameter)) or f"parameter-{measured}"
                gradient = _double(parameter.grad) if gradients or (histograms and kernel) else None
                clone = clones.get(id(parameter))
                if clone is not None:
                    old, new = _double(clone), _double(parameter)
                    weight = float((old * old).sum())
                    if weight != 0:
                        values[f"update-ratio/{label}"] = math.sqrt(float(((new - old) ** 2).sum()) / weight)
                    if histograms:
                        values[f"update-ratio-histogram/{label}"] = RatioHistogram(ratio_slots(torch, old, new))
                        if gradient is not None and gradient.numel() > 0:
                            values[f"lost-update/{label}"] = float(((gradient != 0) & (old == new)).sum()) / gradient.numel()
                if gradients and gradient is not None:
                    square = float((gradient * gradient).sum())
                    if kernel:
                        values[f"gradient-norm/{label}"] = math.sqrt(square)
                    squares += square
                    measured += 1
        if measured:
            values["gradient-norm/global"] = math.sqrt(squares)
        self.run.log_aside(values, step)


def _parameters(optimizer: Any) -> List[Any]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def kernel_labels(model: Any) -> Dict[int, str]:
    """Label of every weight of rank 2 or more: the path of its module, and its own name where a module has several."""
    labels: Dict[int, str] = {}
    for path, module in model.named_modules():
        kernels = [(name, weight) for name, weight in module.named_parameters(recurse=False) if weight.dim() >= 2]
        layer = path or type(module).__name__.lower()
        for name, weight in kernels:
            labels.setdefault(id(weight), clean_name(layer if len(kernels) == 1 else f"{layer}/{name}"))
    return labels


def model_record(model: Any) -> Value:
    """The table of layers. Output shapes are not known without running the model, so they are left empty."""
    layers = []
    seen: Set[int] = set()
    total = trainable = 0
    for path, module in model.named_modules():
        own = list(module.named_parameters(recurse=False))
        if not own and (path == "" or any(True for _ in module.children())):
            continue
        fresh = [(name, weight) for name, weight in own if id(weight) not in seen]
        seen.update(id(weight) for _, weight in fresh)
        count = sum(int(weight.numel()) for _, weight in fresh)
        total += count
        trainable += sum(int(weight.numel()) for _, weight in fresh if weight.requires_grad)
        layers.append(
            {
                "name": path or type(module).__name__.lower(),
                "type": type(module).__name__,
                "outputShape": [],
                "parameters": count,
                "trainable": any(weight.requires_grad for _, weight in own) if own else True,
                "weights": [{"name": name, "shape": [int(side) for side in weight.shape]} for name, weight in own],
            }
        )
    record = _Model()
    record.payload = {"layers": layers, "parameters": total, "trainableParameters": trainable}
    return record


_watchers: List[Watcher] = []


def watch(
    models: Any,
    optimizer: Any = None,
    log: Any = "gradients",
    log_freq: int = 1000,
    idx: Any = None,
    log_graph: bool = False,
    *,
    criterion: Any = None,
    run: Any = None,
    updates: Every = 10,
    gradients: Every = 10,
    histograms: Union[int, bool, str] = "auto",
    first_step: Optional[int] = None,
    total_steps: Optional[int] = None,
) -> Any:
    """Logs how training changes a PyTorch model, around every `optimizer.step()`:

    `update-ratio/<layer>` (L2 of the update over L2 of the weights, kernels only), `update-ratio-histogram/<layer>`, `lost-update/<layer>`,
    `gradient-norm/<layer>` and `gradient-norm/global` (as they are when `step` is called, after `clip_grad_norm_`), and `model` once.

    `updates`, `gradients`, `histograms`: every so many steps, or False. A step is one `optimizer.step()`. `log` and `log_freq` of wandb
    are taken and change nothing. Nothing here raises.
    """
    from ._run import current

    target = run if run is not None else current()
    if target is None:
        warn_once("watch:run", "watch: there is no run under way, call init() first. Nothing is watched")
        return None
    if target.disabled:
        return None
    if optimizer is not None and not (hasattr(optimizer, "step") and hasattr(optimizer, "param_groups")):
        # The second argument of wandb.watch is the loss function.
        optimizer = None
    if optimizer is None:
        warn_once("watch:optimizer", "watch: give the optimizer, watch(model, optimizer): updates are measured around its step(). Nothing is watched")
        return None
    model = models[0] if isinstance(models, (list, tuple)) and len(models) == 1 else models
    options = {"updates": updates, "gradients": gradients, "histograms": histograms, "first_step": first_step, "total_steps": total_steps}
    try:
        for name in ("updates", "gradients", "histograms"):
            every = options[name]
            if every is False or (name == "histograms" and every == "auto"):
                continue
            if isinstance(every, bool) or not isinstance(every, int) or every < 1:
                raise ValueError(f"{name} is {describe(every)}: it must be a number of steps, 1 or more, or False")
        if not callable(getattr(model, "named_modules", None)):
            raise ValueError(f"expected a torch.nn.Module, got {describe(model)}")
        watcher = Watcher(model, optimizer, target, options)
    except Exception as error:
        warn_once(f"watch:{error}", f"watch: {error}. Nothing is watched")
        return None
    _watchers.append(watcher)
    return watcher


def unwatch(models: Any = None, *, run: Any = None) -> None:
    """Ends the watching of these models, or of all."""
    wanted = models if isinstance(models, (list, tuple)) or models is None else [models]
    for watcher in list(_watchers):
        if (wanted is None or any(watcher.model is model for model in wanted)) and (run is None or watcher.run is run):
            watcher.stop()
            _watchers.remove(watcher)
