"""The images that runs answered, as a grid with its choices above and what can be decided about them below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QComboBox, QMenu, QStackedWidget, QVBoxLayout, QWidget

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.dialogs.image_dialog import ImageDialog
from tlft_desktop.gui.image_looks import Look, ShownImage
from tlft_desktop.gui.item_models.answer_grid_model import AnswerGridModel
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.answer_captions import AnswerCaptions
from tlft_desktop.gui.widgets.captions import CaptionPen
from tlft_desktop.gui.widgets.context_menu import make_menu
from tlft_desktop.gui.widgets.elided_label import ElidedLabel
from tlft_desktop.gui.widgets.fields import ChoiceField
from tlft_desktop.gui.widgets.image_delegate import ZOOMS
from tlft_desktop.gui.widgets.image_grid import ImageGrid
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, icon_button, plain_label, plain_tooltip, wrapped_label

_FEWEST_LETTERS = 12


class AnswerBrowser(QWidget):
    """Shows rows of answers.

    Args:
        context: Parts of the program.
        pictures: Gets pictures.
        actions: Of the window, by id.
        describe: Returns what is said below a large image, by the row of its answer.

    Attributes:
        above: The line of choices, to which more can be added.
        places: Shows the grid, or what else is put in its place.

    Signals:
        look_chosen(Look): The user wants to see other images.
        chosen_changed(): Other images are selected.
        relabel_asked(), exclude_asked(), keep_asked(): What the user decides about the selected images.
    """

    look_chosen = Signal(object)
    chosen_changed = Signal()
    relabel_asked = Signal()
    exclude_asked = Signal()
    keep_asked = Signal()

    def __init__(
        self,
        context: AppContext,
        pictures: PictureDesk,
        actions: Mapping[str, QAction],
        describe: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._pictures, self._actions, self._describe = context, pictures, actions, describe
        self._look: Look | None = None
        self._pen = CaptionPen(context.theme, context.icons)
        self.model = AnswerGridModel(self)
        self.grid = ImageGrid(self.model, context.theme, context.icons, pictures)
        self.grid.setAccessibleName(self.tr("Images with their answers"))
        self.places = QStackedWidget(self)
        self.places.addWidget(self.grid)
        self.looks = ChoiceField()
        self.looks.setAccessibleName(self.tr("Which images are shown"))
        self.looks.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.looks.setMinimumContentsLength(_FEWEST_LETTERS)
        self.count = ElidedLabel("muted")
        self.told = wrapped_label("", "muted")
        self.told.hide()
        self.relabel = button(self.tr("Relabel as a&nswered"))
        self.exclude = button(self.tr("Leave &out"))
        self.keep = button(self.tr("&Keep the class"))
        self._hints = {
            self.relabel: self.tr("Give the selected images the class that was answered; can be undone"),
            self.exclude: self.tr("Leave the selected images out of the next trainings; can be undone"),
            self.keep: self.tr("The class of the selected images is right: doubt it no more; can be undone"),
        }
        self._build()
        self._connect()

    # What is shown

    def set_looks(self, looks: Sequence[tuple[Look, str]], current: Look) -> None:
        """Offer choices of images, each with its words."""
        with QSignalBlocker(self.looks):
            self.looks.clear()
            for look, text in looks:
                self.looks.addItem(text, look)
            places = [place for place, (look, _) in enumerate(looks) if look == current]
            self.looks.setCurrentIndex(places[0] if places else 0)

    def set_num_runs(self, number: int, swatch_of: Callable[[str], QIcon]) -> None:
        """Write the answers of one run, or of two, below the images."""
        self.grid.set_captions(AnswerCaptions(self._pen, number, swatch_of))

    def show_rows(
        self,
        look: Look,
        rows: Sequence[int],
        record_of: Callable[[int], ImageRecord | None],
        image_of: Callable[[int], ShownImage],
    ) -> None:
        """Show rows of answers.

        Where the same choice is shown again without the current image, as after a decision, the next one is current.
        """
        place, is_same = self.grid.currentIndex().row(), look == self._look
        if not is_same:
            self.grid.clearSelection()
            self.grid.scrollToTop()
        self._look = look
        self.looks.setEnabled(True)
        self.places.setCurrentWidget(self.grid)
        self.model.show_rows(rows, record_of, image_of)
        if is_same and place >= 0 and rows and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(min(place, len(rows) - 1)))

    def put_in_place(self, widget: QWidget) -> None:
        """Show something else where the images were; nothing can be chosen or decided meanwhile."""
        self.clear()
        self.count.set_full_text("")
        self.looks.setEnabled(False)
        if self.places.indexOf(widget) < 0:
            self.places.addWidget(widget)
        self.places.setCurrentWidget(widget)

    def clear(self) -> None:
        """Show no images."""
        self._look = None
        self.grid.clearSelection()
        self.model.show_rows((), lambda _row: None, lambda _row: ShownImage("", ()))
        self.tell("")

    @property
    def chosen_rows(self) -> list[int]:
        """The rows of the answers whose images are selected."""
        places = sorted(index.row() for index in self.grid.selectionModel().selectedIndexes())
        return [self.model.rows[place] for place in places]

    def offer(self, *, relabel: str, exclude: str, keep: str) -> None:
        """Let the user decide about the selected images, or say why not: each is the reason against it, or empty."""
        for press, reason in ((self.relabel, relabel), (self.exclude, exclude), (self.keep, keep)):
            press.setEnabled(not reason)
            press.setToolTip(plain_tooltip(reason or self._hints[press]))

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say what the last change did."""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    @Slot()
    def show_large(self) -> None:
        """Show the current image as large as the screen allows, with its likeliest classes."""
        record = self.grid.current
        if record is None:
            return
        dialog = ImageDialog(
            self._context.theme, self._context.icons, self._pictures, self._actions["image_look"], self.window()
        )
        dialog.step_asked.connect(self._step)
        dialog.show_record(record, self._details())
        dialog.open()

    def make_menu(self) -> QMenu:
        """Return the context menu of the selected images."""
        menu = make_menu(self)
        large = menu.addAction(self.tr("Show &large"), self.show_large)
        large.setEnabled(self.grid.current is not None)
        menu.addAction(self._actions["image_look"])
        menu.addSeparator()
        for press in (self.relabel, self.exclude, self.keep):
            decision = menu.addAction(press.text(), press.click)
            decision.setEnabled(press.isEnabled())
            decision.setToolTip(press.toolTip())
        return menu

    # Inside

    def _build(self) -> None:
        smaller, larger = icon_button(self.tr("Smaller pictures")), icon_button(self.tr("Larger pictures"))
        for tool, icon, slot in ((smaller, "zoom-out", self._zoom_out), (larger, "zoom-in", self._zoom_in)):
            self._context.icons.attach(tool, icon, size=18)
            tool.clicked.connect(slot)
        self._zooms = (smaller, larger)
        caption = plain_label(self.tr("Displa&y"))
        caption.setBuddy(self.looks)
        self.above = row(caption, self.looks, smaller, larger)
        self.above.setStretch(1, 1)
        below = row(self.count, self.relabel, self.exclude, self.keep)
        below.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(self.above)
        layout.addWidget(self.places, 1)
        layout.addLayout(below)
        layout.addWidget(self.told)

    def _connect(self) -> None:
        self.looks.activated.connect(self._choose_look)
        self.grid.chosen_changed.connect(self.chosen_changed)
        self.grid.preview_asked.connect(self.show_large)
        self.grid.zoom_changed.connect(self._show_zoom)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        for press, asked in (
            (self.relabel, self.relabel_asked),
            (self.exclude, self.exclude_asked),
            (self.keep, self.keep_asked),
        ):
            # The next image comes to the grid, and until it does there is nothing more to decide.
            press.clicked.connect(self._go_to_grid)
            press.clicked.connect(asked)

    def _details(self) -> str:
        index = self.grid.currentIndex()
        return self._describe(self.model.rows[index.row()]) if index.isValid() else ""

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        self.make_menu().popup(self.grid.viewport().mapToGlobal(place))

    @Slot()
    def _go_to_grid(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _choose_look(self, place: int) -> None:
        self.look_chosen.emit(self.looks.itemData(place))

    @Slot(int)
    def _step(self, rows: int) -> None:
        dialog, record = self.sender(), self.grid.step(rows)
        if isinstance(dialog, ImageDialog) and record is not None:
            dialog.show_record(record, self._details())

    @Slot()
    def _zoom_in(self) -> None:
        self.grid.set_zoom(self.grid.zoom + 1)

    @Slot()
    def _zoom_out(self) -> None:
        self.grid.set_zoom(self.grid.zoom - 1)

    @Slot(int)
    def _show_zoom(self, zoom: int) -> None:
        smaller, larger = self._zooms
        smaller.setEnabled(zoom > 0)
        larger.setEnabled(zoom < len(ZOOMS) - 1)
