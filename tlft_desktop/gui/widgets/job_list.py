"""All background jobs, each with its progress, its time left and a button that cancels it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QVBoxLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.leaving import LeaveWatcher
from tlft_desktop.gui.widgets.text import icon_button, plain_label, wrapped_label
from tlft_desktop.gui.workers.task import Job, TaskRunner

WIDTH = 48 * GRID


class JobRow(QWidget):
    """One job.

    Signals:
        cancelled(): The user does not want it any more.
    """

    cancelled = Signal()

    def __init__(self, job: Job, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self._text = wrapped_label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(job.title)
        self.cancel = icon_button(self.tr("Cancel: {title}").format(title=job.title))
        icons.attach(self.cancel, "close")
        self.cancel.clicked.connect(self._request_stop)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        layout.addWidget(self._text, 0, 0)
        layout.addWidget(self._bar, 1, 0)
        layout.addWidget(self.cancel, 0, 1, 2, 1)
        # Not before it has a parent: it would be a window of its own for a moment and take the focus.
        self.cancel.setVisible(job.can_cancel)
        layout.setColumnStretch(0, 1)
        self.show_progress()

    def show_progress(self) -> None:
        """Show how far the job is."""
        self._text.setText(describe_job(self.job))
        self._bar.setRange(0, self.job.progress.total)
        self._bar.setValue(self.job.progress.done)

    @Slot()
    def _request_stop(self) -> None:
        self.job.control.request_stop()
        self.show_progress()


class JobList(QFrame):
    """Lies over the window above the status bar."""

    def __init__(self, tasks: TaskRunner, icons: IconSet, window: QWidget) -> None:
        super().__init__(window)
        self._tasks, self._icons, self._below = tasks, icons, window
        self._rows: dict[Job, JobRow] = {}
        set_role(self, "overlay")
        self.setAccessibleName(self.tr("Background jobs"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._none = plain_label(self.tr("Nothing runs in the background."), "muted")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self._layout.setSpacing(GRID)
        self._layout.addWidget(plain_label(self.tr("Background jobs"), "heading"))
        self._layout.addWidget(self._none)
        self._watcher = LeaveWatcher(self)
        tasks.jobs_changed.connect(self.show_jobs)
        self.hide()
        self.show_jobs()

    @Slot()
    def open(self) -> None:
        """Show it, or hide it where it is shown."""
        if self.isVisible():
            self._watcher.close()
            return
        self._place()
        self._watcher.show(next((row.cancel for row in self._rows.values()), self))

    @Slot()
    def show_jobs(self) -> None:
        """Show the jobs of the moment."""
        jobs = shown_jobs(self._tasks)
        for job in [job for job in self._rows if job not in jobs]:
            row = self._rows.pop(job)
            if row.cancel.hasFocus():
                # Else Qt would hand the focus to something below the list, which would close it.
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        for job in jobs:
            if job in self._rows:
                self._rows[job].show_progress()
            else:
                self._rows[job] = JobRow(job, self._icons)
                self._layout.addWidget(self._rows[job])
        self._none.setVisible(not jobs)
        if self.isVisible():
            self._place()

    @property
    def rows(self) -> tuple[JobRow, ...]:
        """One row for each job, the oldest first."""
        return tuple(self._rows.values())

    def _place(self) -> None:
        height = (
            self._layout.totalHeightForWidth(WIDTH) if self._layout.hasHeightForWidth() else self.sizeHint().height()
        )
        self.setGeometry(
            self._below.width() - WIDTH - 2 * GRID, self._below.height() - height - 5 * GRID, WIDTH, height
        )


def shown_jobs(tasks: TaskRunner) -> list[Job]:
    """Return the jobs that the user hears of, the oldest first."""
    return [job for job in tasks.jobs if job.title]


def describe_job(job: Job) -> str:
    """Return what a job does, how far it is, and the time left, in one line."""
    progress, left = job.progress, job.seconds_left()
    parts = [job.title]
    if job.control.stop_requested:
        return " · ".join([*parts, tr("stopping")])
    if progress.total:
        parts.append(f"{fmt.count(progress.done)} / {fmt.count(progress.total)}")
    if left is not None and left >= 1:
        parts.append(tr("about {time} left").format(time=fmt.duration(left)))
    return " · ".join(parts)
