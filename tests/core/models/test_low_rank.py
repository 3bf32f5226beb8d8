"""Low-rank adaptation: starts as the pretrained network, learns in small factors, and merges into a plain network."""

from __future__ import annotations

import copy

import torch
from timm.layers import Conv2dSame
from timm.layers.std_conv import StdConv2d
from torch import nn

import pytest

from tlft_desktop.core.freezing.apply import apply_plan
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.models.builder import build_network, is_norm
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.layer_tree import owner_of_parameter
from tlft_desktop.core.models.low_rank import (
    is_adapter,
    matrix_shape,
    merge_adapters,
    merged_state,
    set_adapters,
    without_adapters,
)
from tlft_desktop.core.models.tracing import trace_network
from tlft_desktop.core.workflows.networks import layer_tree

SIZE = 64
NETWORKS = ("timm:tf_efficientnet_lite0", "timm:vit_tiny_patch16_224", "torchvision:vit_b_16")


class SmallNet(nn.Module):
    """One layer of each kind that takes an adapter, with a norm behind a convolution."""

    def __init__(self) -> None:
        super().__init__()
        self.same = Conv2dSame(3, 6, 1, stride=2)
        self.conv = nn.Conv2d(6, 8, 1, stride=2, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 4)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.fc(self.norm(self.conv(self.same(images))).mean(dim=(2, 3)))  # type: ignore[no-any-return]


RANKS = {"same": 2, "conv": 3, "fc": 4}


def small_net() -> SmallNet:
    torch.manual_seed(0)
    net = SmallNet()
    for _ in range(3):
        net(torch.randn(4, 3, 9, 9))
    return net.eval()


def images(size: int = 9) -> torch.Tensor:
    return torch.randn(4, 3, size, size, generator=torch.Generator().manual_seed(1))


def shaken(model: nn.Module) -> None:
    """Give all factors of adapters values as training would."""
    generator = torch.Generator().manual_seed(2)
    for name, parameter in model.named_parameters():
        if is_adapter(name):
            parameter.data += 0.1 * torch.randn(parameter.shape, generator=generator)


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (nn.Linear(5, 7), (5, 7)),
        (nn.Conv2d(5, 7, 1), (5, 7)),
        (nn.Conv2d(5, 7, 1, stride=2), (5, 7)),
        (Conv2dSame(5, 7, 1), (5, 7)),
        (nn.Conv2d(5, 7, 3), None),
        (nn.Conv2d(6, 6, 1, groups=2), None),
        (nn.Conv2d(5, 7, 1, padding=1), None),
        (StdConv2d(5, 7, 1), None),
        (nn.BatchNorm2d(5), None),
        (nn.Identity(), None),
    ],
    ids=str,
)
def test_layers_that_are_products_with_one_matrix(layer: nn.Module, shape: tuple[int, int] | None) -> None:
    assert matrix_shape(layer) == shape


def test_the_start_is_the_network_itself() -> None:
    net = small_net()
    before, outputs = copy.deepcopy(net.state_dict()), net(images())
    set_adapters(net, RANKS, seed=3)
    assert torch.equal(net(images()), outputs)
    after = net.state_dict()
    assert all(torch.equal(after[name], tensor) for name, tensor in before.items())
    assert {name: tuple(after[name].shape) for name in after.keys() - before.keys()} == {
        "same.adapter_down": (2, 3, 1, 1),
        "same.adapter_up": (6, 2, 1, 1),
        "conv.adapter_down": (3, 6, 1, 1),
        "conv.adapter_up": (8, 3, 1, 1),
        "fc.adapter_down": (4, 8),
        "fc.adapter_up": (4, 4),
    }
    assert owner_of_parameter("fc.adapter_up", net) == "fc"


def test_the_start_follows_from_the_seed() -> None:
    first, same, other = (small_net() for _ in range(3))
    for net, seed in ((first, 3), (same, 3), (other, 4)):
        set_adapters(net, RANKS, seed=seed)
    assert torch.equal(first.fc.adapter_down, same.fc.adapter_down)
    assert not torch.equal(first.fc.adapter_down, other.fc.adapter_down)


