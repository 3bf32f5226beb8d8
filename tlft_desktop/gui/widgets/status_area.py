"""The status bar: the last message once its bar is closed, background jobs, memory, and whether the network is used."""

from __future__ import annotations

import psutil
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.elided_button import ElidedButton
from tlft_desktop.gui.widgets.job_list import describe_job, shown_jobs
from tlft_desktop.gui.widgets.messages import MESSAGE_TINTS, LoggedMessage, Message
from tlft_desktop.gui.widgets.text import icon_button, plain_label, plain_tooltip
from tlft_desktop.gui.workers.task import Job, TaskRunner

MEMORY_INTERVAL_MS = 2_000


class StatusArea(QWidget):
    """One line; more lies behind its buttons.

    Signals:
        messages_asked(): The user wants the list of messages.
        jobs_asked(): The user wants the list of jobs.
    """

    messages_asked = Signal()
    jobs_asked = Signal()

    def __init__(self, tasks: TaskRunner, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._icons = tasks, icons
        self._job: Job | None = None
        self._shown: Message | None = None
        self.message = ElidedButton("flat", max_width=60 * GRID, grows=True)
        self.message.setAccessibleName(self.tr("Messages"))
        self.message.clicked.connect(self.messages_asked)
        self.jobs = ElidedButton("flat", max_width=48 * GRID)
        self.jobs.setAccessibleName(self.tr("Background jobs"))
        self.jobs.clicked.connect(self.jobs_asked)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(15 * GRID)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the background job"))
        self.cancel = icon_button(self.tr("Cancel the background job"))
        icons.attach(self.cancel, "close", size=16)
        self.cancel.clicked.connect(self._request_stop)
        self._memory = plain_label("", "muted")
        self._memory.setToolTip(plain_tooltip(self.tr("Memory that this program uses")))
        self._network_picture, self.network = QLabel(), plain_label("", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, 0, GRID, 0)
        layout.setSpacing(GRID)
        # The message stretches to its whole text, and only what is left lies empty.
        layout.addWidget(self.message, 1)
        layout.addStretch()
        for widget in (self.jobs, self._bar, self.cancel, self._memory, self._network_picture, self.network):
            layout.addWidget(widget)
        self._process = psutil.Process()
        self._timer = QTimer(self)
        self._timer.setInterval(MEMORY_INTERVAL_MS)
        self._timer.timeout.connect(self.show_memory)
        self._timer.start()
        tasks.jobs_changed.connect(self.show_jobs)
        self.show_jobs()
        self.show_memory()
        self.show_last(None)

    @Slot(object)
    def show_last(self, logged: LoggedMessage | None) -> None:
        """Show the last message; None where there is none, none that is still true, or where its bar tells it."""
        self.message.setVisible(logged is not None)
        self._shown = logged.message if logged is not None else None
        if logged is None:
            return
        said, kind = logged.message.text, logged.message.kind
        self._icons.attach(self.message, kind.value, tint=MESSAGE_TINTS[kind], size=16)
        self.message.set_full_text(said)
        self.message.setAccessibleName(self.tr("Last message: {text}").format(text=said))
        self.message.setToolTip(plain_tooltip(self.tr("{text} Click for all messages.").format(text=said)))

    @Slot()
    def make_way(self) -> None:
        """Show no message: a bar tells it."""
        self.show_last(None)

    @Slot(str)
    def forget(self, key: str) -> None:
        """Show the message with a key no longer; the list of messages keeps it."""
        if key and self._shown is not None and key == self._shown.key:
            self.show_last(None)

    @Slot()
    def leave_project(self) -> None:
        """Show what was told of a project no longer."""
        if self._shown is not None and not self._shown.outlives_project:
            self.show_last(None)

    @Slot()
    def show_jobs(self) -> None:
        """Show the oldest job, how many more there are, and whether one of them uses the network."""
        jobs = shown_jobs(self._tasks)
        self._job = jobs[0] if jobs else None
        for widget in (self.jobs, self._bar, self.cancel):
            widget.setVisible(bool(jobs))
        self.cancel.setVisible(self._job is not None and self._job.can_cancel)
        self._show_network(next((job.network for job in self._tasks.jobs if job.network), ""))
        if self._job is None:
            return
        text = describe_job(self._job)
        if len(jobs) > 1:
            text = self.tr("{job} · and {count} more").format(job=text, count=fmt.count(len(jobs) - 1))
        self.jobs.set_full_text(text)
        self.jobs.setAccessibleName(self.tr("Background jobs: {text}").format(text=text))
        self.jobs.setToolTip(plain_tooltip(self.tr("{text}. Click for all jobs.").format(text=text)))
        self._bar.setRange(0, self._job.progress.total)
        self._bar.setValue(self._job.progress.done)

    @Slot()
    def show_memory(self) -> None:
        """Show the memory that the program uses."""
        used = fmt.num_bytes(self._process.memory_info().rss)
        self._memory.setText(self.tr("Memory {size}").format(size=used))

    def _show_network(self, name: str) -> None:
        if name:
            text, hint = self.tr("using the network: {name}"), self.tr("A download that you asked for is running.")
        else:
            text, hint = self.tr("offline"), self.tr("The program uses the network only when you ask it to.")
        if text.format(name=name) == self.network.text():
            return
        self._icons.attach(
            self._network_picture,
            "network" if name else "offline",
            tint=Tint.WARNING if name else Tint.MUTED,
            size=16,
        )
        self.network.setText(text.format(name=name))
        self.network.setToolTip(plain_tooltip(hint))

    @Slot()
    def _request_stop(self) -> None:
        if self._job is not None:
            self._job.control.request_stop()
            self.show_jobs()
