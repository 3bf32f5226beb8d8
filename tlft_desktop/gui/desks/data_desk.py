"""Changes of images: written in the background one after the other, shown once they are on the disk, undoable."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tlft_desktop.core.data.edit_images import divide_anew
from tlft_desktop.core.data.given_splits import given_splits
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.project.edits import Edit
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.problem import Problem
from tlft_desktop.gui.afterwards import Afterwards
from tlft_desktop.gui.commands.swap_command import SwapCommand
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

KEY = "images"
SLOW_MS = 500
"""A change that takes longer, of tens of thousands of images, is announced."""
MakeEdits = Callable[[Manifest, JobContext], tuple[Edit, ...]]
Tell = Callable[[tuple[Edit, ...]], str]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A change that waits for its turn.

    Attributes:
        project: The project that it is for.
        make: Returns the edits from the images of the moment.
        text: Name of the undo step; empty for an undo or redo, which has one.
        tell: Returns a sentence for the user; empty for none.
        undo_index: Place of the undo stack before an undo or redo.
    """

    project: Project
    make: MakeEdits
    text: str = ""
    tell: Tell | None = None
    undo_index: int = -1


@dataclass(frozen=True, slots=True)
class _Written:
    """Edits that are on the disk, with the images and problems that they lead to."""

    edits: tuple[Edit, ...]
    manifest: Manifest
    problems: tuple[Problem, ...]


