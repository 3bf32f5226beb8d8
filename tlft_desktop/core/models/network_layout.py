"""What the weights of a network must be, known before a file of them is read: names, types and shapes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import nn

from tlft_desktop.core.models.builder import build_on_meta
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.low_rank import adapter_shapes
from tlft_desktop.core.models.safetensors_header import TensorInfo

FLOAT = "F32"
_DTYPES = {torch.float32: FLOAT, torch.int64: "I64"}
_ITEM_BYTES = {FLOAT: 4, "I64": 8}


@dataclass(frozen=True, slots=True)
class TensorLayout:
    """Type, as safetensors calls it, and shape of a tensor."""

    dtype: str
    shape: tuple[int, ...]

    @property
    def num_bytes(self) -> int:
        """Size of the values."""
        return math.prod(self.shape) * _ITEM_BYTES[self.dtype]

    def __str__(self) -> str:
        return f"{self.dtype} {list(self.shape)}"


class NetworkLayout:
    """Parameters and buffers of a network; it is built without values.

    Attributes:
        tensors: What its state holds, by name.
        parameters: Which of them are parameters.
        names: Of all parameters and buffers, also of those that its state leaves out.

    Args:
        entry: The backbone.
        num_classes: Outputs of its head.
        image_size: Side of its input, in pixels.

    Raises:
        InputError: If there are fewer than two classes, or the network cannot work with this image size.
    """

    def __init__(self, entry: BackboneEntry, *, num_classes: int, image_size: int) -> None:
        self._model: nn.Module = build_on_meta(entry, num_classes=num_classes, image_size=image_size)
        self.tensors = state_layout(self._model.state_dict())
        self.parameters = frozenset(name for name, _ in self._model.named_parameters())
        self.names = self.parameters.union(name for name, _ in self._model.named_buffers())

    def adapters(self, ranks: Mapping[str, int]) -> dict[str, TensorLayout]:
        """Return the factors that adapters of these ranks, by the path of their layer, add to the parameters."""
        return {name: TensorLayout(FLOAT, shape) for name, shape in adapter_shapes(self._model, ranks).items()}


def state_layout(state: Mapping[str, torch.Tensor]) -> dict[str, TensorLayout]:
    """Return type and shape of tensors, by name."""
    return {
        name: TensorLayout(_DTYPES.get(tensor.dtype, str(tensor.dtype)), tuple(tensor.shape))
        for name, tensor in state.items()
    }


def require_tensors(
    found: Mapping[str, TensorInfo] | Mapping[str, TensorLayout],
    wanted: Mapping[str, TensorLayout],
    *,
    optional: bool = False,
) -> None:
    """Hold tensors that a file describes against those that are wanted.

    Args:
        found: What there is, as from the header of a file.
        wanted: Name, type and shape of each.
        optional: Whether some of them may be missing.

    Raises:
        ValueError: If one is missing, is not wanted, or has another type or shape; the message names it.
    """
    for name, info in found.items():
        if name not in wanted:
            raise ValueError(f"it holds '{name[:80]}', which the network does not have")
        layout = TensorLayout(info.dtype, info.shape)
        if layout != wanted[name]:
            raise ValueError(f"'{name}' is {layout}, and {wanted[name]} is needed")
    missing = [name for name in wanted if name not in found]
    if missing and not optional:
        raise ValueError(f"it lacks '{missing[0]}'")
