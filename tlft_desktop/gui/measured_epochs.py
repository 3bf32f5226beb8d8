"""Reads in the background what an epoch of the open network took in the newest run."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.workflows.epoch_times import MeasuredEpoch, newest_measured_epoch
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext, TaskRunner


class MeasuredEpochs(QObject):
    """Follows the runs of the session.

    Signals:
        changed(): Another measured epoch is the newest, or none is.
    """

    changed = Signal()

    def __init__(self, session: Session, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._measured: MeasuredEpoch | None = None
        self._is_reading = self._is_stale = False
        session.run_changed.connect(self.read)
        session.layer_tree_changed.connect(self.read)

    @property
    def newest(self) -> MeasuredEpoch | None:
        """The newest measured epoch of the open network; None where nothing was measured."""
        return self._measured

    @Slot()
    def read(self) -> None:
        """Read again; one reading at a time."""
        project, tree = self._session.project, self._session.layer_tree
        if self._is_reading:
            self._is_stale = True
            return
        if project is None or tree is None or not self._session.runs:
            self._take(None)
            return
        root, image_size = project.root, self._session.image_size
        self._is_reading = True

        def work(_context: JobContext) -> tuple[MeasuredEpoch | None]:
            return (newest_measured_epoch(RunStore(root), tree, image_size=image_size),)

        self._tasks.start("", work, on_done=self._done, on_failed=self._failed, on_stopped=self._stopped)

    def _done(self, result: tuple[MeasuredEpoch | None]) -> None:
        self._end(result[0])

    def _failed(self, _failure: Failure) -> None:
        # An estimate that cannot be made is no news for the user.
        self._end(None)

    def _stopped(self) -> None:
        self._end(None)

    def _end(self, measured: MeasuredEpoch | None) -> None:
        self._is_reading = False
        if self._is_stale:
            self._is_stale = False
            self.read()
        else:
            self._take(measured)

    def _take(self, measured: MeasuredEpoch | None) -> None:
        if measured != self._measured:
            self._measured = measured
            self.changed.emit()
