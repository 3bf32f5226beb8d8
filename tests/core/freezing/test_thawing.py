"""What a plan and a thaw schedule mean together: phases that continue each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layer_samples import make_layer_tree
from tests.plan_samples import line_tree
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.freezing.thawing import (
    gradual_thaw,
    is_gradual,
    owners_of_stage,
    thaw_epochs,
    thawing_phases,
    trained_stages,
)
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import OptimizerKind, Phase, Strategy, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule

TREE = line_tree("a", "b", "c", "head")
DEEP = make_layer_tree(num_blocks=3)
PLANS = st.sets(st.sampled_from(DEEP.owners), max_size=len(DEEP.owners) - 1).map(
    lambda frozen: FreezePlan(frozenset(frozen))
)
SCHEDULES = st.dictionaries(st.sampled_from([*DEEP.stages, "gone"]), st.integers(0, 9)).map(
    lambda found: ThawSchedule(tuple(found.items()))
)


def whole(plan: FreezePlan | None = None, *, epochs: int = 10) -> Phase:
    return Phase("custom", plan or FreezePlan(), epochs, optimizer=OptimizerKind.SGD, learning_rate=0.01, patience=3)


def thaw(**epochs: int) -> ThawSchedule:
    return ThawSchedule(tuple(epochs.items()))


def test_without_a_schedule_it_stays_one_phase() -> None:
    assert thawing_phases(TREE, whole(), ThawSchedule()) == (whole(),)


def test_a_stage_that_thaws_later_divides_the_phase() -> None:
    first, second, third = thawing_phases(TREE, whole(), thaw(c=2, b=5, a=5))
    assert [phase.name for phase in (first, second, third)] == ["thaw head", "thaw c", "thaw a, b"]
    assert [sorted(phase.plan.frozen) for phase in (first, second, third)] == [["a", "b", "c"], ["a", "b"], []]
    assert [phase.epochs for phase in (first, second, third)] == [2, 3, 5]
    assert [phase.continues for phase in (first, second, third)] == [False, True, True]
    assert [phase.patience for phase in (first, second, third)] == [0, 0, 3]
    assert {phase.learning_rate for phase in (first, second, third)} == {0.01}


def test_what_never_trains_is_asked_by_nobody() -> None:
    plan = FreezePlan(frozenset({"a", "c"}), norm=NormPolicy.EVAL)
    first, second = thawing_phases(TREE, whole(plan), thaw(a=99, b=4, c=1))
    assert (first.plan.frozen, second.plan.frozen) == ({"a", "b", "c"}, {"a", "c"})
    assert {first.plan.norm, second.plan.norm} == {NormPolicy.EVAL}


def test_what_thaws_first_trains_from_the_start() -> None:
    assert thaw_epochs(TREE, FreezePlan(), thaw(a=7, b=7, c=4, head=3)) == {"a": 7, "b": 7, "c": 4, "head": 0}
    assert not is_gradual(TREE, FreezePlan(frozenset({"a", "b"})), thaw(a=1, b=1, c=4, head=4))
    assert thaw_epochs(TREE, FreezePlan(frozenset(TREE.owners)), thaw(a=1)) == {}
    assert not is_gradual(TREE, FreezePlan(frozenset(TREE.owners)), thaw(a=1))


@pytest.mark.parametrize("epoch", [10, 11, 10**9])
def test_a_stage_that_would_thaw_behind_the_end_is_named(epoch: int) -> None:
    with pytest.raises(InputError, match=f"Stage 'b' is to thaw after {epoch:,} epochs, but only 10 are trained"):
        thawing_phases(TREE, whole(), thaw(b=epoch))
    assert len(thawing_phases(TREE, whole(), thaw(b=9))) == 2


@pytest.mark.parametrize(
    ("epochs", "wanted"),
    [
        (8, {"a": 6, "b": 4, "c": 2, "head": 0}),
        (10, {"a": 7, "b": 5, "c": 2, "head": 0}),
        (2, {"a": 1, "b": 1, "c": 0, "head": 0}),
        (1, {"a": 0, "b": 0, "c": 0, "head": 0}),
    ],
)
def test_gradual_unfreezing_goes_from_the_head_to_the_front(epochs: int, wanted: dict[str, int]) -> None:
    found = gradual_thaw(TREE, FreezePlan(), epochs)
    assert thaw_epochs(TREE, FreezePlan(), found) == wanted
    assert sum(phase.epochs for phase in thawing_phases(TREE, whole(epochs=epochs), found)) == epochs


def test_gradual_unfreezing_of_a_plan_leaves_out_what_is_frozen() -> None:
    plan = preset_plan(TREE, Preset.LAST_STAGE)
    assert gradual_thaw(TREE, plan, 6) == thaw(c=3)
    assert gradual_thaw(TREE, FreezePlan(frozenset(TREE.owners)), 6) == ThawSchedule()


def test_many_stages_in_a_row_are_named_by_the_first_and_the_last() -> None:
    names = [phase.name for phase in thawing_phases(DEEP, whole(), ThawSchedule((("stem", 2),)))]
    assert names == ["thaw blocks.0 to head", "thaw stem"]


@given(PLANS, SCHEDULES)
def test_phases_train_more_and_more_and_in_the_end_what_the_plan_says(plan: FreezePlan, schedule: ThawSchedule) -> None:
    phases = thawing_phases(DEEP, whole(plan), schedule)
    assert Strategy.from_json(Strategy(StrategyKind.CUSTOM, phases).to_json()).phases == phases
    assert sum(phase.epochs for phase in phases) == 10
    assert phases[-1].plan == plan
    for earlier, later in pairwise(phases):
        assert earlier.plan.frozen > later.plan.frozen
    epochs = thaw_epochs(DEEP, plan, schedule)
    assert tuple(epochs) == trained_stages(DEEP, plan)
    passed = 0
    for phase in phases:
        awake = {stage for stage, epoch in epochs.items() if epoch <= passed}
        assert set(trained_stages(DEEP, phase.plan)) == awake
        passed += phase.epochs


def test_every_owner_belongs_to_one_stage() -> None:
    found = [owner for stage in DEEP.stages for owner in owners_of_stage(DEEP, stage)]
    assert sorted(found) == sorted(DEEP.owners)
