"""What one network looked at, or what two of them differ in: a name, an answer, a picture and sentences about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from tlft_desktop.gui.layered_image import LayeredImage
from tlft_desktop.gui.theme import GRID, ThemeController, set_role
from tlft_desktop.gui.widgets.elided_label import ElidedLabel
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.picture_box import PictureBox
from tlft_desktop.gui.widgets.text import wrapped_label

_SIDE = 20 * GRID
_MARK = 14
_PICTURE_ROW = 2
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LookPicture(PictureBox):
    """A picture from which the arrow keys lead to the next one.

    Signals:
        stepped(direction): The user wants the next (1) or the previous (-1) image.
    """

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class LookView:
    """One column of the grid.

    Args:
        theme: Colours of the place of the picture.
        name: Of the picture, said aloud by screen readers.

    Attributes:
        parts: Its widgets, from top to bottom.
    """

    def __init__(self, theme: ThemeController, name: str) -> None:
        self._image: LayeredImage | None = None
        self._strength = 1.0
        self._mark = QLabel()
        self._mark.setFixedSize(QSize(_MARK, _MARK))
        self.heading = ElidedLabel("strong", mode=Qt.TextElideMode.ElideMiddle)
        self.answer = ElidedLabel()
        self.picture = LookPicture(theme, name, side=_SIDE)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.warning = wrapped_label("", "warning")
        self.words = wrapped_label("", "muted")
        for label in (self.warning, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        head = QWidget()
        line = row(self._mark, self.heading)
        line.setStretch(1, 1)
        head.setLayout(line)
        self.parts: tuple[QWidget, ...] = (head, self.answer, self.picture, self.warning, self.words)
        self.set_visible(False)

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show in the column."""
        return not self.picture.isHidden()

    @property
    def image(self) -> LayeredImage | None:
        """The picture with its map; None while there is none."""
        return self._image

    def set_visible(self, visible: bool) -> None:
        """Show the column, or not."""
        for part in self.parts[: _PICTURE_ROW + 1]:
            part.setVisible(visible)
        for label in (self.warning, self.words):
            label.setVisible(visible and bool(label.text()))

    def show_heading(self, text: str, mark: QIcon | None = None) -> None:
        """Say whose column it is.

        Args:
            text: In a line.
            mark: Of a run, in front of it; None for none.
        """
        self.heading.set_full_text(text)
        self._mark.setVisible(mark is not None)
        if mark is not None:
            self._mark.setPixmap(mark.pixmap(QSize(_MARK, _MARK), self._mark.devicePixelRatioF()))

    def show_look(
        self, image: LayeredImage, answer: str, lines: Sequence[str], *, is_wrong: bool = False, warning: str = ""
    ) -> None:
        """Show a picture with its map.

        Args:
            image: The picture.
            answer: Of the network, in a line above it.
            lines: Sentences below it.
            is_wrong: Whether the answer is wrong.
            warning: A sentence in front of the others.
        """
        self._say(answer, lines, warning)
        set_role(self.answer, "warning" if is_wrong else "")
        if image is not self._image:
            self._image = image
            self._paint()
        self.picture.setAccessibleDescription(" ".join(filter(None, (answer, warning, *lines))))

    def show_text(self, text: str) -> None:
        """Say why there is no picture."""
        self._image = None
        self._say("", (), "")
        self.picture.show_text(text)

    def set_strength(self, strength: float) -> None:
        """Paint the map weaker or stronger, 0 to 1."""
        if strength != self._strength:
            self._strength = strength
            self._paint()

    def _say(self, answer: str, lines: Sequence[str], warning: str) -> None:
        self.answer.set_full_text(answer)
        self.warning.setText(warning)
        self.words.setText("\n".join(lines))
        self.set_visible(self.is_shown)

    def _paint(self) -> None:
        if self._image is not None:
            self.picture.show_image(self._image.painted(self._strength))


class LookGrid(QWidget):
    """Columns side by side whose pictures are equally high; for an area that scrolls."""

    def __init__(self, views: Iterable[LookView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scroll_content")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setRowStretch(_PICTURE_ROW, 1)
        self._views = tuple(views)
        for column, view in enumerate(self._views):
            for place, part in enumerate(view.parts):
                grid.addWidget(part, place, column)
        self._grid = grid

    def share_room(self) -> None:
        """Give the columns that are shown equal widths."""
        for column, view in enumerate(self._views):
            self._grid.setColumnStretch(column, 1 if view.is_shown else 0)

    def minimumSizeHint(self) -> QSize:
        # Of itself a layout is as high as texts that were wrapped at the smallest width.
        return QSize(super().minimumSizeHint().width(), 0)
