"""The loop that the PyTorch tutorial on transfer learning teaches, as people copy it.

ImageFolder, augmenting transforms, two loader processes, Adam, float32, no tricks for or against.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

from tlft_desktop.core.children import safe_workers
from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.loaded_weights import LoadedWeights

_BATCH = 32
_LOADERS = 2
_ENLARGED = 256 / 224


@dataclass(frozen=True, slots=True)
class LoopResult:
    """What the loop took and reached.

    Attributes:
        seconds: From the first file to the last epoch, start of the loaders and validation included.
        train_seconds: Of the training part of each epoch.
        num_train: Training images.
        accuracy: Best validation accuracy, 0 to 1.
    """

    seconds: float
    train_seconds: tuple[float, ...]
    num_train: int
    accuracy: float


@safe_workers()
def usual_loop(
    images: Path,
    entry: BackboneEntry,
    weights: LoadedWeights,
    *,
    image_size: int,
    epochs: int,
    frozen: Sequence[str] | None = None,
) -> LoopResult:
    """Train as the tutorial does.

    Args:
        images: Folder with `train` and `val`, each with a folder for each class.
        entry: The backbone.
        weights: Its pretrained weights.
        image_size: Side of the images in pixels.
        epochs: How often all images are seen.
        frozen: Modules whose parameters stay; None for all but the head, empty for none.
    """
    started = time.monotonic()
    normalise = [
        transforms.ToTensor(),
        transforms.Normalize(list(entry.preprocessing.mean), list(entry.preprocessing.std)),
    ]
    varied = [transforms.RandomResizedCrop(image_size), transforms.RandomHorizontalFlip(), *normalise]
    plain = [transforms.Resize(round(image_size * _ENLARGED)), transforms.CenterCrop(image_size), *normalise]
    train = ImageFolder(str(images / "train"), transforms.Compose(varied))
    val = ImageFolder(str(images / "val"), transforms.Compose(plain))
    train_batches = DataLoader(train, _BATCH, shuffle=True, num_workers=_LOADERS)
    val_batches = DataLoader(val, _BATCH, num_workers=_LOADERS)
    model = build_pretrained(entry, num_classes=len(train.classes), weights=weights, seed=0, image_size=image_size)
    _freeze(model, entry.head, frozen)
    optimizer = torch.optim.Adam([item for item in model.parameters() if item.requires_grad], lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    best, train_seconds = 0.0, []
    for _ in range(epochs):
        epoch_started = time.monotonic()
        model.train()
        for batch, labels in train_batches:
            optimizer.zero_grad()
            criterion(model(batch), labels).backward()
            optimizer.step()
        train_seconds.append(time.monotonic() - epoch_started)
        model.eval()
        correct = 0
        with torch.no_grad():
            for batch, labels in val_batches:
                correct += int((model(batch).argmax(1) == labels).sum())
        best = max(best, correct / len(val))
    return LoopResult(time.monotonic() - started, tuple(train_seconds), len(train), best)


def _freeze(model: nn.Module, head: str, frozen: Sequence[str] | None) -> None:
    stays = [model] if frozen is None else [model.get_submodule(path) for path in frozen]
    for module in stays:
        module.requires_grad_(False)
    model.get_submodule(head).requires_grad_(True)
