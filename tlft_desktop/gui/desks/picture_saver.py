"""Writes pictures of the window into a new folder, in the background, and says where they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from tlft_desktop.core import fsio
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.folder_offer import folder_offer
from tlft_desktop.gui.png import png_of
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

KEY = "pictures_saved"


class PictureSaver(QObject):
    """Saves pictures as PNG files."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def write_pictures(self, folder: Path, pictures: Mapping[str, QImage]) -> None:
        """Write pictures by the names of their files; nothing is overwritten."""
        chosen = dict(pictures)

        def work(context: JobContext) -> int:
            fsio.require_new_folder(folder)
            files = {}
            for name, image in chosen.items():
                context.control.raise_if_stopped()
                files[name] = png_of(image)
            fsio.write_new_folder(folder, files)
            return len(files)

        def done(number: int) -> None:
            text = self.tr("1 picture was saved in {folder}.")
            if number != 1:
                text = self.tr("{number} pictures were saved in {folder}.")
            text = text.format(number=fmt.count(number), folder=str(folder))
            offer = folder_offer(self.tr("&Open the folder"), folder)
            self._context.messages.show_message(Message(MessageKind.SUCCESS, text, (offer,), key=KEY))

        def failed(failure: Failure) -> None:
            text = self.tr("The pictures were not saved. {why}").format(why=failure.text)
            message = Message(MessageKind.ERROR, text, details=failure.details, key=KEY)
            self._context.messages.show_message(message)

        title = self.tr("Saving {name}").format(name=folder.name)
        self._context.tasks.start(title, work, on_done=done, on_failed=failed)
