"""The grid of images: scrolls, zooms, selects; shows what its model holds."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.answer_grid_model import AnswerGridModel
from tlft_desktop.gui.item_models.image_grid_model import ImageGridModel
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.captions import Captions
from tlft_desktop.gui.widgets.image_delegate import DEFAULT_ZOOM, ZOOMS, ImageDelegate
from tlft_desktop.gui.widgets.tile_view import TileView

_WHEEL_STEP = 120


class ImageGrid(TileView):
    """Shows images in rows of equal cells.

    Signals:
        chosen_changed(): Other images are selected.
        preview_asked(): The user wants to see the current image large.
        zoom_changed(zoom): Pictures have another size; an index into `ZOOMS`.
    """

    chosen_changed = Signal()
    preview_asked = Signal()
    zoom_changed = Signal(int)

    def __init__(
        self,
        model: ImageGridModel | AnswerGridModel,
        theme: ThemeController,
        icons: IconSet,
        pictures: PictureDesk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._model = model
        self._delegate = ImageDelegate(theme, icons, pictures, self)
        self._zoom = DEFAULT_ZOOM
        self._kept: frozenset[str] = frozenset()
        # Asked for by many after each change, and slow to collect where thousands are selected.
        self._chosen: tuple[ImageRecord, ...] | None = None
        self._current = ""
        self._wheel = 0
        self._set_up()
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)
        model.dataChanged.connect(self._announce)
        self.selectionModel().selectionChanged.connect(self._announce)
        self.selectionModel().currentChanged.connect(self._announce)
        self.doubleClicked.connect(self._ask_preview)
        pictures.loaded.connect(self._repaint)
        theme.changed.connect(self._repaint)
        self._fit_cells()

    def _set_up(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)

    @property
    def chosen(self) -> tuple[ImageRecord, ...]:
        """The selected images, in their order in the grid."""
        if self._chosen is None:
            ranges = self.selectionModel().selection().toList()
            rows = sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})
            self._chosen = tuple(self._model.record(row) for row in rows)
        return self._chosen

    @property
    def current(self) -> ImageRecord | None:
        """The image that the keyboard is on."""
        index = self.currentIndex()
        return self._model.record(index.row()) if index.isValid() else None

    @property
    def chosen_one(self) -> ImageRecord | None:
        """The selected image that is meant where only one can be: the current one, or else the first."""
        chosen, current = self.chosen, self.current
        is_chosen = current is not None and any(record is current for record in chosen)
        return current if is_chosen else chosen[0] if chosen else None

    @property
    def zoom(self) -> int:
        """Index into `ZOOMS`."""
        return self._zoom

    @Slot(int)
    def set_zoom(self, zoom: int) -> None:
        """Show larger or smaller pictures; the current image stays in sight."""
        zoom = min(max(zoom, 0), len(ZOOMS) - 1)
        if zoom == self._zoom:
            return
        self._zoom = zoom
        self._delegate.side = ZOOMS[zoom]
        self._fit_cells()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.zoom_changed.emit(zoom)

    def set_captions(self, captions: Captions) -> None:
        """Write something else below the pictures."""
        self._delegate.captions = captions
        self._fit_cells()
        self.viewport().update()

    def step(self, rows: int) -> ImageRecord | None:
        """Make the image some rows further the current and only selected one; return it, or None at an end."""
        row = self.currentIndex().row() + rows
        if not 0 <= row < self._model.rowCount():
            return None
        self.setCurrentIndex(self._model.index(row))
        return self._model.record(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _WHEEL_STEP)
        self._wheel -= steps * _WHEEL_STEP
        if steps:
            self.set_zoom(self._zoom + steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._ask_preview(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Equal and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # The key of the plus sign on many keyboards, without Shift.
            self.set_zoom(self._zoom + 1)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_cells()
        super().resizeEvent(event)

    def _fit_cells(self) -> None:
        """Divide the width evenly among as many columns as fit."""
        smallest = self._delegate.cell_size(QFontMetrics(self.font()))
        width = max(1, self.viewport().width() - 2)
        num_columns = max(1, width // smallest.width())
        self.set_cell(QSize(max(smallest.width(), width // num_columns), smallest.height()))

    @Slot()
    def _keep_selection(self) -> None:
        current = self.current
        self._kept = frozenset(record.path for record in self.chosen)
        self._current = current.path if current else ""

    @Slot()
    def _restore_selection(self) -> None:
        """Select what was selected, as far as it is still shown."""
        selection = QItemSelection()
        for row in self._model.rows_of(self._kept):
            index = self._model.index(row)
            selection.select(index, index)
        model = self.selectionModel()
        for row in self._model.rows_of(frozenset({self._current})):
            model.setCurrentIndex(self._model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._announce()

    @Slot()
    def _announce(self) -> None:
        self._chosen = None
        self.chosen_changed.emit()

    @Slot(QModelIndex)
    def _ask_preview(self, index: QModelIndex) -> None:
        if index.isValid():
            self.preview_asked.emit()

    @Slot()
    def _repaint(self) -> None:
        self.viewport().update()
