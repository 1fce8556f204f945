"""`watch` for PyTorch: how much each update changes the weights, under the names and in the bins of the TypeScript adapter."""

from __future__ import annotations

import functools
import math
import types
import weakref
from typing import Any, Dict, List, Optional, Set, Tuple, Union

from ._activations import measure_activations
from ._errors import describe, warn, warn_once
from ._model_facts import as_double, coupled_decay, kernel_labels, learning_rate, model_record, parameters_of, training_record, twin_share
from ._names import clean_name
from ._ratio_histogram import HistogramSchedule, RatioHistogram, ratio_slots

# Above this share of twin units a layer is looked at again, to see whether training tells them apart.
_MANY_TWINS = 0.5
# Shortest interval between passes over the probe rows, each of which costs about a training step.
_SHORTEST_PROBE = 50

Every = Union[int, bool]


class Watcher:
    """Looks on while one optimizer steps. Whatever it throws ends the watching with a word, and never reaches the training."""

    def __init__(self, model: Any, optimizer: Any, run: Any, options: Dict[str, Any]) -> None:
        self.run, self.options = run, options
        self.model = model
        self._optimizer = weakref.ref(optimizer)
        self.step = int(options["first_step"] if options["first_step"] is not None else run.next_step)
        every = options["histograms"]
        self._schedule = HistogramSchedule(every, self.step) if every is not False else None
        activations = options["activations"] if options["rows"] is not None else False
        self._activations = HistogramSchedule(activations, self.step, _SHORTEST_PROBE) if activations is not False else None
        self.labels = kernel_labels(model)
        self._undo = self._hook(optimizer)
        self._model_logged = False
        self._located = False
        self._suspected = False
        # The trained parameter with the fewest elements.
        self._smallest: Any = None
        # Labels of kernels whose units were alike when last looked at; None before the first look.
        self._alike: Optional[Set[str]] = None

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
            for parameter in parameters_of(optimizer):
                if parameter.dim() >= 2 and parameter.requires_grad and (closure or parameter.grad is not None):
                    clones[id(parameter)] = parameter.detach().clone()
        sampled = wanted[0] or wanted[1]
        values: Dict[str, Any] = {}
        if self.options["updates"] is not False or self.options["gradients"] is not False:
            values.update(self._non_finite(optimizer, sampled))
            if sampled and (self._alike is None or self._alike):
                values.update(self._twins(optimizer))
        if self._activations is not None and self._activations.due(self.step, self.options["total_steps"]):
            values.update(measure_activations(self.model, self.options["rows"]))
        return wanted, clones, values

    def _labelled(self, optimizer: Any) -> List[Tuple[str, Any]]:
        """Trained parameters with a gradient, by label: a kernel's is its layer, another's the path of the weight."""
        names = {id(weight): name for name, weight in self.model.named_parameters()}
        found = []
        for at, weight in enumerate(parameters_of(optimizer)):
            if weight.requires_grad and weight.grad is not None and not weight.grad.is_sparse:
                label = self.labels.get(id(weight)) or clean_name(names.get(id(weight), f"parameter-{at}").replace(".", "/"))
                found.append((label, weight))
        return found

    def _non_finite(self, optimizer: Any, sampled: bool) -> Dict[str, float]:
        """Where NaN or infinity is, when it is first seen. On the CPU one small gradient is looked at before every step, elsewhere at sampled ones."""
        if self._located:
            return {}
        gradient = self._smallest.grad if self._smallest is not None else None
        if gradient is None:
            # Looked for again only when it has lost its gradient: this runs at every step.
            trained = self._labelled(optimizer)
            if not trained:
                return {}
            self._smallest = min((weight for _, weight in trained), key=lambda weight: int(weight.numel()))
            gradient = self._smallest.grad
        if not sampled and gradient.device.type != "cpu":
            return {}
        # A sum of finite numbers may overflow: then the longer look below finds nothing.
        if math.isfinite(float(gradient.sum())) and not self._suspected:
            return {}
        self._suspected = False
        import torch

        trained = self._labelled(optimizer)
        counts: Dict[str, float] = {}
        for label, weight in trained:
            for what, tensor in (("weights", weight.detach()), ("gradients", weight.grad.detach())):
                count = int((~torch.isfinite(tensor)).sum())
                if count > 0:
                    counts[f"non-finite-{what}/{label}"] = count
        self._located = bool(counts)
        return counts

    def _twins(self, optimizer: Any) -> Dict[str, float]:
        """How alike the units of each layer are; later on, only of the layers whose units were alike before."""
        shares = {}
        for label, weight in self._labelled(optimizer):
            # With a single incoming weight each, units are not told apart by it.
            if weight.dim() >= 2 and weight.shape[0] > 1 and weight.numel() >= 2 * weight.shape[0] and (self._alike is None or label in self._alike):
                shares[label] = twin_share(weight)
        earlier = self._alike or set()
        self._alike = {label for label, share in shares.items() if share > _MANY_TWINS}
        values = {f"twin-units/{label}": share for label, share in shares.items() if label in self._alike or label in earlier}
        if shares:
            values["twin-units/highest"] = max(shares.values())
        return values

    def _after(self, optimizer: Any, before: Any) -> None:
        import torch

        (ratios, gradients, histograms), clones, before_values = before
        step = self.step
        self.step += 1
        values: Dict[str, Any] = {}
        if not self._model_logged:
            self._model_logged = True
            values["model"] = model_record(self.model)
            values["training"] = training_record(optimizer, self.options["criterion"])
        values.update(before_values)
        if not (ratios or gradients or histograms):
            if values:
                self.run.log_aside(values, step)
            return
        squares = 0.0
        measured = 0
        weight_squares = 0.0
        decay_squares = 0.0
        decays = coupled_decay(optimizer)
        with torch.no_grad():
            for parameter in parameters_of(optimizer):
                if parameter.grad is None or not parameter.requires_grad:
                    continue
                kernel = parameter.dim() >= 2
                label = self.labels.get(id(parameter)) or f"parameter-{measured}"
                gradient = as_double(parameter.grad) if gradients or (histograms and kernel) else None
                clone = clones.get(id(parameter))
                if clone is not None:
                    old, new = as_double(clone), as_double(parameter)
                    weight = float((old * old).sum())
                    weight_squares += weight
                    decay_squares += decays.get(id(parameter), 0.0) ** 2 * weight
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
            self._suspected = not math.isfinite(squares)
        if clones:
            values["weight-norm/global"] = math.sqrt(weight_squares)
            if decay_squares > 0:
                values["train/penalty-gradient-norm"] = math.sqrt(decay_squares)
        rate = learning_rate(optimizer)
        if rate is not None:
            values["optimizer/lr"] = rate
        self.run.log_aside(values, step)


