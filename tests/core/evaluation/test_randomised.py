"""Networks with shuffled weights: the same values in another order, and the original untouched."""

from __future__ import annotations

import torch

from spatial_samples import build
from tlft_desktop.core.evaluation.randomised import shuffled_network


def test_only_the_owners_that_are_named_are_shuffled() -> None:
    model = build("timm convnext")
    before = {name: value.clone() for name, value in model.state_dict().items()}
    state = shuffled_network(model, ["head.fc", "stages.3.blocks.0.conv_dw"], seed=0).state_dict()
    changed = {name for name, value in state.items() if not torch.equal(value, before[name])}
    assert changed == {"head.fc.weight", "head.fc.bias", "stages.3.blocks.0.conv_dw.weight"}
    for name, value in state.items():
        assert torch.equal(value.flatten().sort().values, before[name].flatten().sort().values)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    again = shuffled_network(model, ["head.fc", "stages.3.blocks.0.conv_dw"], seed=0).state_dict()
    assert all(torch.equal(value, again[name]) for name, value in state.items())
