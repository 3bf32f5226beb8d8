"""What enters the head, to the bit."""

from __future__ import annotations

import torch
from torch import Tensor, nn

import pytest

from tlft_desktop.core.models.builder import build_network, build_on_meta
from tlft_desktop.core.models.catalog import BackboneEntry, backbones, find_backbone
from tlft_desktop.core.models.cost import eval_mode
from tlft_desktop.core.models.head_boundary import HeadFeatures, is_linear_head

FAST = [
    ("timm:tf_efficientnet_lite0", 64),
    ("timm:resnet18", 64),
    ("timm:edgenext_small", 64),
    ("timm:vit_tiny_patch16_224", 32),
    ("timm:eva02_tiny_patch14_336", 28),
    ("timm:swin_tiny_patch4_window7_224", 64),
    ("torchvision:mobilenet_v3_small", 64),
    ("torchvision:googlenet", 64),
    ("torchvision:densenet121", 64),
    ("torchvision:swin_t", 64),
]


@pytest.mark.parametrize(("name", "size"), FAST)
def test_head_of_features_equals_the_network(name: str, size: int) -> None:
    entry = find_backbone(name)
    model = build_network(entry, num_classes=3, seed=1, image_size=size)
    images = torch.randn(2, 3, size, size, generator=torch.Generator().manual_seed(0))
    features = HeadFeatures(model, entry.head)(images)
    head = model.get_submodule(entry.head)
    with eval_mode(model), torch.no_grad():
        assert torch.equal(head(features), model(images))
    assert features.dtype == torch.float32
    assert features.shape == (2, head.in_features)


@pytest.mark.parametrize("entry", backbones(), ids=lambda entry: entry.name)
def test_nothing_follows_the_head_in_any_backbone(entry: BackboneEntry) -> None:
    model = build_on_meta(entry, num_classes=3)
    head = model.get_submodule(entry.head)
    outputs: list[Tensor] = []
    head.register_forward_hook(lambda module, args, output: outputs.append(output))
    size = entry.preprocessing.input_size
    with eval_mode(model), torch.no_grad():
        final = model(torch.empty(2, 3, size, size, device="meta"))
    assert final is outputs[0]
    features = HeadFeatures(model, entry.head)(torch.empty(2, 3, size, size, device="meta"))
    assert features.shape == (2, head.in_features)
    assert is_linear_head(model, entry.head)


def test_features_can_train_a_head_and_the_network_is_left_alone() -> None:
    entry = find_backbone("torchvision:mobilenet_v3_small")
    model = build_network(entry, num_classes=3, seed=1)
    model.features[1].eval()
    modes = [module.training for module in model.modules()]
    state = {key: tensor.clone() for key, tensor in model.state_dict().items()}
    features = HeadFeatures(model, entry.head)(torch.randn(2, 3, 64, 64))
    assert not features.requires_grad
    nn.Linear(1024, 2)(features).sum().backward()  # raises for tensors made in inference mode
    assert [module.training for module in model.modules()] == modes
    assert all(torch.equal(tensor, state[key]) for key, tensor in model.state_dict().items())
    assert not model.get_submodule(entry.head)._forward_pre_hooks


def test_dropout_in_front_of_the_head_is_off() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(12, 2))
    images = torch.ones(1, 3, 2, 2)
    assert torch.equal(HeadFeatures(model, "2")(images), torch.ones(1, 12))
    assert model[1].training


def test_half_precision_features_come_as_float32() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(12, 2)).to(torch.bfloat16)
    assert HeadFeatures(model, "1")(torch.ones(1, 3, 2, 2, dtype=torch.bfloat16)).dtype == torch.float32


def test_a_head_that_takes_no_vectors_is_refused_and_hooks_are_gone() -> None:
    model = nn.Sequential(nn.Linear(2, 2))
    with pytest.raises(ValueError, match="one input"):
        HeadFeatures(model, "0")(torch.ones(1, 3, 2, 2))
    assert not model[0]._forward_pre_hooks
    assert not is_linear_head(nn.Sequential(nn.Conv2d(1, 1, 1)), "0")
