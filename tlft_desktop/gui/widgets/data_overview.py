"""The head of the page Data: how many classes and images, their division and source, whether they may be mirrored."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.layout import Card, row
from tlft_desktop.gui.widgets.mirror_field import MirrorField
from tlft_desktop.gui.widgets.split_bar import SplitBar
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip


class DataOverview(Card):
    """Figures, the bar of the splits, and the answer on mirroring."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Overview of the images"))
        self.split = SplitBar(theme)
        self.mirror = MirrorField()
        self.figures = {key: plain_label("", "figure") for key in ("classes", "images", "excluded")}
        titles = {
            "classes": self.tr("classes"),
            "images": self.tr("images in use"),
            "excluded": self.tr("left out"),
        }
        self._source = plain_label("", "muted")
        self._source.setMinimumWidth(GRID)
        line = row(spacing=4 * GRID)
        for key, title in titles.items():
            line.addLayout(_figure(self.figures[key], title))
        line.addWidget(self.split, 1)
        self.body.setSpacing(GRID // 2)
        self.body.addLayout(line)
        last = row(self._source, self.mirror, spacing=2 * GRID)
        last.setStretchFactor(self._source, 1)
        self.body.addLayout(last)

    def show_images(self, project: Project, manifest: Manifest, *, image_size: int) -> None:
        """Show the images of a project; the network receives them at `image_size` pixels."""
        counts = [len(manifest.used(split)) for split in (Split.TRAIN, Split.VAL, Split.TEST)]
        values = {
            "classes": len(manifest.classes),
            "images": sum(counts),
            "excluded": len(manifest.records) - sum(counts),
        }
        for key, value in values.items():
            self.figures[key].setText(fmt.count(value))
        self.split.set_counts(*counts)
        self.split.set_changeable(project.read_only)
        self.mirror.setEnabled(not project.read_only)
        config = project.config
        text = self.tr("Shown to the network at {size} x {size} pixels. From {source}; originals never change.")
        self._source.setText(text.format(size=image_size, source=config.data_source))
        self._source.setToolTip(plain_tooltip(config.data_source))


def _figure(label: QLabel, title: str) -> QVBoxLayout:
    label.setAccessibleName(title)
    block = QVBoxLayout()
    block.setSpacing(0)
    block.addWidget(label)
    block.addWidget(plain_label(title, "muted"))
    return block
