"""The catalogue of backbones: look, compare, download, choose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.backbone_table_model import (
    BackboneFilter,
    BackboneOffer,
    BackboneTableModel,
    availability_text,
)
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.tables import set_up_table
from tlft_desktop.gui.widgets.text import button, plain_label, wrapped_label
from tlft_desktop.gui.widgets.transfer_bar import TransferBar
from tlft_desktop.gui.window_state import WindowState

if TYPE_CHECKING:
    from tlft_desktop.gui.desks.backbone_desk import BackboneDesk

SIZES = (64, 96, 128, 160, 192, 224, 256, 288, 320, 384, 448, 512)
"""Sides that every network of the catalogue can work with, in pixels; its own one is added."""
_WIDTHS = (248, 72, 72, 96, 72, 128)


class BackboneDialog(QDialog):
    """Table, facts of the selected network, image size, and what can be done with it.

    Args:
        desk: Knows and does everything.
        icons: Icons of the program.
        state: Remembers where files were chosen.
    """

    def __init__(self, desk: BackboneDesk, icons: IconSet, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Backbone"))
        self._desk, self._state = desk, state
        self.model = BackboneTableModel(self)
        self.model.set_rows(desk.offers())
        self._filter = BackboneFilter(self.model, self)
        self.search = self._make_search()
        self.only_here = QCheckBox(self.tr("Only what is on this &machine"))
        self.table = self._make_table()
        self._title = plain_label("", "heading")
        self._facts = wrapped_label("", "muted")
        self.size_choice = QComboBox()
        self.size_choice.setAccessibleName(self.tr("Image size in pixels"))
        self.told = wrapped_label("")
        self.transfer = TransferBar(icons)
        self.use = button(self.tr("&Use this backbone"), "primary")
        self.fetch = button("")
        self.from_file = button(self.tr("Weights from a &file…"))
        self._close = button(self.tr("&Close"))
        self._build()
        self._connect()
        self._show_selected()

    def select(self, backbone: str, image_size: int) -> None:
        """Select a network of the catalogue and an image size."""
        for number, offer in enumerate(self.model.rows):
            if offer.entry.name == backbone:
                index = self._filter.mapFromSource(self.model.index(number, 0))
                self.table.setCurrentIndex(index)
                self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        place = self.size_choice.findData(image_size)
        if place < 0:
            self.size_choice.addItem(self.tr("{size} px").format(size=image_size), image_size)
            place = self.size_choice.count() - 1
        self.size_choice.setCurrentIndex(place)

    @property
    def selected(self) -> BackboneOffer | None:
        """The network that is selected; None where the search hides it."""
        index = self.table.currentIndex()
        return self.model.rows[self._filter.mapToSource(index).row()] if index.isValid() else None

    # Parts

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(self.tr("Search by name, family, kind or licence"))
        search.setAccessibleName(self.tr("Search the catalogue"))
        search.setClearButtonEnabled(True)
        search.setMaxLength(200)
        return search

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("Catalogue of backbones"))
        table.setModel(self._filter)
        set_up_table(table, row_height=26)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        header = table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)
        return table

    def _build(self) -> None:
        top = row(self.search, self.only_here, spacing=2 * GRID)
        top.setStretchFactor(self.search, 1)
        size = row(plain_label(self.tr("Image size")), self.size_choice)
        size.addStretch(1)
        actions = row(self.use, self.fetch, self.from_file)
        actions.addStretch(1)
        actions.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        for widget in (self._title, self._facts):
            layout.addWidget(widget)
        layout.addLayout(size)
        layout.addWidget(self.told)
        layout.addWidget(self.transfer)
        layout.addLayout(actions)
        self.resize(116 * GRID, 76 * GRID)

    def _connect(self) -> None:
        desk = self._desk
        self.search.textChanged.connect(self._search)
        self.only_here.toggled.connect(self._limit)
        self.table.selectionModel().currentRowChanged.connect(self._show_selected)
        self.table.doubleClicked.connect(self._use_row)
        self.size_choice.currentIndexChanged.connect(self._show_state)
        self.use.clicked.connect(self._use)
        self.fetch.clicked.connect(self._download)
        self.from_file.clicked.connect(self._choose_file)
        self._close.clicked.connect(self.close)
        self.transfer.cancel_asked.connect(desk.cancel)
        desk.offers_changed.connect(self._show_offers)
        desk.work_changed.connect(self._show_state)
        desk.told.connect(self._tell)
        desk.used.connect(self.accept)

    # What is shown

    @Slot()
    def _show_selected(self) -> None:
        offer = self.selected
        self._title.setText(offer.entry.title if offer else self.tr("Nothing is selected"))
        self._facts.setText(self._facts_of(offer) if offer else "")
        if offer:
            self._fill_sizes(offer.entry)
        self.told.setText("")
        self._show_state()

    def _facts_of(self, offer: BackboneOffer) -> str:
        entry = offer.entry
        parts = [f"{entry.name}, {availability_text(offer)}."]
        if entry.top1 is not None:
            accuracy = fmt.percent(entry.top1 / 100)
            parts.append(
                self.tr("{accuracy} on ImageNet ({source}).").format(accuracy=accuracy, source=entry.top1_source)
            )
        if not entry.allows_commercial_use:
            parts.append(
                self.tr("The licence of the weights excludes commercial use ({licence}).").format(licence=entry.licence)
            )
        return " ".join((*parts, fmt.from_core(entry.note))).strip()

    def _fill_sizes(self, entry: BackboneEntry) -> None:
        own = entry.preprocessing.input_size
        self.size_choice.blockSignals(True)
        self.size_choice.clear()
        for size in sorted({*SIZES, own}):
            text = self.tr("{size} px, as it was trained") if size == own else self.tr("{size} px")
            self.size_choice.addItem(text.format(size=size), size)
        self.size_choice.setCurrentIndex(self.size_choice.findData(own))
        self.size_choice.blockSignals(False)

    @Slot()
    def _show_state(self) -> None:
        offer, transfer = self.selected, self._desk.transfer
        reason = self._desk.why_not(offer.entry, self._image_size()) if offer else ""
        self.use.setEnabled(offer is not None and not reason and not self._desk.is_busy)
        self.use.setToolTip(reason)
        self.use.setAccessibleDescription(reason)
        self._show_fetch(offer)
        self.from_file.setEnabled(offer is not None and not self._desk.is_busy)
        self.transfer.show_transfer(transfer)
        if reason and not self.told.text() and not self._desk.is_busy:
            self.told.setText(reason)

    def _show_fetch(self, offer: BackboneOffer | None) -> None:
        wanted = offer is not None and not offer.is_here and bool(offer.entry.weights.url)
        reason = self._desk.why_no_download()
        self.fetch.setVisible(wanted)
        if offer is not None and wanted:
            self.fetch.setText(self._desk.download_text(offer.entry))
            self.fetch.setAccessibleName(self.fetch.text().replace("&", ""))
            self.fetch.setToolTip(reason or offer.entry.weights.url)
            self.fetch.setAccessibleDescription(reason)
        self.fetch.setEnabled(not self._desk.is_busy and not reason)

    @Slot()
    def _show_offers(self) -> None:
        self.model.set_rows(self._desk.offers())
        self._show_selected()

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self._show_state()

    def _image_size(self) -> int:
        return int(self.size_choice.currentData() or 0)

    # What the user does

    @Slot(str)
    def _search(self, text: str) -> None:
        self._filter.set_text(text)
        self._follow_filter()

    @Slot(bool)
    def _limit(self, only_here: bool) -> None:
        if only_here:
            self._filter.show_only_here()
        else:
            self._filter.show_all()
        self._follow_filter()

    def _follow_filter(self) -> None:
        """Show what is selected now: a row that the search hides is not, and where none is left that is said."""
        self._show_selected()
        if not self._filter.rowCount():
            self._title.setText(self.tr("No network is like this: search for something else, or show all."))

    @Slot()
    def _use(self) -> None:
        if self.selected is not None:
            self._desk.use(self.selected.entry, self._image_size())

    @Slot(QModelIndex)
    def _use_row(self, _index: QModelIndex) -> None:
        if self.use.isEnabled():
            self._use()

    @Slot()
    def _download(self) -> None:
        if self.selected is not None:
            self._desk.download(self.selected.entry)

    @Slot()
    def _choose_file(self) -> None:
        mode = QFileDialog.FileMode.ExistingFile
        dialog = file_chooser(self, self.tr("File of weights"), mode, self._state)
        dialog.setNameFilters([self.tr("Weights (*.safetensors *.pth *.pt *.bin)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._take_file)
        dialog.open()

    @Slot(str)
    def _take_file(self, path: str) -> None:
        if self.selected is not None and path:
            self._desk.take_file(self.selected.entry, Path(path))
