"""Captions of the grid of images begin below their picture and name the class."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.item_models.image_grid_model import ImageGridModel
from tlft_desktop.gui.widgets.image_delegate import ZOOMS
from tlft_desktop.gui.widgets.image_grid import ImageGrid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PICTURE = "#ff00ff"


class Pictures(QObject):
    """Every picture is there, as wide as it may be."""

    loaded = Signal()

    def thumbnail(self, _record: ImageRecord, side: int) -> QPixmap:
        picture = QPixmap(side, side // 2)
        picture.fill(QColor(PICTURE))
        return picture

    def error_of(self, _record: ImageRecord) -> str:
        return ""


@pytest.fixture
def grid(context: AppContext, window: QWidget, qtbot: Any) -> ImageGrid:
    records = tuple(
        ImageRecord(
            path=f"{label}/{number}.png", sha256=f"{number:064x}", label=label, split=split, width=8, height=4,
            mode="RGB", excluded="",
        )
        for number, (split, label) in enumerate((split, label) for split in Split for label in ("cat", "very" * 20))
    )  # fmt: skip
    model = ImageGridModel(window)
    model.set_records(records)
    pictures: Any = Pictures(window)
    grid = ImageGrid(model, context.theme, context.icons, pictures, window)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(grid)
    qtbot.waitUntil(grid.isVisible)
    return grid


def columns_of(image: QImage, area: QRect, colours: set[str]) -> list[int]:
    """Return the columns of an area that hold one of the colours."""
    return [
        x
        for x in range(area.left(), area.right() + 1)
        if any(image.pixelColor(x, y).name() in colours for y in range(area.top(), area.bottom() + 1))
    ]


@pytest.mark.parametrize("zoom", range(1, len(ZOOMS)))
def test_captions_begin_at_the_edge_of_their_picture(grid: ImageGrid, context: AppContext, zoom: int) -> None:
    grid.set_zoom(zoom)
    tokens = context.theme.tokens
    image = grid.viewport().grab().toImage()
    for row in range(min(2, grid.num_columns)):
        cell = grid.visualRect(grid.model().index(row, 0))
        picture = columns_of(image, cell, {PICTURE})
        split = columns_of(image, cell, {tokens.train})
        assert picture[0] == split[0]
        assert len(picture) == ZOOMS[zoom]


@pytest.mark.parametrize("zoom", range(1, len(ZOOMS)))
def test_the_class_has_room_before_the_split(grid: ImageGrid, zoom: int) -> None:
    pen, metrics = grid._delegate._pen, QFontMetrics(grid.font())
    ways = ("cat · validation", "cat · val.", "cat")
    width = ZOOMS[zoom] - 12
    said = pen.fitting(ways, width, metrics)
    assert said == next(words for words in ways if metrics.horizontalAdvance(words) <= width)
    long = pen.fitting(("very" * 200 + " · val.", "very" * 200), width, metrics)
    assert long.startswith("very")
    assert long.endswith("…")