class DataDesk(QObject):
    """Between the page Data and the list of edits.

    Signals:
        told(text): What the last change did, in one or two sentences.
        settled(): A change was made or refused.
    """

    told = Signal(str)
    settled = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wishes: deque[_Wish] = deque()
        self._afterwards = Afterwards(lambda: self.is_writing, self)
        self._is_writing = False
        self._is_restoring = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._tell_slow)
        self.settled.connect(self._slow.stop)
        self.settled.connect(self._afterwards.look)
        context.session.project_changed.connect(self._look_for_damage)

    @property
    def is_writing(self) -> bool:
        """Whether a change is not on the disk yet."""
        return self._is_writing or bool(self._wishes)

    def finish(self, then: Callable[[], None]) -> None:
        """Call `then` when all changes are on the disk, or were refused."""
        self._afterwards.add(then)

    def edit(self, make: Callable[[Manifest], tuple[Edit, ...]], text: str, tell: Tell | None = None) -> None:
        """Change images as one undo step; `make` runs in the background and may raise `InputError`.

        Refused in words where the project is open for reading only.
        """
        self._ask(lambda manifest, _context: make(manifest), text, tell)

    def divide(self, *, val: float, test: float, text: str, tell: Tell) -> None:
        """Divide the images anew into train, validation and test, as one undo step."""
        project = self._context.session.project
        if project is None:
            return
        config = project.config

        def make(manifest: Manifest, context: JobContext) -> tuple[Edit, ...]:
            given = given_splits(manifest, project.data_folder, config.data_source, control=context.control)
            return divide_anew(manifest, given, val=val, test=test, seed=config.seed)

        self._ask(make, text, tell)

    def _ask(self, make: MakeEdits, text: str, tell: Tell | None) -> None:
        project = self._context.session.project
        if project is None:
            return
        if project.read_only:
            words = self.tr("The images of this project cannot be changed: {why}").format(
                why=from_core(project.read_only)
            )
            self._context.messages.show_message(Message(MessageKind.WARNING, words, key=KEY))
            return
        self._wishes.append(_Wish(project, make, text, tell))
        self._go_on()

    def _replay(self, edits: tuple[Edit, ...]) -> None:
        """Write what the undo stack asks for."""
        project = self._context.session.project
        if self._is_restoring or project is None:
            return
        index = self._context.session.undo_stack.index()
        self._wishes.append(_Wish(project, lambda _manifest, _context: edits, undo_index=index))
        self._go_on()

    def _go_on(self) -> None:
        manifest = self._context.session.manifest
        if self._is_writing or not self._wishes or manifest is None:
            return
        wish = self._wishes.popleft()
        self._is_writing = True
        self._slow.start()

        def work(context: JobContext) -> _Written:
            edits = wish.make(manifest, context)
            if edits:
                wish.project.require_writable()
                wish.project.edits.append(edits)
            edited = wish.project.edited_manifest if edits else manifest
            return _Written(edits, edited, find_problems(edited, wish.project.config.findings))

        def done(written: _Written) -> None:
            self._take(wish, written)

        def failed(failure: Failure) -> None:
            self._fail(wish, failure)

        def stopped() -> None:
            self._is_writing = False
            self._wishes.clear()
            self.settled.emit()

        self._context.tasks.start("", work, on_done=done, on_failed=failed, on_stopped=stopped)

    def _take(self, wish: _Wish, written: _Written) -> None:
        self._is_writing = False
        session = self._context.session
        if session.project is not wish.project:
            self._wishes.clear()
            self.settled.emit()
            return
        if written.edits:
            before = session.manifest
            self._context.messages.clear_key(KEY)
            if before is None or before.digest != written.manifest.digest:
                # What is only noted of images leaves everything valid that was measured on them.
                session.set_images(written.manifest, written.problems)
            if wish.text:
                before_edits = tuple(edit.inverse for edit in reversed(written.edits))
                command = SwapCommand(before_edits, written.edits, text=wish.text, apply=self._replay, is_done=True)
                session.undo_stack.push(command)
            if before is not None and len(before.classes) != len(written.manifest.classes):
                self._read_layers(wish.project)
        self._tell(wish, written.edits)
        self.settled.emit()
        self._go_on()

    def _tell(self, wish: _Wish, edits: tuple[Edit, ...]) -> None:
        text = wish.tell(edits) if wish.tell else ""
        if not edits and wish.text:
            text = text or self.tr("Nothing changed: the images are like this already.")
        elif edits and self._context.controller.is_active:
            note = self.tr("The training that runs keeps the images it started with; the next one takes the change.")
            text = f"{text} {note}".strip()
        self.told.emit(text)

    def _fail(self, wish: _Wish, failure: Failure) -> None:
        """Say what went wrong and leave the images as they are on the disk; what waited behind it is dropped."""
        self._is_writing = False
        self._wishes.clear()
        self._slow.stop()
        if self._context.session.project is not wish.project:
            self.settled.emit()
            return
        text = self.tr("The change was not made. {why}").format(why=failure.text)
        self._context.messages.show_message(Message(MessageKind.ERROR, text, details=failure.details, key=KEY))
        stack = self._context.session.undo_stack
        if 0 <= wish.undo_index <= stack.count():
            self._is_restoring = True
            stack.setIndex(wish.undo_index)
            self._is_restoring = False
        self.settled.emit()

    @Slot()
    def _tell_slow(self) -> None:
        self.told.emit(self.tr("Saving the change"))

    def _read_layers(self, project: Project) -> None:
        """Show the head with its new number of outputs."""
        engine, session = self._context.engine, self._context.session

        def work(_context: JobContext) -> LayerTree:
            return engine.layer_tree(project)

        def done(tree: LayerTree) -> None:
            if session.project is project and session.layer_tree is not None:
                session.set_layer_tree(tree)

        if session.layer_tree is not None:
            self._context.tasks.start("", work, on_done=done)

    @Slot()
    def _look_for_damage(self) -> None:
        """Say at once when edits of the project cannot be read: the images look different from how they were left."""
        self._wishes.clear()
        self._context.messages.clear_key(KEY)
        project = self._context.session.project
        if project is None:
            return

        def work(_context: JobContext) -> str:
            return project.edits.damage()

        def done(text: str) -> None:
            if text and self._context.session.project is project:
                self._context.messages.show_message(Message(MessageKind.WARNING, text, key=KEY))

        self._context.tasks.start("", work, on_done=done)
