"""Several learning rates of a strategy in a race: which run counts, and what choosing it on validation images means."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.runs.names import title_of
from tlft_desktop.core.runs.races import Race, RaceEntry, RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.race import DELETED, TRASHED, WAITING, Place, RaceState, Try
from tlft_desktop.core.values.run import RunState, RunSummary

SELECTED_FOR_COMPARISON = (
    "Runs that are the best of several tries were chosen on these same validation images, which favours strategies "
    "with more tries; only images that were held back for testing tell without that."
)


@dataclass(frozen=True)
class Tries:
    """The runs of a strategy with a seed.

    Attributes:
        runs: By their entries, in the order in which they train; None where none is.
        trashed: Of those that are not there, the ones in the trash of the project.
        is_over: Whether the race is completed, so that nothing waits.
    """

    runs: Mapping[RaceEntry, RunSummary | None]
    trashed: Mapping[RaceEntry, RunSummary] = field(default_factory=dict)
    is_over: bool = False

    @property
    def seed(self) -> int:
        """The seed that they share."""
        return next(iter(self.runs)).seed

    @property
    def made(self) -> tuple[RunSummary, ...]:
        """Those that are there."""
        return tuple(run for run in self.runs.values() if run is not None)

    @property
    def counted(self) -> RunSummary | None:
        """The one that counts; None where none was made.

        That is the completed one with the best validation accuracy, of equal ones the earliest. Without a completed one
        it is the best of what was stopped or failed, and without a result the first that was made.
        """
        return max(self.made, key=_merit, default=None)

    @property
    def num_judged(self) -> int:
        """How many of them have a result."""
        return len(self.judged)

    @property
    def judged(self) -> tuple[RunSummary, ...]:
        """Those that have a result, with those of a completed race that lost and lie in the trash by now."""
        best = self.counted.val_accuracy if self.counted else None
        lost = [run for run in self.trashed.values() if self.is_over and best is not None and _is_at_most(run, best)]
        return (*(run for run in self.made if run.val_accuracy is not None), *lost)

    @property
    def seconds(self) -> float:
        """The active time of all of them that is known."""
        gone = self.trashed.values() if self.is_over else ()
        return float(sum(run.total_seconds for run in (*self.made, *gone)))

    @property
    def accuracies(self) -> frozenset[float]:
        """The different accuracies of those that have a result."""
        return frozenset(run.val_accuracy for run in self.judged if run.val_accuracy is not None)

    @property
    def states(self) -> tuple[str, ...]:
        """The states of their runs.

        Beside one that is completed, what failed is passed over, being a result of its rate, and so is what is gone.
        """
        states = list(map(self.state_of, self.runs))
        if RunState.COMPLETED in states:
            states = [state for state in states if state not in (RunState.FAILED, TRASHED, DELETED)]
        return tuple(states)

    def state_of(self, entry: RaceEntry) -> str:
        """Return the state of one of them."""
        run = self.runs[entry]
        if run is not None:
            return run.state.value
        if not (self.is_over and entry.begun):
            return WAITING
        return TRASHED if entry in self.trashed else DELETED


def run_of(store: RunStore, entry: RaceEntry) -> RunSummary | None:
    """Return the run of an entry; None where it has none, or it is gone."""
    return store.summary(entry.run) if entry.run and store.folder(entry.run).is_dir() else None


def tries_of(store: RunStore, race: Race, strategy: int) -> list[Tries]:
    """Return the runs of the strategy at a place of a race, seed by seed; without several tries one for each seed."""
    by_seed: dict[int, dict[RaceEntry, RunSummary | None]] = {}
    for entry in race.entries:
        if entry.strategy == strategy:
            by_seed.setdefault(entry.seed, {})[entry] = run_of(store, entry)
    is_over = race.state is RaceState.COMPLETED
    return [Tries(runs, _trashed_of(store, runs), is_over=is_over) for runs in by_seed.values()]


def _trashed_of(store: RunStore, runs: Mapping[RaceEntry, RunSummary | None]) -> dict[RaceEntry, RunSummary]:
    gone = ((entry, store.trashed_summary(entry.run)) for entry, run in runs.items() if run is None and entry.run)
    return {entry: run for entry, run in gone if run is not None}


@dataclass(frozen=True, slots=True)
class BeatenTries:
    """Tries that do not count in their races.

    Attributes:
        runs: Their identifiers.
        num_unreadable: Races that cannot be read: their tries are not among them.
    """

    runs: frozenset[str]
    num_unreadable: int


def beaten_tries(store: RunStore) -> BeatenTries:
    """Return the runs of a project that are tries of a race and do not count there."""
    races, num_unreadable = _races_of_tries(store)
    groups = (tries for race in races for tries in _all_tries(store, race))
    beaten = frozenset(run.run for tries in groups for run in tries.made if run is not tries.counted)
    return BeatenTries(beaten, num_unreadable)


def num_rates_of(store: RunStore, run: str) -> int:
    """Return of how many learning rates of a race a run is the best one by its validation images.

    That is 1 for a run that is no try, for one that was beaten, and where all tries are equally good.
    """
    return max((tries.num_judged for tries in _tries_with(store, run) if _is_chosen(tries, run)), default=1)


def _is_chosen(tries: Tries, run: str) -> bool:
    return tries.counted is not None and tries.counted.run == run and len(tries.accuracies) > 1


def _tries_with(store: RunStore, run: str) -> Iterator[Tries]:
    for race in _races_of_tries(store)[0]:
        if any(entry.run == run for entry in race.entries):
            yield from _all_tries(store, race)


def _all_tries(store: RunStore, race: Race) -> Iterator[Tries]:
    for place in range(len(race.strategies)):
        yield from tries_of(store, race, place)


def _races_of_tries(store: RunStore) -> tuple[list[Race], int]:
    """Return the races in which something was tried, and how many races cannot be read."""
    races, found, num_unreadable = RaceStore(store.root), [], 0
    for name in races.ids():
        try:
            race = races.load(name)
        except InputError:
            num_unreadable += 1
            continue
        if race.num_tries > 1:
            found.append(race)
    return found, num_unreadable


def with_tries(place: Place, groups: Sequence[Tries]) -> Place:
    """Return a place of a race of several tries with what they were and took, and what that means, in words."""
    tries = tuple(found for group in groups for found in _told(group))
    if not tries:
        return replace(place, remarks=(*place.remarks, _trained_once(place)) if place.num_results else place.remarks)
    judged = [group for group in groups if group.num_judged]
    spent = [group.seconds for group in judged]
    place = replace(
        place,
        num_tries=max(map(len, (group.runs for group in groups))),
        tries_seconds=round(statistics.fmean(spent), 3) if spent else None,
        tries=tries,
    )
    selection = _selection(place, [group for group in groups if group.num_judged > 1])
    return replace(place, remarks=(*place.remarks, selection)) if selection else place


def _is_at_most(run: RunSummary, accuracy: float) -> bool:
    return run.val_accuracy is not None and run.val_accuracy <= accuracy


def _merit(run: RunSummary) -> tuple[bool, float]:
    accuracy = run.val_accuracy
    return (run.state is RunState.COMPLETED and accuracy is not None, -1.0 if accuracy is None else accuracy)


def _told(group: Tries) -> Iterable[Try]:
    counted = group.counted if group.num_judged else None
    for entry, run in group.runs.items():
        if entry.learning_rate is None:
            continue
        plain = Try(entry.seed, entry.attempt, entry.learning_rate, state=group.state_of(entry))
        lost = group.trashed.get(entry)
        shown = lost if run is None and lost in group.judged else run
        if shown is None:
            yield plain
        else:
            yield replace(
                plain,
                run=shown.run,
                accuracy=shown.val_accuracy,
                seconds=shown.total_seconds,
                counts=shown is counted,
            )


def _trained_once(place: Place) -> str:
    return (
        f"{title_of(place.strategy)} trains once with each seed: its head is solved exactly, without a learning rate, "
        "and its penalty was already chosen on folds of the training images."
    )


def _selection(place: Place, groups: Sequence[Tries]) -> str:
    """Say of which tries the accuracy of a place is the best; empty where there was nothing to choose from yet."""
    if not groups:
        return ""
    rates = [f"{found.learning_rate:g}" for found in place.tries if found.counts]
    most = max(group.num_judged for group in groups)
    title, seconds = title_of(place.strategy), place.tries_seconds or 0.0
    if all(len(group.accuracies) == 1 for group in groups):
        # Such as a hybrid that stops before the phase that has the rate.
        return (
            f"{title}: the {most} learning rates are equally good on the validation images, so the first one counts "
            f"and nothing was selected; all tries together took {seconds:.1f} s with a seed."
        )
    if len(rates) == 1:
        return (
            f"{title}: the learning rate {rates[0]} is the best of {most} on the validation images, so its accuracy is "
            f"validation-selected and tends to be too high; all tries together took {seconds:.1f} s."
        )
    return (
        f"{title}: with each seed the best of {most} learning rates on the validation images counts "
        f"({', '.join(rates)}), so its accuracies are validation-selected and tend to be too high; all tries together "
        f"took {seconds:.1f} s with a seed."
    )
