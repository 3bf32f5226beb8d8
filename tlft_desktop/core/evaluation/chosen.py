"""Which runs of a project are compared with each other, with what they answered, and which are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.tries import beaten_tries
from tlft_desktop.core.runs.predictions import Predictions, read_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunSummary

MAX_RUNS_ALL_PAIRS = 6
"""Of more runs that nobody named, each is compared with the best one only."""


@dataclass(frozen=True, slots=True)
class RunAnswers:
    """A run and what it answered for its validation images."""

    summary: RunSummary
    predictions: Predictions


@dataclass(frozen=True, slots=True)
class ChosenRuns:
    """Runs that are compared together.

    Attributes:
        answers: The runs with what they answered, at least two.
        is_named: Whether somebody named them; else they are those of the project that have results.
        num_beaten: Runs that were left out, being tries of a race that another one of the same strategy beat.
        num_unreadable: Races that cannot be read, so that their tries were not left out.
    """

    answers: tuple[RunAnswers, ...]
    is_named: bool = False
    num_beaten: int = 0
    num_unreadable: int = 0

    @property
    def is_each_pair(self) -> bool:
        """Whether each is compared with each other one, not with the best one only."""
        return self.is_named or len(self.answers) <= MAX_RUNS_ALL_PAIRS

    @property
    def left_out(self) -> tuple[str, ...]:
        """Which runs are left out and how to get them, in sentences; empty where none is."""
        found = []
        if self.num_beaten:
            found.append(
                "Learning rates that a race tried and that were not the best of their strategy are left out "
                f"({self.num_beaten} of the runs with results); name runs to compare them, too."
            )
        if self.num_unreadable:
            found.append(
                f"Races that cannot be read: {self.num_unreadable}; learning rates that they tried count as runs like "
                "others. `tlft check` names them."
            )
        return tuple(found)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is not compared and how to get it, in sentences."""
        pairs = (
            f"Of these {len(self.answers)} runs each is compared with the best one only; name runs to compare others "
            "with each other."
        )
        return self.left_out if self.is_each_pair else (pairs, *self.left_out)


def chosen_runs(store: RunStore, refs: Sequence[str] = (), *, with_beaten: bool = False) -> ChosenRuns:
    """Return the runs that `refs` name with their answers; those of the project that have results where none is named.

    Args:
        store: The runs of the project.
        refs: Which runs, as `RunStore.resolve` understands them.
        with_beaten: Whether tries of a race that another one beat stay among runs that nobody named.

    Raises:
        InputError: If fewer than two runs have results, or a named one has none.
    """
    if refs:
        named = dict.fromkeys(store.resolve(ref) for ref in refs)
        chosen = ChosenRuns(tuple(run_answers(store, run) for run in named), is_named=True)
    else:
        found = [answers for run in store.ids() if (answers := readable_answers(store, run)) is not None]
        chosen = ChosenRuns(tuple(found)) if with_beaten else without_beaten(store, found)
    if len(chosen.answers) < 2:
        raise InputError("Two runs with results are needed for a comparison.", remedy="`tlft runs` lists the runs.")
    return chosen


def without_beaten(store: RunStore, answers: Iterable[RunAnswers]) -> ChosenRuns:
    """Return runs that nobody named, without tries of a race that another one beat; all where one would be left.

    Their strategy is there with its best rate. They would only make the correction for many comparisons harder.
    """
    found = tuple(answers)
    beaten = beaten_tries(store)
    kept = tuple(item for item in found if item.summary.run not in beaten.runs)
    if len(kept) < 2:
        return ChosenRuns(found)
    return ChosenRuns(kept, num_beaten=len(found) - len(kept), num_unreadable=beaten.num_unreadable)


def run_answers(store: RunStore, run: str) -> RunAnswers:
    """Return a run with what it answered for its validation images.

    Raises:
        InputError: If there is no such run, it stored no answers, or they are damaged.
    """
    summary, predictions = store.summary(run), read_predictions(store.folder(run))
    if predictions is None:
        raise InputError(
            f"The run '{summary.name}' has no results: it was not trained to its end.",
            remedy="Train it to its end first.",
        )
    return RunAnswers(summary, predictions)


def readable_answers(store: RunStore, run: str) -> RunAnswers | None:
    """Return a run with its answers; None where it has none, or they cannot be read."""
    try:
        predictions = read_predictions(store.folder(run))
    except InputError:
        # `tlft runs` and `tlft check` name it; the others can still be compared.
        return None
    return None if predictions is None else RunAnswers(store.summary(run), predictions)
