"""Counting operations and order of execution."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import pytest

from tlft_desktop.core.models.cost import count_macs, eval_mode, record_execution


class Tangled(nn.Module):
    """Runs its children in another order than it registers them, one twice and one never."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4))
        self.second = nn.Conv2d(4, 4, 1, bias=False)
        self.unused = nn.Linear(2, 2)
        self.first = nn.Conv2d(3, 4, 3, padding=1)

    def forward(self, images: Tensor) -> Tensor:
        maps = self.second(self.second(self.first(images)))
        tokens = maps.flatten(2).transpose(1, 2) * self.scale
        return F.scaled_dot_product_attention(tokens, tokens, tokens).mean(1)


def meta(module: nn.Module) -> nn.Module:
    return module.to("meta")


def test_convolutions_and_attention_are_counted_where_they_are_called() -> None:
    execution = record_execution(meta(Tangled()), image_size=8)
    pixels = 64
    assert execution.own_macs["first"] == pixels * 4 * 3 * 9
    assert execution.own_macs["second"] == 2 * pixels * 4 * 4
    assert execution.own_macs[""] == 2 * pixels * pixels * 4
    assert count_macs(meta(Tangled()), image_size=8) == execution.macs == sum(execution.own_macs.values())


def test_grouped_convolutions_and_batches_count_as_they_should() -> None:
    grouped = nn.Sequential(nn.Conv2d(3, 6, 3, groups=3, bias=False))
    assert count_macs(meta(grouped), image_size=5) == 9 * 6 * 1 * 9
    assert record_execution(meta(grouped), image_size=5, batch_size=4).macs == 4 * 9 * 6 * 9


def test_order_is_that_of_execution() -> None:
    execution = record_execution(meta(Tangled()), image_size=8)
    assert execution.first_call["first"] < execution.first_call["second"] < execution.first_use["scale"]
    assert "unused" not in execution.first_call
    assert "unused.weight" not in execution.first_use
    assert execution.output_shape["first"] == (1, 4, 8, 8)


def test_hooks_and_modes_are_restored() -> None:
    model = meta(nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4), nn.Dropout()))
    model[1].eval()
    record_execution(model, image_size=4)
    assert [module.training for module in model.modules()] == [True, True, False, True]
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in model.modules())


def test_modes_are_restored_after_an_error() -> None:
    model = nn.Sequential(nn.Dropout())

    def fail() -> None:
        with eval_mode(model):
            assert not model[0].training
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert model[0].training


def test_counting_under_inference_mode_gives_the_same() -> None:
    attention = meta(nn.Sequential(nn.Conv2d(3, 8, 4, 4), nn.Flatten(2), _Attention()))
    plain = count_macs(attention, image_size=8)
    with torch.inference_mode():
        assert count_macs(attention, image_size=8) == plain
    tokens, width = 4, 8
    assert plain == tokens * 8 * 3 * 16 + tokens * width * width * 4 + 2 * tokens * tokens * width


class _Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, maps: Tensor) -> Tensor:
        tokens = maps.transpose(1, 2)
        return self.attention(tokens, tokens, tokens, need_weights=False)[0]


def test_a_model_with_values_is_refused() -> None:
    with pytest.raises(ValueError, match="meta"):
        count_macs(nn.Conv2d(3, 3, 1), image_size=4)
