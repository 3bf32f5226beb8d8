"""One image of the grid, large: walks through the images that the grid shows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.image_grid_model import describe_image
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.action_button import text_button
from tlft_desktop.gui.widgets.picture_box import PictureBox
from tlft_desktop.gui.widgets.text import button, icon_button, plain_label, wrapped_label

_PLACE = "large"
_SIDE = 1024
"""Short side at which originals are decoded."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ImageDialog(QDialog):
    """The original, as large as the dialog.

    Args:
        theme, icons: Looks.
        pictures: Gets the original.
        look: Shows what networks looked at in the image; the dialog makes way for that.

    Signals:
        step_asked(rows): The user wants the next (1) or the previous (-1) image.
    """

    step_asked = Signal(int)

    def __init__(
        self,
        theme: ThemeController,
        icons: IconSet,
        pictures: PictureDesk,
        look: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._record: ImageRecord | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picture = PictureBox(theme, self.tr("The image"), side=80 * GRID)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._caption = plain_label("", "muted")
        self._caption.setMinimumWidth(GRID)
        self.details = wrapped_label()
        self.details.hide()
        self._lay_out(icons, look)
        # On a button the arrow keys would walk to the next button instead of the next image.
        self.picture.setFocus()

    @property
    def record(self) -> ImageRecord | None:
        """The image that is shown."""
        return self._record

    def show_record(self, record: ImageRecord, details: str = "") -> None:
        """Show an image, and below it what is said about it in one or several lines."""
        self._record = record
        self.details.setText(details)
        self.details.setVisible(bool(details))
        self.setWindowTitle(record.path)
        size = f" · {fmt.shape((record.width, record.height))}" if record.width else ""
        self._caption.setText(f"{describe_image(record)}{size}")
        self.picture.show_text(self.tr("Reading the image"))

        def show(images: tuple[QImage, ...], error: str) -> None:
            if self._record is record and images:
                self.picture.show_image(images[0])
            elif self._record is record:
                self.picture.show_text(error)

        self._pictures.fetch_original(_PLACE, record, _SIDE, show)

    def _lay_out(self, icons: IconSet, look: QAction) -> None:
        previous, following = icon_button(self.tr("Previous image")), icon_button(self.tr("Next image"))
        icons.attach(previous, "previous")
        icons.attach(following, "next")
        previous.clicked.connect(self._step_back)
        following.clicked.connect(self._step_on)
        close = button(self.tr("Close"))
        close.clicked.connect(self.accept)
        # Here, too, by its keys: those of the window do not reach a dialog.
        self.addAction(look)
        look.triggered.connect(self.accept)
        line = QHBoxLayout()
        for tool in (previous, following):
            line.addWidget(tool)
        line.addWidget(self._caption, 1)
        for press in (text_button(look), close):
            line.addWidget(press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(self.picture, 1)
        layout.addWidget(self.details)
        layout.addLayout(line)
        self.resize(96 * GRID, 76 * GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.step_asked.emit(step)

    def hideEvent(self, event: QHideEvent) -> None:
        self._record = None
        self._pictures.drop(_PLACE)
        super().hideEvent(event)

    @Slot()
    def _step_back(self) -> None:
        self.step_asked.emit(-1)

    @Slot()
    def _step_on(self) -> None:
        self.step_asked.emit(1)
