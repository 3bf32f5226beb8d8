"""What the network receives of the selected image, and what is known of the file."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFormLayout, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.image_grid_model import split_name
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.picture_box import PictureBox
from tlft_desktop.gui.widgets.text import button, plain_label, plain_tooltip, wrapped_label

NUM_VIEWS = 4
REST_MS = 80
"""Views are made when the keyboard rests on an image for this long."""
_PLACE = "preview"
_LARGE, _SMALL = 144, 72
_HASH_DIGITS = 12


class PreviewPanel(QScrollArea):
    """Shows the evaluation view, four augmented views and the facts of one image."""

    def __init__(self, theme: ThemeController, pictures: PictureDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._record: ImageRecord | None = None
        self._first_view = 1
        self.evaluation = PictureBox(theme, self.tr("Evaluation view of the image"), side=_LARGE)
        self.views = tuple(
            PictureBox(theme, self.tr("Augmented view {number}").format(number=number + 1), side=_SMALL)
            for number in range(NUM_VIEWS)
        )
        self.more = button(
            self.tr("Another four"), hint=self.tr("Show the next variants that fine-tuning may draw from this image")
        )
        self.more.clicked.connect(self._show_next)
        self._caption = wrapped_label("", "muted")
        self._facts = {key: plain_label() for key in self._fact_titles()}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._fetch)
        self._build()
        self.show_record(None)

    @property
    def record(self) -> ImageRecord | None:
        """The image that is shown."""
        return self._record

    def show_record(self, record: ImageRecord | None) -> None:
        """Show another image, or none."""
        if record is not None and record == self._record:
            return
        same = record is not None and self._record is not None and record.path == self._record.path
        self._record = record
        self._show_facts()
        if same:
            return
        self._first_view = 1
        self._pictures.drop(_PLACE)
        self._timer.stop()
        self.more.setEnabled(False)
        for box in (self.evaluation, *self.views):
            box.show_text("")
        if record is None:
            self.evaluation.show_text(self.tr("Select an image"))
        elif record.excluded and not record.width:
            self.evaluation.show_text(from_core(record.excluded))
        else:
            self._timer.start()

    def refresh(self) -> None:
        """Make the views anew: the network is another one."""
        if self._record is not None and self._record.width:
            self._timer.start()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scroll_content")
        column = QVBoxLayout(inner)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(wrapped_label(self.tr("What the network receives"), "strong"))
        column.addWidget(self.evaluation)
        self._caption.setToolTip(
            plain_tooltip(
                self.tr(
                    "The large view is what evaluation and transfer learning use. Fine-tuning draws a variant of each "
                    "image in each epoch; these are the very ones, before the colours are normalised."
                )
            )
        )
        column.addWidget(self._caption)
        grid = QGridLayout()
        grid.setSpacing(GRID // 2)
        for number, box in enumerate(self.views):
            grid.addWidget(box, number // 2, number % 2)
        column.addLayout(grid)
        column.addWidget(self.more)
        column.addLayout(self._make_form())
        column.addStretch(1)
        self.setAccessibleName(self.tr("Preview of the selected image"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(GRID)
        for key, title in self._fact_titles().items():
            label = self._facts[key]
            label.setAccessibleName(title)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setMinimumWidth(GRID)
            form.addRow(plain_label(title, "muted"), label)
        return form

    def _fact_titles(self) -> dict[str, str]:
        return {
            "name": self.tr("File"),
            "label": self.tr("Class"),
            "split": self.tr("Split"),
            "size": self.tr("Size"),
            "group": self.tr("Group"),
            "note": self.tr("Note"),
            "hash": self.tr("SHA-256"),
        }

    def _show_facts(self) -> None:
        record = self._record
        values = dict.fromkeys(self._facts, "")
        if record is not None:
            size = f"{fmt.shape((record.width, record.height))}, {record.mode}" if record.width else ""
            values = {
                # An invisible space lets a long path break behind each folder.
                "name": record.path.replace("/", "/\u200b"),
                "label": record.label,
                "split": self.tr("left out: {why}").format(why=from_core(record.excluded))
                if record.excluded
                else split_name(record.split),
                "size": size,
                "group": record.group,
                "note": from_core(record.note),
                "hash": record.sha256[:_HASH_DIGITS],
            }
        for key, value in values.items():
            self._facts[key].setText(value or "—")
        self._facts["hash"].setToolTip(plain_tooltip(record.sha256 if record else ""))

    @Slot()
    def _show_next(self) -> None:
        self._first_view += NUM_VIEWS
        self._fetch()

    @Slot()
    def _fetch(self) -> None:
        record = self._record
        if record is None:
            return
        numbers = range(self._first_view, self._first_view + NUM_VIEWS)

        def show(images: tuple[QImage, ...], error: str) -> None:
            if self._record is None or self._record.path != record.path:
                return
            self.more.setEnabled(not error)
            if error:
                self.evaluation.show_text(error)
                return
            for box, image in zip((self.evaluation, *self.views), images, strict=False):
                box.show_image(image)

        text = self.tr("Below: variants {first} to {last} of fine-tuning")
        self._caption.setText(text.format(first=numbers[0], last=numbers[-1]))
        self._pictures.fetch_views(_PLACE, record, tuple(numbers), show)
