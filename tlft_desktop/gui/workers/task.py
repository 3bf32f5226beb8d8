"""Short jobs in a thread pool: anything that takes longer than the window may wait."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.gui.workers.outcome import Failure, failure_of

PROGRESS_INTERVAL_S = 0.05
MAX_THREADS = 3
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `total` is 0 where nobody knows."""

    done: int = 0
    total: int = 0
    stage: str = ""


class JobContext:
    """What a job may use in its thread.

    Attributes:
        control: Tells whether somebody wants the job to stop.
    """

    def __init__(self, control: Control, post: Callable[[Progress], None]) -> None:
        self.control = control
        self._post = post
        self._last = 0.0

    def report(self, progress: Progress) -> None:
        """Tell how far the job is; at most twenty times a second reach the window."""
        now = time.monotonic()
        if now - self._last >= PROGRESS_INTERVAL_S or progress.done == progress.total:
            self._last = now
            self._post(progress)

    def result_of(self, items: Iterator[Progress | _Result]) -> _Result | None:
        """Go through what a measurement yields and report its progress; return the last of the rest, None without."""
        result: _Result | None = None
        with closing(items):  # type: ignore[type-var]
            for item in items:
                if isinstance(item, Progress):
                    self.report(item)
                else:
                    result = item
        return result


@dataclass(eq=False)
class Job:
    """A job as the window sees it.

    Attributes:
        title: Shown while it runs; empty for one that nobody needs to see.
        control: Through which it is stopped.
        progress: The last report.
        started: From the monotonic clock.
        network: What it downloads from, such as the name of a host; empty for a job that stays on this computer.
        can_cancel: Whether the user may end it; what loads behind the window is no wish of the user.
    """

    title: str
    control: Control = field(default_factory=Control)
    progress: Progress = field(default_factory=Progress)
    started: float = field(default_factory=time.monotonic)
    network: str = ""
    can_cancel: bool = True
    on_done: Callable[[Any], None] | None = None
    on_failed: Callable[[Failure], None] | None = None
    on_stopped: Callable[[], None] | None = None

    def seconds_left(self) -> float | None:
        """Return the time left, from the pace so far; None where it cannot be told."""
        done, total, elapsed = self.progress.done, self.progress.total, time.monotonic() - self.started
        if not total or not done or elapsed < 1:
            return None
        return elapsed * (total - done) / done


class _Bridge(QObject):
    """Carries results out of the pool's threads; lives in the window's thread.

    Signals:
        progressed(Job, Progress), settled(Job, result, Failure or None).
    """

    progressed = Signal(object, object)
    settled = Signal(object, object, object)


class _Errand:
    """What a thread of the pool calls. No `QRunnable`: PySide 6.11 never lets go of one that it was given to start."""

    def __init__(self, job: Job, work: Callable[[JobContext], Any], bridge: _Bridge) -> None:
        self._job, self._work, self._bridge = job, work, bridge

    def __call__(self) -> None:
        job, bridge = self._job, self._bridge
        context = JobContext(job.control, lambda progress: bridge.progressed.emit(job, progress))
        result: Any = None
        failure: Failure | None = None
        try:
            result = self._work(context)
        except StoppedError:
            job.control.request_stop()
        except BaseException as error:
            failure = failure_of(error)
        bridge.settled.emit(job, result, failure)


class TaskRunner(QObject):
    """Runs jobs and calls back in the window's thread.

    Signals:
        jobs_changed(): A job started, reported progress or ended.
        failed(Failure): A job failed that has no handler of its own.
        idle(): The last job ended.
    """

    jobs_changed = Signal()
    failed = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(MAX_THREADS)
        self._bridge = _Bridge(self)
        self._bridge.progressed.connect(self._progress)
        self._bridge.settled.connect(self._settle)
        self._running: dict[Job, _Errand] = {}
        # A pool thread may still be on its way out of an errand when the result arrives here: nothing that belongs to
        # the window's thread may be destroyed by it, so the errand is let go of later, and here.
        self._retired: deque[_Errand] = deque(maxlen=2 * MAX_THREADS)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Jobs that have not ended."""
        return tuple(self._running)

    def start(
        self,
        title: str,
        work: Callable[[JobContext], Any],
        *,
        network: str = "",
        can_cancel: bool = True,
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[Failure], None] | None = None,
        on_stopped: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work` in the pool; the handlers are called in the window's thread, exactly one of them.

        `on_stopped` is called, and `on_done` is not, when the job was asked to stop and did not finish its work. While
        a job with a `network` runs, the window says that it uses the network.
        """
        job = Job(
            title,
            network=network,
            can_cancel=can_cancel,
            on_done=on_done,
            on_failed=on_failed,
            on_stopped=on_stopped,
        )
        errand = _Errand(job, work, self._bridge)
        self._running[job] = errand
        self._pool.start(errand)
        self.jobs_changed.emit()
        return job

    def request_stop(self) -> None:
        """Ask all jobs to stop."""
        for job in self._running:
            job.control.request_stop()

    @Slot(object, object)
    def _progress(self, job: Job, progress: Progress) -> None:
        job.progress = progress
        self.jobs_changed.emit()

    @Slot(object, object, object)
    def _settle(self, job: Job, result: Any, failure: Failure | None) -> None:
        self._retired.append(self._running.pop(job))
        try:
            if failure is not None:
                self._report(job, failure)
            elif result is None and job.control.stop_requested:
                if job.on_stopped:
                    job.on_stopped()
            elif job.on_done:
                job.on_done(result)
        finally:
            self.jobs_changed.emit()
            if not self._running:
                self.idle.emit()

    def _report(self, job: Job, failure: Failure) -> None:
        if job.on_failed:
            job.on_failed(failure)
        else:
            self.failed.emit(failure)
