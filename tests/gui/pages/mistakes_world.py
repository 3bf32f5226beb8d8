"""A project whose runs answered validation images, on the page Compare with the panel of images in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.gui.fakes import make_manifest
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.run_files import make_run, write_answers
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.gui.image_looks import Look, LookKind

CAT, DOG, BIRD = CLASSES = ("cat", "dog", "<b>bird</b>")
Shares = dict[str, float]
FIRST: dict[str, tuple[str, Shares]] = {
    "cat/0.png": (CAT, {CAT: 0.9}),
    "cat/1.png": (CAT, {CAT: 0.8}),
    "cat/2.png": (CAT, {DOG: 0.96}),
    "cat/3.png": (CAT, {CAT: 0.5, DOG: 0.49}),
    "dog/0.png": (DOG, {DOG: 0.9}),
    "dog/1.png": (DOG, {DOG: 0.95}),
    "dog/2.png": (DOG, {BIRD: 0.55, DOG: 0.4}),
    "<b>bird</b>/0.png": (BIRD, {BIRD: 0.7}),
}
"""One label is doubted: that of cat/2.png, which the run takes for a dog more surely than most dogs."""
SECOND = FIRST | {"cat/2.png": (CAT, {CAT: 0.6}), "dog/0.png": (DOG, {CAT: 0.7}), "dog/1.png": (DOG, {DOG: 0.6})}


def images() -> Manifest:
    """Return images that all validate."""
    manifest = make_manifest(CLASSES)
    return Manifest(tuple(replace(record, split=Split.VAL) for record in manifest.records), manifest.classes)


def one_run(project: Project) -> None:
    """Make a run with answers."""
    write_answers(project, make_run(project, 0.75), FIRST, CLASSES)


def two_runs(project: Project) -> None:
    """Make two runs that answered the same images."""
    one_run(project)
    write_answers(project, make_run(project, 0.7), SECOND, CLASSES)


class MistakesWorld(CompareWorld):
    """The page with the panel of images in front.

    Args:
        app: The application.
        folder: Where the project and the profile lie.
        fill: Writes runs into the project.
        manifest: The images of the project; those that all validate by default.
    """

    def __init__(
        self, app: QApplication, folder: Path, fill: Callable[[Any], object], manifest: Manifest | None = None
    ) -> None:
        super().__init__(app, folder, fill, manifest or images())
        self.panel = self.page.images

    def show(self, qtbot: Any) -> None:
        """Show the panel and wait until everything is read."""
        super().show(qtbot)
        self.page.panels.button_of("images").click()
        self.settle(qtbot)

    @property
    def shown(self) -> list[str]:
        """The images in the grid, in their order."""
        model = self.panel.browser.model
        return [model.record(row).path for row in range(model.rowCount())]

    @property
    def offers(self) -> list[str]:
        """The choices of images."""
        looks = self.panel.browser.looks
        return [looks.itemText(place) for place in range(looks.count())]

    def look(self, kind: LookKind) -> None:
        """Choose images as a user does in the box above the grid."""
        looks = self.panel.browser.looks
        place = next(place for place in range(looks.count()) if looks.itemData(place) == Look(kind))
        looks.setCurrentIndex(place)
        looks.activated.emit(place)

    def select(self, *paths: str) -> None:
        """Select images in the grid."""
        grid, model = self.panel.browser.grid, self.panel.browser.model
        grid.clearSelection()
        for row in model.rows_of(frozenset(paths)):
            grid.selectionModel().select(model.index(row), grid.selectionModel().SelectionFlag.Select)
