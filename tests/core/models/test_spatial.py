"""Where features lie as the picture does: shapes, axes that are measured, stages, and networks left as they were."""

from __future__ import annotations

import torch
from torch import Tensor, nn

import pytest

from spatial_samples import FAMILIES, SIZE, Pooled, build, image, layer
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, BackboneEntry, backbones, find_backbone
from tlft_desktop.core.models.layer_tree import build_layer_tree
from tlft_desktop.core.models.spatial import (
    Layout,
    Place,
    differentiable_features,
    locality,
    measured_place,
    possible_layouts,
    spatial_layer,
)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((512, 7, 7), (Layout(1, 7),)),
        ((7, 7, 512), (Layout(3, 7),)),
        ((7, 7, 7), (Layout(1, 7), Layout(3, 7))),
        ((512, 1, 1), ()),
        ((512,), ()),
        ((), ()),
        ((197, 192), (Layout(2, 14, 1),)),
        ((196, 768), (Layout(2, 14),)),
        ((201, 390), (Layout(2, 14, 5),)),
        ((2, 390), ()),
        ((17, 390), (Layout(2, 4, 1), Layout(2, 3, 8), Layout(2, 2, 13))),
    ],
)
def test_a_shape_allows_only_some_layouts(shape: tuple[int, ...], expected: tuple[Layout, ...]) -> None:
    assert possible_layouts(shape) == expected


@pytest.mark.parametrize("name", FAMILIES)
def test_the_layout_is_measured(name: str) -> None:
    _, path, channels, side, prefix = FAMILIES[name]
    model = build(name)
    place = measured_place(model, layer(model, path), image_size=SIZE)
    assert place == Place(path, Layout(channels, side, prefix))
    assert locality(model, place, image_size=SIZE) > 0.4


def test_a_grid_has_its_first_row_at_the_top() -> None:
    values = torch.arange(2 * 5 * 3).reshape(1, 5, 6).float()
    grid = Layout(2, 2, 1).grid(values)
    assert grid.shape == (1, 2, 2, 6)
    assert torch.equal(grid[0, 0, 1], values[0, 2])
    assert torch.equal(grid[0, 1, 0], values[0, 3])
    maps = torch.arange(2 * 3 * 3).reshape(1, 2, 3, 3).float()
    assert torch.equal(Layout(1, 3).grid(maps)[0, 2, 0], maps[0, :, 2, 0])


def test_stages_and_layers_of_a_tree() -> None:
    tree = build_layer_tree(find_backbone(DEFAULT_BACKBONE), num_classes=3, image_size=64)
    assert spatial_layer(tree, "blocks.6").path == "bn2"
    assert spatial_layer(tree, "blocks.3").path == "blocks.3"
    assert spatial_layer(tree, "stem").path == "bn1"
    assert spatial_layer(tree, "blocks.2.0.conv_dw").path == "blocks.2.0.conv_dw"
    for path in ("head", "global_pool", "classifier"):
        with pytest.raises(InputError, match=f"'{path}' has no spatial extent"):
            spatial_layer(tree, path)
    with pytest.raises(InputError, match=r"has no layer 'blocks\.9'"):
        spatial_layer(tree, "blocks.9")


@pytest.mark.parametrize("name", FAMILIES)
def test_features_are_a_leaf_and_the_network_is_as_before(name: str) -> None:
    model, path = build(name), FAMILIES[name][1]
    model.requires_grad_(False)
    model.train()
    dropped = next(module for module in model.modules() if not list(module.children()))
    dropped.eval()
    before = {key: value.clone() for key, value in model.state_dict().items()}
    features, logits = differentiable_features(model, path, image())
    assert features.is_leaf
    (gradient,) = torch.autograd.grad(logits[0, 0], features)
    assert gradient.shape == features.shape
    assert bool(gradient.any())
    assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())
    assert (model.training, dropped.training) == (True, False)
    assert not any(module._forward_hooks for module in model.modules())
    assert torch.is_grad_enabled()
    with torch.no_grad():
        torch.testing.assert_close(model.eval()(image()), logits.detach())


def test_it_works_in_front_of_layers_that_work_in_place_and_inside_of_inference_mode() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(inplace=True), Pooled(2, 3), nn.Linear(4, 3))
    with torch.inference_mode():
        features, logits = differentiable_features(model, "0", image(image_size=8))
    assert bool((features < 0).any())
    (gradient,) = torch.autograd.grad(logits[0, 0], features)
    assert bool((gradient[features < 0] == 0).all())


class _Odd(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.unused, self.pair, self.head = nn.Identity(), _Pair(), nn.Linear(3, 3)

    def forward(self, images: Tensor) -> Tensor:
        first, _ = self.pair(images.mean(dim=(2, 3)))
        return self.head(first)


class _Pair(nn.Module):
    def forward(self, values: Tensor) -> tuple[Tensor, Tensor]:
        return values, values


@pytest.mark.parametrize(("path", "match"), [("unused", "does not run"), ("pair", "is not one tensor")])
def test_a_layer_that_cannot_be_looked_at_is_a_sentence(path: str, match: str) -> None:
    model = _Odd()
    with pytest.raises(InputError, match=match):
        differentiable_features(model, path, image())
    assert not any(module._forward_hooks for module in model.modules())
    assert torch.is_grad_enabled()


@pytest.mark.full
@pytest.mark.parametrize("entry", backbones(), ids=lambda entry: entry.name)
def test_every_backbone_has_a_last_stage_that_lies_as_the_picture_does(entry: BackboneEntry) -> None:
    size = entry.preprocessing.input_size
    tree = build_layer_tree(entry, num_classes=3, image_size=size)
    model = build_network(entry, num_classes=3, seed=0, image_size=size)
    for stage in tree.stages[-3:-1]:
        place = measured_place(model, spatial_layer(tree, stage), image_size=size)
        assert locality(model, place, image_size=size) > 0.25