_watchers: List[Any] = []


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
    rows: Any = None,
    activations: Union[int, bool, str] = "auto",
) -> Any:
    """Logs how training changes a PyTorch model, around every `optimizer.step()`:

    `update-ratio/<layer>` (L2 of the update over L2 of the weights, kernels only), `update-ratio-histogram/<layer>`, `lost-update/<layer>`,
    `gradient-norm/<layer>` and `gradient-norm/global` (as they are when `step` is called, after `clip_grad_norm_`), `weight-norm/global`,
    `optimizer/lr` (of the first group), `train/penalty-gradient-norm` (of weight decay that is added to the gradient), `twin-units/highest`
    (how alike the units of a layer are at the start), `non-finite-weights/<layer>` and `non-finite-gradients/<layer>` where NaN is first seen,
    and once `model` and `training`.

    With `rows`, a fixed batch of 256 to 512 training rows as `model(rows)` takes them: `dead-fraction/<layer>`, `saturated-fraction/<layer>`,
    `saturated-units/<layer>`, `activation-mean/<layer>` and `activation-std/<layer>` of its activation modules, every `activations` steps.

    `criterion`: the loss function, to name it in `training`. `updates`, `gradients`, `histograms`: every so many steps, or False. A step is
    one `optimizer.step()`. Without `optimizer`, it is found at its first step (PyTorch 2 or later) and watched from the second. `log` and `log_freq` of wandb are taken and change nothing. Nothing here raises.
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
        optimizer, criterion = None, optimizer
    model = models[0] if isinstance(models, (list, tuple)) and len(models) == 1 else models
    options = {
        "updates": updates,
        "gradients": gradients,
        "histograms": histograms,
        "activations": activations,
        "first_step": first_step,
        "total_steps": total_steps,
        "criterion": criterion,
        "rows": rows,
    }
    try:
        for name in ("updates", "gradients", "histograms", "activations"):
            every = options[name]
            if every is False or (name in ("histograms", "activations") and every == "auto"):
                continue
            if isinstance(every, bool) or not isinstance(every, int) or every < 1:
                raise ValueError(f"{name} is {describe(every)}: it must be a number of steps, 1 or more, or False")
        if not callable(getattr(model, "named_modules", None)):
            raise ValueError(f"expected a torch.nn.Module, got {describe(model)}")
        if optimizer is None:
            return _await_optimizer(model, target, options)
        watcher = Watcher(model, optimizer, target, options)
    except Exception as error:
        warn_once(f"watch:{error}", f"watch: {error}. Nothing is watched")
        return None
    _watchers.append(watcher)
    return watcher


class _Awaiting:
    """`watch(model)`, as wandb has it: the optimizer is the first one that steps with weights of this model."""

    def __init__(self, model: Any, run: Any, options: Dict[str, Any], register: Any) -> None:
        self.model, self.run, self._options = model, run, options
        self._weights = {id(weight) for weight in model.parameters()}
        self._handle = register(self._look)

    def _look(self, optimizer: Any, *_: Any) -> None:
        try:
            if self._handle is None or not any(id(weight) in self._weights for weight in parameters_of(optimizer)):
                return
            self.stop()
            _watchers.remove(self)
            if self.run._over is None:
                # This step is under way already: the next one is the first that is seen.
                first = self._options["first_step"]
                step = (self.run.next_step if first is None else int(first)) + 1
                _watchers.append(Watcher(self.model, optimizer, self.run, {**self._options, "first_step": step}))
        except Exception as error:
            warn_once(f"watch:{error}", f"watch: {error}. Nothing is watched")

    def stop(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.remove()


def _await_optimizer(model: Any, run: Any, options: Dict[str, Any]) -> Any:
    try:
        from torch.optim.optimizer import register_optimizer_step_pre_hook as register
    except ImportError:
        raise ValueError("give the optimizer, watch(model, optimizer): updates are measured around its step()") from None
    awaiting = _Awaiting(model, run, options, register)
    _watchers.append(awaiting)
    return awaiting


def unwatch(models: Any = None, *, run: Any = None) -> None:
    """Ends the watching of these models, or of all."""
    wanted = models if isinstance(models, (list, tuple)) or models is None else [models]
    for watcher in list(_watchers):
        if (wanted is None or any(watcher.model is model for model in wanted)) and (run is None or watcher.run is run):
            watcher.stop()
            _watchers.remove(watcher)
