"""The first page: images, a sample, a project."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.lazy import has_photographs
from tlft_desktop.gui.theme import GRID, set_property
from tlft_desktop.gui.widgets.job_list import describe_job, shown_jobs
from tlft_desktop.gui.widgets.layout import Card, row
from tlft_desktop.gui.widgets.recent_list import RecentList
from tlft_desktop.gui.widgets.text import button, plain_label, plain_tooltip, wrapped_label

_MOST_WIDTH = 136 * GRID
"""Lines of text are read with ease up to here; in a wide window the rest stays empty on both sides."""


class StartPage(QScrollArea):
    """What to open; scrolls where the window is low."""

    def __init__(self, context: AppContext, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._followed: dict[QPushButton, QAction] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner, content = QWidget(), QWidget()
        inner.setObjectName("scroll_content")
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        content.setMaximumWidth(_MOST_WIDTH)
        sides = row()
        inner.setLayout(sides)
        sides.addStretch()
        sides.addWidget(content, 1)
        sides.addStretch()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(6 * GRID, 4 * GRID, 6 * GRID, 3 * GRID)
        outer.setSpacing(2 * GRID)
        outer.addWidget(plain_label(self.tr("Train a classifier on your own images"), "title"))
        text = self.tr(
            "Transfer learning keeps a network that knows photographs and trains a new head for your classes; "
            "fine-tuning trains its layers as well. Here you see, tick by tick, which layers stay frozen, and "
            "measure what that does. Everything stays on this computer."
        )
        outer.addWidget(wrapped_label(text, "muted"))
        outer.addLayout(self._make_cards(actions))
        outer.addWidget(self._make_job_card())
        self.recent = RecentList(context)
        outer.addWidget(self.recent)
        outer.addStretch(1)
        context.tasks.jobs_changed.connect(self._show_job)

    def focus_first(self) -> None:
        """Give the focus to what most people want first."""
        (self.sample if self.sample.isEnabled() else self.images).setFocus()

    def show_dragging(self) -> None:
        """Light the place up where a folder may be dropped; the whole window takes it."""
        set_property(self._drop_card, "state", "target")

    def show_no_dragging(self) -> None:
        """Look as always."""
        set_property(self._drop_card, "state", "")

    def _make_cards(self, actions: dict[str, QAction]) -> QGridLayout:
        sample_text = self.tr("Small photographs that come with the program: ready in seconds.")
        sample_action = actions["photos"]
        if not has_photographs():
            sample_text = self.tr("Handwritten digits that come with the program: ready in seconds.")
            sample_action = actions["digits"]
        self.sample = self._press(sample_action, self.tr("Try the &sample"), "primary")
        self.images = self._press(actions["new"], self.tr("Open a &folder of images"))
        self.project = self._press(actions["open"], self.tr("Open a &project"))
        drop_text = self.tr("Drop a folder here that holds one folder for each class, a .zip of that, or a CSV table.")
        project_text = self.tr("Go on where you stopped: images, ticks and runs are all there.")
        self._drop_card = self._card("drop", self.images, drop_text)
        set_property(self._drop_card, "role", "drop")
        cards = (
            self._drop_card,
            self._card("sample", self.sample, sample_text),
            self._card("project", self.project, project_text),
        )
        grid = QGridLayout()
        grid.setSpacing(2 * GRID)
        for place, card in enumerate(cards):
            grid.addWidget(card, 0, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _make_job_card(self) -> Card:
        self._job_card = Card()
        self._job_text = plain_label("", "strong")
        self._job_bar = QProgressBar()
        self._job_bar.setTextVisible(False)
        self._job_bar.setAccessibleName(self.tr("Progress of what is being prepared"))
        self._cancel = button(self.tr("&Cancel"))
        self._cancel.clicked.connect(self._cancel_job)
        line = row(self._job_text, self._cancel)
        line.setStretch(0, 1)
        self._job_card.body.addLayout(line)
        self._job_card.body.addWidget(self._job_bar)
        self._job_card.hide()
        return self._job_card

    @Slot()
    def _show_job(self) -> None:
        """Show what is being prepared; the libraries that load behind the window are no reason to wait."""
        jobs = [job for job in shown_jobs(self._context.tasks) if job.can_cancel]
        self._job_card.setVisible(bool(jobs))
        if jobs:
            job = jobs[-1]
            self._job_text.setText(describe_job(job))
            self._job_bar.setRange(0, job.progress.total)
            self._job_bar.setValue(job.progress.done)

    @Slot()
    def _cancel_job(self) -> None:
        for job in [job for job in shown_jobs(self._context.tasks) if job.can_cancel][-1:]:
            job.control.request_stop()

    def _card(self, icon: str, press: QPushButton, text: str) -> Card:
        card = Card()
        picture = QLabel()
        self._context.icons.attach(picture, icon, tint=Tint.ACCENT, size=36)
        card.body.addLayout(row(picture))
        words = wrapped_label(text, "muted")
        # Beside each other they begin at one line, however long they are.
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(words, 1)
        card.body.addWidget(press)
        card.setMinimumHeight(19 * GRID)
        return card

    def _press(self, action: QAction, text: str, role: str = "") -> QPushButton:
        press = button(text, role)
        press.clicked.connect(action.trigger)
        self._followed[press] = action
        action.changed.connect(self._follow_actions)
        return press

    @Slot()
    def _follow_actions(self) -> None:
        for press, action in self._followed.items():
            press.setEnabled(action.isEnabled())
            press.setToolTip(plain_tooltip(action.toolTip()))
