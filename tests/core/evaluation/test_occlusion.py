"""The patch that slides over an image: where the probability drops, what is left alone, and stops."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import torch
from torch import Tensor

import numpy as np
import pytest
from numpy.typing import NDArray

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.evaluation.occlusion import NUM_POSITIONS, occlusion_map


def drained(steps: Generator[float, None, NDArray[np.float32]]) -> tuple[list[float], NDArray[np.float32]]:
    shares = []
    while True:
        try:
            shares.append(next(steps))
        except StopIteration as end:
            return shares, end.value


def by_a_corner(images: Tensor) -> Tensor:
    """Return probabilities that rest on the top right 8 x 8 pixels alone."""
    first = images[:, :, :8, -8:].mean(dim=(1, 2, 3))
    return torch.stack([first, 1 - first], dim=1)


@pytest.mark.parametrize("size", [40, 64])
def test_the_probability_drops_where_it_comes_from(size: int) -> None:
    image = torch.ones(1, 3, size, size)
    shares, found = drained(occlusion_map(by_a_corner, image, 0, control=Control()))
    assert found.shape == (size, size)
    assert found.dtype == np.float32
    assert np.unravel_index(found.argmax(), found.shape) < (8, size)
    assert found[:4, -4:].min() > 0.9
    assert not found[size // 2 :].any()
    assert not found[:, : size // 2].any()
    assert bool((image == 1).all())
    assert shares == sorted(shares)
    assert shares[-1] == 1
    _, other = drained(occlusion_map(by_a_corner, image, 1, control=Control()))
    np.testing.assert_allclose(other, -found, atol=1e-6)


def test_every_position_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def count(images: Tensor) -> Tensor:
        nonlocal asked
        asked += len(images)
        return torch.full((len(images), 2), 0.5)

    _, found = drained(occlusion_map(count, torch.ones(1, 3, 30, 30), 0, control=Control()))
    assert asked == NUM_POSITIONS**2 + 1
    assert not found.any()


def test_a_stop_request_ends_it() -> None:
    control = Control()
    steps: Any = occlusion_map(by_a_corner, torch.ones(1, 3, 40, 40), 0, control=control)
    next(steps)
    control.request_stop()
    with pytest.raises(StoppedError):
        next(steps)
