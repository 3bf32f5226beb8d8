"""Chosen runs in words: of two which one is better, of several which are worse than the best one beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tlft_desktop.core.evaluation.chosen import ChosenRuns, chosen_runs, readable_answers
from tlft_desktop.core.evaluation.comparison import Comparison, compare_chosen
from tlft_desktop.core.number_words import duration, percent
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import SIGNIFICANT_P
from tlft_desktop.core.values.run import RunSummary

_FEWEST_RUNS = 3
_MAX_NAMES = 5


def verdict_on(store: RunStore, runs: Sequence[str]) -> tuple[str, bool]:
    """Return what comparing at least two runs says, and whether they can be compared.

    Of two it is the sentence about them, corrected for all pairs of the project where they are one of those that are
    compared unasked: who looks at pair after pair finds differences by chance. Of more, those without results are
    named and left out.

    Raises:
        InputError: If fewer than two have results, or one of two has none.
    """
    answers = [found for run in runs if (found := readable_answers(store, run)) is not None]
    if len(answers) < 2:
        # It says which one has none, and why.
        chosen_runs(store, runs)
    sentence, is_possible = _verdict(store, ChosenRuns(tuple(answers), is_named=True))
    judged = {item.summary.run for item in answers}
    left_out = ", ".join(f"'{store.summary(run).name}'" for run in runs if run not in judged)
    told = [sentence, *([f"Left out, being without results: {left_out}."] if left_out else [])]
    return " ".join(told), is_possible


def _verdict(store: RunStore, chosen: ChosenRuns) -> tuple[str, bool]:
    found = compare_chosen(chosen)
    if len(chosen.answers) < _FEWEST_RUNS:
        among_all = compare_chosen(chosen_runs(store)) if found[0].is_possible else []
        pair = next((item for item in among_all if {item.a, item.b} == {found[0].a, found[0].b}), found[0])
        return pair.sentence, pair.is_possible
    words = leading_words(found, {item.summary.run: item.summary for item in chosen.answers})
    obstacles = [item.sentence for item in found if not item.is_possible]
    return words or next(iter(obstacles), found[0].sentence), bool(words)


def leading_words(comparisons: Sequence[Comparison], summaries: Mapping[str, RunSummary]) -> str:
    """Say how the best of several runs stands against the others that it can be compared with; empty below three.

    Args:
        comparisons: As `compare_chosen` gives them: each run has one with the best, corrected for their number.
        summaries: The runs by identifier.
    """
    possible = [item for item in comparisons if item.is_possible]
    num_pairs = Counter(run for item in possible for run in (item.a, item.b))
    if not num_pairs:
        return ""
    # Of equally good ones the one that was compared with all, then the quickest.
    best = max(
        (summaries[run] for run in num_pairs),
        key=lambda run: (run.val_accuracy or 0.0, num_pairs[run.run], -run.total_seconds),
    )
    worse, level = _against(best, possible, summaries)
    if len(worse) + len(level) + 1 < _FEWEST_RUNS:
        return ""
    num_runs = len(worse) + len(level) + 1
    told = [f"Of {num_runs} runs '{best.name}' is right most often: {percent(best.val_accuracy)}."]
    if worse:
        told.append(f"Worse beyond chance: {_listed(worse)}.")
    if level:
        told.append(f"Not told apart from it: {_listed(level)}.")
        quickest = min((best, *level), key=lambda run: run.total_seconds)
        told.append(f"The quickest of these is '{quickest.name}': {duration(quickest.total_seconds)}.")
    return " ".join([*told, f"That is corrected for {len(possible)} comparisons (Holm)."])


def _against(
    best: RunSummary, comparisons: Sequence[Comparison], summaries: Mapping[str, RunSummary]
) -> tuple[list[RunSummary], list[RunSummary]]:
    """Return the runs that are worse than the best one beyond chance, and those that are not; the best ones first."""
    worse: list[RunSummary] = []
    level: list[RunSummary] = []
    for item in comparisons:
        if best.run in (item.a, item.b):
            other = summaries[item.b if item.a == best.run else item.a]
            is_worse = item.p_holm is not None and item.p_holm < SIGNIFICANT_P
            (worse if is_worse else level).append(other)
    for found in (worse, level):
        found.sort(key=lambda run: -(run.val_accuracy or 0.0))
    return worse, level


def _listed(runs: Sequence[RunSummary]) -> str:
    shown = ", ".join(f"'{run.name}' ({percent(run.val_accuracy)})" for run in runs[:_MAX_NAMES])
    return f"{shown} and {len(runs) - _MAX_NAMES} more" if len(runs) > _MAX_NAMES else shown
