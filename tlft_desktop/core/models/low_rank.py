"""Low-rank adaptation: a frozen layer computes W x + B A x, of which only the small factors A and B train.

B starts at zero, so that the network starts as it was pretrained, to the bit; merging puts W + B A in the place of W
and leaves a plain network. The factor alpha / r of the source is 1 here: with optimisers of the Adam family
another one acts like another learning rate.

A and B are parameters of the layer itself and a hook of it adds what they compute: paths and classes of modules stay as
they are, and so do names, owners, graphs and hashes of everything else.

Source: Hu et al. 2021, arXiv 2106.09685, section 4.1; start of A as in its program (`microsoft/LoRA`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import torch
from timm.layers import Conv2dSame
from torch import Tensor, nn
from torch.nn import functional

from tlft_desktop.core.torch_internals import forward_hooks
from tlft_desktop.core.values.seeds import derive_seed

_DOWN, _UP = "adapter_down", "adapter_up"
# Not their subclasses: some compute with another weight than the one that they own, such as a standardised one.
_CONVOLUTIONS = (nn.Conv2d, Conv2dSame)


def matrix_shape(module: nn.Module) -> tuple[int, int] | None:
    """Return (inputs, outputs) of a layer that is a product with one matrix; None for others.

    That are linear layers, and convolutions of 1 x 1 pixels that are not divided into groups.
    """
    if type(module) is nn.Linear:
        return module.in_features, module.out_features
    if type(module) in _CONVOLUTIONS:
        assert isinstance(module, nn.Conv2d)
        if module.kernel_size == (1, 1) and module.groups == 1 and module.padding in ((0, 0), 0, "same", "valid"):
            return module.in_channels, module.out_channels
    return None


def is_adapter(parameter: str) -> bool:
    """Tell by its name whether a parameter is a factor of an adapter."""
    return parameter.rpartition(".")[2] in (_DOWN, _UP)


def set_adapters(model: nn.Module, ranks: Mapping[str, int], *, seed: int) -> None:
    """Let exactly the layers of `ranks` have adapters; those that go are merged, those that stay are left as they are.

    Args:
        model: Changed in place.
        ranks: Rank by the path of a layer that has a `matrix_shape`.
        seed: Of the factors A.
    """
    for path, layer in _adapted(model):
        if ranks.get(path) != layer.get_parameter(_DOWN).shape[0]:
            _merge(layer)
    kept = {path for path, _ in _adapted(model)}
    for path, rank in ranks.items():
        if path not in kept:
            _add(model.get_submodule(path), rank, seed=derive_seed("adapter", seed, path))


def adapter_shapes(model: nn.Module, ranks: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the factors that `set_adapters` gives to a plain network, by the names of the parameters."""
    shapes = {}
    for path, rank in ranks.items():
        down, up = _factor_shapes(model.get_submodule(path), rank)
        shapes[f"{path}.{_DOWN}"], shapes[f"{path}.{_UP}"] = down, up
    return shapes


def merge_adapters(model: nn.Module) -> None:
    """Turn a network into the plain one that computes the same: in place, its adapters are gone."""
    for _, layer in _adapted(model):
        _merge(layer)


def merged_state(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the state of the plain network that computes the same as one with adapters."""
    merged = without_adapters(state)
    for name, up in state.items():
        path, _, kind = name.rpartition(".")
        if kind == _UP:
            weight = f"{path}.weight"
            merged[weight] = _merged(state[weight], state[f"{path}.{_DOWN}"], up)
    return merged


def without_adapters(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return a state without the factors of adapters: the frozen weights stay as they are."""
    return {name: tensor for name, tensor in state.items() if not is_adapter(name)}


def _adapted(model: nn.Module) -> list[tuple[str, nn.Module]]:
    return [
        (path, module)
        for path, module in model.named_modules()
        if _DOWN in dict(module.named_parameters(recurse=False))
    ]


def _factor_shapes(layer: nn.Module, rank: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    shape = matrix_shape(layer)
    assert shape is not None
    num_inputs, num_outputs = shape
    ones = (1,) * (layer.get_parameter("weight").ndim - 2)
    return (rank, num_inputs, *ones), (num_outputs, rank, *ones)


def _add(layer: nn.Module, rank: int, *, seed: int) -> None:
    down_shape, up_shape = _factor_shapes(layer, rank)
    weight = layer.get_parameter("weight")
    # On the processor, whatever the device: the same start everywhere.
    generator = torch.Generator().manual_seed(seed)
    bound = 1 / math.sqrt(down_shape[1])
    down = torch.empty(down_shape).uniform_(-bound, bound, generator=generator)
    layer.register_parameter(_DOWN, nn.Parameter(down.to(weight)))
    layer.register_parameter(_UP, nn.Parameter(torch.zeros(up_shape).to(weight)))
    layer.register_forward_hook(_add_update)


def _add_update(layer: nn.Module, inputs: tuple[Any, ...], output: Any) -> Any:
    """Return what a layer gives with its adapter."""
    # Not `get_parameter`, which asks for a type that a parameter does not have while the network is traced.
    down: Any = layer.adapter_down
    up: Any = layer.adapter_up
    if isinstance(layer, nn.Conv2d):
        return output + functional.conv2d(functional.conv2d(inputs[0], down, stride=layer.stride), up)
    return output + functional.linear(functional.linear(inputs[0], down), up)


def _merge(layer: nn.Module) -> None:
    with torch.no_grad():
        weight = layer.get_parameter("weight")
        weight.copy_(_merged(weight, layer.get_parameter(_DOWN), layer.get_parameter(_UP)))
    for name in (_DOWN, _UP):
        delattr(layer, name)
    # Not the handle of the hook: a copy of a network has the hook, but not the handle.
    for key in _keys_of_hook(forward_hooks(layer).items()):
        del forward_hooks(layer)[key]


def _keys_of_hook(hooks: Iterable[tuple[int, Any]]) -> list[int]:
    return [key for key, hook in hooks if hook is _add_update]


def _merged(weight: Tensor, down: Tensor, up: Tensor) -> Tensor:
    """Return W + B A in the type of W; summed in 64 bits, on the processor, since not every device has them."""
    whole, first, second = (tensor.detach().cpu().double().flatten(1) for tensor in (weight, down, up))
    return (whole + second @ first).view(weight.shape).to(weight)
