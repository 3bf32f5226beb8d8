"""How a run computes: fixed before it starts, recorded, and reused word for word when it is resumed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class DataType(StrEnum):
    """Type of the activations; parameters are always kept in float32."""

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


class MemoryFormat(StrEnum):
    """Layout of image tensors in memory."""

    CONTIGUOUS = "contiguous"
    CHANNELS_LAST = "channels_last"


class NumericMode(StrEnum):
    """How a user wants a run to compute: by rule, or in one of the modes that the program knows."""

    AUTO = "auto"
    """What the rule for this device and network says, or what was measured to be faster on this machine."""
    RULE = "rule"
    """What the rule says, whatever was measured: how a run that computed so is repeated."""
    REFERENCE = "reference"
    """float32 in torch's own memory format: the slowest, and what the others are compared with."""
    FP32_CHANNELS_LAST = "fp32-channels-last"
    BF16 = "bf16"
    BF16_CHANNELS_LAST = "bf16-channels-last"


MODES = {
    NumericMode.REFERENCE: (DataType.FLOAT32, MemoryFormat.CONTIGUOUS),
    NumericMode.FP32_CHANNELS_LAST: (DataType.FLOAT32, MemoryFormat.CHANNELS_LAST),
    NumericMode.BF16: (DataType.BFLOAT16, MemoryFormat.CONTIGUOUS),
    NumericMode.BF16_CHANNELS_LAST: (DataType.BFLOAT16, MemoryFormat.CHANNELS_LAST),
}
"""Type of the activations and layout of the images in each mode."""


@dataclass(frozen=True, slots=True)
class Numerics:
    """Everything that changes the last bits of a result.

    Attributes:
        device: `cpu`, `cuda`, `cuda:N` or `mps`.
        threads: Threads inside an operation.
        interop_threads: Operations that run side by side.
        dtype: Type of the activations.
        memory_format: Layout of image tensors.
        batch: Images per optimiser step.
        micro_batch: Images per forward and backward pass; at most `batch`. Less from where a run is out of memory.
        bfloat16_features: Whether a head that trains alone learns from features that are computed in bfloat16, although
            `dtype` is another type.
        checkpoint_activations: Whether training keeps few tensors for the backward pass and computes the others again:
            less memory, more time, the same bits.
    """

    device: str
    threads: int
    interop_threads: int
    dtype: DataType
    memory_format: MemoryFormat
    batch: int
    micro_batch: int
    bfloat16_features: bool = False
    checkpoint_activations: bool = False

    @property
    def for_features(self) -> Numerics:
        """How the features are computed that a head learns from."""
        return replace(self, dtype=DataType.BFLOAT16) if self.bfloat16_features else self

    @property
    def mode(self) -> NumericMode:
        """The mode that this is; `rule` where only a rule chooses so."""
        if self.bfloat16_features:
            return NumericMode.RULE
        return next(mode for mode, pair in MODES.items() if pair == (self.dtype, self.memory_format))

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {**asdict(self), "dtype": self.dtype.value, "memory_format": self.memory_format.value}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Numerics:
        """Read what `to_json` wrote.

        Raises:
            KeyError, ValueError: If a field is missing or unknown.
        """
        return cls(
            device=str(data["device"]),
            threads=int(data["threads"]),
            interop_threads=int(data["interop_threads"]),
            dtype=DataType(data["dtype"]),
            memory_format=MemoryFormat(data["memory_format"]),
            batch=int(data["batch"]),
            micro_batch=int(data["micro_batch"]),
            # Runs of earlier versions do not have it.
            bfloat16_features=bool(data.get("bfloat16_features", False)),
            checkpoint_activations=bool(data.get("checkpoint_activations", False)),
        )
