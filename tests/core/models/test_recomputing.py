"""Activations that are computed again: the same bits as if they had been kept, in less memory."""

from __future__ import annotations

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.profiler import ProfilerActivity, profile

import pytest

from tlft_desktop.core.freezing.apply import apply_plan
from tlft_desktop.core.models.builder import build_network, is_norm
from tlft_desktop.core.models.catalog import BackboneEntry, backbones, find_backbone
from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut, find_cuts
from tlft_desktop.core.models.layer_tree import build_layer_tree
from tlft_desktop.core.models.recomputing import least_held, recomputed_network
from tlft_desktop.core.models.split import split_network
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy

SMALL = {
    "timm:tf_efficientnet_lite0": 64,
    "timm:mobilenetv4_conv_small": 64,
    "timm:vit_tiny_patch16_224": 64,
    "torchvision:resnet18": 64,
    "torchvision:shufflenet_v2_x1_0": 64,
}
NOTHING: frozenset[str] = frozenset()


def one_step(network: Callable[[Tensor], Tensor], model: nn.Module, values: Tensor) -> dict[str, Tensor]:
    """Return the outputs, the gradients and the buffers behind one step; each step has the same dropout."""
    torch.manual_seed(1)
    model.zero_grad(set_to_none=True)
    logits = network(values)
    functional.cross_entropy(logits, torch.arange(len(logits)) % 2).backward()
    found = {name: item.grad.clone() for name, item in model.named_parameters() if item.grad is not None}
    return found | {name: item.clone() for name, item in model.named_buffers()} | {"logits": logits.detach()}


def assert_equal(found: dict[str, Tensor], expected: dict[str, Tensor]) -> None:
    assert found.keys() == expected.keys()
    assert [name for name in found if not torch.equal(found[name], expected[name])] == []


def prepared(entry: BackboneEntry, image_size: int, share: float) -> tuple[nn.Module, CutPoint | None, Tensor]:
    """Return a network in the modes of training with a share of its layers frozen, the cut behind them, and images."""
    model = build_network(entry, num_classes=3, seed=0, image_size=image_size)
    owners = build_layer_tree(entry, num_classes=3, image_size=image_size).owners
    frozen = frozenset(owners[: int(len(owners) * share)])
    cut = deepest_cut(find_cuts(model, image_size=image_size), frozen)
    plan = FreezePlan(frozen=cut.owners if cut is not None else NOTHING, norm=NormPolicy.FULL)
    apply_plan(model, plan, is_norm=is_norm).train_mode()
    images = torch.randn(4, 3, image_size, image_size, generator=torch.Generator().manual_seed(0))
    return model, cut, images


def check_backbone(entry: BackboneEntry, image_size: int, share: float) -> None:
    model, cut, images = prepared(entry, image_size, share)
    frozen = cut.owners if cut is not None else NOTHING
    whole, rear = copy.deepcopy(model), copy.deepcopy(model)
    again = recomputed_network(whole, frozen, image_size=image_size)
    assert again.num_recomputed > 0
    expected = one_step(model, model, images)
    assert_equal(one_step(again, whole, images), expected)
    if cut is not None:
        with torch.no_grad():
            crossing = split_network(rear, cut).front(images).clone()
        behind = recomputed_network(rear, frozen, image_size=image_size, start=cut)
        assert_equal(one_step(behind, rear, crossing), expected)


@pytest.mark.parametrize("share", [0.0, 0.5])
@pytest.mark.parametrize("name", SMALL)
def test_a_step_gives_the_same_bits(name: str, share: float) -> None:
    check_backbone(find_backbone(name), SMALL[name], share)


@pytest.mark.full
@pytest.mark.parametrize("entry", backbones(), ids=lambda entry: entry.name)
def test_a_step_of_every_backbone_gives_the_same_bits(entry: BackboneEntry) -> None:
    check_backbone(entry, entry.preprocessing.input_size, 0.0)


