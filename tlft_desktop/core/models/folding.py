"""Norm layers of a frozen network as part of the convolutions before them: the same outputs with less work."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import torch
from timm.layers import BatchNormAct2d, Conv2dSame
from torch import Tensor, fx, nn
from torch.nn.utils.fusion import fuse_conv_bn_weights

from tlft_desktop.core.models.cost import eval_mode
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.models.same_padding import SameConvolution
from tlft_desktop.core.models.split import network_before
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.torch_internals import forward_hooks

_CONVOLUTIONS = (nn.Conv2d, Conv2dSame)
_NORMS = (nn.BatchNorm2d, BatchNormAct2d)


NUM_EXACT = 3
"""Convolutions that stay in float32: what the first few round, all others magnify. It was half of the error of
EfficientNet-Lite0 in bfloat16, for a tenth of the time."""


class FoldedFeatures:
    """Computes what `HeadFeatures` computes, but for rounding, in less time; for a network that does not change.

    Args:
        model: The network; its weights are read now, its modules without weights when this is called.
        head: Dotted path of its classifier.
        dtype: In which autocast lets this be called; float32 without autocast.

    Raises:
        UntraceableError: If the network cannot be traced.
    """

    def __init__(self, model: nn.Module, head: str, dtype: torch.dtype = torch.float32) -> None:
        self._model = model
        self._front = fold_norms(network_before(model, head), dtype)

    def __call__(self, images: Tensor) -> Tensor:
        """Return float32 features [B, D] of normalised images [B, 3, S, S], on the device of the network."""
        with eval_mode(self._model), torch.inference_mode():
            features: Tensor = self._front(images)
        return features.to(torch.float32).clone()


def quickest_features(model: nn.Module, head: str, dtype: torch.dtype = torch.float32) -> FoldedFeatures | HeadFeatures:
    """Return what computes features [B, D] in the least time: folded, or as they are where a network cannot be traced.

    Args: as of `FoldedFeatures`.
    """
    try:
        return FoldedFeatures(model, head, dtype)
    except UntraceableError:
        return HeadFeatures(model, head)


class _WithoutAutocast(nn.Module):
    """Calls a module in float32."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, inputs: Tensor) -> Tensor:
        with torch.autocast(inputs.device.type, enabled=False):
            outputs: Tensor = self.module(inputs.float())
        return outputs


def fold_norms(front: fx.GraphModule, dtype: torch.dtype = torch.float32) -> fx.GraphModule:
    """Return a graph with the outputs of `front`, in which convolutions do the work of the norms behind them.

    In evaluation mode batch norm scales and shifts each channel by constants, which a convolution can do itself
    (`torch.nn.utils.fusion`). Norms and convolutions of other kinds, and what is called twice, stay as they are.

    Args:
        front: Traced in evaluation mode, and called in it. Its parameters must not change any more: convolutions of
            the result are copies; all other modules are those of `front`.
        dtype: In which autocast lets the result be called; float32 without autocast.
    """
    graph = fx.Graph()
    copied: dict[fx.Node, fx.Node] = {}
    graph.output(graph.graph_copy(front.graph, copied))
    calls = Counter(str(node.target) for node in graph.nodes if node.op == "call_module")
    modules: dict[str, Any] = {name: front.get_submodule(name) for name in calls}
    folded = set()
    for node in copied.values():
        if node.op != "call_module" or not isinstance(node.args[0], fx.Node) or node.args[0].op != "call_module":
            continue
        behind, before = str(node.target), str(node.args[0].target)
        convolution, norm = modules[before], modules[behind]
        is_pair = _is_plain(convolution) and type(norm) in _NORMS and norm.running_mean is not None
        if is_pair and len(node.args[0].users) == calls[before] == calls[behind] == 1:
            modules[before] = _fused(convolution, norm)
            modules[behind] = nn.Sequential(norm.drop, norm.act) if isinstance(norm, BatchNormAct2d) else nn.Identity()
            folded.add(before)
    in_order = [name for name in calls if type(modules[name]) in _CONVOLUTIONS]
    for number, name in enumerate(in_order):
        is_exact = dtype is torch.float32 or number < NUM_EXACT
        if name in folded and not is_exact:
            # Autocast would round the weights anew with each call.
            modules[name].to(dtype)
        if type(modules[name]) is Conv2dSame and _is_plain(modules[name]):
            modules[name] = SameConvolution(modules[name])
        if is_exact and dtype is not torch.float32:
            modules[name] = _WithoutAutocast(modules[name])
    constants = {str(node.target) for node in graph.nodes if node.op == "get_attr"}
    return fx.GraphModule({**modules, **{name: _attribute(front, name) for name in constants}}, graph)


def _is_plain(module: nn.Module) -> bool:
    """Tell whether a module is a convolution that gives what its weights say: a hook may add to it."""
    return type(module) in _CONVOLUTIONS and not forward_hooks(module)


def _fused(convolution: nn.Conv2d, norm: nn.BatchNorm2d) -> nn.Conv2d:
    fused = copy.deepcopy(convolution)
    assert norm.running_mean is not None
    assert norm.running_var is not None
    fused.weight, fused.bias = fuse_conv_bn_weights(
        convolution.weight, convolution.bias, norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias
    )
    fused.requires_grad_(False)
    return fused


def _attribute(root: Any, path: str) -> Any:
    for name in path.split("."):
        root = getattr(root, name)
    return root
