"""Saves the report about runs in the background, and offers to open it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

KEY = "report"


class ReportDesk(QObject):
    """Asks where a report goes, and saves it.

    Args:
        context: Of the window.
        parent: The page whose runs it is about.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._page = context, parent

    def choose_file(self, chosen: Sequence[RunSummary]) -> None:
        """Let the user say where the report goes: about the chosen runs, or about all where fewer than two are."""
        project = self._context.session.project
        if project is None:
            return
        runs = tuple(run.run for run in chosen) if len(chosen) > 1 else ()
        title = self.tr("Save a report about {number} runs").format(number=len(runs))
        dialog = file_chooser(
            self._page,
            title if runs else self.tr("Save a report about all runs"),
            QFileDialog.FileMode.AnyFile,
            self._context.state,
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Web page (*.html)"))
        dialog.setDefaultSuffix("html")
        dialog.selectFile(f"{project.root.stem}-report.html")
        dialog.fileSelected.connect(lambda path: self.save_page(Path(path), runs))
        dialog.open()

    def save_page(self, path: Path, runs: Sequence[str]) -> None:
        """Write the report, in the background.

        Args:
            path: The file; what is there is replaced.
            runs: Identifiers; all of the project where none is named.
        """
        project = self._context.session.project
        if project is None:
            return
        self._context.messages.clear_key(KEY)
        engine = self._context.engine

        def work(context: JobContext) -> Path | None:
            return context.result_of(engine.save_report(project, path, runs, context.control))

        title = self.tr("Saving {name}").format(name=path.name)
        self._context.tasks.start(title, work, on_done=self._saved, on_failed=self._tell_failure)

    def _saved(self, path: Path) -> None:
        offers = (
            Offer(self.tr("&Open the report"), lambda: _open(path)),
            Offer(self.tr("Open the folde&r"), lambda: _open(path.absolute().parent)),
        )
        text = self.tr("The report was saved: {path}").format(path=str(path))
        self._context.messages.show_message(Message(MessageKind.SUCCESS, text, offers, key=KEY))

    def _tell_failure(self, failure: Failure) -> None:
        text = self.tr("The report was not saved. {why}").format(why=failure.text)
        self._context.messages.show_message(Message(MessageKind.ERROR, text, details=failure.details, key=KEY))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
