"""What a network expects of an image; comes with the weights and cannot be configured by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from tlft_desktop.core.counters import number, whole_number


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """Resize the short side to `resize_side`, crop the centre to `input_size`, scale to [0, 1], normalise.

    Attributes:
        input_size: Side of the square network input, in pixels.
        crop_pct: `input_size` divided by the short side before the crop.
        mean, std: Of the red, green and blue channel, for values in [0, 1].
        interpolation: `bicubic` or `bilinear`.
    """

    input_size: int
    crop_pct: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    interpolation: str = "bicubic"

    @property
    def resize_side(self) -> int:
        """Short side before the centre crop, in pixels.

        Source: `timm.data.transforms_factory.transforms_imagenet_eval`, which rounds down.
        """
        return math.floor(self.input_size / self.crop_pct)

    def at_size(self, input_size: int) -> Preprocessing:
        """Return the same preprocessing for another input size."""
        return replace(self, input_size=input_size)

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Preprocessing:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: If a field is missing or unusable.
        """
        red, green, blue = (number(value, "mean") for value in data["mean"])
        std_red, std_green, std_blue = (number(value, "std") for value in data["std"])
        return cls(
            input_size=whole_number(data["input_size"], "input_size"),
            crop_pct=number(data["crop_pct"], "crop_pct"),
            mean=(red, green, blue),
            std=(std_red, std_green, std_blue),
            interpolation=str(data["interpolation"]),
        )
