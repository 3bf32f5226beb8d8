"""The table of answers: a picture, the answer with a sign of what it is worth, and bars of the likeliest classes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import Answer
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.item_models.answer_table_model import (
    ANSWER_ROLE,
    NUM_TOP,
    VERDICT_ROLE,
    AnswerColumn,
    Verdict,
    VerdictFilter,
)
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.cells import draw_ground
from tlft_desktop.gui.widgets.context_menu import offer_menu
from tlft_desktop.gui.widgets.tables import set_up_table

ROW_HEIGHT = 72
_PICTURE = 56
_BAR_HEIGHT = 8
_NAME_WIDTH, _NUMBER_WIDTH = 136, 60
_SIGNS = {
    # No check mark: nobody knows whether the answer is right.
    Verdict.SURE: ("tag", Tint.ACCENT),
    Verdict.UNSURE: ("help", Tint.WARNING),
    Verdict.UNREAD: ("error", Tint.ERROR),
}


class _AnswerDelegate(QStyledItemDelegate):
    """Draws the row's background; what stands on it is drawn by the children of this class."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons, self._theme = context.icons, context.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text = draw_ground(painter, option)
        answer = index.data(ANSWER_ROLE)
        if isinstance(answer, Answer):
            painter.save()
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.setPen(option.palette.color(QPalette.ColorRole.Text))
            self.draw(painter, QRect(option.rect).adjusted(GRID, 0, -GRID, 0), answer, index, text)
            painter.restore()

    def draw(self, painter: QPainter, area: QRect, answer: Answer, index: Index, text: str) -> None:
        """Draw the content of a cell."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)


class AnswerImageDelegate(_AnswerDelegate):
    """Draws the picture of an image and its name."""

    def draw(self, painter: QPainter, area: QRect, answer: Answer, index: Index, text: str) -> None:
        place = QRect(area.left(), area.center().y() - _PICTURE // 2, _PICTURE, _PICTURE)
        preview = answer.preview
        if preview is None:
            icon = self._icons.icon("images", Tint.MUTED)
            icon.paint(painter, place.adjusted(16, 16, -16, -16))
        else:
            # Only a view of bytes that were decoded elsewhere.
            image = QImage(preview.data, preview.width, preview.height, 3 * preview.width, QImage.Format.Format_RGB888)
            size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(place.topLeft(), size)
            target.moveCenter(place.center())
            painter.drawImage(target, image)
        _draw_text(painter, area.adjusted(_PICTURE + GRID, 0, 0, 0), text, Qt.TextElideMode.ElideMiddle)


class VerdictDelegate(_AnswerDelegate):
    """Draws the answer behind a sign."""

    def draw(self, painter: QPainter, area: QRect, answer: Answer, index: Index, text: str) -> None:
        name, tint = _SIGNS[index.data(VERDICT_ROLE)]
        place = QRect(area.left(), area.center().y() - 9, 18, 18)
        self._icons.icon(name, tint).paint(painter, place)
        words = area.adjusted(18 + GRID, 4, 0, -4)
        if answer.top:
            _draw_text(painter, words, text, Qt.TextElideMode.ElideRight)
        else:
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(words, int(flags), text)


class TopDelegate(_AnswerDelegate):
    """Draws the likeliest classes, each with a bar and its probability."""

    def draw(self, painter: QPainter, area: QRect, answer: Answer, index: Index, text: str) -> None:
        tokens = self._theme.tokens
        line = (area.height() - GRID) // NUM_TOP
        top = area.top() + GRID // 2
        for number, (name, probability) in enumerate(answer.top[:NUM_TOP]):
            row = QRect(area.left(), top + number * line, area.width(), line)
            painter.setPen(QColor(tokens.text if number == 0 else tokens.muted))
            _draw_text(painter, QRect(row.left(), row.top(), _NAME_WIDTH, line), name, Qt.TextElideMode.ElideRight)
            right = QRect(row.left() + _NAME_WIDTH, row.top(), _NUMBER_WIDTH, line)
            aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(right, int(aligned), fmt.percent(probability))
            space = row.width() - _NAME_WIDTH - _NUMBER_WIDTH - GRID
            if space > 0:
                left = row.left() + _NAME_WIDTH + _NUMBER_WIDTH + GRID
                bar = QRectF(left, row.center().y() - _BAR_HEIGHT / 2 + 1, space, _BAR_HEIGHT)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.hover))
                painter.drawRoundedRect(bar, 3, 3)
                bar.setWidth(max(2.0, space * min(1.0, probability)))
                painter.setBrush(QColor(tokens.accent if number == 0 else tokens.muted))
                painter.drawRoundedRect(bar, 3, 3)


class AnswerTable(QTableView):
    """Table of answers over a filter.

    Args:
        context: Parts of the program.
        model: The filter.
        look: Shows what networks looked at in the selected image.
    """

    def __init__(self, context: AppContext, model: VerdictFilter, look: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        offer_menu(self, self.viewport(), [look])
        self.setAccessibleName(self.tr("Answers for each image"))
        self.setModel(model)
        set_up_table(self, row_height=ROW_HEIGHT)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Fixed: asking every row for its height would take seconds for thousands of them.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, delegate in (
            (AnswerColumn.IMAGE, AnswerImageDelegate),
            (AnswerColumn.ANSWER, VerdictDelegate),
            (AnswerColumn.TOP, TopDelegate),
        ):
            self.setItemDelegateForColumn(column, delegate(context, self))
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        for column, width in ((AnswerColumn.IMAGE, 296), (AnswerColumn.ANSWER, 240)):
            header.resizeSection(column, width)

    @property
    def chosen(self) -> Answer | None:
        """The answer of the current row where it is selected, or else of the first that is; None without one."""
        rows = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        current = self.currentIndex().row()
        index = next((index for index in rows if index.row() == current), rows[0] if rows else QModelIndex())
        answer = index.data(ANSWER_ROLE)
        return answer if isinstance(answer, Answer) else None


def _draw_text(painter: QPainter, area: QRect, text: str, mode: Qt.TextElideMode) -> None:
    shown = QFontMetrics(painter.font()).elidedText(text, mode, area.width())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
