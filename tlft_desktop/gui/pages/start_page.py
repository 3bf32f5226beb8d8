"""The first page: images, a sample, a project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.job_list import describe_job
from tlft_desktop.gui.widgets.layout import Card, row
from tlft_desktop.gui.widgets.text import button, escaped_ampersands, plain_label, plain_tooltip, wrapped_label

MAX_RECENT = 5


class StartPage(QWidget):
    """What to open.

    Signals:
        recent_chosen(path): A project of the list.
    """

    recent_chosen = Signal(str)

    def __init__(self, context: AppContext, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._recent_buttons: list[QPushButton] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        outer.setSpacing(2 * GRID)
        outer.addWidget(plain_label(self.tr("Train a classifier on your own images"), "title"))
        outer.addWidget(
            wrapped_label(
                self.tr(
                    "Transfer learning keeps a network that knows photographs and trains a new head for your classes; "
                    "fine-tuning trains its layers as well. Here you see, tick by tick, which layers stay frozen, and "
                    "measure what that does. Everything stays on this computer."
                ),
                "muted",
            )
        )
        grid = QGridLayout()
        grid.setSpacing(2 * GRID)
        self.sample = self._card_button(actions["photos"], self.tr("Try the &sample"), primary=True)
        images = self._card_button(actions["new"], self.tr("Open a &folder of images"))
        project = self._card_button(actions["open"], self.tr("Open a &project"))
        texts = (
            ("images", images, self.tr("One folder for each class, a .zip of that, or a CSV table. Or drop it here.")),
            ("sample", self.sample, self.tr("Small photographs that come with the program: ready in seconds.")),
            ("project", project, self.tr("Go on where you stopped: images, ticks and runs are all there.")),
        )
        for place, (icon, press, text) in enumerate(texts):
            grid.addWidget(self._card(icon, press, text), 0, place)
            grid.setColumnStretch(place, 1)
        outer.addLayout(grid)
        outer.addWidget(self._make_job_card())
        self._recent = Card(self.tr("Recent projects"))
        outer.addWidget(self._recent)
        outer.addStretch(1)
        context.preferences.changed.connect(self.show_recent)
        context.tasks.jobs_changed.connect(self._show_job)
        self.show_recent()

    @Slot()
    def show_recent(self) -> None:
        """Show the projects that were open last."""
        for old in self._recent_buttons:
            self._recent.body.removeWidget(old)
            old.deleteLater()
        self._recent_buttons = []
        for path in self._context.preferences.settings.recent_projects[:MAX_RECENT]:
            entry = button(escaped_ampersands(f"{Path(path).stem}   ·   {Path(path).parent}"))
            entry.setToolTip(plain_tooltip(path))
            entry.setAccessibleDescription(path)
            entry.setProperty("path", path)
            entry.clicked.connect(self._choose_recent)
            self._context.icons.attach(entry, "recent", tint=Tint.MUTED)
            self._recent.body.addWidget(entry, alignment=Qt.AlignmentFlag.AlignLeft)
            self._recent_buttons.append(entry)
        self._recent.setVisible(bool(self._recent_buttons))

    def _make_job_card(self) -> Card:
        self._job_card = Card()
        self._job_text = plain_label("", "strong")
        self._job_bar = QProgressBar()
        self._job_bar.setTextVisible(False)
        self._job_bar.setAccessibleName(self.tr("Progress of what is being prepared"))
        self._job_card.body.addWidget(self._job_text)
        self._job_card.body.addWidget(self._job_bar)
        self._job_card.hide()
        return self._job_card

    @Slot()
    def _show_job(self) -> None:
        """Show what is being prepared; the libraries that load behind the window are no reason to wait."""
        jobs = [job for job in self._context.tasks.jobs if job.title]
        self._job_card.setVisible(bool(jobs))
        if jobs:
            job = jobs[-1]
            self._job_text.setText(describe_job(job))
            self._job_bar.setRange(0, job.progress.total)
            self._job_bar.setValue(job.progress.done)

    @Slot()
    def _choose_recent(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.recent_chosen.emit(sender.property("path"))

    def _card(self, icon: str, press: QPushButton, text: str) -> Card:
        card = Card()
        picture = QLabel()
        self._context.icons.attach(picture, icon, tint=Tint.ACCENT, size=36)
        card.body.addLayout(row(picture))
        card.body.addWidget(wrapped_label(text, "muted"), 1)
        card.body.addWidget(press)
        card.setMinimumHeight(170)
        return card

    def _card_button(self, action: QAction, text: str, *, primary: bool = False) -> QPushButton:
        press = button(text, "primary" if primary else "", hint=action.toolTip())
        press.setIconSize(QSize(20, 20))
        press.clicked.connect(action.trigger)
        return press
