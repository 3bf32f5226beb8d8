"""Opens, makes and closes projects in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.errors import InputError, ProjectLockedError
from tlft_desktop.core.project.backups import PROJECT_FILE, newest_good_backup
from tlft_desktop.core.project.lock import break_lock, read_lock
from tlft_desktop.core.project.project import Project, open_project, open_project_read_only, restore_backup
from tlft_desktop.core.project.safe_path import PROJECT_SUFFIX, sync_warning
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.problem import Problem
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.lazy import has_photographs
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.task import JobContext, Progress

KEY = "project"


@dataclass(frozen=True)
class Opened:
    """A project with everything that the window shows at once."""

    project: Project
    manifest: Manifest
    problems: tuple[Problem, ...]
    runs: tuple[RunSummary, ...]
    interrupted: tuple[RunSummary, ...]
    sync_warning: str


class Refusal(StrEnum):
    """Why a project did not open, where the user can do something about it in the window."""

    OPEN_HERE = "open here"
    """Another program of this computer has it open: that is certain."""
    OPEN_ELSEWHERE = "open elsewhere"
    """Another computer has it open, or had when it was switched off: nobody here can tell."""
    DAMAGED = "damaged"
    """There is a backup."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A project that did not open.

    Attributes:
        root: Its folder.
        kind: Why.
        text: The same in words.
    """

    root: Path
    kind: Refusal
    text: str


def is_project(path: Path) -> bool:
    """Tell whether a folder is a project rather than a folder of images; one that cannot be looked at is none."""
    try:
        return path.is_dir() and (path.suffix == PROJECT_SUFFIX or (path / PROJECT_FILE).exists())
    except OSError:
        return False


class Writer(Protocol):
    """Writes changes of a project one after the other, in the background."""

    @property
    def is_writing(self) -> bool:
        """Whether a change is not on the disk yet."""

    def finish(self, then: Callable[[], None]) -> None:
        """Call `then` when all changes are on the disk, or were refused."""


class ProjectDesk(QObject):
    """Everything about the project as a whole.

    Signals:
        opened(interrupted runs): A project is open now; a list of `RunSummary`.
        sample_opened(): The project is a sample that was just made.
    """

    opened = Signal(object)
    sample_opened = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._writers: tuple[Writer, ...] = ()

    def wait_for(self, *writers: Writer) -> None:
        """Let these end before a project is closed."""
        self._writers += writers

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "photos": self._try_photos,
            "digits": self._try_digits,
            "close": self._close_only,
            "project_folder": self._show_folder,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        text = self.tr("The package with the sample photographs is not installed (install the extra `samples`).")
        return {} if has_photographs() else {"photos": text}

    @Slot(str)
    def open_folder(self, path: str) -> None:
        """Open the project in a folder."""
        self.open_project(Path(path))

    @Slot(str)
    def open_images(self, path: str) -> None:
        """Open what the user chose as images."""
        self.open_path(Path(path))

    @Slot()
    def _try_photos(self) -> None:
        self.try_sample("photos")

    @Slot()
    def _try_digits(self) -> None:
        self.try_sample("digits")

    @Slot()
    def _show_folder(self) -> None:
        project = self._context.session.project
        if project is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(project.root)))

    @Slot()
    def _close_only(self) -> None:
        self.close(_nothing)

    def open_path(self, path: Path) -> None:
        """Open what the user chose or dropped: a project, the file that names one, or images to make one of."""
        if path.name == PROJECT_FILE and is_project(path.parent):
            path = path.parent  # what file managers hand over for a double click
        if is_project(path):
            self.open_project(path)
        else:
            self.create(path)

    def open_project(self, root: Path) -> None:
        """Open a project for working in it."""
        self._replace(lambda: self._start_open(root, open_project))

    def open_read_only(self, root: Path) -> None:
        """Open a project for looking only."""
        self._replace(lambda: self._start_open(root, open_project_read_only))

    def create(self, source: Path) -> None:
        """Make a project of images, beside the other projects of the user."""
        engine = self._context.engine
        title = self.tr("Reading the images of {name}").format(name=source.name)
        self._replace(lambda: self._start_create(title, lambda control: engine.create(source, control)))

    def try_sample(self, which: str) -> None:
        """Make the project of a sample data set, or open it where it exists."""
        engine = self._context.engine
        title = self.tr("Preparing the sample")

        def started(_opened: Opened) -> None:
            self.sample_opened.emit()

        self._replace(lambda: self._start_create(title, lambda control: engine.create_sample(which, control), started))

    def close(self, then: Callable[[], None]) -> None:
        """Save what is not saved, give the project back and call `then`."""
        for writer in self._writers:
            if writer.is_writing:
                # What the user did a moment ago must reach the disk while the project is still locked.
                writer.finish(lambda: self.close(then))
                return

        def finish() -> None:
            if self._context.controller.is_active:
                # A training was asked for before, waited for the same save, and uses the project now.
                return
            project = self._context.session.project
            if project is not None:
                self._context.session.clear_project()
                project.close()
            then()

        self._context.saver.flush(finish)

    def _replace(self, then: Callable[[], None]) -> None:
        """Close the open project and go on; refused in words while it is trained."""
        messages = self._context.messages
        if self._context.controller.is_active:
            text = self.tr("A training is running. Stop it before you open something else.")
            messages.show_message(Message(MessageKind.WARNING, text, key=KEY))
            return
        if any(job.title and job.can_cancel for job in self._context.tasks.jobs):
            text = self.tr("Something else is being read. Wait for it or cancel it below.")
            messages.show_message(Message(MessageKind.WARNING, text, key=KEY))
            return
        messages.clear_key(KEY)
        self.close(then)

    def _start_open(self, root: Path, open_it: Callable[[Path], Project]) -> None:
        def work(_context: JobContext) -> Opened | Refused:
            try:
                return _read(open_it(root))
            except ProjectLockedError as error:
                owner = read_lock(root)
                if owner is not None and owner.process.is_this_machine:
                    return Refused(root, Refusal.OPEN_HERE, from_core(str(error)))
                return Refused(root, Refusal.OPEN_ELSEWHERE, from_core(error.message))
            except InputError as error:
                if not root.is_dir() or newest_good_backup(root.resolve()) is None:
                    raise
                return Refused(root, Refusal.DAMAGED, from_core(str(error)))

        title = self.tr("Opening {name}").format(name=root.name)
        self._context.tasks.start(title, work, on_done=self._take)

    def _start_create(
        self,
        title: str,
        make: Callable[[Any], Iterator[Progress | Project]],
        then: Callable[[Opened], None] | None = None,
    ) -> None:
        def work(context: JobContext) -> Opened | None:
            project = context.result_of(make(context.control))
            return _read(project) if project is not None else None

        def done(result: Opened) -> None:
            self._take(result)
            if then:
                then(result)

        self._context.tasks.start(title, work, on_done=done, on_stopped=self._tell_cancelled)

    def _tell_cancelled(self) -> None:
        text = self.tr("Cancelled. Nothing was kept of it, and your images are as they were.")
        self._context.messages.show_message(Message(MessageKind.INFO, text, key=KEY))

    def _take(self, result: Opened | Refused) -> None:
        if isinstance(result, Refused):
            self._context.messages.show_message(self._refusal(result))
            return
        context = self._context
        context.session.set_project(result.project, result.manifest, result.problems)
        context.session.set_runs(result.runs)
        context.preferences.set_settings(context.preferences.settings.with_recent(result.project.root))
        if result.project.read_only:
            text = self.tr("Open for reading only: {why}").format(why=from_core(result.project.read_only))
            context.messages.show_message(Message(MessageKind.INFO, text, key=KEY))
        elif result.sync_warning:
            context.messages.show_message(Message(MessageKind.WARNING, from_core(result.sync_warning), key="sync"))
        self._read_layers(result.project)
        self.opened.emit(list(result.interrupted))

    def _refusal(self, refused: Refused) -> Message:
        look = Offer(self.tr("Open for &reading only"), lambda: self.open_read_only(refused.root))
        break_it = Offer(self.tr("&Break the lock…"), lambda: self._ask_to_break(refused.root))
        restore = Offer(self.tr("Bring the &backup back"), lambda: self._restore(refused.root))
        offers = {
            Refusal.OPEN_HERE: (look,),
            Refusal.OPEN_ELSEWHERE: (look, break_it),
            Refusal.DAMAGED: (restore,),
        }
        return Message(MessageKind.WARNING, refused.text, offers[refused.kind], key=KEY)

    def _ask_to_break(self, root: Path) -> None:
        text = self.tr(
            "Break the lock of {name} only if you are sure that nobody works with it on the other computer: two "
            "programs that write one project can lose each other's changes. A lock stays behind when a computer is "
            "switched off."
        )
        offers = (
            Offer(self.tr("Break the lock and &open"), lambda: self._break(root)),
            Offer(self.tr("Open for &reading only"), lambda: self.open_read_only(root)),
        )
        message = Message(MessageKind.WARNING, text.format(name=root.name), offers, key=KEY)
        self._context.messages.show_message(message)

    def _break(self, root: Path) -> None:
        def work(_context: JobContext) -> bool:
            break_lock(root)
            return True

        self._context.tasks.start(self.tr("Breaking the lock"), work, on_done=lambda _done: self.open_project(root))

    def _restore(self, root: Path) -> None:
        def work(_context: JobContext) -> Path:
            return restore_backup(root)

        self._context.tasks.start(self.tr("Bringing the backup back"), work, on_done=lambda _p: self.open_project(root))

    def _read_layers(self, project: Project) -> None:
        engine = self._context.engine

        def work(_context: JobContext) -> LayerTree:
            return engine.layer_tree(project)

        def done(tree: LayerTree) -> None:
            if self._context.session.project is project:
                self._context.session.set_layer_tree(tree)

        self._context.tasks.start("", work, on_done=done)


def _nothing() -> None:
    """Closing is all that was asked for."""


def _read(project: Project) -> Opened:
    try:
        store = RunStore(project.root)
        if not project.read_only:
            store.mark_interrupted()
        manifest = project.edited_manifest
        runs = tuple(store.summaries())
        # The last run may have been marked by an earlier start already; older ones are history.
        interrupted = tuple(run for run in runs[-1:] if run.state is RunState.INTERRUPTED and not project.read_only)
        warning = sync_warning(project.root)
        return Opened(project, manifest, find_problems(manifest, project.config.findings), runs, interrupted, warning)
    except BaseException:
        project.close()
        raise
