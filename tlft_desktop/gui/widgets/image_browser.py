"""The grid of images with the controls above it and what happened below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tlft_desktop.core.values.manifest import ImageRecord, Manifest
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.data_problems import ProblemCase
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.dialogs.image_dialog import ImageDialog
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.image_filter import ImageFilter, Usage
from tlft_desktop.gui.item_models.image_grid_model import ImageGridModel
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.context_menu import make_menu
from tlft_desktop.gui.widgets.image_filter_bar import ImageFilterBar
from tlft_desktop.gui.widgets.image_grid import ImageGrid
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label

_MENU = (
    ("image_show", "image_look"),
    ("image_label", "image_exclude", "image_include"),
    ("image_train", "image_val", "image_test"),
)


class ImageBrowser(QWidget):
    """Everything in the middle of the page Data.

    Signals:
        chosen_changed(): Other images are selected or current.
        filter_changed(ImageFilter): Other images are shown.
    """

    chosen_changed = Signal()
    filter_changed = Signal(object)

    def __init__(
        self,
        context: AppContext,
        pictures: PictureDesk,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._pictures, self._actions = context, pictures, actions
        self.model = ImageGridModel(self)
        self.bar = ImageFilterBar(context.icons)
        self.grid = ImageGrid(self.model, context.theme, context.icons, pictures)
        self.grid.setAccessibleName(self.tr("Images"))
        self._count = plain_label("", "muted")
        self._told = wrapped_label("", "muted")
        self._told.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, GRID, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.bar)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._told)
        self.bar.filter_changed.connect(self._take_filter)
        self.bar.zoom_changed.connect(self.grid.set_zoom)
        self.grid.zoom_changed.connect(self.bar.set_zoom)
        self.grid.chosen_changed.connect(self._note_choice)
        self.grid.preview_asked.connect(self.show_large)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self._show_count()

    @property
    def chosen(self) -> tuple[ImageRecord, ...]:
        """The selected images."""
        return self.grid.chosen

    def set_manifest(self, manifest: Manifest | None) -> None:
        """Show the images of a project; filter and selection stay as far as they can."""
        self.model.set_records(manifest.records if manifest else ())
        self.bar.set_classes(sorted({record.label for record in manifest.records}) if manifest else ())
        self._show_count()

    def reset(self) -> None:
        """Show another project from its beginning."""
        self.bar.show_all()
        self.grid.clearSelection()
        self.grid.scrollToTop()
        self.tell("")

    def show_class(self, name: str) -> None:
        """Show the images of a class."""
        self.bar.set_filter(replace(self.bar.filter, label=name, paths=None, title=""))

    @Slot(object)
    def show_case(self, case: ProblemCase) -> None:
        """Show the images of a problem, side by side in the order in which they can be compared."""
        self.bar.set_filter(ImageFilter(paths=case.paths, title=from_core(case.problem.message), usage=Usage.ALL))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say what the last change did."""
        self._told.setText(text)
        self._told.setVisible(bool(text))

    @Slot()
    def zoom_in(self) -> None:
        """Show larger pictures."""
        self.grid.set_zoom(self.grid.zoom + 1)

    @Slot()
    def zoom_out(self) -> None:
        """Show smaller pictures."""
        self.grid.set_zoom(self.grid.zoom - 1)

    @Slot()
    def go_to_search(self) -> None:
        """Go to the search."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    @Slot()
    def show_large(self) -> None:
        """Show the current image as large as the screen allows."""
        record = self.grid.current
        if record is None:
            return
        dialog = ImageDialog(
            self._context.theme, self._context.icons, self._pictures, self._actions["image_look"], self.window()
        )
        dialog.step_asked.connect(self._step)
        dialog.show_record(record)
        dialog.open()

    @Slot(int)
    def _step(self, rows: int) -> None:
        dialog, record = self.sender(), self.grid.step(rows)
        if isinstance(dialog, ImageDialog) and record is not None:
            dialog.show_record(record)

    @Slot(object)
    def _take_filter(self, wanted: ImageFilter) -> None:
        self.model.set_filter(wanted)
        self._show_count()
        self.filter_changed.emit(wanted)

    @Slot()
    def _note_choice(self) -> None:
        self._show_count()
        self.chosen_changed.emit()

    def _show_count(self) -> None:
        shown, num_all = len(self.model.shown), self.model.num_all
        num_chosen = len(self.grid.chosen)
        if shown == num_all:
            text = fmt.num_images(num_all)
        elif shown == 0:
            text = self.tr("None of {images} fits the filter").format(images=fmt.num_images(num_all))
        else:
            text = self.tr("{count} of {images}").format(count=fmt.count(shown), images=fmt.num_images(num_all))
        if num_chosen:
            text += " · " + self.tr("{count} selected").format(count=fmt.count(num_chosen))
        self._count.setText(text)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        menu = self.make_menu()
        menu.popup(self.grid.viewport().mapToGlobal(place))

    def make_menu(self) -> QMenu:
        """Return the context menu of the selected images."""
        menu = make_menu(self)
        for group in _MENU:
            if not menu.isEmpty():
                menu.addSeparator()
            for key in group:
                menu.addAction(self._actions[key])
        return menu
