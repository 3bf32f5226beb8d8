"""Small random networks of each shape family, and layers of them as a layer tree describes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import torch
from timm.models.convnext import ConvNeXt
from timm.models.swin_transformer import SwinTransformer
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor, nn
from torchvision.models import ResNet
from torchvision.models import VisionTransformer as TorchvisionViT
from torchvision.models.resnet import BasicBlock

from tlft_desktop.core.values.layer_node import LayerNode, NodeKind

SIZE = 64


class Permuted(nn.Module):
    """Gives features [B, C, H, W] as [B, H, W, C]."""

    def forward(self, features: Tensor) -> Tensor:
        return features.permute(0, 2, 3, 1)


class Pooled(nn.Module):
    """Means over two axes of places."""

    def __init__(self, *axes: int) -> None:
        super().__init__()
        self.axes = axes

    def forward(self, features: Tensor) -> Tensor:
        return features.mean(dim=self.axes)


def cube(*, channels_last: bool) -> nn.Sequential:
    """Return a network with as many channels as rows and columns, 8."""
    convolution = nn.Conv2d(3, 8, 8, stride=8)
    order = Permuted() if channels_last else nn.Identity()
    return nn.Sequential(convolution, order, Pooled(*((1, 2) if channels_last else (2, 3))), nn.Linear(8, 3))


_VIT = partial(VisionTransformer, img_size=SIZE, patch_size=16, embed_dim=32, depth=2, num_heads=2, num_classes=3)
FAMILIES: Mapping[str, tuple[Callable[[], nn.Module], str, int, int, int]] = {
    # Network, layer, axis of the channels, places in a row, tokens in front.
    "timm convnext": (
        lambda: ConvNeXt(depths=(1, 1, 1, 1), dims=(8, 16, 24, 32), num_classes=3), "stages.2", 1, 4, 0,
    ),
    "torchvision resnet": (lambda: ResNet(BasicBlock, [1, 1, 1, 1], num_classes=3), "layer3", 1, 4, 0),
    "timm vit, class token": (_VIT, "blocks.0", 2, 4, 1),
    "timm vit, registers": (lambda: _VIT(reg_tokens=4), "blocks.0", 2, 4, 5),
    "timm vit, patches only": (lambda: _VIT(class_token=False, global_pool="avg"), "blocks.1", 2, 4, 0),
    "torchvision vit": (
        lambda: TorchvisionViT(SIZE, 16, num_layers=2, num_heads=2, hidden_dim=32, mlp_dim=32, num_classes=3),
        "encoder.layers.encoder_layer_0", 2, 4, 1,
    ),
    "timm swin": (
        lambda: SwinTransformer(
            img_size=SIZE, window_size=4, embed_dim=16, depths=(1, 1), num_heads=(1, 2), num_classes=3
        ),
        "layers.1", 3, 8, 0,
    ),
    "cube, channels first": (lambda: cube(channels_last=False), "1", 1, 8, 0),
    "cube, channels last": (lambda: cube(channels_last=True), "1", 3, 8, 0),
}  # fmt: skip


def build(name: str) -> nn.Module:
    """Return the network of a family with random weights, the same each time; its head is not 0."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = FAMILIES[name][0]()
        for module in model.modules():
            if isinstance(module, nn.Linear) and module.out_features == 3:
                nn.init.normal_(module.weight)
                nn.init.normal_(module.bias)
        return model.eval()


def layer(model: nn.Module, path: str, image_size: int = SIZE) -> LayerNode:
    """Return a layer as a layer tree describes it, as far as its place matters."""
    shapes: list[tuple[int, ...]] = []
    handle = model.get_submodule(path).register_forward_hook(
        lambda module, args, output: shapes.append(tuple(output.shape[1:]))
    )
    with torch.no_grad():
        model(torch.zeros(1, 3, image_size, image_size))
    handle.remove()
    return LayerNode(path, path, NodeKind.MODULE, "Layer", 0, 0, shapes[0], "stage", 0)


def image(seed: int = 0, image_size: int = SIZE) -> Tensor:
    """Return a normalised random image [1, 3, S, S]."""
    return torch.randn(1, 3, image_size, image_size, generator=torch.Generator().manual_seed(seed))
