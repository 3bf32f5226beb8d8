"""Strategies on an axis of epochs, and the moves of its lanes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layer_samples import make_layer_tree
from tests.plan_samples import line_tree
from tlft_desktop.core.freezing.lanes import (
    rate_of_stage,
    timeline_of,
    with_stage_rate,
    with_stage_start,
)
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.freezing.strategies import StrategyOptions, build_strategy
from tlft_desktop.core.freezing.thawing import thaw_epochs, thawing_phases
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.networks import layer_tree

TREE = line_tree("a", "b", "head")
DEEP = make_layer_tree(num_blocks=2)
HEAD_ONLY = preset_plan(TREE, Preset.TRANSFER)


def build(kind: StrategyKind, *, head: HeadSolver | None = None) -> Strategy:
    options = StrategyOptions(epochs=6, head=head)
    return build_strategy(kind, TREE, num_train=1000, is_convolutional=True, options=options)


def starts(strategy: Strategy) -> dict[str, tuple[tuple[int, int], ...]]:
    timeline = timeline_of(TREE, strategy)
    return {lane.stage: timeline.intervals_of(lane) for lane in timeline.lanes}


def test_transfer_has_a_lane_for_the_head_without_epochs() -> None:
    assert starts(build(StrategyKind.TRANSFER)) == {"a": (), "b": (), "head": ((0, 0),)}
    assert timeline_of(TREE, build(StrategyKind.TRANSFER)).num_epochs == 0
    by_batches = build(StrategyKind.TRANSFER, head=HeadSolver.SGD)
    assert starts(by_batches) == {"a": (), "b": (), "head": ((0, 6),)}


def test_a_hybrid_has_the_head_first_and_then_everything_behind_a_gate() -> None:
    timeline = timeline_of(TREE, build(StrategyKind.HYBRID))
    assert [stretch.is_gated for stretch in timeline.stretches] == [False, True]
    assert starts(build(StrategyKind.HYBRID)) == {"a": ((0, 6),), "b": ((0, 6),), "head": ((0, 6),)}
    by_batches = build(StrategyKind.HYBRID, head=HeadSolver.SGD)
    assert starts(by_batches)["head"] == ((0, 26),)
    assert starts(by_batches)["a"] == ((20, 26),)


def test_gradual_unfreezing_has_a_stair() -> None:
    timeline = timeline_of(TREE, build(StrategyKind.GRADUAL))
    assert [stretch.is_gated for stretch in timeline.stretches] == [False, False, False]
    assert starts(build(StrategyKind.GRADUAL)) == {"a": ((4, 6),), "b": ((2, 6),), "head": ((0, 6),)}


def test_a_stage_that_rests_in_between_has_two_parts() -> None:
    plans = (FreezePlan(), FreezePlan(frozenset({"b"})), FreezePlan())
    phases = tuple(Phase(str(place), plan, 2) for place, plan in enumerate(plans))
    assert starts(Strategy(StrategyKind.CUSTOM, phases)) == {"a": ((0, 6),), "b": ((0, 2), (4, 6)), "head": ((0, 6),)}


def test_a_stage_of_which_some_layers_are_frozen_is_partial() -> None:
    plan = FreezePlan(frozenset({"blocks.0.conv0", "stem"})).with_rate("blocks.1.conv1", 0.1).with_rate("head", 5)
    timeline = timeline_of(DEEP, Strategy(StrategyKind.CUSTOM, (Phase("custom", plan, 3),)))
    lanes = {lane.stage: lane for lane in timeline.lanes}
    assert list(lanes) == ["stem", "blocks.0", "blocks.1", "head"]
    assert {stage: lane.is_partial for stage, lane in lanes.items()} == {
        "stem": False,
        "blocks.0": True,
        "blocks.1": False,
        "head": False,
    }
    assert lanes["stem"].is_frozen
    assert [lane.factor for lane in lanes.values()] == [1.0, 1.0, None, 5.0]


def test_a_rate_is_that_of_the_whole_stage() -> None:
    plan = FreezePlan().with_rate("blocks.1.conv1", 0.1).with_rate("blocks", 2.0)
    slow = with_stage_rate(DEEP, plan, "blocks.1", 0.123)
    assert rate_of_stage(DEEP, slow, "blocks.1") == 0.12
    assert rate_of_stage(DEEP, slow, "blocks.0") == 2.0
    assert rate_of_stage(DEEP, with_stage_rate(DEEP, slow, "blocks.1", 1.0), "blocks.1") == 1.0
    assert with_stage_rate(DEEP, slow, "blocks.1", 2.0) == plan.with_inherited_rate("blocks.1")


@pytest.mark.parametrize(("factor", "kept"), [(0.0, 0.001), (-3.0, 0.001), (1e9, 100.0), (0.0314, 0.031)])
def test_a_rate_stays_in_the_range_of_factors(factor: float, kept: float) -> None:
    assert rate_of_stage(TREE, with_stage_rate(TREE, FreezePlan(), "a", factor), "a") == kept


def move(plan: FreezePlan, thaw: ThawSchedule, stage: str, epoch: int) -> tuple[frozenset[str], dict[str, int]]:
    plan, thaw = with_stage_start(TREE, plan, thaw, stage, epoch, num_epochs=10)
    return plan.frozen, thaw_epochs(TREE, plan, thaw)


def test_a_lane_that_is_moved_thaws_or_freezes_its_stage() -> None:
    assert move(HEAD_ONLY, ThawSchedule(), "b", 4) == ({"a"}, {"b": 4, "head": 0})
    assert move(FreezePlan(), ThawSchedule(), "a", 3) == (frozenset(), {"a": 3, "b": 0, "head": 0})
    assert move(FreezePlan(), ThawSchedule((("b", 3),)), "b", 10) == ({"b"}, {"a": 0, "head": 0})
    assert move(FreezePlan(), ThawSchedule((("b", 3),)), "b", -2) == (frozenset(), {"a": 0, "b": 0, "head": 0})


def test_the_last_stage_that_trains_is_not_frozen() -> None:
    assert move(HEAD_ONLY, ThawSchedule(), "head", 10) == (HEAD_ONLY.frozen, {"head": 0})


def test_what_is_shown_holds_when_another_lane_is_moved() -> None:
    late = ThawSchedule((("a", 7), ("b", 5), ("head", 5)))
    assert thaw_epochs(TREE, FreezePlan(), late) == {"a": 7, "b": 0, "head": 0}
    assert move(FreezePlan(), late, "a", 3) == (frozenset(), {"a": 3, "b": 0, "head": 0})


def test_what_is_frozen_in_part_stays_so() -> None:
    plan = FreezePlan(frozenset({"blocks.0.conv0"}))
    moved, thaw = with_stage_start(DEEP, plan, ThawSchedule(), "blocks.0", 2, num_epochs=5)
    assert moved == plan
    assert thaw == ThawSchedule((("blocks.0", 2),))


@given(
    st.dictionaries(st.sampled_from(TREE.stages), st.integers(0, 9)),
    st.sampled_from(TREE.stages),
    st.integers(0, 9),
)
def test_lanes_show_the_schedule_that_made_them(found: dict[str, int], stage: str, epoch: int) -> None:
    plan, thaw = with_stage_start(TREE, FreezePlan(), ThawSchedule(tuple(found.items())), stage, epoch, num_epochs=10)
    phases = thawing_phases(TREE, Phase("custom", plan, 10), thaw)
    timeline = timeline_of(TREE, Strategy(StrategyKind.CUSTOM, phases))
    shown = {lane.stage: timeline.intervals_of(lane) for lane in timeline.lanes}
    assert shown == {name: ((start, 10),) for name, start in thaw_epochs(TREE, plan, thaw).items()}


@pytest.mark.parametrize("preset", [Preset.NORM_BIAS, Preset.LORA])
def test_what_trains_inside_of_frozen_layers_makes_a_stage_partial(preset: Preset) -> None:
    tree = layer_tree(DEFAULT_BACKBONE, 3, 64)
    phase = Phase("custom", preset_plan(tree, preset), 3)
    timeline = timeline_of(tree, Strategy(StrategyKind.CUSTOM, (phase,)))
    lanes = {lane.stage: lane for lane in timeline.lanes}
    assert lanes["blocks.3"].is_partial
    assert timeline.intervals_of(lanes["blocks.3"]) == ((0, 3),)
    assert not lanes["head"].is_partial


def test_a_stage_that_sleeps_has_no_adapters_until_it_thaws() -> None:
    tree = layer_tree(DEFAULT_BACKBONE, 3, 64)
    plan = preset_plan(tree, Preset.LORA).unfreeze(owner for owner in tree.owners if "blocks.6" in owner)
    first, second = thawing_phases(tree, Phase("custom", plan, 6), ThawSchedule((("blocks.6", 2),)))
    asleep = {owner for owner in tree.adapters(first.plan) if "blocks.6" in owner}
    assert not asleep
    assert any("blocks.5" in owner for owner in tree.adapters(first.plan))
    assert second.plan == plan
