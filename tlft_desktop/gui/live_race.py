"""What the events of a race add up to: the courses of its runs, and how the strategies stand. Knows no Qt widgets.

The numbers of what has ended are those of the files, as the terminal prints them; events tell of the run of the moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tlft_desktop.core.values.events import (
    Checkpoint,
    EpochEnd,
    Event,
    FitEnd,
    FitStart,
    Notice,
    PhaseStart,
    ValidationEnd,
)
from tlft_desktop.core.values.race import WAITING, EntryEnd, EntryStart, Place, RaceEnd, RaceStart, entry_order
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.race_files import RaceReport
from tlft_desktop.gui.run_history import RunHistory
from tlft_desktop.gui.workers.outcome import failure_of_fit_end


@dataclass(frozen=True, slots=True)
class RacePoint:
    """Result of an epoch on the validation images.

    Attributes:
        seconds: Active seconds of the run at the end of the epoch.
        accuracy, low, high: Fractions, with the limits of the 95 % interval.
    """

    seconds: float
    accuracy: float
    low: float
    high: float


@dataclass(slots=True)
class LiveEntry:
    """One run of a race as it unfolds.

    Attributes:
        strategy: Its kind.
        seed: Of its first head, order, dropout and augmentation.
        run: Its identifier; empty before it is made.
        state: `waiting`, or that of the run.
        points: Results by epoch.
        kept: Epoch whose state the run keeps; None before the first.
        seconds: Active seconds so far.
        problem: Why it failed: a sentence; empty where it did not, or the files alone say it.
        attempt: Which of several tries it is, from 0.
        learning_rate: Its peak rate; None where there is nothing to try.
    """

    strategy: str
    seed: int
    run: str = ""
    state: str = WAITING
    points: dict[int, RacePoint] = field(default_factory=dict)
    kept: int | None = None
    seconds: float = 0.0
    problem: str = ""
    attempt: int = 0
    learning_rate: float | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it trained and does not any more."""
        return self.state not in (WAITING, RunState.RUNNING)

    @property
    def best(self) -> RacePoint | None:
        """The result that the run keeps."""
        return None if self.kept is None else self.points.get(self.kept)

    @property
    def is_over(self) -> bool:
        """Whether it came to an end and has something to show for it."""
        return self.has_ended and self.state != RunState.FAILED

    def course(self) -> tuple[RacePoint, ...]:
        """Return the results in the order of time; one without a time behind the one before is left out."""
        course: list[RacePoint] = []
        for epoch in sorted(self.points):
            point = self.points[epoch]
            if point.seconds > (course[-1].seconds if course else -1.0):
                course.append(point)
        return tuple(course)


