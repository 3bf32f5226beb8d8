"""Norms as part of convolutions: the same features, and the network is left alone."""

from __future__ import annotations

import torch
from torch import Tensor, fx, nn

import pytest

from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.folding import NUM_EXACT, FoldedFeatures, fold_norms, quickest_features
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.models.tracing import UntraceableError

NETWORKS = [
    ("timm:tf_efficientnet_lite0", 65),
    ("timm:tf_efficientnet_lite1", 60),
    ("timm:resnet18", 64),
    ("timm:vit_tiny_patch16_224", 32),
    ("timm:edgenext_small", 64),
    ("torchvision:mobilenet_v3_small", 64),
    ("torchvision:googlenet", 64),
    ("torchvision:densenet121", 64),
]


class Twice(nn.Module):
    """Calls one convolution twice and one norm twice, and one norm behind an addition."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.shared = nn.Conv2d(3, 4, 1), nn.Conv2d(4, 4, 1)
        self.norm, self.shared_norm, self.last = nn.BatchNorm2d(4), nn.BatchNorm2d(4), nn.BatchNorm2d(4)
        self.unscaled = nn.Sequential(nn.Conv2d(4, 4, 1, bias=False), nn.BatchNorm2d(4, affine=False))
        self.own_statistics = nn.Sequential(nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4, track_running_stats=False))
        self.head = nn.Linear(4, 2)

    def forward(self, images: Tensor) -> Tensor:
        hidden = self.norm(self.first(images))
        hidden = self.shared_norm(self.shared(hidden)) + self.shared(hidden)
        hidden = self.own_statistics(self.unscaled(self.shared_norm(hidden)))
        return self.head(self.last(hidden + images[:, :1]).mean((2, 3)))  # type: ignore[no-any-return]


def with_statistics(model: nn.Module) -> nn.Module:
    """Give every norm of a network scales and statistics that are not the initial ones."""
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d) and module.running_mean is not None:
                for tensor, low in ((module.running_mean, -0.2), (module.running_var, 0.5)):
                    tensor.copy_(low + torch.rand(tensor.shape, generator=generator))
                if module.affine:
                    module.weight.copy_(0.5 + torch.rand(module.weight.shape, generator=generator))
                    module.bias.copy_(torch.rand(module.bias.shape, generator=generator) - 0.5)
    return model


def network(name: str, size: int) -> tuple[nn.Module, str, Tensor]:
    entry = find_backbone(name)
    model = with_statistics(build_network(entry, num_classes=3, seed=1, image_size=size))
    return model, entry.head, torch.randn(4, 3, size, size, generator=torch.Generator().manual_seed(0))


def distance(first: Tensor, second: Tensor) -> float:
    return float(((first - second).norm(dim=1) / second.norm(dim=1)).max())


@pytest.mark.parametrize(("name", "size"), NETWORKS)
def test_features_are_those_of_the_network(name: str, size: int) -> None:
    model, head, images = network(name, size)
    model.train()
    before = {key: tensor.clone() for key, tensor in model.state_dict().items()}
    modes = [module.training for module in model.modules()]
    features = FoldedFeatures(model, head)(images)
    assert distance(features, HeadFeatures(model, head)(images)) < 1e-4
    assert features.dtype is torch.float32
    assert not features.is_inference()
    assert [module.training for module in model.modules()] == modes
    assert all(torch.equal(tensor, before[key]) for key, tensor in model.state_dict().items())


@pytest.mark.parametrize(("name", "size"), NETWORKS)
def test_in_bfloat16_the_first_convolutions_are_exact(name: str, size: int) -> None:
    model, head, images = network(name, size)
    exact = HeadFeatures(model, head)(images)
    features = FoldedFeatures(model, head, torch.bfloat16)
    seen: list[torch.dtype] = []
    for module in features._front.modules():
        if isinstance(module, nn.Conv2d):
            module.register_forward_hook(lambda module, inputs, output: seen.append(output.dtype))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        values = features(images)
    assert distance(values, exact) < 0.1
    assert values.dtype is torch.float32
    # Outputs of a convolution with enlarged kernel pass no hook.
    assert seen[: NUM_EXACT - 1] == [torch.float32] * min(len(seen), NUM_EXACT - 1)
    assert all(dtype is torch.bfloat16 for dtype in seen[NUM_EXACT:])


def test_what_cannot_be_folded_stays() -> None:
    model = with_statistics(Twice())
    images = torch.randn(4, 3, 6, 6, generator=torch.Generator().manual_seed(0))
    features = FoldedFeatures(model, "head")
    assert distance(features(images), HeadFeatures(model, "head")(images)) < 1e-5
    norms = [name for name, module in features._front.named_modules() if isinstance(module, nn.BatchNorm2d)]
    assert sorted(norms) == ["last", "own_statistics.1", "shared_norm"]


def test_all_norms_of_the_default_network_are_folded() -> None:
    model, head, _ = network("timm:tf_efficientnet_lite0", 64)
    front = FoldedFeatures(model, head)._front
    assert isinstance(front, fx.GraphModule)
    assert not [module for module in front.modules() if isinstance(module, nn.BatchNorm2d)]
    assert fold_norms(front) is not front


def test_a_network_that_decides_by_values_cannot_be_folded() -> None:
    class Deciding(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.head = nn.Linear(3, 2)

        def forward(self, images: Tensor) -> Tensor:
            return self.head(images.mean((2, 3)) if images.sum() > 0 else images.amax((2, 3)))  # type: ignore[no-any-return]

    with pytest.raises(UntraceableError):
        FoldedFeatures(Deciding(), "head")
    assert isinstance(quickest_features(Deciding(), "head"), HeadFeatures)
    assert isinstance(quickest_features(Twice(), "head"), FoldedFeatures)
    with pytest.raises(UntraceableError, match="'body'"):
        FoldedFeatures(nn.Sequential(nn.Flatten(), nn.Linear(3, 2)), "body")
