"""The page Compare over a project on disk, without the window around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.contexts import make_context
from tests.gui.fakes import FakeEngine, make_project
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.actions import build_actions, connect_actions, reasons_against, update_actions
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.pages.compare_page import ComparePage
from tlft_desktop.gui.situation import situation_of

PREFIX = "run_"


class CompareWorld:
    """Page, desks and actions over an open project.

    Args:
        app: The application.
        folder: Where the project and the profile lie.
        fill: Writes runs into the project before it is shown.
    """

    def __init__(self, app: QApplication, folder: Path, fill: Callable[[Any], object] = lambda _project: None) -> None:
        self.host = QWidget()
        self.context = make_context(app, folder / "home", self.host, engine=FakeEngine())
        self.context.messages.setParent(self.host)
        self.context.tasks.failed.connect(self.context.messages.show_failure)
        self.project = make_project(folder / "pets.tlft")
        fill(self.project)
        self.store = RunStore(self.project.root)
        self.runs = RunDesk(self.context, self.host)
        self.training = TrainingDesk(self.context, self.runs, self.host)
        self.actions = build_actions(self.context.icons, self.host)
        self.page = ComparePage(self.context, self.runs, self.training, self.actions, self.host)
        handlers = dict.fromkeys(self.actions, _nothing) | self.page.handlers()
        connect_actions(self.actions, handlers)
        self.page.situation_changed.connect(self.update)
        self.context.session.set_project(self.project, self.project.edited_manifest, ())
        self.context.session.set_layer_tree(make_layer_tree())
        self.page.resize(1060, 600)
        self.host.resize(1060, 600)

    def show(self, qtbot: Any) -> None:
        """Show the page and wait until everything is read."""
        qtbot.addWidget(self.host)
        self.host.show()
        self.settle(qtbot)

    def settle(self, qtbot: Any) -> None:
        """Wait until nothing works in the background."""
        qtbot.waitUntil(lambda: not self.context.tasks.jobs)

    def update(self) -> None:
        """Enable the actions that can be chosen, as the window does."""
        update_actions(self.actions, reasons_against(situation_of(self.context, self.training), [self.page]))

    @property
    def names(self) -> list[str]:
        """The names of the runs, from top to bottom."""
        proxy = self.page.table.model()
        return [proxy.index(row, 0).data() for row in range(proxy.rowCount())]

    @property
    def told(self) -> list[str]:
        """What the messages say, the newest first."""
        return [message.text for message in self.context.messages.messages]

    def close(self) -> None:
        """Give the project back."""
        self.context.session.clear_project()
        self.project.close()


def _nothing() -> None:
    pass
