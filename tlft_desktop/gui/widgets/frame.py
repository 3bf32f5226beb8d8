"""The frame of the window: navigation column, header and status area."""

from __future__ import annotations

from enum import StrEnum

import psutil
from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.text import button, icon_button, plain_label, plain_tooltip
from tlft_desktop.gui.workers.task import Job, TaskRunner

MEMORY_INTERVAL_MS = 2_000


class StepState(StrEnum):
    """Where a step of the work stands; each has a shape of its own."""

    EMPTY = "empty"
    READY = "ready"
    RUNNING = "running"
    ATTENTION = "attention"


_TINTS = {
    StepState.EMPTY: Tint.MUTED,
    StepState.READY: Tint.SUCCESS,
    StepState.RUNNING: Tint.ACCENT,
    StepState.ATTENTION: Tint.WARNING,
}


class NavigationColumn(QFrame):
    """The steps of the work, below each other, with a state beside each.

    Signals:
        chosen(page): The user wants another page.
    """

    chosen = Signal(str)

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(self.tr("Steps"))
        self._icons = icons
        self._buttons: dict[str, QToolButton] = {}
        self._dots: dict[str, QLabel] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        self.setFixedWidth(168)

    def add(self, key: str, text: str, icon: str, *, hint: str) -> None:
        """Add a step below the others."""
        step = QToolButton()
        set_role(step, "nav")
        step.setText(f"  {text}")
        step.setAccessibleName(text.replace("&", ""))
        step.setToolTip(plain_tooltip(hint))
        step.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        step.setIconSize(QSize(20, 20))
        step.setCheckable(True)
        step.setAutoExclusive(True)
        step.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        step.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        step.setObjectName(key)
        step.clicked.connect(self._announce)
        self._icons.attach(step, icon)
        dot = QLabel(step)
        dot.setFixedSize(16, 16)
        dot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(step)
        inside.setContentsMargins(0, 0, GRID, 0)
        inside.addStretch(1)
        inside.addWidget(dot)
        self._buttons[key], self._dots[key] = step, dot
        self._layout.insertWidget(len(self._buttons) - 1, step)
        self.set_state(key, StepState.EMPTY, "")

    def set_current(self, key: str) -> None:
        """Show which page is open."""
        self._buttons[key].setChecked(True)

    def set_state(self, key: str, state: StepState, description: str) -> None:
        """Show where a step stands; the description says it in words."""
        self._icons.attach(self._dots[key], f"state-{state.value}", tint=_TINTS[state], size=16)
        self._buttons[key].setAccessibleDescription(description)

    def button_of(self, key: str) -> QToolButton:
        """Return the button of a step."""
        return self._buttons[key]

    @Slot()
    def _announce(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.objectName())


class Header(QFrame):
    """Project, device, undo, redo, and the one primary action of the page."""

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._icons = icons
        self._action: QAction | None = None
        self.project = plain_label("", "heading")
        self.project.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.read_only = plain_label(self.tr("reading only"), "badge")
        self.read_only.hide()
        self.device = plain_label("", "muted")
        self.device.setAccessibleName(self.tr("Device"))
        chip = QLabel()
        icons.attach(chip, "chip", tint=Tint.MUTED, size=18)
        self.undo, self.redo = icon_button(self.tr("Undo")), icon_button(self.tr("Redo"))
        for tool in (self.undo, self.redo):
            tool.setIconSize(QSize(20, 20))
        self.primary: QPushButton = button("", "primary")
        self.primary.setIconSize(QSize(18, 18))
        self.primary.clicked.connect(self._trigger)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        for widget, stretch in (
            (self.project, 1), (self.read_only, 0), (chip, 0), (self.device, 0), (self.undo, 0), (self.redo, 0),
            (self.primary, 0),
        ):  # fmt: skip
            layout.addWidget(widget, stretch)
        self.setFixedHeight(56)

    def set_project(self, name: str, hint: str, *, read_only: str) -> None:
        """Show the name of the project; `read_only` says why it cannot be changed, or is empty."""
        self.project.setText(name)
        self.project.setToolTip(plain_tooltip(hint))
        self.read_only.setVisible(bool(read_only))
        self.read_only.setToolTip(plain_tooltip(read_only))

    def set_device(self, text: str, hint: str) -> None:
        """Show the device that trains."""
        self.device.setText(text)
        self.device.setToolTip(plain_tooltip(hint))

    def set_primary(self, action: QAction | None, icon: str = "") -> None:
        """Show another primary action; None for none."""
        if self._action is not None:
            self._action.changed.disconnect(self._follow)
        self._action = action
        self.primary.setVisible(action is not None)
        if action is not None:
            action.changed.connect(self._follow)
            self._icons.attach(self.primary, icon, tint=Tint.ON_ACCENT, size=18)
            self._follow()

    @Slot()
    def _follow(self) -> None:
        if self._action is not None:
            self.primary.setText(self._action.text())
            self.primary.setAccessibleName(self._action.text().replace("&", ""))
            self.primary.setToolTip(plain_tooltip(self._action.toolTip()))
            self.primary.setEnabled(self._action.isEnabled())

    @Slot()
    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()


class StatusArea(QWidget):
    """Background jobs with progress, time left and cancel; memory; the offline badge."""

    def __init__(self, tasks: TaskRunner, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._job: Job | None = None
        self._text = plain_label("", "muted")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the background job"))
        self._cancel = icon_button(self.tr("Cancel the background job"))
        icons.attach(self._cancel, "close")
        self._cancel.clicked.connect(self._request_stop)
        self._memory = plain_label("", "muted")
        offline = plain_label(self.tr("offline"), "muted")
        offline.setToolTip(plain_tooltip(self.tr("The program uses the network only when you ask it to.")))
        picture = QLabel()
        icons.attach(picture, "offline", tint=Tint.MUTED, size=16)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, 0, GRID, 0)
        layout.addStretch(1)
        for widget in (self._text, self._bar, self._cancel, self._memory, picture, offline):
            layout.addWidget(widget)
        self._process = psutil.Process()
        self._timer = QTimer(self)
        self._timer.setInterval(MEMORY_INTERVAL_MS)
        self._timer.timeout.connect(self.show_memory)
        self._timer.start()
        tasks.jobs_changed.connect(self.show_jobs)
        self.show_jobs()
        self.show_memory()

    @Slot()
    def show_jobs(self) -> None:
        """Show the oldest job that has a title."""
        self._job = next((job for job in self._tasks.jobs if job.title), None)
        for widget in (self._text, self._bar, self._cancel):
            widget.setVisible(self._job is not None)
        if self._job is None:
            return
        self._text.setText(describe_job(self._job))
        self._bar.setRange(0, self._job.progress.total)
        self._bar.setValue(self._job.progress.done)

    @Slot()
    def show_memory(self) -> None:
        """Show the memory that the program uses."""
        used = fmt.num_bytes(self._process.memory_info().rss)
        self._memory.setText(self.tr("Memory {size}").format(size=used))

    @Slot()
    def _request_stop(self) -> None:
        if self._job is not None:
            self._job.control.request_stop()


def describe_job(job: Job) -> str:
    """Return what a job does, how far it is, and the time left, in one line."""
    progress, left = job.progress, job.seconds_left()
    parts = [job.title]
    if progress.total:
        parts.append(f"{fmt.count(progress.done)} / {fmt.count(progress.total)}")
    if left is not None and left >= 1:
        about = QCoreApplication.translate("StatusArea", "about {time} left")
        parts.append(about.format(time=fmt.duration(left)))
    return " · ".join(parts)
