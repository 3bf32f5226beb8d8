"""What leads from a run to the world outside of the window: its folder, and the command line that repeats it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import CommandText
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.task import JobContext

KEY = "run_tools"


class RunTools(QObject):
    """Opens folders and copies command lines."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def open_folder(self, run: RunSummary) -> None:
        """Show the folder of a run in the file manager; say where it is if there is none."""
        project = self._context.session.project
        if project is None:
            return
        folder = RunStore(project.root).folder(run.run)
        if not folder.is_dir():
            text = self.tr("The folder of {name} is not there any more: {folder}")
            self._tell(MessageKind.WARNING, text.format(name=name_of(run), folder=str(folder)))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            text = self.tr("No file manager could be opened. The run lies in {folder}")
            self._tell(MessageKind.WARNING, text.format(folder=str(folder)))

    def copy_command(self, run: RunSummary) -> None:
        """Put the command line that repeats a run on the clipboard."""
        project = self._context.session.project
        if project is None:
            return
        engine = self._context.engine

        def work(_context: JobContext) -> CommandText:
            return engine.command_of(project, run.run)

        self._context.tasks.start("", work, on_done=self._copy)

    def _copy(self, command: CommandText) -> None:
        QGuiApplication.clipboard().setText(command.text)
        parts = [self.tr("Copied to the clipboard: {command}").format(command=command.text)]
        parts += map(from_core, command.remarks)
        self._tell(MessageKind.WARNING if command.remarks else MessageKind.SUCCESS, " ".join(parts))

    def _tell(self, kind: MessageKind, text: str) -> None:
        self._context.messages.show_message(Message(kind, text, key=KEY))
