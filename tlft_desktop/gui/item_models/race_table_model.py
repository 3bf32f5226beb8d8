"""How the strategies of a race stand, as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from tlft_desktop.core.values.race import DELETED, TRASHED, WAITING, Place
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.table_model import ColumnSpec, Index, RowTableModel

MARKS_ROLE = int(Qt.ItemDataRole.UserRole) + 14
"""Places of the runs of a row in the order of colours and shapes."""


class RaceColumn(IntEnum):
    """Columns of the table of a race."""

    STRATEGY = 0
    STATE = 1
    ACCURACY = 2
    TRIES = 3
    SEEDS = 4
    TIME = 5
    BEST = 6
    REMARK = 7


@dataclass(frozen=True, slots=True)
class RaceRow:
    """A strategy of a race.

    Attributes:
        place: How it stands.
        marks: Places of its runs in the order of colours and shapes; None for grey.
    """

    place: Place
    marks: tuple[int | None, ...] = ()

    @property
    def remark(self) -> str:
        """What ended its runs, and what went wrong."""
        return " ".join(fmt.from_core(remark) for remark in self.place.remarks)


class RaceTableModel(RowTableModel[RaceRow]):
    """One row for each strategy, in the order in which they train."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._columns = (*self._result_columns(), *self._time_columns())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.column() == RaceColumn.STRATEGY:
            row = self.rows[index.row()]
            return f"{fmt.strategy_title(row.place.strategy)}, {self.state_text(row.place.state)}"
        return super().data(index, role)

    def state_text(self, state: str) -> str:
        """Return the state of a strategy in words."""
        words = {
            WAITING: self.tr("waits"),
            RunState.RUNNING.value: self.tr("trains now"),
            RunState.COMPLETED.value: self.tr("completed"),
            RunState.STOPPED.value: self.tr("stopped, kept"),
            RunState.INTERRUPTED.value: self.tr("interrupted"),
            RunState.FAILED.value: self.tr("failed"),
            RunState.DAMAGED.value: self.tr("damaged"),
            TRASHED: self.tr("in the trash"),
            DELETED: self.tr("deleted"),
        }
        return words.get(state, state)

    def _result_columns(self) -> tuple[ColumnSpec[RaceRow], ...]:
        return (
            ColumnSpec(
                self.tr("Strategy"),
                lambda row: fmt.strategy_title(row.place.strategy),
                lambda row: row.place.strategy,
                roles=((MARKS_ROLE, lambda row: row.marks),),
                # Its column gives way in a narrow place.
                tip=lambda row: f"{fmt.strategy_title(row.place.strategy)}, {self.state_text(row.place.state)}",
            ),
            ColumnSpec(self.tr("State"), lambda row: self.state_text(row.place.state), lambda row: row.place.state),
            ColumnSpec(
                self.tr("Accuracy [95 %]"),
                lambda row: fmt.accuracy(row.place.accuracy, row.place.low, row.place.high),
                lambda row: -1.0 if row.place.accuracy is None else row.place.accuracy,
                hint=self.tr("Best validation accuracy, over several seeds their mean, with its 95 % interval"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Tries"),
                self._tries,
                lambda row: row.place.tries_seconds or 0.0,
                hint=self.tr(
                    "Learning rates of which the best on the validation images counts, and the time of all of them; "
                    "over several seeds the mean"
                ),
                is_number=True,
                tip=self._tries_tip,
            ),
            ColumnSpec(
                self.tr("Over seeds"),
                self._range,
                lambda row: row.place.lowest or 0.0,
                hint=self.tr("Lowest and highest accuracy over the seeds that have a result, and how many these are"),
                is_number=True,
            ),
        )

    def _time_columns(self) -> tuple[ColumnSpec[RaceRow], ...]:
        return (
            ColumnSpec(
                self.tr("Time"),
                lambda row: fmt.duration(row.place.seconds) if row.place.seconds else "—",
                lambda row: row.place.seconds,
                hint=self.tr("Time in which the runs were training, without pauses; over several seeds the mean"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Best at"),
                lambda row: "—" if row.place.best_seconds is None else fmt.duration(row.place.best_seconds),
                lambda row: row.place.best_seconds or 0.0,
                hint=self.tr("When the state was reached that the runs keep"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Remark"),
                lambda row: row.remark,
                lambda row: row.remark,
                hint=self.tr("What ended the runs, and what went wrong"),
            ),
        )

    def _tries(self, row: RaceRow) -> str:
        """Return how many tries there were, of how many while some are left, and the time of all of them."""
        place = row.place
        if not place.tries:
            return self.tr("one")
        if place.tries_seconds is None:
            return "—"
        count = fmt.count(place.num_tried)
        if not place.has_tried_all:
            count = f"{count}/{fmt.count(place.num_tries)}"
        return f"{count} \u00b7 {fmt.duration(place.tries_seconds)}"

    def _tries_tip(self, row: RaceRow) -> str:
        place = row.place
        if not place.tries or place.tries_seconds is None:
            return self._tries(row)
        text = self.tr("best of {count}") if place.has_tried_all else self.tr("best of {count} so far")
        return f"{text.format(count=fmt.count(place.num_tried))} \u00b7 {fmt.duration(place.tries_seconds)}"

    def _range(self, row: RaceRow) -> str:
        place = row.place
        if not place.num_results:
            return "—"
        lowest, highest = (fmt.percent(value).removesuffix(" %") for value in (place.lowest, place.highest))
        return f"{lowest} \u2013 {highest} % ({fmt.count(place.num_results)})"


def race_rows(
    places: Sequence[Place], runs_of: Callable[[str], tuple[str, ...]], look_of: Callable[[str], int | None]
) -> list[RaceRow]:
    """Return a row for each strategy.

    Args:
        places: How the strategies stand.
        runs_of: Returns the runs of a strategy.
        look_of: Returns the place of a run in the order of colours and shapes.
    """
    return [RaceRow(place, tuple(map(look_of, runs_of(place.strategy)))) for place in places]
