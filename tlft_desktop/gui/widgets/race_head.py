"""Which race is looked at, and what can be done with it: go on, or begin a new one."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from tlft_desktop.core.project.ulid import made_at
from tlft_desktop.core.values.race import RaceState
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.race_desk import RaceDesk
from tlft_desktop.gui.desks.race_words import names_of
from tlft_desktop.gui.race_files import RaceListing
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.action_button import icon_text_button
from tlft_desktop.gui.widgets.fields import choice_field
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, plain_tooltip


class RaceHead(QWidget):
    """A row of controls above a race.

    Signals:
        new_asked(): The user wants to choose what is raced.
        chosen(race): The user chose a race.
    """

    new_asked = Signal()
    chosen = Signal(str)

    def __init__(self, desk: RaceDesk, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.chooser = choice_field(self.tr("Races of this project, the newest first"), ())
        self.chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.go_on = icon_text_button(actions["race_resume"])
        self.new = button(self.tr("Ne&w race…"), hint=self.tr("Choose which strategies race, and how long"))
        layout = row(self.chooser, spacing=GRID)
        # Where there is no race yet, the row is empty.
        layout.addStretch(1)
        for press in (self.go_on, self.new):
            layout.addWidget(press)
        layout.setStretchFactor(self.chooser, 100)
        self.setLayout(layout)
        self.chooser.activated.connect(self._announce)
        self.new.clicked.connect(self.new_asked)
        desk.listed.connect(self.show_races)
        desk.changed.connect(self._show_chosen)
        self.show_races()

    @Slot()
    def show_races(self) -> None:
        """List the races of the project."""
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for listing in self._desk.races:
                self.chooser.addItem(self._words(listing), listing.race)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        shown = self._desk.shown
        with QSignalBlocker(self.chooser):
            self.chooser.setCurrentIndex(-1 if shown is None else self.chooser.findData(shown.race))
        self.chooser.setToolTip(plain_tooltip(self.chooser.currentText()))
        for widget in (self.chooser, self.go_on):
            widget.setVisible(self.chooser.count() > 0)

    def _words(self, listing: RaceListing) -> str:
        when = fmt.date_time(made_at(listing.race).isoformat(timespec="seconds"))
        if listing.problem:
            return self.tr("{when}: cannot be read").format(when=when)
        states = {
            RaceState.RUNNING: self.tr("runs"),
            RaceState.COMPLETED: self.tr("completed"),
            RaceState.STOPPED: self.tr("stopped"),
            RaceState.INTERRUPTED: self.tr("interrupted"),
        }
        state = states[listing.state] if listing.state is not None else ""
        return self.tr("{when}: {names}, {state}").format(when=when, names=names_of(listing.kinds), state=state)

    @Slot(int)
    def _announce(self, number: int) -> None:
        self.chosen.emit(str(self.chooser.itemData(number)))


def race_words(seconds: float | None, num_seeds: int, num_tries: int = 1) -> str:
    """Return the conditions of a race in words."""
    limit = fmt.tr("each run to its own end")
    if seconds is not None:
        limit = fmt.tr("{time} for each run").format(time=fmt.duration(seconds))
    seeds = fmt.tr("one seed") if num_seeds == 1 else fmt.tr("{count} seeds").format(count=fmt.count(num_seeds))
    tries = fmt.tr("up to {count} tries").format(count=fmt.count(num_tries))
    return ", ".join((limit, seeds, *((tries,) if num_tries > 1 else ())))