def test_merging_computes_the_same_and_leaves_the_plain_network() -> None:
    net = small_net()
    names = list(net.state_dict())
    plain = net(images())
    set_adapters(net, RANKS, seed=3)
    shaken(net)
    outputs, state = net(images()), merged_state(net.state_dict())
    assert (outputs - plain).abs().max() > 0.01
    merge_adapters(net)
    assert list(net.state_dict()) == names == list(state)
    torch.testing.assert_close(net(images()), outputs, atol=1e-5, rtol=0)
    assert all(torch.equal(tensor, state[name]) for name, tensor in net.state_dict().items())
    assert not net.fc._forward_hooks
    merge_adapters(net)
    assert all(torch.equal(tensor, state[name]) for name, tensor in net.state_dict().items())


def test_a_state_without_adapters_is_the_pretrained_one() -> None:
    net = small_net()
    before = copy.deepcopy(net.state_dict())
    set_adapters(net, RANKS, seed=3)
    shaken(net)
    bare = without_adapters(net.state_dict())
    assert list(bare) == list(before)
    assert all(torch.equal(bare[name], tensor) for name, tensor in before.items())


def test_other_ranks_merge_what_goes_and_keep_what_stays() -> None:
    net = small_net()
    set_adapters(net, RANKS, seed=3)
    shaken(net)
    outputs, kept = net(images()), net.fc.adapter_up
    set_adapters(net, {"fc": 4, "conv": 1}, seed=9)
    assert net.fc.adapter_up is kept
    assert tuple(net.conv.adapter_down.shape) == (1, 6, 1, 1)
    assert "same.adapter_up" not in net.state_dict()
    torch.testing.assert_close(net(images()), outputs, atol=1e-5, rtol=0)


def test_copies_have_adapters_of_their_own() -> None:
    net = small_net()
    set_adapters(net, RANKS, seed=3)
    twin = copy.deepcopy(net)
    shaken(twin)
    outputs = twin(images())
    assert not torch.equal(outputs, net(images()))
    merge_adapters(twin)
    torch.testing.assert_close(twin(images()), outputs, atol=1e-5, rtol=0)
    assert "fc.adapter_up" in net.state_dict()


def test_graphs_compute_what_the_network_does() -> None:
    net = small_net()
    set_adapters(net, RANKS, seed=3)
    shaken(net)
    trace = trace_network(net)
    graph = torch.fx.GraphModule(trace.root, trace.graph)
    torch.testing.assert_close(graph(images()), net(images()))
    # A norm that is folded into weights would not scale what the adapter adds.
    torch.testing.assert_close(fold_norms(graph)(images()), net(images()), atol=1e-5, rtol=1e-5)


def test_bfloat16_starts_and_stays_in_its_type() -> None:
    net = small_net()
    with torch.autocast("cpu", torch.bfloat16):
        plain = net(images())
        set_adapters(net, RANKS, seed=3)
        assert torch.equal(net(images()), plain)
    assert net.fc.adapter_up.dtype is torch.float32


@pytest.mark.parametrize("backbone", NETWORKS)
def test_networks_of_the_catalogue_learn_in_every_adapter_and_merge(backbone: str) -> None:
    size = 224 if backbone.startswith("torchvision:vit") else SIZE
    tree = layer_tree(backbone, 3, size)
    plan = preset_plan(tree, Preset.LORA)
    model = build_network(find_backbone(backbone), num_classes=3, seed=0, image_size=size).eval()
    plain = model(images(size)[:1])
    ranks = tree.adapters(plan)
    set_adapters(model, ranks, seed=1)
    assert torch.equal(model(images(size)[:1]), plain)
    under = apply_plan(model, plan, is_norm=is_norm)
    sizes = {name: parameter.numel() for name, parameter in model.named_parameters()}
    assert sum(sizes[name] for name in under.trainable) == tree.trainable_parameters(plan)
    assert not set(under.trainable) & set(under.frozen_tensors)
    shaken(model)
    outputs = model(images(size)[:1])
    outputs.square().sum().backward()
    idle = [name for name, parameter in model.named_parameters() if is_adapter(name) and parameter.grad is None]
    assert idle == [], "an adapter that nothing calls would be a setting that does nothing"
    merge_adapters(model)
    scale = outputs.detach().abs().max()
    assert (model(images(size)[:1]) - outputs).abs().max() <= 1e-5 * max(1.0, float(scale))
