"""What no program on this machine can do better with the same network: every image decoded once, passes on tensors."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

import numpy as np
from PIL import Image

from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.training.device import (
    applied_numerics,
    autocast,
    available_modes,
    choose_device,
    default_numerics,
    place_model,
    to_device,
    usable_cores,
)
from tlft_desktop.core.values.numerics import MODES, Numerics

_BATCH = 32
_NUM_CLASSES = 16
_WARM_UP, _MEASURED = 2, 5


def decode_seconds(files: Iterable[Path], image_size: int) -> float:
    """Return the seconds in which all cores decode files and bring them to the size of the network, each once."""

    def decode(path: Path) -> int:
        with Image.open(path) as image:
            image.draft("RGB", (image_size, image_size))
            return int(np.asarray(image.convert("RGB").resize((image_size, image_size)))[0, 0, 0])

    started = time.monotonic()
    with ThreadPoolExecutor(usable_cores()) as pool:
        list(pool.map(decode, files))
    return time.monotonic() - started


def forward_seconds(entry: BackboneEntry, weights: LoadedWeights, *, image_size: int) -> float:
    """Return the seconds per image of a forward pass in the fastest numeric mode of this machine."""

    def in_mode(numerics: Numerics) -> float:
        model = _network(entry, weights, numerics, image_size=image_size).eval()

        def step(images: Tensor) -> None:
            with torch.inference_mode(), autocast(numerics):
                model(images).float().cpu()

        return _seconds(step, numerics, image_size=image_size)

    return min(map(in_mode, _modes()))


def training_seconds(entry: BackboneEntry, weights: LoadedWeights, *, image_size: int) -> float:
    """Return the seconds per image of a training step of the whole network, in the fastest numeric mode."""

    def in_mode(numerics: Numerics) -> float:
        model = _network(entry, weights, numerics, image_size=image_size).train()
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, fused=numerics.device != "mps")
        labels = torch.arange(_BATCH, device=numerics.device) % _NUM_CLASSES

        def step(images: Tensor) -> None:
            optimizer.zero_grad(set_to_none=True)
            with autocast(numerics):
                outputs = model(images).float()
            functional.cross_entropy(outputs, labels).backward()  # type: ignore[no-untyped-call]
            optimizer.step()

        return _seconds(step, numerics, image_size=image_size)

    return min(map(in_mode, _modes()))


def _network(entry: BackboneEntry, weights: LoadedWeights, numerics: Numerics, *, image_size: int) -> nn.Module:
    model = build_pretrained(entry, num_classes=_NUM_CLASSES, weights=weights, seed=0, image_size=image_size)
    return place_model(model, numerics)


def _seconds(step: Callable[[Tensor], None], numerics: Numerics, *, image_size: int) -> float:
    """Return the typical seconds per image, after the first steps, which take fresh memory."""
    images = torch.randn(_BATCH, 3, image_size, image_size, generator=torch.Generator().manual_seed(0))
    taken = []
    with applied_numerics(numerics):
        placed = to_device(images, numerics)
        for _ in range(_WARM_UP + _MEASURED):
            started = time.monotonic()
            step(placed)
            if numerics.device.startswith("cuda"):
                torch.cuda.synchronize()
            taken.append(time.monotonic() - started)
    return statistics.median(taken[_WARM_UP:]) / _BATCH


def _modes() -> list[Numerics]:
    device = choose_device()
    rule = replace(default_numerics(device=device, is_convolutional=True, batch=_BATCH), bfloat16_features=False)
    pairs = [MODES[mode] for mode in available_modes(device)]
    return [replace(rule, dtype=dtype, memory_format=memory_format) for dtype, memory_format in pairs]
