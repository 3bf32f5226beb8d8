"""Races with the real network: equal conditions, stops, kills, edits and deletions in between, and the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from tests.run_samples import new_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import exclude
from tlft_desktop.core.errors import ExitCode, InputError, UsageError
from tlft_desktop.core.evaluation.comparison import compare_runs
from tlft_desktop.core.evaluation.standing import race_end
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.freezing.strategies import at_rate, peak_rate
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd, Event, FitEnd, FitStart, Notice, PhaseStart
from tlft_desktop.core.values.race import EntryEnd, EntryStart, Place, RaceEnd, RaceStart, RaceState
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.core.workflows.race import RaceOptions, resume_race, run_race
from tlft_desktop.core.workflows.repeat import command_of
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow
KINDS = (StrategyKind.TRANSFER, StrategyKind.LAST_STAGE)
HEADS = (StrategyKind.TRANSFER, StrategyKind.CUSTOM)
"""Two that solve a head in a moment, with the plan of the fixture `heads`."""
OPTIONS = RaceOptions(threads=1, device="cpu", budget_seconds=0.6)
AnyEvent = TypeVar("AnyEvent", bound=Event)


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


@pytest.fixture
def heads(project: Project) -> Project:
    """Return the project with a plan that freezes everything but the head."""
    plan = preset_plan(layer_tree_of(project), Preset.TRANSFER)
    project.save(replace(project.config, plan=plan))
    return project


def race(
    project: Project, profile: Path, kinds: tuple[StrategyKind, ...] = KINDS, *, options: RaceOptions = OPTIONS
) -> list[Event]:
    return list(run_race(project, kinds, options=options, paths=AppPaths.below(profile), control=Control()))


def resume(project: Project, profile: Path) -> list[Event]:
    last = RaceStore(project.root).resolve("last")
    return list(resume_race(project, last, paths=AppPaths.below(profile), control=Control()))


def of(events: list[Event], kind: type[AnyEvent]) -> list[AnyEvent]:
    return [event for event in events if isinstance(event, kind)]


def stop_within(project: Project, profile: Path, entry: int, options: RaceOptions = OPTIONS) -> list[Event]:
    """Race, and ask for a stop after the first epoch of a run."""
    control, told, number = Control(), [], -1
    for event in run_race(project, KINDS, options=options, paths=AppPaths.below(profile), control=control):
        told.append(event)
        number += isinstance(event, EntryStart)
        if isinstance(event, EpochEnd) and number == entry:
            control.request_stop()
    return told


def test_all_runs_have_equal_conditions_and_their_numbers_are_those_of_the_race(
    project: Project, profile: Path
) -> None:
    events = race(project, profile, (StrategyKind.TRANSFER, StrategyKind.LAST_STAGE, StrategyKind.HYBRID))
    assert isinstance(events[0], RaceStart)
    assert isinstance(events[-1], RaceEnd)
    starts, ends, runs = of(events, EntryStart), of(events, EntryEnd), RunStore(project.root)
    assert [start.strategy for start in starts] == ["transfer", "last-stage", "hybrid"]
    assert [end.run for end in ends] == [start.run for start in starts] == runs.ids()
    first, *others = (runs.config(run) for run in runs.ids())
    for other in others:
        assert replace(other, run=first.run, strategy=first.strategy, started=first.started) == first
    assert (first.seed, first.budget_seconds) == (0, OPTIONS.budget_seconds)
    caches = {phase.phase: phase.cache for phase in of(events, PhaseStart) if phase.cache}
    assert {name: cache["hit"] for name, cache in caches.items()} == {"head": True, "last stage": True}
    summaries = runs.summaries()
    (end,) = of(events, RaceEnd)
    assert (end.state, [place["state"] for place in end.standing]) == ("completed", 3 * ["completed"])
    for summary, place, ended in zip(summaries, end.standing, ends, strict=True):
        assert (place["accuracy"], place["low"], place["high"]) == (summary.val_accuracy, summary.low, summary.high)
        assert (ended.val_accuracy, ended.seconds) == (summary.val_accuracy, summary.total_seconds)
        assert (place["seconds"], place["runs"]) == (summary.total_seconds, (summary.run,))
        assert ended.exit_code == ExitCode.DONE
    assert [comparison["sentence"] for comparison in end.comparisons] == list(end.sentences)
    assert list(end.sentences) == [comparison.sentence for comparison in compare_runs(runs, runs.ids())]
    assert end.shared_seconds > 0
    stored = RaceStore(project.root).load(end.race)
    assert (stored.state, race_end(runs, stored)) == (RaceState.COMPLETED, end)
    with pytest.raises(InputError, match="nothing of it is left to train"):
        resume(project, profile)
    RaceStore(project.root).save(replace(stored, state=RaceState.RUNNING))
    again = resume(project, profile)
    assert [event.name for event in again] == ["race_start", "race_end"], "killed behind its last run"
    assert (again[-1], RaceStore(project.root).load(end.race).state) == (end, RaceState.COMPLETED)


def test_seeds_follow_each_other_and_what_is_done_early_says_so(heads: Project, profile: Path) -> None:
    options = replace(OPTIONS, num_seeds=2, budget_seconds=600.0)
    told, control = [], Control()
    for event in run_race(heads, HEADS, options=options, paths=AppPaths.below(profile), control=control):
        told.append(event)
        if isinstance(event, EntryEnd) and event.entry == 2:
            control.request_stop()
    runs = RunStore(heads.root)
    starts = of(told, EntryStart)
    assert [(start.strategy, start.seed) for start in starts] == [("transfer", 0), ("custom", 0), ("transfer", 1)]
    assert [runs.config(start.run).seed for start in starts] == [0, 0, 1]
    (end,) = of(told, RaceEnd)
    transfer, custom = end.standing
    assert (end.state, transfer["state"], custom["state"]) == ("stopped", "completed", "waiting")
    assert (transfer["num_results"], custom["num_results"]) == (2, 1)
    assert "was done before its budget of 600 s was used up" in transfer["remarks"][0]


def test_a_stopped_race_goes_on_with_the_run_in_work_but_not_with_other_images(project: Project, profile: Path) -> None:
    told = stop_within(project, profile, 1)
    first, second = of(told, EntryEnd)
    assert (first.state, second.state, second.exit_code) == ("completed", "stopped", ExitCode.STOPPED)
    assert of(told, RaceEnd)[0].state == "stopped"

    edits, config = exclude(project.edited_manifest, [project.manifest.records[0].path]), project.config
    project.edits.append(edits)
    before = RunStore(project.root).summaries()
    with pytest.raises(InputError, match="their division changed since the race began"):
        resume(project, profile)
    project.edits.undo(edits)
    project.save(replace(config, image_size=48))
    with pytest.raises(InputError, match=r"at 32 pixels, and the project has .* at 48 pixels now"):
        resume(project, profile)
    project.save(config)
    assert RunStore(project.root).summaries() == before

    again = resume(project, profile)
    (start,) = of(again, EntryStart)
    assert (start.run, start.resumed, of(again, RaceStart)[0].num_done) == (second.run, True, 1)
    assert of(again, RaceEnd)[0].state == "completed"
    assert RunStore(project.root).ids() == [first.run, second.run]


def test_a_change_while_it_trains_ends_the_race_before_the_next_run(project: Project, profile: Path) -> None:
    events = run_race(project, KINDS, options=OPTIONS, paths=AppPaths.below(profile), control=Control())
    next(event for event in events if isinstance(event, FitEnd))
    project.edits.append(exclude(project.edited_manifest, [project.manifest.records[0].path]))
    with pytest.raises(InputError, match="changed since the race began"):
        list(events)
    assert len(RunStore(project.root).ids()) == 1
    store = RaceStore(project.root)
    assert store.load(store.resolve("last")).state is RaceState.STOPPED


def test_a_run_that_was_deleted_is_trained_again(heads: Project, profile: Path) -> None:
    runs = RunStore(heads.root)
    first = of(race(heads, profile, HEADS), EntryEnd)[0].run
    runs.move_to_trash(first)
    events = resume(heads, profile)
    assert [notice.message for notice in of(events, Notice) if notice.kind == "race"] == [
        f"The run {first} (transfer) is in the trash of the project, so it is trained again."
    ]
    (start,) = of(events, EntryStart)
    assert (start.strategy, start.resumed, of(events, RaceStart)[0].num_done) == ("transfer", False, 1)
    assert start.run != first
    end = of(events, RaceEnd)[0]
    assert [place["state"] for place in end.standing] == ["completed", "completed"]
    assert end.standing[0]["runs"] == (start.run,)


def test_a_run_that_was_chosen_and_never_made_is_no_deleted_one(heads: Project, profile: Path) -> None:
    events = run_race(heads, HEADS, options=OPTIONS, paths=AppPaths.below(profile), control=Control())
    with closing(events):  # type: ignore[type-var]
        start = next(event for event in events if isinstance(event, EntryStart))
    store = RaceStore(heads.root)
    left = store.load(store.resolve("last"))
    assert (left.state, left.entries[0].run, left.entries[0].begun) == (RaceState.STOPPED, start.run, False)
    events = resume_race(heads, left.race, paths=AppPaths.below(profile), control=Control())
    told = []
    with closing(events):  # type: ignore[type-var]
        for event in events:
            told.append(event)
            if isinstance(event, FitStart):
                break
    assert [notice.message for notice in of(told, Notice)] == []
    left = store.load(left.race)
    assert (left.entries[0].run, left.entries[0].begun) == (of(told, FitStart)[0].run, True)


def test_a_run_that_cannot_start_ends_itself_only(
    heads: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = RunStore.create

    def refuse_transfer(store: RunStore, config: object) -> Path:
        if config.strategy.kind is StrategyKind.TRANSFER:  # type: ignore[attr-defined]
            raise InputError("Not this one.")
        return create(store, config)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(RunStore, "create", refuse_transfer)
        events = race(heads, profile, HEADS)
    first, second = of(events, EntryEnd)
    assert (first.state, first.problem, first.exit_code) == ("failed", "Not this one.", ExitCode.BAD_INPUT)
    assert second.state == RunState.COMPLETED
    end = of(events, RaceEnd)[0]
    assert (end.state, end.standing[0]["remarks"]) == ("stopped", ("transfer: Not this one.",))
    end = of(resume(heads, profile), RaceEnd)[0]
    assert (end.state, "transfer: Not this one." in end.standing[0]["remarks"]) == ("completed", False)


def test_no_run_pays_for_a_frozen_front_also_where_nothing_of_it_is_shared(project: Project, profile: Path) -> None:
    options = TrainOptions(device=OPTIONS.device, threads=OPTIONS.threads, numeric=OPTIONS.numeric)
    list(
        run_experiment(
            project, StrategyKind.TRANSFER, options=options, paths=AppPaths.below(profile), control=Control()
        )
    )
    events = race(project, profile, (StrategyKind.TRANSFER, StrategyKind.LAST_STAGE))
    caches = {phase.phase: phase.cache["hit"] for phase in of(events, PhaseStart) if phase.cache}
    assert caches == {"head": True, "last stage": True}


def test_every_strategy_tries_the_same_factors_under_the_same_conditions(project: Project, profile: Path) -> None:
    options = replace(OPTIONS, num_seeds=2, num_tries=3, budget_seconds=0.3)
    kinds = (StrategyKind.TRANSFER, StrategyKind.LAST_STAGE, StrategyKind.NORM_BIAS)
    events, runs = race(project, profile, kinds, options=options), RunStore(project.root)
    (start,), starts, ends = of(events, RaceStart), of(events, EntryStart), of(events, EntryEnd)
    assert start.rates[0] == ()
    assert [[rate / rates[0] for rate in rates] for rates in start.rates[1:]] == 2 * [
        pytest.approx([1, 1 / 3, 3], rel=1e-5)
    ]
    tuned = ("last-stage", "norm-bias")
    order = [("transfer", 0), *((kind, attempt) for attempt in (0, 1, 2) for kind in tuned)]
    assert [(each.strategy, each.attempt) for each in starts] == 2 * order
    assert [each.seed for each in starts] == 7 * [0] + 7 * [1]
    assert [(end.attempt, end.learning_rate) for end in ends] == [(each.attempt, each.learning_rate) for each in starts]
    configs = [runs.config(each.run) for each in starts]
    for config, each in zip(configs, starts, strict=True):
        own, first = config.strategy, configs[kinds.index(StrategyKind(each.strategy))]
        assert peak_rate(own) == each.learning_rate
        plain = replace(config, run=first.run, started=first.started, seed=first.seed, strategy=first.strategy)
        assert plain == first, "but for rate and seed"
        assert own == (first.strategy if each.learning_rate is None else at_rate(first.strategy, each.learning_rate))
        words = command_of(project, each.run).arguments
        assert ("--lr" in words) is (each.attempt > 0)
        if each.attempt:
            assert float(words[words.index("--lr") + 1]) == each.learning_rate
    (end,) = of(events, RaceEnd)
    places = [Place.from_json(place) for place in end.standing]
    assert [(place.num_tries, len(place.tries)) for place in places] == [(1, 0), (3, 6), (3, 6)]
    for place in places[1:]:
        for seed in (0, 1):
            own = [each for each in place.tries if each.seed == seed]
            best = max(each.accuracy or 0.0 for each in own)
            assert [each.attempt for each in own if each.counts] == [[each.accuracy for each in own].index(best)]
        assert place.runs == tuple(each.run for each in place.tries if each.counts)
        assert place.tries_seconds == pytest.approx(sum(each.seconds for each in place.tries) / 2, abs=1e-3)
    compared = {run for comparison in end.comparisons for run in (comparison["a"], comparison["b"])}
    assert compared == {run for place in places for run in place.runs}
    stored = RaceStore(project.root).load(end.race)
    assert (stored.state, race_end(runs, stored)) == (RaceState.COMPLETED, end)


def test_a_race_stopped_between_its_tries_goes_on_with_their_rates(project: Project, profile: Path) -> None:
    options = replace(OPTIONS, num_tries=3)
    told = stop_within(project, profile, 2, options)
    stopped = of(told, EntryEnd)[-1]
    assert (stopped.attempt, stopped.state) == (1, "stopped")
    project.save(replace(project.config, plan=preset_plan(layer_tree_of(project), Preset.TRANSFER)))
    RunStore(project.root).move_to_trash(of(told, EntryEnd)[1].run)
    again = resume(project, profile)
    starts = of(again, EntryStart)
    rates = of(told, RaceStart)[0].rates[1]
    assert [(start.attempt, start.learning_rate, start.resumed) for start in starts] == [
        (0, rates[0], False), (1, rates[1], True), (2, rates[2], False),
    ]  # fmt: skip
    assert [peak_rate(RunStore(project.root).config(start.run).strategy) for start in starts] == list(rates)
    assert (of(again, RaceStart)[0].rates, of(again, RaceEnd)[0].state) == (((), rates), "completed")


def test_what_cannot_be_raced_is_refused_before_anything_is_made(project: Project, profile: Path) -> None:
    cases: tuple[tuple[tuple[StrategyKind, ...], dict[str, object], str], ...] = (
        (KINDS[:1], {}, "at least two strategies"),
        ((*KINDS, KINDS[0]), {}, "each named once"),
        (KINDS, {"num_seeds": 0}, "at least one seed, got 0"),
        (KINDS, {"num_seeds": -3}, "at least one seed, got -3"),
        (KINDS, {"num_tries": 0}, "can try 1 to 9 learning rates, not 0"),
        (KINDS, {"num_tries": 10}, "can try 1 to 9 learning rates, not 10"),
        (KINDS, {"budget_seconds": 0.0}, "above zero"),
        (KINDS, {"device": "cuda:99"}, "cuda:99"),
    )
    for kinds, changes, words in cases:
        with pytest.raises((UsageError, InputError), match=words):
            race(project, profile, kinds, options=replace(OPTIONS, **changes))  # type: ignore[arg-type]
    assert (RunStore(project.root).ids(), RaceStore(project.root).ids()) == ([], [])
