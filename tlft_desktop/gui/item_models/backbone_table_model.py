"""The catalogue of backbones as a table, and the search in it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSortFilterProxyModel

from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.weights_folder import Availability
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.item_models.table_model import SORT_ROLE, ColumnSpec, Index, RowTableModel


@dataclass(frozen=True, slots=True)
class BackboneOffer:
    """A backbone and where its weights are.

    Attributes:
        entry: From the catalogue.
        availability: Of its weights.
    """

    entry: BackboneEntry
    availability: Availability

    @property
    def is_here(self) -> bool:
        """Whether the network can be used without a download."""
        return self.availability is not Availability.DOWNLOAD


def availability_text(offer: BackboneOffer) -> str:
    """Return where the weights are, in words."""
    if offer.is_here:
        words = {
            Availability.BUNDLED: tr("here, bundled"),
            Availability.SITE: tr("here, for all users"),
            Availability.CACHED: tr("here"),
            Availability.FILE: tr("here, as a file"),
        }
        return words[offer.availability]
    if not offer.entry.weights.url:
        return tr("not here")
    return tr("not here ({size})").format(size=fmt.num_bytes(offer.entry.weights.bytes))


class BackboneTableModel(RowTableModel[BackboneOffer]):
    """One row for each backbone of the catalogue."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), parent)


class BackboneFilter(QSortFilterProxyModel):
    """Sorts by plain values; shows what matches all words, and on request only what is on this machine."""

    def __init__(self, model: BackboneTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: tuple[str, ...] = ()
        self._only_here = False
        self.setSortRole(SORT_ROLE)
        self.setSourceModel(model)

    def set_text(self, text: str) -> None:
        """Show only backbones in which each word of `text` occurs, whatever its case."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def show_all(self) -> None:
        """Show what has to be downloaded too."""
        self._only_here = False
        self.invalidate()

    def show_only_here(self) -> None:
        """Show only what is on this machine."""
        self._only_here = True
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        offer = self._model.rows[source_row]
        if self._only_here and not offer.is_here:
            return False
        entry = offer.entry
        text = f"{entry.name} {entry.title} {entry.family} {entry.kind} {entry.licence}".casefold()
        return all(word in text for word in self._words)


def _columns() -> tuple[ColumnSpec[BackboneOffer], ...]:
    return (
        ColumnSpec(tr("Backbone"), lambda o: o.entry.title, lambda o: o.entry.title.casefold()),
        ColumnSpec(
            tr("Params"), lambda o: fmt.short_count(o.entry.parameters), lambda o: o.entry.parameters,
            hint=tr("Number of parameters with 1,000 classes"), is_number=True,
        ),
        ColumnSpec(
            tr("MACs"), lambda o: fmt.short_count(o.entry.macs), lambda o: o.entry.macs,
            hint=tr("Multiply-accumulate operations for one image: what a prediction costs"), is_number=True,
        ),
        ColumnSpec(
            tr("ImageNet"), lambda o: fmt.percent(_fraction(o)), lambda o: o.entry.top1 or 0.0,
            hint=tr("Published accuracy on ImageNet (top 1); the source is told below"), is_number=True,
        ),
        ColumnSpec(
            tr("Input"), lambda o: tr("{size} px").format(size=o.entry.preprocessing.input_size),
            lambda o: o.entry.preprocessing.input_size, hint=tr("Side of the images it was trained with"),
            is_number=True,
        ),
        ColumnSpec(
            tr("Licence"), lambda o: o.entry.licence, lambda o: o.entry.licence, hint=tr("Of the weights"),
        ),
        ColumnSpec(
            tr("Weights"), availability_text, lambda o: (not o.is_here, o.entry.weights.bytes),
            hint=tr("Whether the weights are on this machine"),
        ),
    )  # fmt: skip


def _fraction(offer: BackboneOffer) -> float | None:
    return None if offer.entry.top1 is None else offer.entry.top1 / 100
