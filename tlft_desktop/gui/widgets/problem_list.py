"""What the user should know about the images, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.data_problems import ProblemCase, Remedy
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import column, row
from tlft_desktop.gui.widgets.text import button, wrapped_label

MAX_NAMED_PATHS = 3
MAX_SHOWN = 40


class ProblemRow(QFrame):
    """One problem: a sentence, the first names, and buttons.

    Signals:
        show_asked(ProblemCase): The user wants to see its images.
        remedy_asked(ProblemCase): The user wants it solved.
    """

    show_asked = Signal(object)
    remedy_asked = Signal(object)

    def __init__(self, case: ProblemCase, icons: IconSet, why_not: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case = case
        self.setAccessibleName(from_core(case.problem.message))
        picture = QLabel()
        name, tint = ("info", Tint.ACCENT) if case.is_quiet else ("warning", Tint.WARNING)
        icons.attach(picture, name, tint=tint, size=18)
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        body = column(wrapped_label(from_core(case.problem.message)), spacing=GRID // 2)
        for text in (self._advice(), self._named()):
            if text:
                body.addWidget(wrapped_label(text, "muted"))
        self.remedy: QPushButton | None = None
        self.show_images: QPushButton | None = None
        buttons = row()
        if case.remedy is not None:
            text, hint = self._remedy_text(case.remedy)
            self.remedy = button(text, hint=hint)
            self.remedy.setEnabled(not why_not)
            self.remedy.clicked.connect(self._ask_remedy)
            buttons.addWidget(self.remedy)
        if case.paths:
            self.show_images = button(self.tr("Show"), hint=self.tr("Show these images in the grid"))
            self.show_images.setAccessibleName(self.tr("Show these images in the grid"))
            self.show_images.clicked.connect(self._ask_show)
            buttons.addWidget(self.show_images)
        buttons.addStretch(1)
        body.addLayout(buttons)
        whole = row(picture, body)
        whole.setStretch(1, 1)
        whole.setContentsMargins(0, GRID // 2, 0, GRID)
        self.setLayout(whole)

    def _advice(self) -> str:
        """Return what to do where no click solves it."""
        kind, remedy = self.case.problem.kind, self.case.remedy
        if kind == "excluded" and remedy is None:
            return self.tr("The files stay where they are. To use them, replace them and make a new project.")
        advice = {
            "two_classes": self.tr("Look at them side by side, then change the wrong class or leave both out."),
            "small_class": self.tr("Add images and make a new project, or give these another class."),
            "empty_class": self.tr("Take images in again, or add some and make a new project."),
        }
        return advice.get(kind, "")

    def _named(self) -> str:
        paths = self.case.problem.paths
        shown = "\n".join(paths[:MAX_NAMED_PATHS])
        rest = len(paths) - MAX_NAMED_PATHS
        if rest > 0:
            shown += "\n" + self.tr("and {count} more").format(count=fmt.count(rest))
        return shown

    def _remedy_text(self, remedy: Remedy) -> tuple[str, str]:
        texts = {
            Remedy.LEAVE_COPIES_OUT: (
                self.tr("Leave copies out"),
                self.tr("Keep one image of each set of exact copies; sets with several classes stay for you to decide"),
            ),
            Remedy.MOVE_TO_TRAIN: (
                self.tr("Move to train"),
                self.tr("Put all of these copies into the training images, so that they measure nothing any more"),
            ),
            Remedy.TAKE_IN: (self.tr("Take in again"), self.tr("Use these images again")),
            Remedy.JOIN_CLASSES: (
                self.tr("Join the classes"),
                self.tr("Give all of these images the class that has the most of them"),
            ),
            Remedy.DIVIDE: (
                self.tr("Divide anew"),
                self.tr("Divide all images anew with the shares of the project, so that each class has both kinds"),
            ),
        }
        return texts[remedy]

    @Slot()
    def _ask_show(self) -> None:
        self.show_asked.emit(self.case)

    @Slot()
    def _ask_remedy(self) -> None:
        self.remedy_asked.emit(self.case)


class ProblemList(QScrollArea):
    """All problems below each other.

    Signals:
        show_asked(ProblemCase): The user wants to see the images of a problem.
        remedy_asked(ProblemCase): The user wants a problem solved.
    """

    show_asked = Signal(object)
    remedy_asked = Signal(object)

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._rows: list[ProblemRow] = []
        self._shown: tuple[tuple[ProblemCase, ...], str] | None = None
        self._inner = QWidget()
        self._inner.setObjectName("scroll_content")
        self._layout = QVBoxLayout(self._inner)
        self._layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self._layout.setSpacing(0)
        self._end = wrapped_label("", "muted")
        self._layout.addWidget(self._end)
        self._layout.addStretch(1)
        self.setAccessibleName(self.tr("What to know about these images"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inner)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, 30 * GRID)

    @property
    def rows(self) -> tuple[ProblemRow, ...]:
        """The problems that are shown."""
        return tuple(self._rows)

    def set_cases(self, cases: Sequence[ProblemCase], why_not: str) -> None:
        """Show problems; `why_not` says why their remedies cannot be used, or is empty."""
        if (tuple(cases), why_not) == self._shown:
            return
        self._shown = (tuple(cases), why_not)
        for old in self._rows:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        # Faults before facts; where people must act stands on top.
        ordered = sorted(cases, key=lambda case: case.is_quiet)[:MAX_SHOWN]
        self._rows = [ProblemRow(case, self._icons, why_not) for case in ordered]
        for place, made in enumerate(self._rows):
            made.show_asked.connect(self.show_asked)
            made.remedy_asked.connect(self.remedy_asked)
            self._layout.insertWidget(place, made)
        self._end.setText(self._last_words(len(cases)))
        self._end.setVisible(bool(self._end.text()))

    def _last_words(self, num_cases: int) -> str:
        if num_cases == 0:
            return self.tr("Nothing wrong was found: every image can be read, and no copies lie across splits.")
        if num_cases > MAX_SHOWN:
            rest = fmt.count(num_cases - MAX_SHOWN)
            return self.tr("{count} more are not listed; on the command line `tlft data` prints them all.").format(
                count=rest
            )
        return ""
