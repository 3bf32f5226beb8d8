"""Private names of torch: one module uses them, and a release that has lost one is told by the name."""

from __future__ import annotations

import pkgutil

import torch
from torch import nn

import pytest

from source_rules import private_names
from source_scan import parse, sources

MODULE = "tlft_desktop/core/torch_internals.py"
# What every module of a network keeps to itself; of other objects an underscore says whose they are.
STATE = frozenset(name for name in vars(nn.Module()) if name.startswith("_"))
USED = sorted({name for source in sources("tlft_desktop") for _, name in private_names(source, STATE)})


def has(name: str) -> bool:
    """Tell whether `torch.nn.modules.dropout._DropoutNd`, or a `?._name` of modules, is there."""
    if name.startswith("?."):
        return name.removeprefix("?.") in STATE
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("name", USED)
def test_a_private_name_is_still_there(name: str) -> None:
    if ".mkldnn." in name and not torch.backends.mkldnn.is_available():
        pytest.skip("this build of torch has no oneDNN to ask")
    assert has(name), f"torch {torch.__version__} has no {name} any more; {MODULE} says what it is for"


def test_the_search_for_lost_names_can_fail() -> None:
    assert has("torch.utils._python_dispatch.TorchDispatchMode")
    for lost in ("torch._gone", "torch.nn.modules.gone._Norm", "torch._gone.Mode", "?._gone"):
        assert not has(lost)


def test_one_module_uses_private_names() -> None:
    others = [source for source in sources("tlft_desktop") if source.name != MODULE]
    assert [source.at(node, name) for source in others for node, name in private_names(source, STATE)] == []
    assert len(USED) > 5


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import torch\ntorch._assert(a, b)", "torch._assert"),
        ("from torch.nn.modules.batchnorm import _BatchNorm", "torch.nn.modules.batchnorm._BatchNorm"),
        ("from torch.utils._pytree import tree_map", "torch.utils._pytree.tree_map"),
        ("import torch._dynamo as dynamo", "torch._dynamo"),
        ("from torch import nn as layers\nlayers.modules.dropout._DropoutNd", "torch.nn.modules.dropout._DropoutNd"),
        ("from torch import fx\nfx._symbolic_trace._assert_is_none", "torch.fx._symbolic_trace._assert_is_none"),
        ("import torch\ngetattr(torch.cpu, '_is_amx_tile_supported', None)", "torch.cpu._is_amx_tile_supported"),
        ("import timm\ntimm.models._features_fx", "timm.models._features_fx"),
        ("def f(layer):\n    return layer._forward_hooks", "?._forward_hooks"),
        ("def f():\n    return layers()[0]._buffers", "?._buffers"),
    ],
)
def test_the_search_for_private_names_can_fail(code: str, name: str) -> None:
    assert name in [found for _, found in private_names(parse("x.py", code), STATE)]


def test_the_search_for_private_names_leaves_others_alone() -> None:
    code = """
import os, torch
from torch.__config__ import show
from tlft_desktop.core.models.low_rank import _add
torch.__version__, os._exit, self._parameters, cls._buffers, other._names, super()._modules
"""
    assert list(private_names(parse("x.py", code), STATE)) == []
