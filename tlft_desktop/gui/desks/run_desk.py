"""The runs of the open project: listed, named, starred, thrown away, brought back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.task import JobContext


class RunDesk(QObject):
    """Changes runs in the background and refreshes the session's list."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def refresh(self) -> None:
        """Read the list of runs again."""
        self._change(lambda _store: None)

    def rename(self, run: str, name: str) -> None:
        """Give a run a name; the empty one brings the derived name back."""
        self._change(lambda store: store.rename(run, name))

    def toggle_star(self, run: RunSummary) -> None:
        """Mark a run, or take its mark away."""
        self._change(lambda store: store.unstar(run.run) if run.starred else store.star(run.run))

    def move_to_trash(self, run: RunSummary) -> None:
        """Throw a run away; the message offers to bring it back."""
        message = Message(
            MessageKind.INFO,
            self.tr("{name} lies in the trash of the project.").format(name=run.name or run.run),
            offers=(Offer(self.tr("&Bring it back"), lambda: self.restore(run.run)),),
            key="trash",
        )
        self._change(lambda store: store.move_to_trash(run.run), lambda: self._context.messages.show_message(message))

    def restore(self, run: str) -> None:
        """Bring a run back from the trash."""
        self._change(lambda store: store.restore(run))

    def _change(self, change: Callable[[RunStore], None], then: Callable[[], None] | None = None) -> None:
        project = self._context.session.project
        if project is None:
            return

        def work(_context: JobContext) -> tuple[RunSummary, ...]:
            store = RunStore(project.root)
            change(store)
            return tuple(store.summaries())

        def done(runs: tuple[RunSummary, ...]) -> None:
            self._take(project, runs)
            if then:
                then()

        self._context.tasks.start("", work, on_done=done)

    def _take(self, project: Project, runs: tuple[RunSummary, ...]) -> None:
        if self._context.session.project is project:
            self._context.session.set_runs(runs)
