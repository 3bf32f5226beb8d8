"""The loop that this program is compared with does what the tutorial says, and trains what it is told."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

import numpy as np
import pytest
from PIL import Image

from tlft_desktop.core.bench import usual_loop as loop_module
from tlft_desktop.core.bench.usual_loop import usual_loop
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.weights import WeightsStore

ENTRY = find_backbone(DEFAULT_BACKBONE)


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Two classes that differ in colour."""
    for split, count in (("train", 8), ("val", 4)):
        for channel, label in ((0, "red"), (2, "blue")):
            folder = tmp_path / "images" / split / label
            folder.mkdir(parents=True)
            for number in range(count):
                pixels = np.zeros((40, 40, 3), dtype=np.uint8)
                pixels[..., channel] = 150 + number
                Image.fromarray(pixels).save(folder / f"{number}.png")
    return tmp_path / "images"


@pytest.mark.parametrize(
    ("frozen", "trained"),
    [
        (None, {"classifier.weight", "classifier.bias"}),
        (("conv_stem", "bn1", "blocks", "bn2"), {"conv_head.weight", "classifier.weight", "classifier.bias"}),
    ],
)
def test_it_trains_what_it_is_told(
    images: Path, monkeypatch: pytest.MonkeyPatch, frozen: tuple[str, ...] | None, trained: set[str]
) -> None:
    built: list[nn.Module] = []

    def build(*args: object, **options: object) -> nn.Module:
        built.append(build_pretrained(*args, **options))
        before.update({name: item.detach().clone() for name, item in built[-1].named_parameters()})
        return built[-1]

    before: dict[str, torch.Tensor] = {}
    build_pretrained = loop_module.build_pretrained
    monkeypatch.setattr(loop_module, "build_pretrained", build)
    monkeypatch.setattr(loop_module, "_LOADERS", 0)
    weights = WeightsStore(images.parent / "models").load(ENTRY)
    result = usual_loop(images, ENTRY, weights, image_size=32, epochs=20, frozen=frozen)
    changed = {name for name, item in built[0].named_parameters() if not torch.equal(item, before[name])}
    assert changed == trained
    assert result.num_train == 16
    assert len(result.train_seconds) == 20
    assert 0 < sum(result.train_seconds) < result.seconds
    assert result.accuracy in [right / 8 for right in range(1, 9)]
