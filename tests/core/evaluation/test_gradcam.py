"""Class activation maps against what they must be by their definition."""

from __future__ import annotations

import torch
from torch import Tensor, nn

import numpy as np
import pytest

from spatial_samples import FAMILIES, SIZE, Pooled, build, image, layer
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.gradcam import grad_cam, reaches_the_answer
from tlft_desktop.core.models.spatial import Layout, Place, measured_place


def red_detector() -> nn.Sequential:
    """Return a network that answers class 0 by the red of 4 x 4 blocks, and class 1 by their green."""
    convolution = nn.Conv2d(3, 2, 4, stride=4, bias=False)
    head = nn.Linear(2, 2)
    with torch.no_grad():
        convolution.weight.zero_()
        convolution.weight[0, 0] = convolution.weight[1, 1] = 1 / 16
        head.weight.copy_(torch.tensor([[1.0, -1.0], [-1.0, 1.0]]))
        head.bias.copy_(torch.tensor([0.5, -0.25]))
    return nn.Sequential(convolution, nn.ReLU(inplace=True), Pooled(2, 3), head)


PLACE = Place("1", Layout(1, 4))


def picture() -> Tensor:
    pixels = torch.zeros(1, 3, 16, 16)
    pixels[0, 0, :4, 8:12] = 2
    pixels[0, 1, 12:, :4] = 1
    return pixels


def test_heat_lies_where_the_class_is_and_what_speaks_against_it_is_negative() -> None:
    found = grad_cam(red_detector(), PLACE, picture())
    expected = np.zeros((4, 4), np.float32)
    expected[0, 2], expected[3, 0] = 2 / 16, -1 / 16
    np.testing.assert_allclose(found.values, expected, atol=1e-7)
    assert found.class_index == 0
    other = grad_cam(red_detector(), PLACE, picture(), 1)
    np.testing.assert_allclose(other.values, -expected, atol=1e-7)
    assert other.class_index == 1


def test_behind_a_mean_and_a_linear_layer_the_map_adds_up_to_the_logit() -> None:
    """There the map is the class activation map of Zhou et al. (2016), arXiv 1512.04150, by the number of places."""
    model = build("torchvision resnet")
    place = measured_place(model, layer(model, "layer4"), image_size=SIZE)
    found = grad_cam(model, place, image(), 2)
    with torch.no_grad():
        logits = model(image())[0]
        without_bias = float(logits[2] - model.fc.bias[2])
    torch.testing.assert_close(found.logits, logits)
    assert float(found.values.sum()) == pytest.approx(without_bias, rel=1e-4)


@pytest.mark.parametrize("name", FAMILIES)
def test_frozen_parameters_do_not_matter_and_none_gets_a_gradient(name: str) -> None:
    _, path, _, side, _ = FAMILIES[name]
    model = build(name)
    place = measured_place(model, layer(model, path), image_size=SIZE)
    free = grad_cam(model, place, image())
    assert free.values.shape == (side, side)
    assert free.values.std() > 0
    assert all(parameter.grad is None for parameter in model.parameters())
    model.requires_grad_(False)
    frozen = grad_cam(model, place, image())
    np.testing.assert_array_equal(frozen.values, free.values)
    assert not any(parameter.requires_grad for parameter in model.parameters())


def test_a_map_of_tokens_leaves_the_class_token_out() -> None:
    model = build("timm vit, class token")
    place = measured_place(model, layer(model, "blocks.0"), image_size=SIZE)
    seen: list[Tensor] = []

    def keep(module: nn.Module, args: object, output: Tensor) -> None:
        output.retain_grad()
        seen.append(output)

    handle = model.get_submodule("blocks.0").register_forward_hook(keep)
    model(image())[0, 1].backward()
    handle.remove()
    tokens, gradient = seen[0].detach()[0, 1:], seen[0].grad[0, 1:]
    expected = (tokens * gradient.mean(dim=0)).sum(dim=1).reshape(4, 4)
    np.testing.assert_allclose(grad_cam(model, place, image(), 1).values, expected.numpy(), rtol=1e-4, atol=1e-6)


def test_behind_the_last_attention_only_the_class_token_is_read() -> None:
    reached = {}
    for name in ("timm vit, class token", "timm vit, patches only"):
        model = build(name)
        for path in ("blocks.0", "blocks.1"):
            place = measured_place(model, layer(model, path), image_size=SIZE)
            reached[name, path] = reaches_the_answer(model, place, image_size=SIZE)
    assert list(reached.values()) == [True, False, True, True]


def test_an_answer_that_does_not_depend_on_a_layer_has_an_empty_map() -> None:
    model = red_detector()
    with torch.no_grad():
        model[3].weight.zero_()
    assert not grad_cam(model, PLACE, picture()).values.any()
    assert not reaches_the_answer(model, PLACE, image_size=16)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_an_answer_that_is_not_a_number_is_a_sentence(value: float) -> None:
    model = red_detector()
    with torch.no_grad():
        model[3].bias[1] = value
    with pytest.raises(InputError, match="not a number"):
        grad_cam(model, PLACE, picture())
