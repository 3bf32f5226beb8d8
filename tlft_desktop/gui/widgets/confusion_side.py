"""What a run confuses: the matrix, the pairs of classes, or where two runs agree; one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.image_looks import AGREEMENT, Look, LookKind
from tlft_desktop.gui.item_models.confusion_model import PairTableModel
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.agreement_box import AgreementBox
from tlft_desktop.gui.widgets.confusion_view import ConfusionView
from tlft_desktop.gui.widgets.epoch_slider import EpochSlider
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.tables import set_up_table
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip

if TYPE_CHECKING:
    from tlft_desktop.gui.lazy_mistakes import RunImages

MATRIX, PAIRS, AGREE = "matrix", "pairs", "agreement"
_ROW_HEIGHT = 28
_NUMBER_WIDTHS = (72, 80)
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _PairTable(QTableView):
    """The pairs of classes; Enter and a click choose one."""

    chosen = Signal(int)

    def __init__(self, model: PairTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        set_up_table(self, row_height=_ROW_HEIGHT, sorts=False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_NUMBER_WIDTHS, start=2):
            header.resizeSection(column, width)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _KEYS and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


class ConfusionSide(QWidget):
    """Offers cells, pairs and cases to look at.

    Signals:
        look_chosen(Look): The user wants to see these images.
    """

    look_chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: RunImages | None = None
        self.matrix = ConfusionView(context.theme)
        self.pairs = PairTableModel(self)
        self.pair_table = _PairTable(self.pairs)
        self.pair_table.setAccessibleName(self.tr("Pairs of classes that are confused, the most frequent first"))
        self.agreement = AgreementBox()
        # Always one line: the matrix must not move below the pointer.
        self.words = plain_label("", "muted")
        self.words.setMinimumWidth(GRID)
        self.epochs = EpochSlider()
        self.switch = SegmentedControl(self.tr("What is shown of the confusions"))
        self._stack = QStackedWidget()
        offers = (
            (MATRIX, self.matrix, self.tr("Matri&x"), self.tr("Which class was taken for which")),
            (PAIRS, self.pair_table, self.tr("&Confusions"), self.tr("The pairs of classes that are confused most")),
            (AGREE, self.agreement, self.tr("T&wo runs"), self.tr("Which images two runs get right")),
        )
        for key, widget, text, hint in offers:
            self.switch.add(key, text, hint=hint)
            self._stack.addWidget(widget)
        self.switch.set_current(MATRIX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.switch, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.words)
        layout.addWidget(self.epochs)
        self._connect()
        self._show_words("")

    def show_images(self, images: RunImages | None) -> None:
        """Show what a run confuses, or nothing."""
        self._images = images
        self.matrix.matrix.show_images(images)
        self.pairs.show_images(images)

    def show_agreement(self, names: Sequence[str], cases: Mapping[LookKind, Sequence[int]]) -> None:
        """Show what two runs get right."""
        self.agreement.show_counts(names, cases)

    def explain_agreement(self, reason: str) -> None:
        """Say why there is no agreement to be shown."""
        self.agreement.explain(reason)

    def mark(self, look: Look) -> None:
        """Show which images are looked at."""
        self.agreement.mark(look.kind)
        if look.kind is LookKind.CELL:
            self.matrix.set_cell(look.truth, look.answer)
        else:
            self.matrix.clear_cell()
        if look.kind in AGREEMENT:
            self.show_part(AGREE)
        cells = [(pair.truth, pair.answer) for pair in self.pairs.rows] if look.kind is LookKind.CELL else []
        if (look.truth, look.answer) in cells:
            self.pair_table.selectRow(cells.index((look.truth, look.answer)))
        else:
            self.pair_table.clearSelection()

    def show_part(self, part: str) -> None:
        """Bring the matrix, the pairs or the agreement to the front."""
        self.switch.set_current(part)
        self._show_part(part)

    def _connect(self) -> None:
        self.switch.chosen.connect(self._show_part)
        self.matrix.cell_chosen.connect(self._choose_cell)
        self.matrix.cell_named.connect(self._show_words)
        self.pair_table.chosen.connect(self._choose_pair)
        self.agreement.chosen.connect(self._choose_case)

    @Slot(str)
    def _show_part(self, part: str) -> None:
        self._stack.setCurrentIndex((MATRIX, PAIRS, AGREE).index(part))
        self.words.setVisible(part == MATRIX)

    @Slot(str)
    def _show_words(self, text: str) -> None:
        text = text or self.tr("Rows: true class. Columns: answer. Enter shows the images.")
        width = max(self.words.width(), self.minimumWidth())
        self.words.setText(self.words.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width))
        self.words.setToolTip(plain_tooltip(text))

    @Slot(int, int)
    def _choose_cell(self, truth: int, answer: int) -> None:
        self.look_chosen.emit(Look(LookKind.CELL, truth, answer))

    @Slot(int)
    def _choose_pair(self, row: int) -> None:
        pair = self.pairs.rows[row]
        self.look_chosen.emit(Look(LookKind.CELL, pair.truth, pair.answer))

    @Slot(object)
    def _choose_case(self, kind: LookKind) -> None:
        self.look_chosen.emit(Look(kind))
