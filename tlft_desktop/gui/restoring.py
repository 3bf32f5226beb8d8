"""A start goes on where the last one ended: size of the window, project, page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.project_desk import is_project
from tlft_desktop.gui.page_stack import PageStack
from tlft_desktop.gui.steps import PAGES, Page
from tlft_desktop.gui.widgets.messages import Message, MessageKind

GEOMETRY, PROJECT, PAGE, START = "window/geometry", "last/project", "last/page", "start"
CUT = "last/cut_training"
"""The project whose training ended because the window was closed."""
RESTORING = "restoring"
SETTLE_MS = 10_000
"""A start that lives this long after opening the last project has not died of it."""


class Restorer(QObject):
    """Remembers the open project and page, and brings them back at the start.

    A project that ends the program while it opens must not end it at every start: before it is opened a mark is
    written, and a start that finds the mark of the one before opens nothing.

    Signals:
        wanted(path): This project was open last.
    """

    wanted = Signal(str)

    def __init__(self, context: AppContext, pages: PageStack, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._pages, self._window = context, pages, window
        self._page = ""
        self._is_ending = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MS)
        self._settled.timeout.connect(self._forget_mark)
        context.state.collecting.connect(self._collect)
        context.session.project_changed.connect(self._remember_project)
        pages.page_changed.connect(self._remember_page)

    def restore_geometry(self) -> None:
        """Give the window its last size and place; Qt moves it where a screen is gone."""
        geometry = QByteArray.fromBase64(self._context.state.value(GEOMETRY).encode())
        if not geometry.isEmpty():
            self._window.restoreGeometry(geometry)

    def restore_project(self) -> None:
        """Open the last project, unless the user does not want that or the last start ended of it."""
        state, last = self._context.state, self._context.state.value(PROJECT)
        if state.value(START) == RESTORING:
            self._forget_mark()
            state.set_value(PROJECT, "")
            text = self.tr(
                "The last start ended early, so no project was opened. Nothing is lost; open it from the list."
            )
            self._context.messages.show_message(Message(MessageKind.INFO, text, key="restore"))
            return
        if not last or not self._context.preferences.settings.reopen or not is_project(Path(last)):
            return
        self._page = state.value(PAGE)
        state.set_value(START, RESTORING)
        state.flush(lambda: self._open(last))

    @Slot()
    def show_last_page(self) -> None:
        """Show the page that was open last, when its project has been opened again."""
        page, self._page = self._page, ""
        if page in [known.value for known in PAGES]:
            self._pages.show_page(page)

    @property
    def was_cut(self) -> bool:
        """Whether closing the window has stopped the last training of the open project."""
        project = self._context.session.project
        return project is not None and self._context.state.value(CUT) == str(project.root)

    def runs_to_go_on(self, interrupted: Sequence[RunSummary]) -> list[RunSummary]:
        """Return the runs of the project just opened that the user should be asked about.

        Besides those that ended without a word it is the one that closing the window has stopped: whoever stops a run
        by its button is not asked again.
        """
        if not self.was_cut:
            return list(interrupted)
        self._context.state.set_value(CUT, "")
        last = self._context.session.runs[-1:]
        return [*interrupted, *(run for run in last if run.state is RunState.STOPPED)]

    def _open(self, project: str) -> None:
        if not self._is_ending and self._context.session.project is None:
            self._settled.start()
            self.wanted.emit(project)

    @Slot()
    def _forget_mark(self) -> None:
        self._context.state.set_value(START, "")

    @Slot()
    def _remember_project(self) -> None:
        project = self._context.session.project
        if not self._is_ending:
            self._context.state.set_value(PROJECT, str(project.root) if project else "")

    @Slot(object)
    def _remember_page(self, page: Page) -> None:
        if not self._is_ending and page is not Page.START:
            self._context.state.set_value(PAGE, page.value)

    @Slot()
    def _collect(self) -> None:
        self._is_ending = True
        project = self._context.session.project
        if project is not None and self._context.controller.is_active:
            self._context.state.set_value(CUT, str(project.root))
        self._settled.stop()
        self._forget_mark()
        self._context.state.set_value(GEOMETRY, self._window.saveGeometry().toBase64().toStdString())
