"""The distance to the source: zero for what a network learned from, and where in the network it lies."""

from __future__ import annotations

from collections import OrderedDict

import timm
import torch
from torch import nn
from torchvision.models.convnext import LayerNorm2d

import numpy as np
import pytest

from tlft_desktop.core.advice.source_shift import (
    Moments,
    answer_entropy,
    plain_border_share,
    seen_moments,
    shift_between,
    source_moments,
)


def network() -> nn.Module:
    """Return three convolutions with batch norms that have seen normal noise for long."""
    torch.manual_seed(0)
    blocks = OrderedDict(
        (f"block{number}", nn.Sequential(nn.Conv2d(width, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU()))
        for number, width in enumerate((3, 8, 8))
    )
    model = nn.Sequential(blocks)
    with torch.no_grad():
        for _ in range(200):
            model.train()(torch.randn(16, 3, 12, 12))
    return model.eval()


def batches(scale: float = 1.0, offset: float = 0.0) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    return [torch.randn(32, 3, 12, 12, generator=generator) * scale + offset for _ in range(2)]


def test_images_of_the_source_are_near_and_others_further() -> None:
    model = network()
    source = source_moments(model)
    shifts = [shift_between(source, seen_moments(model, source, batches(scale))) for scale in (1.0, 1.5, 3.0)]
    assert shifts[0].overall < 0.01
    assert [shift.overall for shift in shifts] == sorted(shift.overall for shift in shifts)
    assert shifts[2].divergence[0] > 0.5
    assert all(value > 0 for value in shifts[1].distance)


def test_the_divergence_is_that_of_two_normal_distributions() -> None:
    first = Moments(np.array([1.0]), np.array([4.0]))
    second = Moments(np.array([2.0]), np.array([9.0]))
    shift = shift_between({"norm": first}, {"norm": second})
    normal = torch.distributions.Normal
    expected = torch.distributions.kl_divergence(normal(2.0, 3.0), normal(1.0, 2.0)).item()
    assert shift.divergence == pytest.approx((expected,) * 3, rel=1e-6)
    assert shift.distance == pytest.approx(((1 + 1) / 4,) * 3)


def test_moments_are_those_of_all_values_of_a_channel() -> None:
    model = network()
    images = batches()
    received: list[torch.Tensor] = []
    handle = model.get_submodule("block0.1").register_forward_pre_hook(lambda _m, inputs: received.append(inputs[0]))
    seen = seen_moments(model, ["block0.1"], images)["block0.1"]
    handle.remove()
    values = torch.cat(received).double()
    np.testing.assert_allclose(seen.mean, values.mean(dim=(0, 2, 3)).numpy(), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(seen.variance, values.var(dim=(0, 2, 3), correction=0).numpy(), rtol=1e-6)
    assert not any(module._forward_pre_hooks for module in model.modules()), "nothing stays in the network"


def test_thirds_are_in_the_order_of_the_network() -> None:
    source = {str(number): Moments(np.zeros(1), np.ones(1)) for number in range(6)}
    seen = {str(number): Moments(np.full(1, number // 2 + 1.0), np.ones(1)) for number in range(6)}
    assert shift_between(source, seen).distance == (1.0, 4.0, 9.0)


@pytest.mark.parametrize(
    ("norm", "shape", "others"),
    [
        (nn.LayerNorm(4), (3, 6, 4), (0, 1)),
        (nn.LayerNorm(4), (3, 5, 6, 4), (0, 1, 2)),
        (timm.layers.LayerNorm2d(4), (3, 4, 5, 6), (0, 2, 3)),
        (LayerNorm2d(4), (3, 4, 5, 6), (0, 2, 3)),
        (nn.GroupNorm(2, 4), (3, 4, 5, 6), (0, 2, 3)),
    ],
)
def test_channels_are_where_a_norm_layer_has_them(
    norm: nn.Module, shape: tuple[int, ...], others: tuple[int, ...]
) -> None:
    images = torch.randn(shape, generator=torch.Generator().manual_seed(2))
    seen = seen_moments(nn.Sequential(norm), ["0"], [images])["0"]
    assert seen.mean.shape == (4,)
    np.testing.assert_allclose(seen.mean, images.double().mean(dim=others).numpy(), atol=1e-9)


def test_a_smaller_shift_never_becomes_negative() -> None:
    source, seen = Moments(np.zeros(1), np.ones(1)), Moments(np.ones(1), np.ones(1))
    shift = shift_between({"norm": source}, {"norm": seen})
    assert shift.less(0.2).divergence == pytest.approx((0.3,) * 3)
    assert shift.less(1.0).divergence == (0.0, 0.0, 0.0)
    assert shift.less(1.0).distance == shift.distance


def test_a_network_without_batch_norms_says_nothing() -> None:
    model = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))
    assert source_moments(model) == {}
    with pytest.raises(ValueError, match="no norm layer in common"):
        shift_between({}, {})


def test_a_channel_that_never_varies_gives_a_finite_distance() -> None:
    still = Moments(np.zeros(3), np.zeros(3))
    assert np.isfinite(shift_between({"norm": still}, {"norm": still}).divergence).all()


def test_the_entropy_lies_between_sure_and_unsure() -> None:
    features = torch.eye(4)
    assert answer_entropy(features, torch.zeros(8, 4), torch.zeros(8)) == pytest.approx(np.log(8))
    assert answer_entropy(features, 100 * torch.eye(4), torch.zeros(4)) == pytest.approx(0.0, abs=1e-6)


def test_plain_borders_are_counted() -> None:
    images = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(0)) / 0.5 - 1
    images[0] = 1.0
    images[0, :, 10:50, 10:50] = 0.0
    assert plain_border_share(images, (0.5, 0.5, 0.5)) == 0.25
