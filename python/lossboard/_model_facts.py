"""What `watch` reads off a PyTorch model and its optimizer without training: names of kernels, tables, facts, how alike units are."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Set

from ._names import clean_name
from ._values import Value


class _Model(Value):
    kind = "model"


class _Facts(Value):
    kind = "facts"


def as_double(tensor: Any) -> Any:
    tensor = tensor.detach()
    if tensor.is_sparse:
        tensor = tensor.to_dense()
    # Apple's GPUs have no double precision.
    return (tensor.cpu() if tensor.device.type == "mps" else tensor).double().reshape(-1)


def parameters_of(optimizer: Any) -> List[Any]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def twin_share(weight: Any) -> float:
    """Share of units (rows of the weight) that have the incoming weights of another unit, up to 1e-3 of their norm.

    Equal units have equal products with fixed random directions; others differ in one of three, but for a chance of about 1e-9.
    """
    import torch

    rows = as_double(weight).reshape(int(weight.shape[0]), -1).cpu()
    generator = torch.Generator().manual_seed(int(rows.shape[1]))
    directions = torch.rand(rows.shape[1], 3, dtype=torch.float64, generator=generator) * 2 - 1
    sketch = torch.cat([rows.norm(dim=1, keepdim=True), rows @ directions], dim=1)
    sketch = sketch[torch.isfinite(sketch).all(dim=1)]
    if sketch.shape[0] < 2:
        return 0.0
    # Alike units lie side by side in the order of one product.
    sketch = sketch[sketch[:, 1].argsort()]
    limit = 1e-3 * torch.maximum(sketch[1:, 0], sketch[:-1, 0])
    alike = ((sketch[1:] - sketch[:-1]).abs() <= limit[:, None]).all(dim=1)
    no = torch.zeros(1, dtype=torch.bool)
    twins = torch.cat([alike, no]) | torch.cat([no, alike])
    return float(twins.sum()) / int(weight.shape[0])


def coupled_decay(optimizer: Any) -> Dict[int, float]:
    """Weight decay of each parameter where it is added to the gradient. Optimizers that shrink the weights themselves have W in their name."""
    decoupled = type(optimizer).__name__.lower().endswith("w")
    found: Dict[int, float] = {}
    for group in optimizer.param_groups:
        decay = group.get("weight_decay", 0)
        if not decoupled and isinstance(decay, (int, float)) and decay > 0 and not group.get("decoupled_weight_decay"):
            found.update((id(parameter), float(decay)) for parameter in group["params"])
    return found


def learning_rate(optimizer: Any) -> Optional[float]:
    """Of the first group of parameters."""
    try:
        return float(optimizer.param_groups[0]["lr"])
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def training_record(optimizer: Any, criterion: Any) -> Value:
    """What is known of the training: the optimizer, and the loss function where `criterion` named it."""
    record = _Facts()
    data: Dict[str, Any] = {"optimizer": type(optimizer).__name__}
    if criterion is not None:
        data["loss"] = getattr(criterion, "__name__", None) or type(criterion).__name__
    record.payload = {"data": data}
    return record


def _layer(path: str, module: Any) -> str:
    """Its path in the model that was written, not in what `torch.compile` makes of it."""
    return path.replace("_orig_mod.", "").replace("_orig_mod", "") or type(module).__name__.lower()


def kernel_labels(model: Any) -> Dict[int, str]:
    """Label of every weight of rank 2 or more: the path of its module, and its own name where a module has several."""
    labels: Dict[int, str] = {}
    for path, module in model.named_modules():
        kernels = [(name, weight) for name, weight in module.named_parameters(recurse=False) if weight.dim() >= 2]
        layer = _layer(path, module)
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
                "name": _layer(path, module),
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
