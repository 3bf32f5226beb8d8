"""Colour and shape of each run: the same in tables and plots, so that a run is found again without reading its name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.theme import Tokens

_INNER_RADIUS = 0.24


class Shape(StrEnum):
    """What a run is marked with besides its colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    STAR = "star"
    PENTAGON = "pentagon"
    CROSS = "cross"


_SHAPES = tuple(Shape)


def colour_of(run_id: str, runs: Sequence[RunSummary], tokens: Tokens) -> str:
    """Return the colour of a run in a theme.

    Args:
        run_id: Identifier of the run; one that is not in `runs` is grey.
        runs: All runs of the project, the oldest first.
        tokens: Colours of the theme.
    """
    return colour_at(place_of(run_id, runs), tokens)


def shape_of(run_id: str, runs: Sequence[RunSummary]) -> Shape:
    """Return the shape of a run; colour and shape together are unique for the first 56 runs."""
    return shape_at(place_of(run_id, runs))


def colour_at(place: int | None, tokens: Tokens) -> str:
    """Return the colour at a place in the order, grey at none; after the last one they start again."""
    return tokens.muted if place is None else tokens.series[place % len(tokens.series)]


def shape_at(place: int | None) -> Shape:
    """Return the shape at a place in the order."""
    return _SHAPES[0 if place is None else place % len(_SHAPES)]


def place_of(run_id: str, runs: Sequence[RunSummary]) -> int | None:
    """Return where a run stands in the order of colours: by its number, so that it keeps its look when others go."""
    return next(((run.number or place + 1) - 1 for place, run in enumerate(runs) if run.run == run_id), None)


def shape_path(shape: Shape) -> QPainterPath:
    """Return the outline of a shape within a unit square around the origin."""
    path = QPainterPath()
    if shape is Shape.CIRCLE:
        path.addEllipse(QPointF(0, 0), 0.44, 0.44)
    elif shape is Shape.SQUARE:
        path.addRect(QRectF(-0.4, -0.4, 0.8, 0.8))
    elif shape is Shape.CROSS:
        path.addPolygon(_closed(_CROSS))
    else:
        path.addPolygon(_closed(_corners(shape)))
    return path


_ARM = 0.17
_CROSS = (
    (-_ARM, -0.48), (_ARM, -0.48), (_ARM, -_ARM), (0.48, -_ARM), (0.48, _ARM), (_ARM, _ARM),
    (_ARM, 0.48), (-_ARM, 0.48), (-_ARM, _ARM), (-0.48, _ARM), (-0.48, -_ARM), (-_ARM, -_ARM),
)  # fmt: skip


def _corners(shape: Shape) -> tuple[tuple[float, float], ...]:
    if shape is Shape.STAR:
        radii = tuple(0.5 if number % 2 == 0 else _INNER_RADIUS for number in range(10))
    else:
        radii = (0.5,) * {Shape.TRIANGLE: 3, Shape.DIAMOND: 4, Shape.PENTAGON: 5}[shape]
    turn = 2 * math.pi / len(radii)
    # The first corner points upwards.
    return tuple((r * math.sin(turn * number), -r * math.cos(turn * number)) for number, r in enumerate(radii))


def _closed(corners: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in (*corners, corners[0])])
