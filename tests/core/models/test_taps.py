"""Shallower fronts are met in deeper ones, to the bit, or not at all."""

from __future__ import annotations

import torch
from torch import Tensor, fx, nn

import pytest

from tests.core.models.test_folding import NETWORKS, with_statistics
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.cut_points import CutPoint, find_cuts
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.split import cut_values, network_before, split_network
from tlft_desktop.core.models.taps import place_in, with_taps
from tlft_desktop.core.models.tracing import UntraceableError

MOST_CUTS = 8


def folded_front(model: nn.Module, cut: CutPoint) -> fx.GraphModule:
    """Return what a run computes the outputs at a cut with."""
    return fold_norms(split_network(model, cut).front)


class Plain(nn.Module):
    """A cut behind a convolution whose norm is folded in deeper fronts, and an operation in place behind a cut."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.norm, self.two = nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4), nn.Conv2d(4, 4, 1)
        self.act = nn.ReLU(inplace=True)
        self.head = nn.Linear(4, 2)

    def forward(self, images: Tensor) -> Tensor:
        hidden = self.norm(self.one(images))
        return self.head(self.two(self.act(hidden)).mean((2, 3)))  # type: ignore[no-any-return]


def plain() -> nn.Module:
    torch.manual_seed(0)
    return with_statistics(Plain()).eval()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), NETWORKS)
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_all_fronts_in_one_give_the_bits_of_each_alone(name: str, size: int, layout: torch.memory_format) -> None:
    entry = find_backbone(name)
    if name == "timm:vit_tiny_patch16_224":
        size = 224
    model = with_statistics(build_network(entry, num_classes=3, seed=0, image_size=size)).eval()
    model.to(memory_format=layout)  # type: ignore[call-overload]
    images = torch.randn(4, 3, size, size, generator=torch.Generator().manual_seed(1)).contiguous(memory_format=layout)
    cuts = find_cuts(model, image_size=size)
    chosen = cuts[:: max(1, len(cuts) // MOST_CUTS)]
    fronts = [folded_front(model, cut) for cut in chosen]
    try:
        fronts.append(fold_norms(network_before(model, entry.head)))
    except UntraceableError:
        fronts.append(folded_front(model, cuts[-1]))
    deepest = fronts[-1]
    places = [place_in(front, deepest) for front in fronts]
    found = [(front, place) for front, place in zip(fronts, places, strict=True) if place is not None]
    assert len(found) > len(fronts) / 2
    with torch.inference_mode():
        outputs = with_taps(deepest, [place for _, place in found])(images)
    for (front, _), values in zip(found, outputs, strict=True):
        assert torch.equal(values, cut_values(front, images))


def test_a_norm_that_is_folded_in_one_front_only_is_not_shared() -> None:
    model = plain()
    cuts = {cut.name: cut for cut in find_cuts(model, image_size=8)}
    deepest = folded_front(model, cuts["two"])
    assert place_in(folded_front(model, cuts["one"]), deepest) is None
    assert place_in(folded_front(model, cuts["norm"]), deepest) is not None
    assert place_in(deepest, folded_front(model, cuts["norm"])) is None


def test_an_operation_in_place_behind_a_tap_does_not_reach_what_is_kept() -> None:
    model = plain()
    cuts = {cut.name: cut for cut in find_cuts(model, image_size=8)}
    images = torch.randn(4, 3, 8, 8)
    front, deepest = folded_front(model, cuts["norm"]), folded_front(model, cuts["two"])
    place = place_in(front, deepest)
    last = place_in(deepest, deepest)
    assert place is not None
    assert last is not None
    with torch.inference_mode():
        kept, _ = with_taps(deepest, [place, last])(images)
        (alone,) = with_taps(deepest, [place])(images)
    assert bool((kept < 0).any())
    assert torch.equal(kept, cut_values(front, images))
    assert torch.equal(alone, kept)


def test_only_as_much_is_computed_as_is_needed() -> None:
    model = plain()
    cuts = {cut.name: cut for cut in find_cuts(model, image_size=8)}
    deepest = folded_front(model, cuts["two"])
    place = place_in(folded_front(model, cuts["norm"]), deepest)
    assert place is not None
    called = {node.target for node in with_taps(deepest, [place]).graph.nodes if node.op == "call_module"}
    assert called == {"one", "norm"}


@pytest.mark.parametrize("dtypes", [(torch.float32, torch.bfloat16), (torch.bfloat16, torch.float32)])
def test_another_type_is_not_shared(dtypes: tuple[torch.dtype, torch.dtype]) -> None:
    entry = find_backbone("timm:resnet18")
    model = with_statistics(build_network(entry, num_classes=3, seed=0, image_size=64)).eval()
    fronts = [fold_norms(network_before(model, entry.head), dtype) for dtype in dtypes]
    assert place_in(*fronts) is None
    assert place_in(fronts[0], fronts[0]) is not None


def test_other_weights_are_not_shared() -> None:
    model, other = plain(), plain()
    cut = find_cuts(model, image_size=8)[-1]
    assert place_in(folded_front(model, cut), folded_front(other, cut)) is not None
    with torch.no_grad():
        other.get_parameter("one.weight").add_(1e-3)
    assert place_in(folded_front(model, cut), folded_front(other, cut)) is None
