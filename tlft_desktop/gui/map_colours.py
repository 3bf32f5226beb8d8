"""By what the points of a map are coloured."""

from __future__ import annotations

from enum import StrEnum


class MapColour(StrEnum):
    """What colour and shape of a point tell."""

    CLASS = "class"
    ERROR = "error"
    RUN = "run"
