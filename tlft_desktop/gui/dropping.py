"""What was dropped on the window: images are classified, everything else becomes or is a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.data.suffixes import SUFFIXES
from tlft_desktop.core.project.safe_path import PROJECT_SUFFIX
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.project_desk import ProjectDesk, is_project
from tlft_desktop.gui.pages.start_page import StartPage
from tlft_desktop.gui.widgets.drop_overlay import DropOverlay
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
        self._prefers_classifying: Callable[[], bool] = _never
        self._is_closing_explained = False
        context.session.project_changed.connect(self._forget)

    def prefer_classifying(self, wanted: Callable[[], bool]) -> None:
        """Classify folders and other files, too, while `wanted` says so; projects are opened all the same."""
        self._prefers_classifying = wanted

    def describe(self, paths: Sequence[Path]) -> str:
        """Return what dropping these paths would do; by their names alone, since a drag must not wait for a disk."""
        if self._prefers_classifying() and not any(path.suffix == PROJECT_SUFFIX for path in paths):
            return self.tr("Classify what you drop with the network chosen here.")
        if paths and all(path.suffix.casefold() in SUFFIXES for path in paths):
            if self._context.session.finished_runs:
                return self.tr("Classify what you drop with a trained network.")
            return self.tr("Images are classified once a project with a finished training is open.")
        if len(paths) != 1:
            return self.tr("One folder, one table or one project at a time, please.")
        if paths[0].suffix == PROJECT_SUFFIX:
            return self.tr("Open the project {name}.").format(name=paths[0].stem)
        return self.tr("Make a new project of {name}. The images stay where they are.").format(name=paths[0].name)

    def take(self, paths: Sequence[Path]) -> None:
        """Do what fits the paths, or say in one sentence why nothing does."""
        if paths and self._prefers_classifying() and not any(is_project(path) for path in paths):
            self._classify(paths)
            return
        images = [path for path in paths if path.suffix.casefold() in SUFFIXES and path.is_file()]
        if images and len(images) == len(paths):
            self._take_images(images)
        elif len(paths) == 1:
            self._explain(paths[0])
            self._projects.open_path(paths[0])
        elif paths:
            self._warn(self.tr("Drop one folder, one table or one project, or any number of images."))

    def _explain(self, path: Path) -> None:
        """Say what becomes of the open project: people may expect that its images become more."""
        project = self._context.session.project
        if project is None or self._context.controller.is_active or is_project(path) or not path.exists():
            return
        text = self.tr(
            "{name} becomes a project of its own. {project} closes with its images as they are; it stays in the list "
            "of recent projects. To add images to a data set, put them into its folder and drop that folder."
        )
        text = text.format(name=path.name, project=project.config.name)
        self._is_closing_explained = True
        self._context.messages.show_message(Message(MessageKind.INFO, text, key="drop", outlives_project=True))

    @Slot()
    def _forget(self) -> None:
        """Take the explanation away when the new project closes, not when the one before does."""
        if self._context.session.project is None and not self._is_closing_explained:
            self._context.messages.clear_key("drop")
        self._is_closing_explained = False

    def _take_images(self, images: Sequence[Path]) -> None:
        if self._context.session.finished_runs:
            self._classify(images)
        else:
            self._warn(self.tr("These are images. Open a project with a finished training to classify them."))

    def _warn(self, text: str) -> None:
        self._context.messages.show_message(Message(MessageKind.WARNING, text, key="drop"))


class DropTarget(QObject):
    """Lets the whole window take what is dropped, and says before what that would do.

    Args:
        desk: Decides.
        overlay: Says it over the window.
        start_page: Lights its own place up.
        window: Takes the drops.
    """

    def __init__(self, desk: DropDesk, overlay: DropOverlay, start_page: StartPage, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._overlay, self._start_page = desk, overlay, start_page
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):
            return self._take(event)
        if event.type() == QEvent.Type.DragLeave:
            self._end()
        return super().eventFilter(watched, event)

    def _take(self, event: QDropEvent) -> bool:
        paths = local_paths(event.mimeData())
        if event.type() == QEvent.Type.DragEnter and paths:
            self._start_page.show_dragging()
            self._overlay.show_text(self._desk.describe(paths))
        if event.type() == QEvent.Type.Drop:
            self._end()
        if paths:
            event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._desk.take(paths)
        return True

    def _end(self) -> None:
        self._overlay.hide()
        self._start_page.show_no_dragging()


def _never() -> bool:
    return False


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of a drag."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
