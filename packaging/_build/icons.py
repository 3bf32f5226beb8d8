"""Pictures of the program's icon in all sizes that systems ask for, drawn from one SVG."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

# Before Qt is loaded: it draws without a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)
_MACOS_SIDE = 1024


def draw(svg: Path, side: int) -> Image.Image:
    """Return the drawing as a picture of `side` by `side` pixels, with transparency."""
    image = QImage(side, side, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.read_bytes())).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (side, side), bytes(image.constBits()), "raw", "RGBA", image.bytesPerLine())


def write_pngs(svg: Path, folder: Path, name: str) -> None:
    """Write a tree of icons as desktops look for it: `SIDExSIDE/apps/NAME.png` and `scalable/apps/NAME.svg`."""
    for side in SIZES:
        place = folder / f"{side}x{side}" / "apps"
        place.mkdir(parents=True)
        draw(svg, side).save(place / f"{name}.png", optimize=True)
    scalable = folder / "scalable" / "apps"
    scalable.mkdir(parents=True)
    (scalable / f"{name}.svg").write_bytes(svg.read_bytes())


def write_ico(svg: Path, target: Path) -> None:
    """Write the icon of Windows, each size drawn by itself."""
    pictures = [draw(svg, side) for side in _WINDOWS_SIZES]
    sizes = [(side, side) for side in _WINDOWS_SIZES]
    pictures[-1].save(target, format="ICO", sizes=sizes, append_images=pictures[:-1])


def write_icns(svg: Path, target: Path) -> None:
    """Write the icon of macOS."""
    draw(svg, _MACOS_SIDE).save(target, format="ICNS")
