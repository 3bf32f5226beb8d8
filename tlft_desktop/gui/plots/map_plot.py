"""Images as points: colour and shape tell their class, whether the answer is right, or the run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.values.image_map import ImageMap
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.map_colours import MapColour
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.pens import line_pen
from tlft_desktop.gui.plots.ranges import Range
from tlft_desktop.gui.run_colours import colour_at, shape_at, shape_path

SIZE, CHOSEN_SIZE = 8, 16
NEAR_PIXELS = 16
_OPACITY = 0.8
_RIGHT, _WRONG = 0, 1


class MapPlot(BasePlot):
    """The maps of one to four runs over each other.

    Signals:
        image_clicked(run, image): The user clicked a point: places of the run and of the image in the map.
    """

    image_clicked = Signal(int, int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._map: ImageMap | None = None
        self._colour = MapColour.CLASS
        self._chosen: tuple[int, int] | None = None
        self._scatter, self._mark = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        text = PlotText(tr("Images that look alike to the network lie together"), "", stem="map")
        super().__init__(context, text, parent)
        self.view.setMouseEnabled(x=True, y=True)
        for item in (self._scatter, self._mark):
            self.plot_item.addItem(item, ignoreBounds=True)
        for side in ("left", "bottom"):
            # What a direction means differs from map to map.
            self.plot_item.getAxis(side).setStyle(showValues=False)
        self.set_ranges(x=lambda: self._extent_of(0))
        self.clicked.connect(self._take_click)

    def show_map(self, shown: ImageMap, colour: MapColour, chosen: tuple[int, int] | None) -> None:
        """Draw a map.

        Args:
            shown: Points of one to four runs.
            colour: What colours tell.
            chosen: Places of the run and of the image that is marked; None for none.
        """
        is_other = shown is not self._map
        self._map, self._colour, self._chosen = shown, colour, chosen
        if is_other:
            low, high = self._extent_of(1)
            self.set_ranges(x=lambda: self._extent_of(0), y=(low, high))
            self.set_summary(self._in_words(shown))
            self.reset_view()
        self.restyle()

    def readout_at(self, x: float, y: float) -> tuple[float, list[str]] | None:
        place = self._nearest(x, y)
        if place is None or self._map is None:
            return None
        run, image = place
        return float(self._map.maps[run].points[image, 0]), describe(self._map, run, image)

    @Slot()
    def restyle(self) -> None:
        """Take the colours of the theme."""
        super().restyle()
        shown, tokens = self._map, self._context.theme.tokens
        if shown is None:
            return
        brushes: dict[int, object] = {}
        symbols: dict[int, object] = {}
        spots = []
        for run, each in enumerate(shown.maps):
            for place, key in zip(each.points.tolist(), self._keys(run), strict=True):
                if key not in brushes:
                    colour = QColor(colour_at(key, tokens))
                    colour.setAlphaF(_OPACITY)
                    brushes[key], symbols[key] = pg.mkBrush(colour), shape_path(shape_at(key))
                spots.append({"pos": place, "brush": brushes[key], "symbol": symbols[key], "size": SIZE, "pen": None})
        self._scatter.setData(spots)
        ring = line_pen(QColor(tokens.text), 2, self.view.devicePixelRatioF())
        chosen = self._chosen
        places = [] if chosen is None else [shown.maps[chosen[0]].points[chosen[1]].tolist()]
        self._mark.setData([{"pos": place, "pen": ring, "size": CHOSEN_SIZE, "brush": None} for place in places])

    def _keys(self, run: int) -> Sequence[int]:
        """Return which colour and shape each image of a run has."""
        shown = self._map
        assert shown is not None
        if self._colour is MapColour.CLASS:
            keys: list[int] = shown.labels.tolist()
            return keys
        if self._colour is MapColour.ERROR:
            wrong = shown.maps[run].predicted != shown.labels
            return [_WRONG if each else _RIGHT for each in wrong.tolist()]
        return [run] * len(shown.labels)

    def _extent_of(self, axis: int) -> Range:
        if self._map is None:
            return 0.0, 1.0
        values = np.concatenate([each.points[:, axis] for each in self._map.maps])
        low, high = float(values.min()), float(values.max())
        margin = 0.03 * (high - low) or 1.0
        return low - margin, high + margin

    def _nearest(self, x: float, y: float, *, within: float = float("inf")) -> tuple[int, int] | None:
        """Return the run and the image whose point lies nearest to a place, at most so many pixels away."""
        if self._map is None:
            return None
        points = np.stack([each.points for each in self._map.maps])
        pixels = (points - (x, y)) / np.array(self.view.getViewBox().viewPixelSize())
        gaps = np.hypot(pixels[..., 0], pixels[..., 1])
        run, image = np.unravel_index(int(gaps.argmin()), gaps.shape)
        return (int(run), int(image)) if gaps[run, image] <= within else None

    @Slot(float, float)
    def _take_click(self, x: float, y: float) -> None:
        place = self._nearest(x, y, within=NEAR_PIXELS)
        if place is not None:
            self.image_clicked.emit(*place)

    def _in_words(self, shown: ImageMap) -> str:
        words = self.tr("{run}: {count} lie next to one of their class: {share}")
        return ". ".join(
            words.format(run=each.name, count=fmt.num_images(len(shown.labels)), share=fmt.percent(each.neighbours))
            for each in shown.maps
        )


def describe(shown: ImageMap, run: int, image: int) -> list[str]:
    """Return an image of a map in words: its name, its class, and what the network answers."""
    label = shown.classes[int(shown.labels[image])]
    answer = shown.classes[int(shown.maps[run].predicted[image])]
    lines = [shown.images[image].rpartition("/")[2], tr("class {label}").format(label=label)]
    if answer != label:
        lines.append(tr("answer {answer}: wrong").format(answer=answer))
    if len(shown.maps) > 1:
        lines.append(shown.maps[run].name)
    return lines
