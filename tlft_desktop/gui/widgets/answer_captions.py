"""Captions of images that runs answered: the true class, and for each run its answer behind a sign of its worth."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QIcon, QPainter

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.image_looks import ShownAnswer, ShownImage
from tlft_desktop.gui.item_models.answer_grid_model import SHOWN_ROLE
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.widgets.captions import MARK, CaptionPen

_SWATCH, _GAP = 10, 2


def sign_of(answer: ShownAnswer) -> tuple[str, Tint]:
    """Return the icon of an answer: its shape tells right from wrong as its colour does."""
    return ("success", Tint.SUCCESS) if answer.is_right else ("error", Tint.ERROR)


class AnswerCaptions:
    """Writes one line for the image, and one for each run.

    Args:
        pen: Draws.
        num_runs: Lines for answers.
        swatch_of: Returns the mark of a run, shown where there are several.
    """

    def __init__(self, pen: CaptionPen, num_runs: int, swatch_of: Callable[[str], QIcon]) -> None:
        self._pen, self._num_runs, self._swatch_of = pen, num_runs, swatch_of
        self.num_lines = 1 + num_runs

    def draw(self, painter: QPainter, metrics: QFontMetrics, index: Index, record: ImageRecord, area: QRect) -> None:
        """Write below a picture, within an area as wide as it."""
        image = index.data(SHOWN_ROLE)
        if not isinstance(image, ShownImage):
            return
        ways = [f"{image.label} · {image.since}", image.since] if image.since else [image.label]
        words = self._pen.fitting(ways, area.width(), metrics)
        self._pen.write(painter, metrics, area, 0, text=words, token="warning" if image.since else "text")
        for number, answer in enumerate(image.answers[: self._num_runs], start=1):
            self._draw_answer(painter, metrics, answer, area, number)

    def draw_sign(self, painter: QPainter, index: Index, record: ImageRecord, picture: QRect) -> None:
        """Mark a picture that is too small for a caption, if its first answer is wrong."""
        image = index.data(SHOWN_ROLE)
        if isinstance(image, ShownImage) and image.answers and not image.answers[0].is_right:
            self._pen.draw_mark(painter, *sign_of(image.answers[0]), picture.right() - MARK, picture.top())

    def _draw_answer(
        self, painter: QPainter, metrics: QFontMetrics, answer: ShownAnswer, area: QRect, line: int
    ) -> None:
        left, middle = area.left(), area.top() + line * metrics.height() + metrics.height() // 2
        if self._num_runs > 1:
            self._swatch_of(answer.run).paint(painter, QRect(left, middle - _SWATCH // 2, _SWATCH, _SWATCH))
            left += _SWATCH + _GAP
        self._pen.draw_mark(painter, *sign_of(answer), left, middle - MARK // 2)
        left += MARK + _GAP
        name, share = answer.name or fmt.tr("no number"), fmt.percent(answer.probability, 0)
        # Of a long name the beginning is enough, of a probability it is not.
        words = self._pen.fitting([f"{name} {share}", f"{share} {name}"], area.right() - left, metrics)
        rest = area.adjusted(left - area.left(), 0, 0, 0)
        self._pen.write(painter, metrics, rest, line, text=words, token="muted")
