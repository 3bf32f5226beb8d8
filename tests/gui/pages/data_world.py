"""The page Data over a project on disk, without the window around it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.contexts import make_context
from tests.gui.fakes import FakeEngine, make_project
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui.actions import build_actions, connect_actions, reasons_against, update_actions
from tlft_desktop.gui.engine import Engine
from tlft_desktop.gui.pages.data_page import DataPage
from tlft_desktop.gui.situation import Situation


class _Host(QWidget):
    """Takes the place of the window: enables actions when the page asks for it."""

    world: DataWorld

    @Slot()
    def update_actions(self) -> None:
        session = self.world.context.session
        situation = Situation(has_project=session.project is not None, is_writable=session.is_writable)
        update_actions(self.world.actions, reasons_against(situation, [self.world.page]))


class DataWorld:
    """Page, desks and actions over an open project.

    Args:
        app: The application.
        folder: Where the project and the profile lie.
        project: Shown; by default the one of the fakes.
        engine: The core's workflows; by default a quick one.
    """

    def __init__(
        self, app: QApplication, folder: Path, *, project: Project | None = None, engine: Engine | None = None
    ) -> None:
        self.host = _Host()
        self.host.world = self
        self.context = make_context(app, folder / "home", self.host, engine=engine or FakeEngine())
        self.context.messages.setParent(self.host)
        self.project = project or make_project(folder / "pets.tlft")
        self.actions = build_actions(self.context.icons, self.host)
        self.page = DataPage(self.context, self.actions, self.host)
        connect_actions(self.actions, dict.fromkeys(self.actions, _nothing) | self.page.handlers())
        self.page.situation_changed.connect(self.host.update_actions)
        manifest = self.project.edited_manifest
        self.context.session.set_project(self.project, manifest, find_problems(manifest))
        self.context.session.set_layer_tree(make_layer_tree())
        self.page.resize(1080, 600)
        self.host.resize(1080, 600)

    def show(self, qtbot: Any) -> None:
        """Show the page and wait until everything is read."""
        qtbot.addWidget(self.host, before_close_func=self._close)
        self.host.show()
        self.settle(qtbot)

    def settle(self, qtbot: Any) -> None:
        """Wait until nothing works in the background."""
        qtbot.waitUntil(lambda: not self.context.tasks.jobs and not self.page.desk.is_writing, timeout=20_000)

    def select(self, *paths: str) -> None:
        """Select images in the grid."""
        model, grid = self.page.browser.model, self.page.grid
        grid.clearSelection()
        for row in model.rows_of(frozenset(paths)):
            index = model.index(row)
            grid.selectionModel().select(index, grid.selectionModel().SelectionFlag.Select)
            grid.selectionModel().setCurrentIndex(index, grid.selectionModel().SelectionFlag.NoUpdate)

    def trigger(self, action: str, qtbot: Any) -> None:
        """Choose an action that must be enabled, and wait for what it does."""
        assert self.actions[action].isEnabled(), action
        self.actions[action].trigger()
        self.settle(qtbot)

    def record(self, path: str) -> ImageRecord:
        """Return an image as the session has it."""
        manifest = self.context.session.manifest
        assert manifest is not None
        return next(record for record in manifest.records if record.path == path)

    def saved(self, path: str) -> ImageRecord:
        """Return an image as the disk has it."""
        return next(record for record in self.project.edited_manifest.records if record.path == path)

    @property
    def messages(self) -> Sequence[str]:
        """What the window says, the newest first."""
        return [message.text for message in self.context.messages.messages]

    def _close(self, _host: QWidget) -> None:
        self.context.tasks.request_stop()
        self.context.session.clear_project()
        self.project.close()
        while self.context.tasks.jobs:
            QApplication.processEvents()


def _nothing() -> None:
    pass
