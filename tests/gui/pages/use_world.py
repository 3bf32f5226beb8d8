"""The page Use over a project on disk, without the window around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.contexts import make_context
from tests.gui.fakes import FakeEngine, make_project
from tests.gui.run_files import make_run
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.actions import build_actions
from tlft_desktop.gui.engine import Engine
from tlft_desktop.gui.pages.use_page import UsePage


class UseWorld:
    """Page and actions over an open project with two finished runs, or over one that is given."""

    def __init__(
        self, app: QApplication, folder: Path, *, engine: Engine | None = None, project: Project | None = None
    ) -> None:
        self.host = QWidget()
        self.context = make_context(app, folder / "home", self.host, engine=engine or FakeEngine())
        self.context.messages.setParent(self.host)
        self.context.tasks.failed.connect(self.context.messages.show_failure)
        self.project = project or make_project(folder / "pets.tlft")
        if project is None:
            make_run(self.project, 0.8)
            make_run(self.project, 0.9)
        self.page = UsePage(self.context, build_actions(self.context.icons, self.host), self.host)
        self.context.session.set_project(self.project, self.project.edited_manifest, ())
        self.show_runs()
        self.page.resize(1060, 600)
        self.host.resize(1060, 600)

    def show_runs(self) -> None:
        """Read the runs of the project."""
        self.context.session.set_runs(RunStore(self.project.root).summaries())

    def show(self, qtbot: Any) -> None:
        """Show the page and wait until everything is read."""
        qtbot.addWidget(self.host)
        self.host.show()
        self.settle(qtbot)

    def settle(self, qtbot: Any) -> None:
        """Wait until nothing works in the background."""
        qtbot.waitUntil(lambda: not self.context.tasks.jobs, timeout=60_000)

    def classify(self, qtbot: Any, *paths: Path) -> None:
        """Classify paths and wait for the answers."""
        self.page.classify(paths)
        self.settle(qtbot)

    @property
    def told(self) -> list[str]:
        """What the messages say, the newest first."""
        return [message.text for message in self.context.messages.messages]
