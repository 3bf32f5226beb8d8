"""What torch does not promise to keep: all that the program uses of its names with an underscore, and why.

No other module does. A release without one of them is named by tests/test_torch_internals.py.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn.modules.batchnorm import _BatchNorm, _NormBase
from torch.nn.modules.dropout import _DropoutNd
from torch.utils._python_dispatch import TorchDispatchMode

__all__ = [
    "GRAPH_CHECKS",
    "BatchNormBase",
    "DropoutBase",
    "NormBase",
    "TorchDispatchMode",
    "copy_each",
    "forward_hooks",
    "has_bfloat16_kernels",
    "multiplies_bfloat16",
    "norm_of_each",
]

# The public classes of batch norms, for one to three dimensions and synchronised, have no public class in common; so
# have those of dropout. A list of them would miss the classes of other libraries.
BatchNormBase = _BatchNorm
NormBase = _NormBase
"""Of batch and instance norms."""
DropoutBase = _DropoutNd

# What tracing writes into a graph for assertions and arguments that are left out.
GRAPH_CHECKS = frozenset({torch._assert, fx._symbolic_trace._assert_is_none})


def copy_each(targets: list[Tensor], sources: list[Tensor]) -> None:
    """Copy each of `sources` into the target of its place, all of one type, in one call: the loop pays for each."""
    torch._foreach_copy_(targets, sources)


def norm_of_each(tensors: list[Tensor]) -> Tensor:
    """Return the norm of each tensor, [N], in one call: `torch.nn.utils.get_total_norm` only gives that of all."""
    return torch.stack(torch._foreach_norm(tensors))


def forward_hooks(module: nn.Module) -> MutableMapping[int, Any]:
    """Return the hooks behind the forward pass of a module; without the handles there is no public way to them."""
    return module._forward_hooks


def has_bfloat16_kernels() -> bool:
    """Tell whether torch has kernels for bfloat16 on this processor; `get_capabilities` lists instructions only.

    A build without oneDNN lacks the question itself, so no answer is a no.
    """
    supported = getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", None)
    is_there = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    return bool(is_there) and supported is not None and bool(supported())


def multiplies_bfloat16() -> bool:
    """Tell whether this x86 processor has instructions for products in bfloat16; no answer is a no.

    `torch.cpu.get_capabilities` is public from torch 2.11 on.
    """
    checks = (
        getattr(torch.cpu, "_is_avx512_bf16_supported", None),
        getattr(torch.cpu, "_is_amx_tile_supported", None),
    )
    return any(bool(check()) for check in checks if check is not None)
