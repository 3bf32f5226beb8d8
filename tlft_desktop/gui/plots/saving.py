"""Plots as files: pictures and tables."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from tlft_desktop.core import fsio
from tlft_desktop.gui.plots.curves import Curve
from tlft_desktop.gui.plots.plot_view import PlotView

PICTURE_SCALE = 2.0
FORMATS = ("png", "svg", "csv")


def picture_of(view: PlotView) -> QImage:
    """Return what a view shows, at twice its size; only the window's thread may draw it."""
    size = view.viewport().size() * PICTURE_SCALE
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(view.backgroundBrush().color())
    painter = QPainter(image)
    with view.drawn_for_file(PICTURE_SCALE):
        view.render(painter, QRectF(image.rect()), view.viewport().rect())
    painter.end()
    return image


def svg_of(view: PlotView, title: str) -> bytes:
    """Return what a view shows as SVG; only the window's thread may draw it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    size: QSize = view.viewport().size()
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    with view.drawn_for_file(1.0):
        view.render(painter, QRectF(0, 0, size.width(), size.height()), view.viewport().rect())
    painter.end()
    return bytes(buffer.data().data())


def csv_of(x_name: str, curves: Sequence[Curve]) -> bytes:
    """Return all points as CSV: one row per point, numbers with a dot in every language, empty where not finite."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["curve", x_name, "value", "low", "high"])
    for curve in curves:
        has_interval = bool(len(curve.low))
        for number, (x, y) in enumerate(zip(curve.x.tolist(), curve.y.tolist(), strict=True)):
            interval = [curve.low[number], curve.high[number]] if has_interval else ["", ""]
            writer.writerow([curve.name, *(_cell(value) for value in (x, y, *interval))])
    return text.getvalue().encode()


def write_file(path: Path, data: bytes) -> None:
    """Write a file the user named.

    Raises:
        StorageError: If it cannot be written; what was there before is intact.
    """
    fsio.write_output(path, data)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return ""
    return repr(float(value)) if math.isfinite(value) else ""
