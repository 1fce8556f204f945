"""Activations of a PyTorch model on fixed rows: dead and saturated units, under the names of the TypeScript adapter."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from ._names import clean_name

# Of the values of a unit, the share that must be saturated for the unit to count as saturated.
_SATURATED_UNIT = 0.5
_RECTIFIERS = ("ReLU", "ReLU6", "Threshold")
_LIMITS: Dict[str, Tuple[float, float]] = {"Tanh": (-0.97, 0.97), "Sigmoid": (0.03, 0.97), "Hardsigmoid": (0.03, 0.97)}
_SMOOTH = ("GELU", "SiLU", "Mish", "LeakyReLU", "PReLU", "ELU", "SELU", "CELU", "Softplus", "Hardswish")


def measure_activations(model: Any, rows: Any) -> Dict[str, float]:
    """One pass of the rows in inference mode; modes, gradients and random state are as before afterwards.

    Functions called from `forward`, such as `F.relu`, are not modules and are not seen. The module that gives the output of the model is left out.
    """
    import torch

    seen: List[Tuple[str, Any, Any]] = []
    handles = []
    modes = [(module, module.training) for module in model.modules()]
    random_state = torch.get_rng_state()
    try:
        for path, module in model.named_modules():
            if type(module).__name__ in (*_RECTIFIERS, *_LIMITS, *_SMOOTH):
                handles.append(module.register_forward_hook(lambda one, _inputs, output, path=path: seen.append((path, one, output))))
        if not handles:
            return {}
        model.eval()
        with torch.no_grad():
            given = rows if isinstance(rows, (list, tuple)) else (rows,)
            answer = model(**rows) if isinstance(rows, dict) else model(*given)
    finally:
        for handle in handles:
            handle.remove()
        for module, training in modes:
            module.training = training
        torch.set_rng_state(random_state)
    values: Dict[str, float] = {}
    told = set()
    for path, module, output in seen:
        if output is answer or path in told or not hasattr(output, "detach") or output.numel() == 0:
            continue
        told.add(path)
        label = clean_name(path or type(module).__name__.lower())
        for what, value in _tally(torch, type(module).__name__, output.detach()).items():
            values[f"{what}/{label}"] = value
    return values


def _tally(torch: Any, function: str, output: Any) -> Dict[str, float]:
    # A unit is a channel of a convolution, which PyTorch puts second, else the last dimension.
    axis = 1 if output.dim() in (4, 5) else output.dim() - 1
    by_unit = output.movedim(axis, 0).reshape(output.shape[axis], -1).float()
    mean = float(by_unit.mean())
    tally = {"activation-mean": mean, "activation-std": float((by_unit - mean).square().mean().sqrt())}
    limits: Optional[Tuple[float, float]] = _LIMITS.get(function)
    if limits is not None:
        saturated = ((by_unit < limits[0]) | (by_unit > limits[1])).float().mean(dim=1)
        tally["saturated-fraction"] = float(saturated.mean())
        tally["saturated-units"] = float((saturated > _SATURATED_UNIT).float().mean())
    elif function in _RECTIFIERS:
        tally["dead-fraction"] = float((by_unit == 0).all(dim=1).float().mean())
    return tally
