"""What the files of a project tell of its races, as plain values; read outside the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.runs.races import Race, RaceStore
from tlft_desktop.core.values.race import RaceEnd, RaceState
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.run_history import RunHistory

CAN_GO_ON = (RaceState.STOPPED, RaceState.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class RaceListing:
    """A race in the list of those that a project has had.

    Attributes:
        race: Identifier.
        kinds: What its strategies are called.
        state: Where it stands; None where its file cannot be read.
        num_entries: Runs of the whole race.
        runs: Identifiers of the runs that it has so far.
        problem: Why its file cannot be read: a sentence; empty where it can.
    """

    race: str
    kinds: tuple[str, ...] = ()
    state: RaceState | None = None
    num_entries: int = 0
    runs: tuple[str, ...] = ()
    problem: str = ""

    @property
    def can_go_on(self) -> bool:
        """Whether something of it is left that may be trained."""
        return self.state in CAN_GO_ON


@dataclass(frozen=True, slots=True)
class RaceReport:
    """A race with everything that is shown of it.

    Attributes:
        race: As its file has it.
        end: How it stands.
        left: Numbers of the entries that can still be trained.
        runs: The runs of its entries that are there, by identifier.
        histories: Their courses.
    """

    race: Race
    end: RaceEnd
    left: tuple[int, ...]
    runs: Mapping[str, RunSummary]
    histories: Mapping[str, RunHistory]


def read_listings(root: Path) -> tuple[RaceListing, ...]:
    """Return the races of the project at `root`, the newest first; one that cannot be read says why."""
    store = RaceStore(root)
    return tuple(_listing(store, race) for race in reversed(store.ids()))


def _listing(store: RaceStore, identifier: str) -> RaceListing:
    try:
        race = store.load(identifier).as_seen_now()
    except TlftError as error:
        return RaceListing(identifier, problem=from_core(str(error)))
    runs = tuple(entry.run for entry in race.entries if entry.run)
    return RaceListing(identifier, race.kinds, race.state, len(race.entries), runs)
