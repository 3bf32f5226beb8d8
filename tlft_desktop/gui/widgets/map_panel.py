"""The validation images of chosen runs as a map, with the image of the point that was clicked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tlft_desktop.core.values.image_map import ImageMap, MapMethod
from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.look_asking import subject_of
from tlft_desktop.gui.desks.map_desk import MapDesk
from tlft_desktop.gui.desks.picture_desk import PictureDesk, Shown
from tlft_desktop.gui.lazy_plots import make_map_plot
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.map_colours import MapColour
from tlft_desktop.gui.run_colours import Shape, colour_at, shape_at
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.context_menu import offer_menu
from tlft_desktop.gui.widgets.focus_keeping import handing_on
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.picture_box import PictureBox
from tlft_desktop.gui.widgets.run_panel import RunPanel
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import button, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.map_plot import MapPlot

_SIDE, _PIXELS, _PLACE = 26 * GRID, 512, "map"
_SIGNS = {
    Shape.CIRCLE: "\u25cf",
    Shape.SQUARE: "\u25a0",
    Shape.TRIANGLE: "\u25b2",
    Shape.DIAMOND: "\u25c6",
    Shape.STAR: "\u2605",
    Shape.PENTAGON: "\u2b1f",
    Shape.CROSS: "\u271a",
}
_MOST_NAMED = 12
"""More classes than this are named under the pointer only."""


class MapPanel(RunPanel):
    """Shows what `MapDesk` knows.

    Args:
        context: Parts of the program.
        desk: Makes the maps.
        pictures: Shows the images.
        look: Shows what networks looked at in the image of the chosen point.

    Signals:
        image_changed(): The image of another point is shown, or none.
    """

    image_changed = Signal()

    def __init__(
        self,
        context: AppContext,
        desk: MapDesk,
        pictures: PictureDesk,
        look: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self.desk, self._pictures = context, desk, pictures
        self._plot: MapPlot | None = None
        self._shown: ImageMap | None = None
        self._chosen: tuple[int, int] | None = None
        self._record: ImageRecord | None = None
        self.measure = button(self.tr("&Compute the map"))
        self.methods = self._make_methods()
        self.colours = self._make_colours()
        self.words = wrapped_label("", "muted")
        self.legend = wrapped_label("", "muted")
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.picture = PictureBox(context.theme, self.tr("Image of the chosen point"), side=_SIDE)
        offer_menu(self.picture, self.picture, [look])
        self.caption = wrapped_label("")
        self.empty = EmptyState(self.tr("Which images look alike to the network?"), "")
        self._stack = QStackedWidget()
        self._drawn = QVBoxLayout()
        self._lay_out()
        self._connect()

    def show_chosen(self, chosen: Sequence[RunSummary]) -> None:
        """Show the map of the chosen runs, if there is one."""
        self.desk.show_runs(chosen)

    def look_subject(self) -> LookSubject | None:
        """Return the image that networks may be asked about."""
        found = self.desk.found
        if self._chosen is None or found is None:
            return None
        run, image = self._chosen
        if self._record is None:
            return LookSubject(Path(found.images[image]), problem=self.tr("The image is no longer in the project."))
        return subject_of(self._context.session, self._record, found.maps[run].run)

    # Parts

    def _make_methods(self) -> SegmentedControl:
        methods = SegmentedControl(self.tr("How the images are laid out"))
        methods.add(MapMethod.PCA, self.tr("PCA"), hint=self.tr("The plane in which the features differ most; quick"))
        methods.add(
            MapMethod.UMAP,
            self.tr("UMAP"),
            hint=self.tr("Neighbours stay neighbours; distances between groups mean little"),
        )
        methods.set_current(MapMethod.PCA)
        return methods

    def _make_colours(self) -> SegmentedControl:
        colours = SegmentedControl(self.tr("What the colours tell"))
        colours.add(MapColour.CLASS, self.tr("Class"), hint=self.tr("A colour and a shape for each class"))
        colours.add(MapColour.ERROR, self.tr("Mistakes"), hint=self.tr("Which images are answered wrongly"))
        colours.add(MapColour.RUN, self.tr("Run"), hint=self.tr("Maps of several runs, turned onto the first"))
        colours.set_current(MapColour.CLASS)
        return colours

    def _lay_out(self) -> None:
        head = row(self.methods, self.measure, self.words, self.colours)
        head.setStretch(2, 1)
        aside = QVBoxLayout()
        aside.setSpacing(GRID)
        aside.addWidget(self.picture, 1)
        aside.addWidget(self.caption)
        self._drawn.setSpacing(GRID // 2)
        self._drawn.addWidget(self.legend)
        side = QWidget()
        side.setLayout(aside)
        side.setFixedWidth(_SIDE)
        aside.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        parts = row(self._drawn, side, spacing=2 * GRID)
        parts.setStretch(0, 1)
        content.setLayout(parts)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.measure.clicked.connect(self.desk.measure)
        self.methods.chosen.connect(self._choose_method)
        self.colours.chosen.connect(self._draw)
        self.desk.changed.connect(self.show_map)
        self._context.theme.changed.connect(self._show_legend)

    # What is shown

    @Slot()
    def show_map(self) -> None:
        """Show what the desk knows."""
        with handing_on(self, lambda: (self.measure, self.methods.button_of(self.methods.current))):
            self._show_map()

    def _show_map(self) -> None:
        desk, found = self.desk, self.desk.found
        self.methods.set_current(desk.method)
        self.measure.setVisible(found is None)
        self.measure.setEnabled(not desk.reason)
        self.measure.setToolTip(plain_tooltip(desk.reason))
        self.words.setText("" if found is None else self._figures(found))
        set_role(self.empty.text, "warning" if desk.problem else "muted")
        self.empty.text.setText(self._reason())
        self._stack.setCurrentIndex(0 if found is None else 1)
        if found is not self._shown:
            self._shown, self._chosen = found, None
            self._pictures.drop(_PLACE)
            self.picture.show_text(self.tr("Click a point to see its image."))
            self.caption.setText("")
            self.image_changed.emit()
        if found is not None and self.isVisible():
            self._draw()

    def _reason(self) -> str:
        desk = self.desk
        if desk.problem:
            return desk.problem
        if desk.is_measuring:
            return self.tr("The validation images go through the network.")
        if desk.reason:
            return desk.reason
        return self.tr(
            "Each validation image becomes a point, near those that look alike to the network. Choose up to four runs "
            "to lay their maps over each other: that shows what fine-tuning moved."
        )

    def _figures(self, found: ImageMap) -> str:
        words = self.tr("{run}: {share} next to their class")
        parts = [words.format(run=each.name, share=fmt.percent(each.neighbours)) for each in found.maps]
        explained = found.maps[0].explained
        if explained is not None:
            parts.append(self.tr("{share} of the variance lies in this plane").format(share=fmt.percent(explained)))
        if found.num_left_out:
            parts.append(self.tr("left out: {images}").format(images=fmt.num_images(found.num_left_out)))
        meaning = self.tr("Next to their class: the image most like it has the same class, whatever the run answers.")
        return f"{' · '.join(parts)}. {meaning}"

    @Slot()
    def _draw(self) -> None:
        found = self.desk.found
        if found is None:
            return
        if self._plot is None:
            self._plot = make_map_plot(self._context)
            self._plot.image_clicked.connect(self.choose_image)
            self._drawn.insertWidget(0, self._plot, 1)
        self._plot.show_map(found, MapColour(self.colours.current), self._chosen)
        self._show_legend()

    @Slot()
    def _show_legend(self) -> None:
        tokens, names = self._context.theme.tokens, self._names()
        shown = names if len(names) <= _MOST_NAMED else []
        self.legend.setVisible(bool(shown))
        self.legend.setText(
            " ".join(
                f'<span style="color:{colour_at(place, tokens)}">{_SIGNS[shape_at(place)]}</span>\u00a0{escape(name)}'
                for place, name in enumerate(shown)
            )
        )

    def _names(self) -> list[str]:
        found = self.desk.found
        if found is None:
            return []
        return {
            MapColour.CLASS: list(found.classes),
            MapColour.ERROR: [self.tr("right"), self.tr("wrong")],
            MapColour.RUN: [each.name for each in found.maps],
        }[MapColour(self.colours.current)]

    # What the user does

    @Slot(int, int)
    def choose_image(self, run: int, image: int) -> None:
        """Mark a point and show its image."""
        found = self.desk.found
        if found is None:
            return
        self._chosen = (run, image)
        self._draw()
        label, answer = (found.classes[int(values[image])] for values in (found.labels, found.maps[run].predicted))
        name = found.images[image].rpartition("/")[2]
        right = self.tr("{name}: {label}, answered rightly by {run}")
        wrong = self.tr("{name}: {label}, taken for {answer} by {run}")
        text = right if answer == label else wrong
        self.caption.setText(text.format(name=name, label=label, answer=answer, run=found.maps[run].name))
        record = self._record = self._record_of(found.hashes[image], found.images[image])
        if record is None:
            self.picture.show_text(self.tr("The image is no longer in the project."))
        else:
            self._pictures.fetch_original(_PLACE, record, _PIXELS, self._show_picture)
        self.image_changed.emit()

    def _record_of(self, sha256: str, path: str) -> ImageRecord | None:
        manifest = self._context.session.manifest
        records = manifest.records if manifest is not None else ()
        same = [record for record in records if record.sha256 == sha256]
        return next((record for record in same if record.path == path), same[0] if same else None)

    def _show_picture(self, pictures: Shown, why: str) -> None:
        if pictures:
            self.picture.show_image(pictures[0])
        else:
            self.picture.show_text(why)

    @Slot(str)
    def _choose_method(self, key: str) -> None:
        self.desk.choose_method(MapMethod(key))
