"""What a race of strategies tells beside the events of its runs: where it stands, who took part, how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar

from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind

DEFAULT_STRATEGIES = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)
WAITING = "waiting"
"""The state of what was not started."""
TRASHED = "in the trash"
"""The state, in a race that is completed, of a run that was moved to the trash of the project."""
DELETED = "deleted"
"""The state, in a race that is completed, of a run whose files are gone."""
RATE_FACTORS = (1.0, 1 / 3, 3.0, 1 / 10, 10.0, 1 / 30, 30.0, 1 / 100, 100.0)
"""Learning rates that a strategy tries, by its default one: that one first, then away from it to both sides."""
MAX_TRIES = len(RATE_FACTORS)
_RATE_DIGITS = 6
_OF_TRIES = ("num_tries", "tries_seconds", "tries")


def tried_rates(default: float | None, num_tries: int) -> tuple[float, ...]:
    """Return the peak learning rates that a strategy tries, the default one first; none where it has none.

    All strategies have the same factors on their own default rates. What is not the default is rounded to six digits,
    so that the rate that is told is the one that trains.
    """
    if default is None:
        return ()
    return (default, *(float(f"{default * factor:.{_RATE_DIGITS}g}") for factor in RATE_FACTORS[1:num_tries]))


def entry_order(rates: Sequence[Sequence[float]], seeds: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return (strategy, seed, try) of all runs of a race in the order in which they train.

    Seed after seed, and within a seed all strategies with their first rate before the first of them tries its second:
    a race that is stopped has given each the same number of tries, up to one.

    Args:
        rates: What each strategy tries; one without rates trains once with each seed.
        seeds: Each trains every strategy.
    """
    counts = [max(1, len(each)) for each in rates]
    return [
        (strategy, seed, attempt)
        for seed in seeds
        for attempt in range(max(counts, default=0))
        for strategy, count in enumerate(counts)
        if attempt < count
    ]


