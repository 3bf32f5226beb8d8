"""Cuts of the catalogue's networks, and the two parts against the whole: outputs and gradients to the bit."""

from __future__ import annotations

import copy
import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional

import pytest

from tlft_desktop.core.freezing.apply import apply_plan
from tlft_desktop.core.models.builder import build_network, build_on_meta, is_norm
from tlft_desktop.core.models.catalog import BackboneEntry, backbones, find_backbone
from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut, find_cuts
from tlft_desktop.core.models.layer_tree import build_layer_tree
from tlft_desktop.core.models.split import SplitNetwork, split_network
from tlft_desktop.core.models.tracing import UntraceableError, trace_network
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy

ENTRIES = backbones()
SMALL = {
    "timm:tf_efficientnet_lite0": 64,
    "timm:tf_efficientnet_lite1": 60,
    "timm:tf_efficientnet_lite2": 65,
    "timm:mobilenetv4_conv_small": 64,
    "timm:vit_tiny_patch16_224": 64,
    "timm:densenet121": 64,
    "torchvision:resnet18": 64,
    "torchvision:googlenet": 96,
    "torchvision:shufflenet_v2_x1_0": 64,
}


def cut_at_share(model: nn.Module, owners: tuple[str, ...], share: float, image_size: int) -> CutPoint:
    """Return the deepest cut when the first `share` of the owners is frozen."""
    cut = deepest_cut(find_cuts(model, image_size=image_size), frozenset(owners[: int(len(owners) * share)]))
    assert cut is not None
    return cut


def gradients(model: nn.Module, logits: Tensor) -> dict[str, Tensor]:
    model.zero_grad(set_to_none=True)
    functional.cross_entropy(logits, torch.arange(len(logits)) % 2).backward()
    return {name: item.grad.clone() for name, item in model.named_parameters() if item.grad is not None}


def assert_parts_equal_the_whole(model: nn.Module, split: SplitNetwork, images: Tensor) -> None:
    """Compare outputs and gradients of one step; the statistics of norm layers start both times from the same."""
    whole = copy.deepcopy(model)
    torch.manual_seed(1)
    expected = whole(images)
    expected_gradients = gradients(whole, expected)
    with torch.no_grad():
        crossing = split.front(images).clone()
    torch.manual_seed(1)
    found = split.rear_train(crossing)
    assert torch.equal(found, expected)
    found_gradients = gradients(model, found)
    assert found_gradients.keys() == expected_gradients.keys()
    assert all(torch.equal(found_gradients[name], expected_gradients[name]) for name in found_gradients)
    # Norm layers that train moved their statistics in both by the same step.
    assert all(torch.equal(a, b) for a, b in zip(model.buffers(), whole.buffers(), strict=True))
    model.eval()
    whole.eval()
    with torch.no_grad():
        assert torch.equal(split.rear_eval(split.front(images)), whole(images))


def check_backbone(entry: BackboneEntry, share: float, image_size: int) -> None:
    model = build_network(entry, num_classes=3, seed=0, image_size=image_size)
    owners = build_layer_tree(entry, num_classes=3, image_size=image_size).owners
    cut = cut_at_share(model, owners, share, image_size)
    applied = apply_plan(model, FreezePlan(frozen=cut.owners, norm=NormPolicy.FULL), is_norm=is_norm)
    applied.train_mode()
    images = torch.randn(2, 3, image_size, image_size, generator=torch.Generator().manual_seed(0))
    split = split_network(model, cut)
    assert split.front(images).shape == (2, *cut.shape)
    assert_parts_equal_the_whole(model, split, images)


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("name", SMALL)
def test_parts_equal_the_whole_to_the_bit(name: str, share: float) -> None:
    check_backbone(find_backbone(name), share, SMALL[name])


@pytest.mark.full
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_parts_of_every_backbone_equal_the_whole_to_the_bit(entry: BackboneEntry) -> None:
    check_backbone(entry, 0.7, entry.preprocessing.input_size)


@pytest.mark.full
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_backbone_can_be_cut_behind_its_first_stage_and_before_its_head(entry: BackboneEntry) -> None:
    size = entry.preprocessing.input_size
    tree = build_layer_tree(entry, num_classes=3, image_size=size)
    cuts = find_cuts(build_on_meta(entry, num_classes=3), image_size=size)
    assert [cut.position for cut in cuts] == sorted({cut.position for cut in cuts})
    assert all(first.owners <= second.owners for first, second in itertools.pairwise(cuts))
    assert cuts[-1].owners >= set(tree.owners) - set(tree.head_owners) or entry.head in cuts[-1].owners
    assert len(cuts[0].owners) < len(tree.owners) / 4


