"""How far a classification is, what came out so far, and which answers are shown."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.item_models.answer_table_model import Verdict
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import button, plain_label
from tlft_desktop.gui.workers.task import Job

ALL = "all"


class ClassifyStrip(QWidget):
    """A line above the table of answers.

    Signals:
        shown_changed(kind): Which answers the user wants to see: `all` or a `Verdict`.
        cancelled(): The user wants no more answers.
    """

    shown_changed = Signal(str)
    cancelled = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = SegmentedControl(self.tr("Answers that are shown"))
        self._titles = {
            ALL: self.tr("&All {number}"),
            Verdict.SURE.value: self.tr("S&ure {number}"),
            Verdict.UNSURE.value: self.tr("&Not sure {number}"),
            Verdict.UNREAD.value: self.tr("Not rea&d {number}"),
        }
        for key, title in self._titles.items():
            self.kinds.add(key, title.format(number=0))
        self.kinds.set_current(ALL)
        self.kinds.chosen.connect(self.shown_changed)
        self.state = plain_label("", "muted")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the classification"))
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(20 * GRID)
        self.cancel = button(self.tr("Cance&l"), hint=self.tr("End the classification; the answers so far stay"))
        context.icons.attach(self.cancel, "close")
        self.cancel.clicked.connect(self.cancelled)
        line = row(self.kinds)
        line.addStretch(1)
        for widget in (self.state, self.bar, self.cancel):
            line.addWidget(widget)
        self.setLayout(line)
        self.show_job(None)

    def show_counts(self, counts: Mapping[Verdict, int]) -> None:
        """Write how many answers there are of each kind."""
        numbers = {ALL: sum(counts.values())} | {kind.value: number for kind, number in counts.items()}
        for key, title in self._titles.items():
            self.kinds.button_of(key).setText(title.format(number=fmt.count(numbers.get(key, 0))))

    @Slot()
    def show_all(self) -> None:
        """Choose all answers."""
        self.kinds.set_current(ALL)

    def show_job(self, job: Job | None) -> None:
        """Show how far a classification is; None for none."""
        for widget in (self.bar, self.cancel):
            widget.setVisible(job is not None)
        if job is None:
            self.state.setText("")
            return
        progress, left = job.progress, job.seconds_left()
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        if not progress.total:
            self.state.setText(self.tr("The network is being loaded…"))
        elif left is None:
            text = self.tr("{done} of {total}")
            self.state.setText(text.format(done=fmt.count(progress.done), total=fmt.count(progress.total)))
        else:
            text = self.tr("{done} of {total}, about {time} left")
            self.state.setText(
                text.format(done=fmt.count(progress.done), total=fmt.count(progress.total), time=fmt.duration(left))
            )