class RaceState(StrEnum):
    """Where a race stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    """Nothing of it is left that could still be trained."""
    STOPPED = "stopped"
    """Stopped by the user, or an entry could not start; can go on."""
    INTERRUPTED = "interrupted"
    """The process ended without a word; can go on."""


@dataclass(frozen=True, slots=True)
class Try:
    """A learning rate that a strategy of a race tries with a seed.

    Attributes:
        seed: Of its run.
        attempt: Number of the try, from 0, which is the default rate.
        learning_rate: Peak rate.
        run: Its identifier; empty where there is none.
        state: That of the run; `waiting` where it was not started. In a completed race nothing waits: a run that is
            gone is `in the trash` or `deleted`.
        accuracy: Best validation accuracy, a fraction; None before the first result. One in the trash tells it unless
            it is better than that of the try that counts.
        seconds: Active time.
        counts: Whether it is the one of its seed that counts.
    """

    seed: int
    attempt: int
    learning_rate: float
    run: str = ""
    state: str = WAITING
    accuracy: float | None = None
    seconds: float = 0.0
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """How a strategy of a race did, over all of its seeds that have a result.

    Where several learning rates are tried, a seed stands for its try with the best validation accuracy, of equal ones
    the earliest; only `tries_seconds` and `tries` are about the others, too.

    Attributes:
        strategy: Its kind.
        state: `completed` where the runs of all seeds are; else the state of the first one that is not, `waiting`
            where it was not started. A try that failed, or is gone from a completed race, beside one that did not is
            passed over.
        num_results: Seeds with a result.
        accuracy: Mean of the best validation accuracies, a fraction; None before the first result.
        low, high: 95 % Wilson interval of that mean on the validation images, which are the same for every seed: it
            does not get narrower with more of them.
        lowest, highest: Over the seeds.
        seconds: Mean active time of the runs with a result.
        best_seconds: Mean active time at the end of their best epochs; None where the files do not say.
        runs: Identifiers in the order of the seeds, of those that were started.
        remarks: Sentences: what ended the runs, and what went wrong.
        num_tries: Learning rates that each seed tries; 1 where there is nothing to try.
        tries_seconds: Mean active time of all tries of the seeds with a result; None where there is nothing to try.
        tries: All of them, seed after seed; empty where there is nothing to try.
    """

    strategy: str
    state: str
    num_results: int = 0
    accuracy: float | None = None
    low: float | None = None
    high: float | None = None
    lowest: float | None = None
    highest: float | None = None
    seconds: float = 0.0
    best_seconds: float | None = None
    runs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    num_tries: int = 1
    tries_seconds: float | None = None
    tries: tuple[Try, ...] = ()

    @property
    def num_tried(self) -> int:
        """Of how many learning rates the ones that count are the best so far: the most with a result with one seed."""
        return max(Counter(found.seed for found in self.tries if found.accuracy is not None).values(), default=0)

    @property
    def has_tried_all(self) -> bool:
        """Whether none of the tries is left or trains."""
        return all(found.state in (RunState.COMPLETED, RunState.FAILED, TRASHED, DELETED) for found in self.tries)

    def to_json(self) -> dict[str, Any]:
        """Return plain types; of tries nothing where there is nothing to try."""
        return _without(asdict(self), () if self.tries else _OF_TRIES)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Place:
        """Read what `to_json` wrote."""
        return cls(**{**data, "tries": tuple(Try(**each) for each in data.get("tries", ()))})


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceStart(Event):
    """A race starts or goes on; belongs to no run.

    Attributes:
        race: ULID of the race.
        strategies: Kinds in the order in which they train.
        seeds: All strategies train with the first one, then with the next.
        budget_seconds: Active time that each run may take; None without a limit.
        manifest: Digest of the list of images that all runs share.
        num_entries: Runs of the whole race.
        num_done: Of them, those that need nothing any more.
        rates: Peak learning rates that each strategy tries, in the order of the strategies, none where it has none and
            trains once with a seed; empty, and not told, where each tries one only.
    """

    name: ClassVar[str] = "race_start"
    race: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    budget_seconds: float | None
    manifest: str
    num_entries: int
    num_done: int = 0
    rates: tuple[tuple[float, ...], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return _without(Event.to_json(self), () if self.rates else ("rates",))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStart(Event):
    """A run of the race is made or goes on; its own events follow.

    Attributes:
        race: ULID of the race.
        entry: Number of the run in the race, from 0.
        num_entries: Runs of the whole race.
        strategy, seed: What it trains.
        resumed: Whether it goes on where it was stopped.
        attempt, learning_rate: Which of several tries it is, from 0, and with which peak rate; not told where there is
            nothing to try.
    """

    name: ClassVar[str] = "entry_start"
    race: str
    entry: int
    num_entries: int
    strategy: str
    seed: int
    resumed: bool
    attempt: int = 0
    learning_rate: float | None = None

    def to_json(self) -> dict[str, Any]:
        return _without(Event.to_json(self), _try_of(self.learning_rate))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryEnd(Event):
    """A run of the race ended, in whatever way.

    Attributes:
        race: ULID of the race.
        entry: Number of the run in the race, from 0.
        strategy, seed: What it trained.
        state: That of the run; `failed` where it could not start.
        val_accuracy, low, high: Best validation accuracy with its 95 % interval, fractions; None without a result.
        problem: Why it could not start or go on; empty where it did.
        exit_code: What the command line says of it.
        attempt, learning_rate: Which of several tries it was, from 0, and with which peak rate; not told where there
            is nothing to try.
    """

    name: ClassVar[str] = "entry_end"
    race: str
    entry: int
    strategy: str
    seed: int
    state: str
    val_accuracy: float | None
    low: float | None
    high: float | None
    problem: str = ""
    exit_code: int = 0
    attempt: int = 0
    learning_rate: float | None = None

    def to_json(self) -> dict[str, Any]:
        return _without(Event.to_json(self), _try_of(self.learning_rate))


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceEnd(Event):
    """A race ended or was stopped; belongs to no run, and `seconds` are those of all of its runs.

    Attributes:
        race: ULID of the race.
        state: `completed` or `stopped`.
        budget_seconds: Active time that each run might take; None without a limit.
        shared_seconds: Time that no run was charged for: reading images, computing for all what frozen layers give.
        standing: A `Place` for each strategy, in the order of the race.
        comparisons: Pairs of runs of the same seed, as `tlft compare --json` prints them.
        sentences: What the comparisons mean, in words.
    """

    name: ClassVar[str] = "race_end"
    race: str
    state: str
    budget_seconds: float | None
    shared_seconds: float
    standing: tuple[dict[str, Any], ...]
    comparisons: tuple[dict[str, Any], ...]
    sentences: tuple[str, ...]


def _try_of(learning_rate: float | None) -> tuple[str, ...]:
    return ("attempt", "learning_rate") if learning_rate is None else ()


def _without(data: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in names}