def test_cuts_lie_between_blocks_and_name_what_is_before_them() -> None:
    model = build_on_meta(find_backbone("timm:tf_efficientnet_lite0"), num_classes=3)
    cuts = {cut.name: cut for cut in find_cuts(model, image_size=224)}
    border = cuts["blocks.4.2.add"]
    assert border.shape == (112, 14, 14)
    assert border.width == 112 * 14 * 14
    assert all(name.startswith(("conv_stem", "bn1", "blocks.")) for name in border.owners)
    assert "blocks.5.0.conv_pw" not in border.owners
    # Inside a block with a shortcut two tensors are alive.
    assert "blocks.4.1.conv_dw" not in cuts


def test_the_deepest_cut_needs_everything_before_it_frozen() -> None:
    entry = find_backbone("torchvision:resnet18")
    cuts = find_cuts(build_on_meta(entry, num_classes=3), image_size=64)
    owners = build_layer_tree(entry, num_classes=3, image_size=64).owners
    everything = deepest_cut(cuts, frozenset(owners) - {"fc"})
    assert everything is not None
    assert everything.shape == (512,)
    # One layer that trains in front leaves nothing to keep, however much behind it is frozen.
    assert deepest_cut(cuts, frozenset(owners) - {owners[0]}) is None
    assert deepest_cut(cuts, frozenset()) is None
    hole = deepest_cut(cuts, frozenset(owners) - {"layer3.0.conv1", "fc"})
    assert hole is not None
    assert hole.name.startswith("layer2.1")


class Dropping(nn.Module):
    """Drops in a branch, by a function, and in front of its head."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3)
        self.block = nn.Sequential(nn.Conv2d(4, 4, 1), nn.Dropout(0.5))
        self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 2))

    def forward(self, images: Tensor) -> Tensor:
        """Map [B, 3, S, S] to [B, 2]."""
        kept = self.stem(images)
        kept = (kept + self.block(kept)).mean(dim=(2, 3))
        return self.head(functional.dropout(kept, 0.5, self.training).flatten(1))


def test_no_cut_lies_between_dropout_and_its_layer() -> None:
    model = Dropping()
    names = [cut.name for cut in find_cuts(model, image_size=16)]
    assert names == ["stem", "add", "mean"], "what drops in a branch is frozen with its block"
    cut = deepest_cut(find_cuts(model, image_size=16), frozenset({"stem", "block.0"}))
    assert cut is not None
    apply_plan(model, FreezePlan(frozenset({"stem", "block.0"})), is_norm=is_norm).train_mode()
    assert_parts_equal_the_whole(model, split_network(model, cut), torch.randn(3, 3, 16, 16))


@pytest.mark.parametrize("name", ["torchvision:efficientnet_b0", "torchvision:mobilenet_v3_small"])
def test_dropout_in_front_of_a_real_head_trains_with_it(name: str) -> None:
    model = build_network(find_backbone(name), num_classes=2, seed=0, image_size=64)
    tree = build_layer_tree(find_backbone(name), num_classes=2, image_size=64)
    frozen = frozenset(tree.owners) - frozenset(tree.head_owners)
    cut = deepest_cut(find_cuts(model, image_size=64), frozen)
    assert cut is not None
    apply_plan(model, FreezePlan(frozen), is_norm=is_norm).train_mode()
    assert_parts_equal_the_whole(model, split_network(model, cut), torch.randn(2, 3, 64, 64))


def test_dropout_that_drops_nothing_hides_no_cut() -> None:
    model = build_network(find_backbone("timm:vit_tiny_patch16_224"), num_classes=2, seed=0, image_size=64)
    names = [cut.name for cut in find_cuts(model, image_size=64)]
    assert sum(name.startswith("blocks.") and name.endswith("add_1") for name in names) == 12, names


def test_the_parts_share_the_parameters_of_the_network() -> None:
    entry = find_backbone("timm:tf_efficientnet_lite0")
    model = build_network(entry, num_classes=3, seed=0, image_size=64)
    cut = cut_at_share(model, build_layer_tree(entry, num_classes=3, image_size=64).owners, 0.8, 64)
    split = split_network(model, cut)
    own = {id(parameter) for parameter in model.parameters()}
    parts = [id(item) for part in (split.front, split.rear_train, split.rear_eval) for item in part.parameters()]
    assert set(parts) <= own
    model.eval()
    images = torch.zeros(1, 3, 64, 64)
    before = split.rear_eval(split.front(images))
    with torch.no_grad():
        model.get_submodule("classifier").bias.add_(1.0)
    assert torch.allclose(split.rear_eval(split.front(images)), before + 1.0)
    # Tracing leaves the network as it was.
    assert not hasattr(model, "_tensor_constant0")
    assert not model.training


class ByValue(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(3, 2)

    def forward(self, x: Tensor) -> Tensor:
        x = x.mean(dim=(2, 3))
        return self.fc(x) if x.sum() > 0 else self.fc(-x)


def test_a_network_that_looks_at_values_is_refused_in_words() -> None:
    with pytest.raises(UntraceableError, match="ByValue"):
        trace_network(ByValue())
    with pytest.raises(UntraceableError):
        find_cuts(ByValue(), image_size=8)
