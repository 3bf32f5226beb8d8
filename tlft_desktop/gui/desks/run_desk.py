"""The runs of the open project: listed, marked, thrown away; all but emptying the trash can be undone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.afterwards import Afterwards
from tlft_desktop.gui.commands.swap_command import SwapCommand
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.run_marks import Marks, RunField, RunMark, apply_marks
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.outcome import Failure, failure_of
from tlft_desktop.gui.workers.task import JobContext

KEY = "runs"


@dataclass(frozen=True, slots=True)
class _Listing:
    """What was found on disk after a change."""

    runs: tuple[RunSummary, ...]
    trashed: tuple[RunSummary, ...]
    inverse: Marks
    refusal: Failure | None


Done = Callable[[_Listing], None]


class RunDesk(QObject):
    """Changes runs in the background, one change after the other, and refreshes the session's list.

    Signals:
        trash_changed(): Another list of runs lies in the trash.
    """

    trash_changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._trashed: tuple[RunSummary, ...] = ()
        self._waiting: deque[tuple[Project, Marks, Done | None]] = deque()
        self._afterwards = Afterwards(lambda: self.is_writing, self)
        self._is_busy = False
        context.session.project_changed.connect(self._follow_project)

    @property
    def trashed(self) -> tuple[RunSummary, ...]:
        """The runs in the trash of the project, the oldest first."""
        return self._trashed

    @property
    def is_writing(self) -> bool:
        """Whether a change is not on the disk yet, or the lists are being read."""
        return self._is_busy or bool(self._waiting)

    def finish(self, then: Callable[[], None]) -> None:
        """Call `then` when all changes are on the disk, or were refused."""
        self._afterwards.add(then)

    @Slot()
    def refresh(self) -> None:
        """Read the lists of runs again."""
        self._write(())

    def rename(self, run: str, name: str) -> None:
        """Give a run a name; the empty one brings the derived name back."""
        self._change((RunMark(run, RunField.NAME, text=name),), self.tr("rename the run"))

    def set_note(self, run: str, text: str) -> None:
        """Write a note beside a run; the empty one takes it away."""
        self._change((RunMark(run, RunField.NOTE, text=text),), self.tr("note of the run"))

    def toggle_stars(self, runs: Sequence[RunSummary]) -> None:
        """Mark runs; if all are marked, take the marks away."""
        is_on = not all(run.starred for run in runs)
        marks = tuple(RunMark(run.run, RunField.STAR, is_on=is_on) for run in runs if run.starred is not is_on)
        self._change(marks, self.tr("star") if is_on else self.tr("take the star away"))

    def move_to_trash(self, runs: Sequence[RunSummary]) -> None:
        """Throw runs away; the message offers to bring them back."""
        marks = tuple(RunMark(run.run, RunField.TRASH, is_on=True) for run in runs)
        names = {run.run: name_of(run) for run in runs}

        def told(listing: _Listing) -> None:
            moved = [mark.run for mark in reversed(listing.inverse)]
            if moved:
                self._tell_trashed([names[run] for run in moved], moved)

        self._change(marks, self.tr("move to trash"), told)

    def restore(self, runs: Sequence[str]) -> None:
        """Bring runs back from the trash."""
        marks = tuple(RunMark(run, RunField.TRASH) for run in runs)
        self._change(marks, self.tr("bring back from the trash"))

    @Slot()
    def want_empty_trash(self) -> None:
        """Ask whether the runs in the trash are to be deleted for good, and do it then."""
        text = self.tr("Runs in the trash: {number}. Delete them for good? Nothing brings them back afterwards.")
        offer = Offer(self.tr("&Delete for good"), lambda: self.finish(self._empty_trash))
        text = text.format(number=fmt.count(len(self._trashed)))
        self._context.messages.show_message(Message(MessageKind.WARNING, text, offers=(offer,), key=KEY))

    def _empty_trash(self) -> None:
        project = self._context.session.project
        if project is None:
            return

        def work(_context: JobContext) -> int:
            project.require_writable()
            return RunStore(project.root).empty_trash()

        def done(num_bytes: int) -> None:
            text = self.tr("The trash is empty: {size} were deleted.").format(size=fmt.num_bytes(num_bytes))
            self._context.messages.show_message(Message(MessageKind.INFO, text, key=KEY))
            self.refresh()

        def failed(failure: Failure) -> None:
            self._context.messages.show_failure(failure)
            self.refresh()

        self._context.tasks.start(self.tr("Emptying the trash"), work, on_done=done, on_failed=failed)

    def _tell_trashed(self, names: Sequence[str], runs: Sequence[str]) -> None:
        if len(names) == 1:
            text = self.tr("{name} lies in the trash of the project.").format(name=names[0])
        else:
            text = self.tr("{number} runs lie in the trash of the project.").format(number=len(names))
        offer = Offer(self.tr("&Bring back"), lambda: self.restore(runs))
        self._context.messages.show_message(Message(MessageKind.INFO, text, offers=(offer,), key=KEY))

    def _change(self, marks: Marks, text: str, then: Done | None = None) -> None:
        """Change runs so that it can be undone."""

        def done(listing: _Listing) -> None:
            if listing.inverse:
                new = marks[: len(listing.inverse)]
                command = SwapCommand(listing.inverse, new, text=text, apply=self._write, is_done=True)
                self._context.session.undo_stack.push(command)
            if then:
                then(listing)

        if marks:
            self._write(marks, done)

    def _write(self, marks: Marks, then: Done | None = None) -> None:
        project = self._context.session.project
        if project is None:
            return
        if any(mark.field is RunField.TRASH for mark in marks):
            # Its offer may be about to become untrue.
            self._context.messages.clear_key(KEY)
        self._waiting.append((project, marks, then))
        self._start_next()

    def _start_next(self) -> None:
        if self._is_busy:
            return
        if not self._waiting:
            self._afterwards.look()
            return
        self._is_busy = True
        project, marks, then = self._waiting.popleft()

        def work(_context: JobContext) -> _Listing:
            if marks:
                project.require_writable()
            store = RunStore(project.root)
            inverse, refusal = apply_marks(store, marks)
            # What the user typed is no fault of the program: nobody needs a traceback of it.
            failure = None if refusal is None else replace(failure_of(refusal), details="")
            return _Listing(tuple(store.summaries()), tuple(store.trashed_summaries()), inverse, failure)

        def done(listing: _Listing) -> None:
            self._is_busy = False
            if self._context.session.project is project:
                self._take(listing)
                if then:
                    then(listing)
            self._start_next()

        self._context.tasks.start("", work, on_done=done, on_failed=self._fail, on_stopped=self._go_on)

    def _take(self, listing: _Listing) -> None:
        self._context.session.set_runs(listing.runs)
        if listing.trashed != self._trashed:
            self._trashed = listing.trashed
            self.trash_changed.emit()
        if listing.refusal is not None:
            self._context.messages.show_failure(listing.refusal)

    def _fail(self, failure: Failure) -> None:
        self._context.messages.show_failure(failure)
        self._go_on()

    def _go_on(self) -> None:
        self._is_busy = False
        self._start_next()

    @Slot()
    def _follow_project(self) -> None:
        if self._trashed:
            self._trashed = ()
            self.trash_changed.emit()
        self.refresh()
