"""The controls above the grid: search, class, split, the problem that is looked at, and the size of the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSlider, QWidget

from tlft_desktop.core.values.manifest import Split
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.image_filter import ImageFilter, Usage
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.image_delegate import DEFAULT_ZOOM, ZOOMS
from tlft_desktop.gui.widgets.layout import column, row
from tlft_desktop.gui.widgets.text import button, icon_button, plain_label, plain_tooltip

_ALL = ""
_SLIDER_WIDTH = 96
_MIN_SEARCH_WIDTH = 120
_MAX_TITLE = 80


class ImageFilterBar(QWidget):
    """Tells which images the grid shows.

    Signals:
        filter_changed(ImageFilter): The user wants to see other images.
        zoom_changed(zoom): The user wants larger or smaller pictures.
    """

    filter_changed = Signal(object)
    zoom_changed = Signal(int)

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = ImageFilter()
        self.search = self._make_search()
        self.classes = self._make_box(self.tr("Class of the images shown"))
        self.states = self._make_box(self.tr("Split of the images shown"))
        for text, data in self._state_choices():
            self.states.addItem(text, data)
        self.zoom = self._make_slider()
        self._problem = plain_label("", "badge")
        self._problem.setMinimumWidth(GRID)
        self.clear = button(self.tr("Show &all"), hint=self.tr("Show all images of the project again"))
        self.clear.clicked.connect(self.show_all)
        smaller, larger = icon_button(self.tr("Smaller pictures")), icon_button(self.tr("Larger pictures"))
        for tool, icon, slot in ((smaller, "zoom-out", self._zoom_out), (larger, "zoom-in", self._zoom_in)):
            icons.attach(tool, icon, size=18)
            tool.clicked.connect(slot)
        first = row(self.search, smaller, self.zoom, larger)
        first.setStretch(0, 1)
        second = row(self.classes, self.states, self.clear)
        second.setStretch(0, 1)
        self.setLayout(column(first, second, self._problem))
        self.set_classes(())
        self._show()

    @property
    def filter(self) -> ImageFilter:
        """What the user wants to see."""
        return self._filter

    def set_classes(self, names: Sequence[str]) -> None:
        """Offer the classes of a project; one that is gone is shown no more."""
        with QSignalBlocker(self.classes):
            self.classes.clear()
            self.classes.addItem(self.tr("All classes"), _ALL)
            for name in names:
                self.classes.addItem(name, name)
        if self._filter.label and self._filter.label not in names:
            self.set_filter(replace(self._filter, label=_ALL))
        else:
            self._show()

    def set_filter(self, wanted: ImageFilter) -> None:
        """Show other images."""
        if wanted != self._filter:
            self._filter = wanted
            self._show()
            self.filter_changed.emit(wanted)

    @Slot(int)
    def set_zoom(self, zoom: int) -> None:
        """Show how large pictures are."""
        with QSignalBlocker(self.zoom):
            self.zoom.setValue(zoom)

    @Slot()
    def show_all(self) -> None:
        """Take every filter away."""
        self.set_filter(ImageFilter())

    def _show(self) -> None:
        wanted = self._filter
        with QSignalBlocker(self.classes), QSignalBlocker(self.states), QSignalBlocker(self.search):
            self.classes.setCurrentIndex(max(0, self.classes.findData(wanted.label)))
            state = wanted.split.value if wanted.split is not None else wanted.usage.value
            self.states.setCurrentIndex(max(0, self.states.findData(state)))
            if self.search.text() != wanted.search:
                self.search.setText(wanted.search)
        self._problem.setVisible(wanted.paths is not None)
        title = wanted.title if len(wanted.title) <= _MAX_TITLE else f"{wanted.title[:_MAX_TITLE]}…"
        self._problem.setText(title)
        self._problem.setToolTip(plain_tooltip(wanted.title))
        self.clear.setEnabled(not wanted.is_open)

    def _state_choices(self) -> list[tuple[str, str]]:
        return [
            (self.tr("All images"), Usage.ALL.value),
            (self.tr("Used"), Usage.USED.value),
            (self.tr("Train"), Split.TRAIN.value),
            (self.tr("Validation"), Split.VAL.value),
            (self.tr("Test"), Split.TEST.value),
            (self.tr("Left out"), Usage.EXCLUDED.value),
        ]

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(self.tr("Find by name"))
        search.setAccessibleName(self.tr("Find images by a part of their name or folder"))
        search.setClearButtonEnabled(True)
        search.setMinimumWidth(_MIN_SEARCH_WIDTH)
        search.textChanged.connect(self._note_search)
        return search

    def _make_box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.currentIndexChanged.connect(self._note_boxes)
        return box

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName(self.tr("Size of the pictures"))
        slider.setToolTip(plain_tooltip(self.tr("Size of the pictures (Ctrl with the mouse wheel)")))
        slider.setRange(0, len(ZOOMS) - 1)
        slider.setPageStep(1)
        slider.setValue(DEFAULT_ZOOM)
        slider.setFixedWidth(_SLIDER_WIDTH)
        slider.valueChanged.connect(self.zoom_changed)
        return slider

    @Slot()
    def _note_search(self) -> None:
        self.set_filter(replace(self._filter, search=self.search.text()))

    @Slot()
    def _note_boxes(self) -> None:
        state = self.states.currentData()
        split = Split(state) if state in set(Split) else None
        usage = Usage.ALL if split is not None else Usage(state)
        label = self.classes.currentData() or _ALL
        self.set_filter(replace(self._filter, label=label, split=split, usage=usage))

    @Slot()
    def _zoom_out(self) -> None:
        self.zoom.setValue(self.zoom.value() - 1)

    @Slot()
    def _zoom_in(self) -> None:
        self.zoom.setValue(self.zoom.value() + 1)
