"""May the images be mirrored? One of them as it is and mirrored, and three answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.layout import column, row
from tlft_desktop.gui.widgets.picture_box import PictureBox
from tlft_desktop.gui.widgets.text import button, plain_label, wrapped_label

_PLACE = "mirror"
_SIDE = 512
"""Short side at which the image is decoded, in pixels."""
_SHOWN = 26 * GRID


class MirrorDialog(QDialog):
    """Asked before the first training of a project.

    Args:
        theme: Looks.
        pictures: Gets the image.
        records: Images of the project: the one that differs most from its mirror image is shown.

    Signals:
        answered(flip): Whether the images may be mirrored.
    """

    answered = Signal(bool)

    def __init__(
        self,
        theme: ThemeController,
        pictures: PictureDesk,
        records: Sequence[ImageRecord],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("May these images be mirrored?"))
        self.original = PictureBox(theme, self.tr("An image of the project as it is"), side=_SHOWN)
        self.mirrored = PictureBox(theme, self.tr("The same image, left and right swapped"), side=_SHOWN)
        self.mirror = button(self.tr("&Mirror"), "primary")
        self.keep = button(self.tr("Do &not mirror"))
        self.cancel = button(self.tr("Cancel"))
        self.mirror.clicked.connect(self._answer_yes)
        self.keep.clicked.connect(self._answer_no)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self.mirror.setFocus()
        if records:
            self.original.show_text(self.tr("Reading the image"))
            pictures.fetch_lopsided(_PLACE, records, _SIDE, self._show_image)
        self.finished.connect(self._drop_picture)

    def _lay_out(self) -> None:
        why = self.tr(
            "Training can show the network each image as it is and with left and right swapped, so that it learns more "
            "from the same images. For cells or flowers left and right do not matter. They do for letters, for "
            "spectrograms, or where it counts on which side something lies: there, mirrored images make the network "
            "worse, by up to ten points of accuracy."
        )
        later = self.tr("The answer belongs to the project. You can change it on the page Data.")
        question = plain_label(self.windowTitle(), "heading")
        captions = plain_label(self.tr("As it is"), "muted"), plain_label(self.tr("Mirrored"), "muted")
        for caption in captions:
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        boxes = (self.original, self.mirrored)
        pictures = row(*(column(*pair) for pair in zip(boxes, captions, strict=True)), spacing=2 * GRID)
        answers = row(spacing=GRID)
        answers.addStretch(1)
        for press in (self.mirror, self.keep, self.cancel):
            # The key that began the training is still down: only pressing a button itself answers.
            press.setAutoDefault(False)
            answers.addWidget(press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(int(1.5 * GRID))
        layout.addWidget(question)
        layout.addLayout(pictures, 1)
        layout.addWidget(wrapped_label(why))
        layout.addWidget(wrapped_label(later, "muted"))
        layout.addLayout(answers)
        self.setAccessibleDescription(why)
        self.resize(66 * GRID, 53 * GRID)

    def _show_image(self, images: tuple[QImage, ...], error: str) -> None:
        if not images:
            self.original.show_text(error)
            return
        self.original.show_image(images[0])
        self.mirrored.show_image(images[0].transformed(QTransform().scale(-1, 1)))

    @Slot()
    def _answer_yes(self) -> None:
        self.accept()
        self.answered.emit(True)

    @Slot()
    def _answer_no(self) -> None:
        self.accept()
        self.answered.emit(False)

    @Slot()
    def _drop_picture(self) -> None:
        self._pictures.drop(_PLACE)
