"""How the strategies of a race stand: accuracies over all seeds, what ended their runs, and who is better, in words."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.budget_remarks import events_named, is_far_from_planned, uneven_tries
from tlft_desktop.core.evaluation.chosen import readable_answers
from tlft_desktop.core.evaluation.comparison import Comparison, compare_many, comparison_record, corrected
from tlft_desktop.core.evaluation.tries import SELECTED_FOR_COMPARISON, Tries, run_of, tries_of, with_tries
from tlft_desktop.core.runs.course import read_course
from tlft_desktop.core.runs.names import title_of
from tlft_desktop.core.runs.races import Race, RaceEntry
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import SIGNIFICANT_P, wilson_interval
from tlft_desktop.core.values.events import EpochEnd, FitEnd, FitStart, Notice
from tlft_desktop.core.values.race import DELETED, TRASHED, Place, RaceEnd
from tlft_desktop.core.values.run import RunState, RunSummary

_AT_ITS_END = (RunState.COMPLETED, RunState.FAILED, RunState.DAMAGED, TRASHED, DELETED)
_SO_FAR = "Not every run of the race is trained to its end: this is how they stand so far."


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a race.

    Attributes:
        places: One for each strategy, in the order of the race.
        comparisons: Pairs of completed runs of the same seed, seed after seed.
        sentences: What they mean, corrected for their number: of one seed the sentence of each pair, of several seeds
            one for each two strategies.
            Where runs were chosen from several tries, or some are still to train, a last one says what that does.
    """

    places: tuple[Place, ...]
    comparisons: tuple[Comparison, ...]
    sentences: tuple[str, ...]


def standing_of(store: RunStore, race: Race) -> Standing:
    """Return how a race stands, also while it is running; damaged and deleted runs are named in the remarks.

    Of several tries of a strategy with a seed only the one that counts has a place and is compared.
    """
    groups = [tries_of(store, race, place) for place in range(len(race.strategies))]
    places = [_place(store, race, place, groups[place]) for place in range(len(race.strategies))]
    comparisons: list[Comparison] = []
    for seed in race.seeds:
        counted = [run for own in groups for tries in own if tries.seed == seed and (run := tries.counted)]
        completed = [run.run for run in counted if run.state is RunState.COMPLETED]
        answers = [found for run in completed if (found := readable_answers(store, run)) is not None]
        comparisons += compare_many(answers)
    comparisons = corrected(comparisons)
    titles = {entry.run: title_of(race.kinds[entry.strategy]) for entry in race.entries if entry.run}
    several = len(race.seeds) > 1
    sentences = _over_seeds(comparisons, titles) if several else [comparison.sentence for comparison in comparisons]
    was_selected = any(len(tries.accuracies) > 1 for own in groups for tries in own)
    if was_selected and any(comparison.is_possible for comparison in comparisons):
        sentences = [*sentences, SELECTED_FOR_COMPARISON]
    if sentences and any(place.state not in _AT_ITS_END for place in places):
        sentences = [*sentences, _SO_FAR]
    return Standing(tuple(places), tuple(comparisons), tuple(sentences))


def entries_left(store: RunStore, race: Race) -> tuple[int, ...]:
    """Return the numbers of the entries that can still be trained: not started, resumable, or deleted since."""
    runs = (run_of(store, entry) for entry in race.entries)
    # A run that says it is running is refused by its resume, in a sentence.
    return tuple(
        place for place, run in enumerate(runs) if run is None or run.resumable or run.state is RunState.RUNNING
    )


def race_end(store: RunStore, race: Race) -> RaceEnd:
    """Return how a race stands, as its last event tells it; changes nothing, so it can be asked for at any time."""
    standing = standing_of(store, race)
    runs = [run for entry in race.entries if (run := run_of(store, entry)) is not None]
    return RaceEnd(
        seconds=round(sum(run.total_seconds for run in runs), 3),
        race=race.race,
        state=race.as_seen_now().state.value,
        budget_seconds=race.budget_seconds,
        shared_seconds=race.shared_seconds,
        standing=tuple(place.to_json() for place in standing.places),
        comparisons=tuple(comparison_record(store, comparison) for comparison in standing.comparisons),
        sentences=standing.sentences,
    )


def _place(store: RunStore, race: Race, number: int, groups: Sequence[Tries]) -> Place:
    kind = race.kinds[number]
    runs = {entry: run for tries in groups for entry, run in tries.runs.items()}
    counted = [run for tries in groups if (run := tries.counted) is not None]
    judged = [run for run in counted if run.val_accuracy is not None]
    states = [state for tries in groups for state in tries.states]
    accuracies = [run.val_accuracy or 0.0 for run in judged]
    mean = statistics.fmean(accuracies) if judged else None
    low, high = _interval(store, judged, mean) if judged and mean is not None else (None, None)
    seconds = [_best_seconds(store, run) for run in judged]
    trashed = {entry: run for tries in groups for entry, run in tries.trashed.items()}
    remarks = [_remark_on_entry(kind, entry, run, trashed.get(entry)) for entry, run in runs.items()]
    remarks = list(dict.fromkeys(remarks))
    remarks += [remark for run in counted for remark in _remarks_on_run(store, run, race.budget_seconds)]
    place = Place(
        strategy=kind,
        state=next((state for state in states if state != RunState.COMPLETED), RunState.COMPLETED.value),
        num_results=len(judged),
        accuracy=mean,
        low=low,
        high=high,
        lowest=min(accuracies, default=None),
        highest=max(accuracies, default=None),
        seconds=round(statistics.fmean(run.total_seconds for run in judged), 3) if judged else 0.0,
        best_seconds=round(statistics.fmean(seconds), 3) if seconds and all(map(math.isfinite, seconds)) else None,
        runs=tuple(run.run for run in counted),
        remarks=tuple(filter(None, remarks)),
    )
    if race.num_tries == 1:
        return place
    place, uneven = with_tries(place, groups), uneven_tries(store, kind, groups)
    return replace(place, remarks=(*place.remarks, uneven)) if uneven else place


