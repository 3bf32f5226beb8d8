"""What a race of strategies tells beside the events of its runs: where it stands, who took part, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.strategy import StrategyKind

DEFAULT_STRATEGIES = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)
WAITING = "waiting"
"""The state of what was not started."""


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
class Place:
    """How a strategy of a race did, over all of its seeds that have a result.

    Attributes:
        strategy: Its kind.
        state: `completed` where the runs of all seeds are; else the state of the first one that is not, `waiting`
            where it was not started.
        num_results: Seeds with a result.
        accuracy: Mean of the best validation accuracies, a fraction; None before the first result.
        low, high: 95 % Wilson interval of that mean on the validation images, which are the same for every seed: it
            does not get narrower with more of them.
        lowest, highest: Over the seeds.
        seconds: Mean active time of the runs with a result.
        best_seconds: Mean active time at the end of their best epochs; None where the files do not say.
        runs: Identifiers in the order of the seeds, of those that were started.
        remarks: Sentences: what ended the runs, and what went wrong.
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
    """

    name: ClassVar[str] = "race_start"
    race: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    budget_seconds: float | None
    manifest: str
    num_entries: int
    num_done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStart(Event):
    """A run of the race is made or goes on; its own events follow.

    Attributes:
        race: ULID of the race.
        entry: Number of the run in the race, from 0.
        num_entries: Runs of the whole race.
        strategy, seed: What it trains.
        resumed: Whether it goes on where it was stopped.
    """

    name: ClassVar[str] = "entry_start"
    race: str
    entry: int
    num_entries: int
    strategy: str
    seed: int
    resumed: bool


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
