"""Networks between two others: their ends, their middle, and what cannot be blended."""

from __future__ import annotations

import torch
from torch import nn

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.blending import blended_state


def network(seed: int, width: int = 4) -> nn.Sequential:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Conv2d(3, width, 3), nn.BatchNorm2d(width), nn.Conv2d(width, 2, 3))
        for _ in range(seed + 1):
            model(torch.randn(8, 3, 9, 9) * (1 + seed))
        return model.eval()


def test_the_ends_are_the_networks_themselves_to_the_bit() -> None:
    first, second = network(0).state_dict(), network(1).state_dict()
    for alpha, expected in ((0.0, first), (1.0, second)):
        found = blended_state(first, second, alpha)
        assert found.keys() == expected.keys()
        assert all(torch.equal(found[name], expected[name]) for name in found if found[name].is_floating_point())
    assert int(blended_state(first, second, 0.0)["1.num_batches_tracked"]) == 2


def test_weights_and_running_statistics_are_averaged_and_nothing_is_shared() -> None:
    first, second = network(0).state_dict(), network(1).state_dict()
    found = blended_state(first, second, 0.25)
    for name in ("0.weight", "1.bias", "1.running_mean", "1.running_var"):
        torch.testing.assert_close(found[name], 0.75 * first[name] + 0.25 * second[name])
    before = {name: tensor.clone() for name, tensor in second.items()}
    for tensor in found.values():
        tensor.zero_()
    assert all(torch.equal(second[name], before[name]) for name in second)


def test_other_networks_and_other_shares_are_refused() -> None:
    state = network(0).state_dict()
    for other in (network(0, width=5).state_dict(), {name: state[name] for name in list(state)[:-1]}):
        with pytest.raises(InputError, match="same layers"):
            blended_state(state, other, 0.5)
    with pytest.raises(ValueError, match=r"from 0 to 1"):
        blended_state(state, state, 1.5)
