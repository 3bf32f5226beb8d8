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
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.gui.actions import build_actions, connect_actions, reasons_against, update_actions
from tlft_desktop.gui.desks.data_desk import DataDesk
from tlft_desktop.gui.desks.mistakes_desk import MistakesDesk
from tlft_desktop.gui.desks.picture_desk import PictureDesk
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
        manifest: The images of the project; by default those of the fakes.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        fill: Callable[[Any], object] = lambda _project: None,
        manifest: Manifest | None = None,
    ) -> None:
        self.host = QWidget()
        self.context = make_context(app, folder / "home", self.host, engine=FakeEngine())
        self.context.messages.setParent(self.host)
        self.context.tasks.failed.connect(self.context.messages.show_failure)
        self.project = make_project(folder / "pets.tlft", manifest)
        fill(self.project)
        self.store = RunStore(self.project.root)
        self.runs = RunDesk(self.context, self.host)
        self.training = TrainingDesk(self.context, self.runs, self.host)
        self.actions = build_actions(self.context.icons, self.host)
        self.data = DataDesk(self.context, self.host)
        self.mistakes = MistakesDesk(self.context, self.data, PictureDesk(self.context, self.host), self.host)
        self.page = ComparePage(self.context, self.runs, self.training, self.mistakes, self.actions, self.host)
        handlers = dict.fromkeys(self.actions, _nothing) | self.page.handlers()
        connect_actions(self.actions, handlers)
        self.page.situation_changed.connect(self.update)
        self.context.session.set_project(self.project, self.project.edited_manifest, ())
        self.context.session.set_layer_tree(make_layer_tree())
        self.page.resize(1060, 600)
        self.host.resize(1060, 600)

    def show(self, qtbot: Any) -> None:
        """Show the page and wait until everything is read."""

        def end(_host: QWidget) -> None:
            self.settle(qtbot)
            self.close()
            self.settle(qtbot)

        # pytest-qt destroys the host, and what runs the jobs with it, before fixtures end.
        qtbot.addWidget(self.host, before_close_func=end)
        self.host.show()
        self.settle(qtbot)

    def settle(self, qtbot: Any) -> None:
        """Wait until nothing works in the background."""
        qtbot.waitUntil(lambda: not self.context.tasks.jobs and not self.data.is_writing)

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
        """Give the project back; doing it twice is harmless."""
        if self.context.session.project is not None:
            self.context.session.clear_project()
        self.project.close()


def _nothing() -> None:
    pass
