"""What was dropped on the window: images are classified, everything else becomes or is a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.project_desk import ProjectDesk
from tlft_desktop.gui.pages.use_page import IMAGE_SUFFIXES
from tlft_desktop.gui.widgets.messages import Message, MessageKind


class DropDesk(QObject):
    """Decides what becomes of dropped files.

    Args:
        context: Parts of the program.
        projects: Opens and makes projects.
        classify: Called with images while a trained network is there to classify them.
    """

    def __init__(
        self,
        context: AppContext,
        projects: ProjectDesk,
        classify: Callable[[Sequence[Path]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._projects, self._classify = context, projects, classify

    def take(self, paths: Sequence[Path]) -> None:
        """Do what fits the paths, or say in one sentence why nothing does."""
        images = [path for path in paths if path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()]
        if images and len(images) == len(paths):
            self._take_images(images)
        elif len(paths) == 1:
            self._projects.open_path(paths[0])
        elif paths:
            self._warn(self.tr("Drop one folder, one table or one project, or any number of images."))

    def _take_images(self, images: Sequence[Path]) -> None:
        if self._context.session.finished_runs:
            self._classify(images)
        else:
            self._warn(self.tr("These are images. Open a project with a finished training to classify them."))

    def _warn(self, text: str) -> None:
        self._context.messages.show_message(Message(MessageKind.WARNING, text, key="drop"))


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of a drag."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
