"""Races on the page Train: the form of a new one, or a race with its plot, its standing and what it shows in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QStackedWidget, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.race_desk import RaceDesk
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.item_models.race_table_model import race_rows
from tlft_desktop.gui.lazy_plots import make_race_plot
from tlft_desktop.gui.live_race import LiveRace
from tlft_desktop.gui.pacing import RepaintPacer
from tlft_desktop.gui.run_colours import place_of
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.elided_label import ElidedLabel
from tlft_desktop.gui.widgets.focus_keeping import handing_on
from tlft_desktop.gui.widgets.layout import Card, row
from tlft_desktop.gui.widgets.race_form import RaceForm
from tlft_desktop.gui.widgets.race_head import RaceHead, race_words
from tlft_desktop.gui.widgets.race_table import RaceTable

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.race_plot import RacePlot

TABLE_WIDTH, TRIES_WIDTH = 452, 484
"""Of the standing at least: strategy, state, accuracy with its interval, time; with tries in place of the state."""


WORDS_HEIGHT = 1
"""At least: in a low window with several messages the table is what is left."""


class RacePanel(QStackedWidget):
    """Shows what a desk knows; `head` belongs above it.

    Args:
        context: Parts of the program.
        desk: Knows the races.
        actions: Of the window.
        settings: Returns the settings of the page.

    Attributes:
        head: Chooses the race.
        form: What is raced next.
        table: How the strategies stand.
        caption: Conditions, and which run trains now.
        words: What the race shows.
    """

    def __init__(
        self,
        context: AppContext,
        desk: RaceDesk,
        actions: dict[str, QAction],
        settings: Callable[[], TrainSettings],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._plot: RacePlot | None = None
        self._drawn: LiveRace | None = None
        self._shown_step: tuple[int | None, int, bool] = (None, 0, False)
        self._is_new = False
        self.head = RaceHead(desk, actions)
        self.form = RaceForm(context, desk, settings)
        self.table = RaceTable(context.theme)
        self.caption = ElidedLabel("muted")
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(self.tr("What the race shows, in words"))
        self.words.setPlaceholderText(self.tr("Who is better stands here when two runs have ended."))
        self.words.setMinimumHeight(WORDS_HEIGHT)
        self._left = Card()
        self._view = self._make_view()
        self._form_area = self._make_form_area()
        for widget in (self._form_area, self._view):
            self.addWidget(widget)
        self.pacer = RepaintPacer(parent=self)
        self.pacer.due.connect(self.show_race)
        self._connect()

    @property
    def plot(self) -> RacePlot | None:
        """The plot; None before there is a race to draw."""
        return self._plot

    @property
    def has_form(self) -> bool:
        """Whether the form is in front."""
        return self.currentWidget() is self._form_area

    @Slot()
    def show_form(self) -> None:
        """Let the user choose what is raced."""
        self._is_new = True
        self._bring(self._form_area)

    @Slot()
    def show_race(self) -> None:
        """Show the race that is looked at; without one, the form."""
        race = self._desk.shown
        self._drawn = race
        if race is None:
            self._bring(self._form_area)
            return
        if not self.isVisible():
            return
        self._shown_step = (race.training, race.num_ended, race.is_racing)
        runs = self._context.session.runs
        self._made().show_race(race, runs)
        rows = race_rows(race.places(), race.runs_of, lambda run: place_of(run, runs))
        self._right.setMinimumWidth(TRIES_WIDTH if race.num_tries > 1 else TABLE_WIDTH)
        self.table.show_rows(rows, has_seeds=len(race.seeds) > 1, has_tries=race.num_tries > 1)
        self.caption.set_full_text(self._caption(race))
        text = "\n\n".join(self._sentences(race))
        if text != self.words.toPlainText():
            self.words.setPlainText(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        if not self.has_form:
            self.show_race()

    # Inside

    def _caption(self, race: LiveRace) -> str:
        parts = [race_words(race.budget_seconds, len(race.seeds), race.num_tries)] if race.entries else []
        if race.is_racing:
            parts.append(self._desk.now_in_words or self.tr("getting ready"))
        return " \u00b7 ".join(parts)

    def _sentences(self, race: LiveRace) -> list[str]:
        told = [self._desk.problem] if self._desk.problem else []
        told += [fmt.from_core(notice) for notice in race.notices]
        if race.end is not None:
            told += [fmt.from_core(sentence) for sentence in race.end.sentences]
        told += [remark for place in race.places() for remark in map(fmt.from_core, place.remarks)]
        if race.end is not None and race.end.shared_seconds:
            text = self.tr(
                "Reading images and computing what frozen layers give took {time} for all together and is charged to "
                "none."
            )
            told.append(text.format(time=fmt.duration(race.end.shared_seconds)))
        if race.left and not race.is_racing:
            text = self.tr("Runs that are left to train: {count}. The race can go on.")
            told.append(text.format(count=fmt.count(len(race.left))))
        return list(filter(None, told))

    def _made(self) -> RacePlot:
        if self._plot is None:
            self._plot = make_race_plot(self._context)
            self._left.body.addWidget(self._plot)
        return self._plot

    def _make_form_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        area.viewport().setAutoFillBackground(False)
        return area

    def _make_view(self) -> QWidget:
        self._left.body.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self._right = right = Card()
        right.body.setContentsMargins(GRID, GRID, GRID, GRID)
        for widget in (self.caption, self.table):
            right.body.addWidget(widget)
        right.body.addWidget(self.words, 1)
        layout = row(self._left, right)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        view = QWidget()
        view.setLayout(layout)
        return view

    def _connect(self) -> None:
        self.head.new_asked.connect(self.show_form)
        self.head.chosen.connect(self._choose)
        self._desk.changed.connect(self._follow)
        self._desk.listed.connect(self._look)
        self._desk.new_wanted.connect(self._follow_wish)
        self._context.session.run_changed.connect(self._follow)
        self._context.session.project_changed.connect(self._forget)

    def _bring(self, widget: QWidget) -> None:
        with handing_on(self, lambda: (self.table,)):
            self.setCurrentWidget(widget)
            self.head.new.setVisible(not self.has_form)
            if self.has_form:
                self.form.show_situation()

    @Slot()
    def _look(self) -> None:
        """Show the newest race to whoever looks, unless a new one is being chosen."""
        if self.isVisible() and not self._is_new:
            self._desk.look()

    @Slot(str)
    def _choose(self, race: str) -> None:
        self._bring(self._view)
        self._desk.choose(race)

    @Slot()
    def _follow_wish(self) -> None:
        if self._desk.is_racing:
            self._bring(self._view)
            self.show_race()
        else:
            self.show_form()

    @Slot()
    def _follow(self) -> None:
        race = self._desk.shown
        if race is None or race is not self._drawn:
            self.pacer.stop()
            self._bring(self._form_area if race is None else self._view)
            self.show_race()
        elif not self.has_form and self.isVisible():
            # That a run begins or is over is shown at once.
            is_same = self._shown_step == (race.training, race.num_ended, race.is_racing)
            self.pacer.request() if is_same and race.is_racing else self.show_race()

    @Slot()
    def _forget(self) -> None:
        self._is_new = False
