"""Networks that are built in another thread leave what a training step draws alone."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import torch

import pytest

from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.random_state import RANDOM_STATE

ENTRY = find_backbone("torchvision:shufflenet_v2_x1_0")


@pytest.fixture(autouse=True)
def hasty_threads() -> Iterator[None]:
    """Let threads take turns often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def draws(seed: int) -> torch.Tensor:
    """Return what a step draws, as `EpochLoop` does."""
    with RANDOM_STATE:
        torch.manual_seed(seed)
        return torch.stack([torch.rand(64) for _ in range(50)])


def test_steps_and_networks_do_not_disturb_each_other() -> None:
    expected = [draws(seed) for seed in range(10)]
    first = {name: value.clone() for name, value in build_network(ENTRY, num_classes=3, seed=7).state_dict().items()}
    is_over, built = threading.Event(), []

    def build() -> None:
        while not is_over.is_set():
            built.append(build_network(ENTRY, num_classes=3, seed=7).state_dict())

    thread = threading.Thread(target=build)
    thread.start()
    try:
        while len(built) < 3 and thread.is_alive():
            for seed, values in enumerate(expected):
                assert torch.equal(draws(seed), values)
    finally:
        is_over.set()
        thread.join()
    for state in built:
        assert all(torch.equal(state[name], value) for name, value in first.items())