def test_running_statistics_follow_a_batch_once() -> None:
    model, _, images = prepared(find_backbone("timm:tf_efficientnet_lite0"), 64, 0.0)
    counts = [item for name, item in model.named_buffers() if name.endswith("num_batches_tracked")]
    before = [int(count) for count in counts]
    one_step(recomputed_network(model, NOTHING, image_size=64), model, images)
    assert [int(count) for count in counts] == [count + 1 for count in before]
    held = dict(model.named_buffers())
    assert all(any(count is item for item in held.values()) for count in counts), "copies were left in their place"


def most_held(step: Callable[[], object]) -> int:
    """Return the most bytes that a step allocates at once."""
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as profiler:
        step()
    events = [event for event in profiler.profiler.kineto_results.events() if event.name() == "[memory]"]
    held = most = 0
    for event in sorted(events, key=lambda event: event.start_ns()):
        held += event.nbytes()
        most = max(most, held)
    return most


@pytest.mark.parametrize(("name", "share"), [("timm:tf_efficientnet_lite0", 0.5), ("timm:vit_tiny_patch16_224", 0.4)])
def test_less_memory_is_held(name: str, share: float) -> None:
    """Two thirds less where activations are most of what a step holds; gradients are in the figures, too."""
    model, _, images = prepared(find_backbone(name), 96, 0.0)
    again = recomputed_network(model, NOTHING, image_size=96)
    # Gradients are there before the first figure is taken: both steps add to them.
    one_step(model, model, images)
    peaks = [most_held(lambda network=network: network(images).sum().backward()) for network in (model, again)]
    assert peaks[1] < share * peaks[0], peaks


def test_frozen_layers_in_front_are_computed_once() -> None:
    model, cut, images = prepared(find_backbone("timm:tf_efficientnet_lite0"), 64, 0.5)
    assert cut is not None
    again = recomputed_network(model, cut.owners, image_size=64)
    passes: list[int] = []
    model.get_submodule("conv_stem").register_forward_hook(lambda *_: passes.append(0))
    model.get_submodule("blocks.5.1.conv_pw").register_forward_hook(lambda *_: passes.append(5))
    model.get_submodule("classifier").register_forward_hook(lambda *_: passes.append(7))
    one_step(again, model, images)
    assert passes.count(0) == 1
    assert passes.count(5) == 2
    assert passes.count(7) == 1, "what is needed first in the backward pass is kept"


def test_a_network_without_a_place_to_keep_anything_says_so() -> None:
    class Single(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.head = nn.Linear(12, 2)

        def forward(self, images: Tensor) -> Tensor:
            return self.head(images.flatten(1))  # type: ignore[no-any-return]

    with pytest.raises(UntraceableError, match="in place of others"):
        recomputed_network(Single().train(), NOTHING, image_size=2)


# ------------------------------------------------------------------------------------------------------ where to keep


def cuts_of(*pairs: tuple[int, int]) -> list[CutPoint]:
    """Return cuts with the given widths and values passed."""
    return [CutPoint(str(place), place, NOTHING, (width,), passed) for place, (width, passed) in enumerate(pairs)]


def test_narrow_places_are_chosen() -> None:
    cuts = cuts_of((50, 50), (1, 100), (50, 150), (1, 200), (50, 250), (1, 300))
    assert [cut.name for cut in least_held(cuts, before=0)] == ["1", "3"]


def test_nothing_is_kept_where_it_costs_what_it_saves() -> None:
    assert least_held(cuts_of((100, 100), (100, 200)), before=0) == []
    assert least_held([], before=0) == []
    assert least_held(cuts_of((1, 10)), before=5) == []


@pytest.mark.parametrize("number", [9, 16, 64])
def test_equal_layers_are_kept_in_stretches_of_the_root_of_their_number(number: int) -> None:
    """With `n` equal layers about 2 * sqrt(n) outputs are held (Chen et al. 2016, section 3)."""
    cuts = cuts_of(*((1, place + 1) for place in range(number)))
    kept = len(least_held(cuts, before=0))
    assert abs(kept - (number**0.5 - 1)) <= 1
