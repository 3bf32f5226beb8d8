"""What two runs get right: four numbers that can be clicked, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QStackedLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.image_looks import AGREEMENT, LookKind
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.text import button, escaped_ampersands, plain_label, wrapped_label

_LONGEST_NAME = 24


class AgreementBox(QWidget):
    """Two by two: rows the first run, columns the second.

    Signals:
        chosen(LookKind): The user wants to see these images.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Agreement of two runs"))
        self.text = wrapped_label("", "muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heads = [plain_label("", "muted") for _ in range(4)]
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons = {kind: self._make_button(kind) for kind in AGREEMENT}
        self._group.buttonClicked.connect(self._announce)
        table, grid = QWidget(), QGridLayout()
        table.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID)
        for place, head in enumerate(self._heads):
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setMinimumWidth(GRID)
            grid.addWidget(head, *((0, 1), (0, 2), (1, 0), (2, 0))[place])
        for place, press in enumerate(self.buttons.values()):
            grid.addWidget(press, 1 + place // 2, 1 + place % 2)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
            grid.setRowStretch(place, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.text)
        self._stack.addWidget(table)

    def explain(self, reason: str) -> None:
        """Say why there is no agreement to be shown."""
        self.text.setText(reason)
        self._stack.setCurrentIndex(0)

    def show_counts(self, names: Sequence[str], cases: Mapping[LookKind, Sequence[int]]) -> None:
        """Show how many images are in each case.

        Args:
            names: Of the two runs.
            cases: The images of each case.
        """
        total = max(1, sum(len(rows) for rows in cases.values()))
        first, second = (name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in names)
        right, wrong = self.tr("{name} right"), self.tr("{name} wrong")
        heads = (right.format(name=second), wrong.format(name=second), right.format(name=first))
        for head, text in zip(self._heads, (*heads, wrong.format(name=first)), strict=True):
            head.setText(text)
        for kind, press in self.buttons.items():
            count, words = len(cases[kind]), self.words(kind, names)
            press.setText(escaped_ampersands(f"{fmt.count(count)}\n{fmt.percent(count / total)}"))
            press.setAccessibleName(f"{words}: {fmt.num_images(count)}")
        self._stack.setCurrentIndex(1)

    def words(self, kind: LookKind, names: Sequence[str]) -> str:
        """Return a case in words."""
        first, second = names
        return {
            LookKind.BOTH: self.tr("Both right"),
            LookKind.ONLY_FIRST: self.tr("Only {name} right").format(name=first),
            LookKind.ONLY_SECOND: self.tr("Only {name} right").format(name=second),
            LookKind.NEITHER: self.tr("Both wrong"),
        }[kind]

    def mark(self, kind: LookKind) -> None:
        """Show which case is looked at; another kind shows none."""
        for each, press in self.buttons.items():
            press.setChecked(each is kind)

    def _make_button(self, kind: LookKind) -> QAbstractButton:
        press = button("", "chip")
        press.setAccessibleName(self.tr("Agreement of two runs"))
        press.setCheckable(True)
        press.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._group.addButton(press, AGREEMENT.index(kind))
        return press

    @Slot(QAbstractButton)
    def _announce(self, pressed: QAbstractButton) -> None:
        kind = AGREEMENT[self._group.id(pressed)]
        self.mark(kind)
        self.chosen.emit(kind)