class LiveRace:
    """A race as it unfolds, or as its files tell it.

    Attributes:
        race: ULID; empty before the first event.
        kinds: Its strategies, in the order in which they train.
        budget_seconds: Active time that each run may take; None without a limit.
        entries: Its runs, in the order in which they train.
        training: Number of the entry that trains now; None for none.
        is_racing: Whether it goes on now.
        end: How it stood when somebody last looked; None before that.
        left: Numbers of the entries that could be trained then.
        notices: What the race itself had to say, as sentences of the core.
        num_ended: Ends of entries that were told.
        version: Rises with every change.
    """

    def __init__(self) -> None:
        self.race = ""
        self.kinds: tuple[str, ...] = ()
        self.budget_seconds: float | None = None
        self.entries: list[LiveEntry] = []
        self.training: int | None = None
        self.is_racing = False
        self.end: RaceEnd | None = None
        self.left: tuple[int, ...] = ()
        self.notices: list[str] = []
        self.num_ended = 0
        self.version = 0
        self._ends: dict[int, float] = {}

    @property
    def current(self) -> LiveEntry | None:
        """The entry that trains now."""
        return None if self.training is None else self.entries[self.training]

    @property
    def seeds(self) -> tuple[int, ...]:
        """Its seeds, in the order in which they are used."""
        return tuple(dict.fromkeys(entry.seed for entry in self.entries))

    @property
    def last_second(self) -> float:
        """Active seconds of the run that took most so far."""
        return max((entry.seconds for entry in self.entries), default=0.0)

    @property
    def num_tries(self) -> int:
        """The most learning rates that one of its strategies tries with a seed; 1 where there is nothing to try."""
        return 1 + max((entry.attempt for entry in self.entries), default=0)

    def counted(self) -> set[int]:
        """Return the numbers of the entries that count: of several tries the best that ended, and that of the moment.

        Of tries that have ended a completed one comes before others, and of equally good ones the earliest.
        """
        groups: dict[tuple[str, int], list[int]] = {}
        for number, entry in enumerate(self.entries):
            groups.setdefault((entry.strategy, entry.seed), []).append(number)
        now = set() if self.training is None else {self.training}
        return now | {max(group, key=self._merit) for group in groups.values()}

    def places(self) -> tuple[Place, ...]:
        """Return how the strategies stand, in the order of the race; the run of the moment counts as far as it came."""
        known = () if self.end is None else tuple(map(Place.from_json, self.end.standing))
        places = list(known) if len(known) == len(self.kinds) else [Place(kind, WAITING) for kind in self.kinds]
        for entry in self.entries:
            number = self.kinds.index(entry.strategy)
            # What has just ended stands in the files, which are read only now.
            is_only = sum(other.strategy == entry.strategy for other in self.entries) == 1
            is_new = is_only and entry.is_over and places[number].state == WAITING
            if entry is self.current or is_new:
                places[number] = _with_run(places[number], entry)
        return tuple(places)

    def runs_of(self, kind: str) -> tuple[str, ...]:
        """Return the runs of a strategy in the order of the seeds, of those that were made and count."""
        counted = self.counted()
        own = [entry for number, entry in enumerate(self.entries) if number in counted and entry.strategy == kind]
        return tuple(entry.run for entry in own if entry.run)

    def take(self, events: Sequence[Event]) -> None:
        """Take what came in since the last look."""
        for event in events:
            self._take(event)

    def take_report(self, report: RaceReport) -> None:
        """Take what the files tell; of the entry that trains now the events know more."""
        self.version += 1
        race = report.race
        self.race, self.kinds, self.budget_seconds = race.race, race.kinds, race.budget_seconds
        self.end, self.left = report.end, report.left
        if len(self.entries) != len(race.entries):
            self.entries = [
                LiveEntry(
                    race.kinds[entry.strategy], entry.seed, attempt=entry.attempt, learning_rate=entry.learning_rate
                )
                for entry in race.entries
            ]
        for number, (entry, stored) in enumerate(zip(self.entries, race.entries, strict=True)):
            run = report.runs.get(stored.run)
            if number == self.training:
                continue
            entry.run = stored.run if run is not None else ""
            entry.state = WAITING if run is None else run.state.value
            entry.seconds = 0.0 if run is None else run.total_seconds
            entry.kept = None if run is None else run.best_epoch
            entry.points = _points(report.histories.get(stored.run))

    def _take(self, event: Event) -> None:
        self.version += 1
        match event:
            case RaceStart():
                self._start(event)
            case EntryStart() if event.entry < len(self.entries):
                self._start_entry(event)
            case EntryEnd() if event.entry < len(self.entries):
                self._end_entry(event)
            case RaceEnd():
                self.end, self.training, self.is_racing = event, None, False
            case Notice(kind="race"):
                self.notices.append(event.message)
            case _:
                if self.current is not None:
                    self._follow_run(event, self.current)

    def _start(self, event: RaceStart) -> None:
        self.is_racing = True
        if event.race == self.race:
            # It goes on, and the files told already where it stands.
            return
        self.race, self.kinds, self.budget_seconds = event.race, event.strategies, event.budget_seconds
        rates = event.rates or [() for _kind in event.strategies]
        self.entries = [
            LiveEntry(
                event.strategies[place],
                seed,
                attempt=attempt,
                learning_rate=rates[place][attempt] if rates[place] else None,
            )
            for place, seed, attempt in entry_order(rates, event.seeds)
        ]

    def _merit(self, number: int) -> tuple[bool, float, bool]:
        entry = self.entries[number]
        accuracy = entry.best.accuracy if entry.has_ended and entry.best is not None else -1.0
        return (entry.state == RunState.COMPLETED, accuracy, bool(entry.run))

    def _start_entry(self, event: EntryStart) -> None:
        self.training, self._ends = event.entry, {}
        entry = self.entries[event.entry]
        entry.run, entry.state, entry.problem = event.run, RunState.RUNNING.value, ""
        if not event.resumed:
            entry.points, entry.kept, entry.seconds = {}, None, 0.0

    def _end_entry(self, event: EntryEnd) -> None:
        self.training = None
        self.num_ended += 1
        entry = self.entries[event.entry]
        entry.state, entry.seconds = event.state, event.seconds
        entry.problem = from_core(event.problem) or entry.problem

    def _follow_run(self, event: Event, entry: LiveEntry) -> None:
        entry.seconds = max(entry.seconds, event.seconds)
        match event:
            case FitStart():
                entry.seconds = event.seconds
            case PhaseStart():
                # A run that goes on does so from its last checkpoint: what came behind it is trained again.
                entry.points = {epoch: point for epoch, point in entry.points.items() if epoch <= event.epoch}
            case EpochEnd():
                self._ends[event.epoch] = event.seconds
            case ValidationEnd():
                seconds = self._ends.get(event.epoch, event.seconds)
                limits = event.val_accuracy_low, event.val_accuracy_high
                entry.points[event.epoch] = RacePoint(seconds, event.val_accuracy, *limits)
            case Checkpoint(kind="best"):
                entry.kept = max(entry.points, default=None)
            case FitEnd():
                entry.kept = (event.best or {}).get("epoch", entry.kept)
                failure = failure_of_fit_end(event)
                entry.problem = "" if failure is None else failure.text


def _with_run(place: Place, entry: LiveEntry) -> Place:
    """Return a place with a run of the moment; its result counts where there is none yet."""
    runs = tuple(dict.fromkeys((*place.runs, entry.run)))
    place = replace(place, state=entry.state, runs=runs)
    if place.num_results > 1 or (place.num_results == 1 and entry.run not in place.runs[:1]):
        return place
    best = entry.best
    if best is None:
        return replace(place, seconds=entry.seconds)
    accuracy = best.accuracy
    return replace(
        place,
        accuracy=accuracy,
        low=best.low,
        high=best.high,
        lowest=accuracy,
        highest=accuracy,
        num_results=1,
        seconds=entry.seconds,
    )


def _points(history: RunHistory | None) -> dict[int, RacePoint]:
    if history is None:
        return {}
    columns = (history.seconds, history.accuracy, history.low, history.high)
    return {epoch: RacePoint(*values) for epoch, *values in zip(history.epochs, *columns, strict=True)}
