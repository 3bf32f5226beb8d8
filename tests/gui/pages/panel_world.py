"""A panel below the table of runs over a project on disk, without the page around it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tests.gui.contexts import make_context
from tests.gui.fakes import make_project
from tests.gui.run_files import make_run
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.strategy import StrategyKind


class PanelWorld:
    """An open project with runs, and a place for a panel; subclasses put one in by `show`.

    Args:
        app: The application.
        folder: Where the project and the profile lie.
        qtbot: Waits.
        runs: Accuracy and strategy of each run.

    Attributes:
        made: Identifiers of the runs.
    """

    def __init__(self, app: QApplication, folder: Path, qtbot: Any, runs: Sequence[tuple[float, StrategyKind]]) -> None:
        self.qtbot, self.host = qtbot, QWidget()
        self.context = make_context(app, folder / "home", self.host)
        self.context.messages.setParent(self.host)
        self.project = make_project(folder / "pets.tlft")
        self.made = [make_run(self.project, accuracy, kind=kind) for accuracy, kind in runs]
        self.store = RunStore(self.project.root)

    def show(self, panel: QWidget) -> None:
        """Put the panel below a button that has the focus, and open the project."""
        layout, before = QVBoxLayout(self.host), QPushButton("before")
        layout.addWidget(before)
        layout.addWidget(panel)
        self.context.session.set_project(self.project, self.project.edited_manifest, ())
        self.context.session.set_runs(self.store.summaries())
        self.host.resize(1060, 400)
        self.qtbot.addWidget(self.host, before_close_func=self._end)
        self.host.show()
        self.host.activateWindow()
        before.setFocus()
        self.settle()

    def let_go(self) -> None:
        """Let everything go on that a test holds up."""

    def settle(self) -> None:
        """Wait until nothing works in the background."""
        self.qtbot.waitUntil(lambda: not self.context.tasks.jobs)

    @property
    def told(self) -> list[str]:
        """What the messages say, the newest first."""
        return [message.text for message in self.context.messages.messages]

    def _end(self, _host: QWidget) -> None:
        """End whatever runs, and give the project back: pytest-qt destroys the host before fixtures end."""
        self.let_go()
        self.context.controller.request_stop()
        self.qtbot.waitUntil(lambda: not self.context.controller.is_active)
        self.settle()
        self.context.session.clear_project()
        self.project.close()
        self.settle()
