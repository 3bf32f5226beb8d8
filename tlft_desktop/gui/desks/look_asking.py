"""The image that the user has before them, on whatever page, and the way from there to what networks looked at in it.

A page or panel that shows images says by `look_subject` which one is meant; the window's one action does the rest.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.page_stack import PageStack
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.workers.task import JobContext

KEY = "image_look"
NUM_NEWEST = 2
"""Runs that are asked where none is chosen: of two it can be told what they differ in."""


@runtime_checkable
class ShowsImages(Protocol):
    """A page or panel with images in it."""

    def look_subject(self) -> LookSubject | None:
        """Return the image that is selected; None without one."""


def subject_of(session: Session, record: ImageRecord | None, run: str = "") -> LookSubject | None:
    """Return an image of the open project as something to look at; None for none.

    Args:
        session: Knows the project.
        record: The image.
        run: The run whose answer is shown beside it; empty for none.
    """
    project = session.project
    if project is None or record is None:
        return None
    try:
        return LookSubject(project.data_folder / record.path, run)
    except InputError as error:
        return LookSubject(Path(record.path), run, from_core(str(error)))


def runs_to_ask(subject: LookSubject, chosen: Sequence[RunSummary], finished: Sequence[RunSummary]) -> list[str]:
    """Return the runs that are asked about an image.

    Those that are chosen; but the run alone whose answer stands beside the image where it is none of them, and the
    newest ones where no chosen run has a result.

    Args:
        subject: The image.
        chosen: Runs that are chosen on the page Compare.
        finished: Runs with a result, the oldest first.
    """
    with_result, names = {run.run for run in finished}, [run.run for run in chosen]
    if subject.run in with_result and subject.run not in names:
        return [subject.run]
    if with_result.intersection(names):
        return names
    return [run.run for run in finished[-NUM_NEWEST:]]


class LookAsking(QObject):
    """Knows whether what networks looked at can be shown for the image that is selected on the page in front.

    Args:
        context: Parts of the program.
        pages: Those of the window.
        show: Shows what networks looked at in an image.

    Signals:
        situation_changed(): The file of the image turned out to be there, or not.
    """

    situation_changed = Signal()

    def __init__(
        self,
        context: AppContext,
        pages: PageStack,
        show: Callable[[LookSubject], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._pages, self._show = context, pages, show
        self._checked: Path | None = None
        self._is_missing = self._is_checking = False
        pages.page_changed.connect(self.follow)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for the action."""
        return {KEY: self.ask}

    def blocked(self) -> dict[str, str]:
        """Return why the action cannot be chosen now."""
        reason = self._reason()
        return {KEY: reason} if reason else {}

    @Slot()
    def ask(self) -> None:
        """Show what networks looked at in the selected image."""
        subject = self._subject()
        if subject is not None and not self._reason():
            self._show(subject)

    @Slot()
    def follow(self) -> None:
        """Find out behind the window whether the file of the image is there: on a share that may take seconds."""
        path = self._path()
        if path is None or self._is_checking or (path == self._checked and not self._is_missing):
            return

        def work(_context: JobContext) -> bool:
            return os.path.isfile(path)

        def done(is_there: bool) -> None:
            before = self._is_missing
            self._checked, self._is_missing, self._is_checking = path, not is_there, False
            if self._path() != path:
                self.follow()
            if before or self._is_missing:
                self.situation_changed.emit()

        self._is_checking = True
        self._context.tasks.start("", work, on_done=done)

    def _reason(self) -> str:
        subject = self._subject()
        if not self._context.session.finished_runs:
            return self.tr("No run has a result yet: start a training first.")
        if subject is None:
            return self.tr("Select an image first: on the page Data or Use, or in Images or Map on the page Compare.")
        if subject.problem:
            return subject.problem
        if self._is_missing and subject.path == self._checked:
            return self.tr("The file is not there any more: {path}").format(path=subject.path)
        return ""

    def _subject(self) -> LookSubject | None:
        page = self._pages.currentWidget()
        return page.look_subject() if isinstance(page, ShowsImages) else None

    def _path(self) -> Path | None:
        subject = self._subject()
        return None if subject is None or subject.problem else subject.path
