"""Live plots side by side: buttons choose which, the room decides how many at first. Draws only what is in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.pacing import RepaintPacer
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import Card, scroll_area
from tlft_desktop.gui.widgets.text import button, plain_tooltip

_LEAST_ROW = 128
"""Pixels in which a curve can still be read."""
KEY = "train/plots"
FEW, MANY = 2, 4
ROOMY_HEIGHT, ROOMY_WIDTH = 520, 800


class LivePlot(Protocol):
    """A plot that can show a run."""

    @property
    def widget(self) -> QWidget:
        """What the page shows."""

    def show_run(self, live: LiveRun) -> bool:
        """Draw what is known of a run; return whether anything was drawn."""


class PlotDeck(QWidget):
    """Chooses, arranges and paces the plots of the page Train.

    Attributes:
        choices: The buttons, for the page to put above.
        buttons: They by the keys of their plots.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = context.state
        self._plots: dict[str, LivePlot] = {}
        self._cards: dict[str, Card] = {}
        self._live = LiveRun()
        self._is_stale = False
        chosen = context.state.value(KEY)
        self._chosen: tuple[str, ...] | None = tuple(chosen.split()) if chosen else None
        self.buttons: dict[str, QPushButton] = {}
        self.choices = QWidget()
        choices = QHBoxLayout(self.choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(GRID // 2)
        for key, (name, hint) in self._names().items():
            self.buttons[key] = press = button(name, "chip", hint=hint)
            press.setCheckable(True)
            press.setAccessibleDescription(hint)
            press.clicked.connect(self._choose)
            choices.addWidget(press)
        choices.addStretch(1)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        # All plots at once do not fit into a low window, which would grow out of the screen.
        area = scroll_area(inside)
        area.setMinimumHeight(_LEAST_ROW)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.pacer = RepaintPacer(parent=self)
        self.pacer.due.connect(self._draw)
        self._arranged: tuple[str, ...] = ()
        self._arrange()

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of the plots that the user sees, in the order of the buttons."""
        if self._chosen is not None:
            known = tuple(key for key in self.buttons if key in self._chosen)
            if known:
                return known
        is_roomy = self.height() >= ROOMY_HEIGHT and self.width() >= ROOMY_WIDTH
        return tuple(self.buttons)[: MANY if is_roomy else FEW]

    def set_plots(self, plots: Mapping[str, LivePlot]) -> None:
        """Take the plots; they come late, since their library takes long to load."""
        for key, plot in plots.items():
            card = Card(parent=self)
            card.hide()
            card.body.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
            card.body.addWidget(plot.widget)
            card.setAccessibleName(self._names()[key][0].replace("&", ""))
            self._plots[key], self._cards[key] = plot, card
        self._order_focus()
        self._arranged = ()
        self._arrange()

    def show_run(self, live: LiveRun) -> None:
        """Show a run soon: as often as the cost of drawing allows."""
        self._live = live
        self._is_stale = True
        if self._is_in_sight():
            self.pacer.request()

    def show_now(self, live: LiveRun) -> None:
        """Show a run at once: one that starts, or has ended."""
        self._live = live
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_stale:
            # The window was covered or minimised, and is seen again.
            self.pacer.request()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _names(self) -> dict[str, tuple[str, str]]:
        return {
            "loss": (self.tr("&Loss"), self.tr("How wrong the network is; lower is better")),
            "accuracy": (self.tr("&Accuracy"), self.tr("Share of right answers, with the 95 % interval")),
            "timeline": (self.tr("Time&line"), self.tr("When each stage of the network begins to train")),
            "rates": (self.tr("Learning &rate"), self.tr("Step size of the optimiser for each group of layers")),
            "speed": (self.tr("Spee&d"), self.tr("Training images per second")),
            "memory": (self.tr("&Memory"), self.tr("Largest memory of the program so far")),
        }

    def _order_focus(self) -> None:
        """Let Tab go from the buttons through the plots; they came later than the panels behind them."""
        last: QWidget = list(self.buttons.values())[-1]
        for plot in self._plots.values():
            for widget in plot.widget.findChildren(QWidget):
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    self.setTabOrder(last, widget)
                    last = widget

    def _is_in_sight(self) -> bool:
        handle = self.window().windowHandle()
        return self.isVisible() and (handle is None or handle.isExposed())

    @Slot()
    def _draw(self) -> None:
        if not self.isVisible():
            return
        self._is_stale = False
        for key in self._arranged:
            if key in self._plots:
                self._plots[key].show_run(self._live)

    @Slot()
    def _choose(self) -> None:
        chosen = tuple(key for key, press in self.buttons.items() if press.isChecked())
        if not chosen:
            # The last plot stays: an empty page would look broken.
            chosen = self.shown
        self._chosen = chosen
        self._state.set_value(KEY, " ".join(chosen))
        self._arrange()

    def _arrange(self) -> None:
        shown = self.shown
        for key, press in self.buttons.items():
            press.setChecked(key in shown)
            press.setToolTip(plain_tooltip(self._names()[key][1]))
        if shown == self._arranged:
            return
        self._arranged = shown
        for card in self._cards.values():
            self._grid.removeWidget(card)
            card.setVisible(False)
        num_columns = 1 if len(shown) == 1 else 2 if len(shown) <= MANY else 3
        for number, key in enumerate(shown):
            if key in self._cards:
                row, column = divmod(number, num_columns)
                # The last one takes what is left of its row.
                span = num_columns - column if number == len(shown) - 1 else 1
                self._grid.addWidget(self._cards[key], row, column, 1, span)
                self._cards[key].setVisible(True)
        for place in range(3):
            self._grid.setColumnStretch(place, 1 if place < num_columns else 0)
            is_used = place * num_columns < len(shown)
            self._grid.setRowStretch(place, 1 if is_used else 0)
            self._grid.setRowMinimumHeight(place, _LEAST_ROW if is_used else 0)
        self._draw()