def _interval(store: RunStore, runs: Sequence[RunSummary], mean: float) -> tuple[float | None, float | None]:
    """Return the Wilson interval of a mean accuracy; of one run the interval that it has itself."""
    if len(runs) == 1:
        return runs[0].low, runs[0].high
    num_images = next((start["num_val"] for run in runs for start in events_named(store, run, FitStart.name)), 0)
    return wilson_interval(round(mean * num_images), num_images) if num_images else (None, None)


def _best_seconds(store: RunStore, run: RunSummary) -> float:
    try:
        course = read_course(store, run.run)
    except InputError:
        return math.nan
    return dict(zip(course.epochs, course.seconds, strict=True)).get(run.best_epoch or 0, math.nan)


def _remark_on_entry(kind: str, entry: RaceEntry, run: RunSummary | None, trashed: RunSummary | None) -> str:
    problem = f"{title_of(kind)}: {entry.problem}" if entry.problem else ""
    if run is None and trashed is not None:
        return f"{trashed.name} lies in the trash of the project."
    if run is None:
        return f"The run {entry.run} was deleted." if entry.begun else problem
    if run.state is RunState.DAMAGED:
        return run.problem
    return f"{run.name} failed: {run.problem}" if run.state is RunState.FAILED else problem


def _remarks_on_run(store: RunStore, run: RunSummary, budget: float | None) -> Iterable[str]:
    """Yield what a time budget did to a completed run."""
    if budget is None or run.state is not RunState.COMPLETED:
        return
    ends = events_named(store, run, FitEnd.name)
    ended_by = ends[-1].get("budget") if ends else None
    if ended_by:
        yield f"{run.name}: {ended_by['message']}"
        if phase := _phase_without_an_epoch(store, run):
            yield (
                f"That was not enough for one epoch of phase '{phase}', so the result of {run.name} says little of "
                "what it could reach."
            )
        elif is_far_from_planned(store, run):
            yield f"That is less than a quarter of what was planned: with more time {run.name} could reach more."
    elif run.total_seconds < budget:
        yield f"{run.name} was done before its budget of {budget:g} s was used up: after {run.total_seconds:.1f} s."
    else:
        # Such as a head that is solved exactly, which cannot be cut short.
        told = [line["message"] for line in events_named(store, run, Notice.name) if line["kind"] == "budget"]
        yield from (f"{run.name}: {message}" for message in told[-1:])


def _phase_without_an_epoch(store: RunStore, run: RunSummary) -> str:
    """Return the name of the last phase where it ended within its first epoch; empty where it came further."""
    starts, ends = events_named(store, run, FitStart.name), events_named(store, run, EpochEnd.name)
    if not starts or not ends:
        return ""
    phase, numerics = str(ends[-1]["phase"]), starts[0]["numerics"]
    own = [end for end in ends if end["phase"] == phase]
    before = [end["step"] for end in ends if end["phase"] != phase]
    num_steps = own[-1]["step"] - max(before, default=0)
    return phase if num_steps < math.ceil(starts[0]["num_train"] / numerics["batch"]) and len(own) == 1 else ""


def _over_seeds(comparisons: Sequence[Comparison], titles: dict[str, str]) -> list[str]:
    """Return a sentence for each two strategies: with how many seeds one is measurably better, and by how much."""
    pairs: dict[tuple[str, str], list[Comparison]] = {}
    for comparison in comparisons:
        if comparison.is_possible:
            pairs.setdefault((titles[comparison.a], titles[comparison.b]), []).append(comparison)
    return [_pair_sentence(first, second, found) for (first, second), found in pairs.items()]


def _pair_sentence(first: str, second: str, found: Sequence[Comparison]) -> str:
    points = [comparison.difference_points or 0.0 for comparison in found]
    if statistics.fmean(points) < 0:
        first, second, points = second, first, [-value for value in points]
    measured = [
        value
        for value, comparison in zip(points, found, strict=True)
        if comparison.p_holm is not None and comparison.p_holm < SIGNIFICANT_P
    ]
    better, worse = sum(value > 0 for value in measured), sum(value < 0 for value in measured)
    return (
        f"Of {len(found)} seeds, {first} is measurably better than {second} with {better} and measurably worse with "
        f"{worse}; it is ahead by {statistics.fmean(points):.1f} points on average ({min(points):.1f} to "
        f"{max(points):.1f})."
    )
