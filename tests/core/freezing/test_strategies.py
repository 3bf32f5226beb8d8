"""The ways to a classifier: defaults by the number of images, and options that fit."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.plan_samples import line_tree
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.freezing.strategies import StrategyOptions, build_strategy, usual_batch
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.layer_tree import build_layer_tree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import (
    Augmentation,
    HeadSolver,
    OptimizerKind,
    Strategy,
    StrategyKind,
)
from tlft_desktop.core.values.thaw import ThawSchedule

TREE = line_tree("a", "b", "head")
HEAD_ONLY = preset_plan(TREE, Preset.TRANSFER)
PARTLY = FreezePlan(frozenset({"a"}), norm=NormPolicy.EVAL)


def build(
    kind: StrategyKind,
    *,
    num_train: int = 1000,
    is_convolutional: bool = True,
    plan: FreezePlan | None = None,
    **options: Any,
) -> Strategy:
    return build_strategy(
        kind,
        TREE,
        num_train=num_train,
        is_convolutional=is_convolutional,
        plan=plan,
        options=StrategyOptions(**options),
    )


def test_transfer_is_one_phase_solved_exactly() -> None:
    (phase,) = build(StrategyKind.TRANSFER).phases
    assert phase.plan == HEAD_ONLY
    assert phase.head is HeadSolver.CONVEX
    assert (phase.views, phase.augmentation) == (1, Augmentation.NONE)
    assert build(StrategyKind.TRANSFER, epochs=9).phases[0].epochs == 9


def test_without_options_all_are_defaults() -> None:
    plain = build_strategy(StrategyKind.HYBRID, TREE, num_train=1000, is_convolutional=True)
    assert plain == build(StrategyKind.HYBRID)
    assert plain.target is None


@pytest.mark.parametrize(("num_train", "batch"), [(1, 16), (199, 16), (200, 32), (10_000_000, 32)])
def test_steps_of_few_images_look_at_fewer(num_train: int, batch: int) -> None:
    assert usual_batch(num_train) == batch


@pytest.mark.parametrize(
    ("num_train", "epochs", "tuned_epochs", "norm", "augmentation", "smoothing", "patience"),
    [
        (10, 15, 20, NormPolicy.AFFINE, Augmentation.LIGHT, 0.0, 0),
        (199, 15, 20, NormPolicy.AFFINE, Augmentation.LIGHT, 0.0, 0),
        (200, 30, 20, NormPolicy.AFFINE, Augmentation.STANDARD, 0.1, 8),
        (1_999, 30, 20, NormPolicy.AFFINE, Augmentation.STANDARD, 0.1, 8),
        (2_000, 20, 15, NormPolicy.FULL, Augmentation.STANDARD, 0.1, 6),
        (20_000, 12, 10, NormPolicy.FULL, Augmentation.STANDARD, 0.1, 5),
        (10_000_000, 12, 10, NormPolicy.FULL, Augmentation.STANDARD, 0.1, 5),
    ],
)
def test_defaults_follow_the_number_of_images(
    num_train: int,
    epochs: int,
    tuned_epochs: int,
    norm: NormPolicy,
    augmentation: Augmentation,
    smoothing: float,
    patience: int,
) -> None:
    (tuning,) = build(StrategyKind.FINETUNE, num_train=num_train).phases
    second = build(StrategyKind.HYBRID, num_train=num_train).phases[1]
    assert (tuning.epochs, second.epochs) == (epochs, tuned_epochs)
    assert tuning.plan == FreezePlan(norm=norm)
    assert second.plan == tuning.plan
    for phase in (tuning, second):
        assert (phase.augmentation, phase.label_smoothing, phase.patience) == (augmentation, smoothing, patience)
        assert phase.views == 0


def test_hybrid_goes_on_from_the_head_which_learns_no_faster_than_the_rest() -> None:
    hybrid = build(StrategyKind.HYBRID, target=0.9)
    first, second = hybrid.phases
    (alone,) = build(StrategyKind.FINETUNE).phases
    assert first == build(StrategyKind.TRANSFER).phases[0]
    assert hybrid.target == 0.9
    assert second.learning_rate == alone.learning_rate
    assert second.head_learning_rate == second.learning_rate < alone.head_learning_rate
    assert second.layer_decay == alone.layer_decay == 1.0


def test_options_of_the_hybrid_are_for_its_second_phase() -> None:
    first, second = build(
        StrategyKind.HYBRID, epochs=3, learning_rate=2e-3, optimizer=OptimizerKind.SGD, views=4, mixup=0.2
    ).phases
    assert first == build(StrategyKind.TRANSFER).phases[0]
    assert (second.epochs, second.learning_rate, second.optimizer, second.views) == (3, 2e-3, OptimizerKind.SGD, 4)
    assert second.mixup == 0.2


def test_hybrid_with_a_head_by_batches() -> None:
    first, second = build(StrategyKind.HYBRID, head=HeadSolver.SGD).phases
    assert first.head is HeadSolver.SGD
    assert first.plan == HEAD_ONLY
    assert second == build(StrategyKind.HYBRID).phases[1]


def test_transformers_get_a_tenth_of_the_rate_and_a_decay_by_layer() -> None:
    for kind in (StrategyKind.FINETUNE, StrategyKind.HYBRID):
        cnn, transformer = (build(kind, is_convolutional=flag).phases[-1] for flag in (True, False))
        assert transformer.learning_rate == pytest.approx(cnn.learning_rate / 10)
        assert transformer.layer_decay == 0.75


def test_sgd_has_its_own_rates_and_decay() -> None:
    for kind, options in ((StrategyKind.FINETUNE, {}), (StrategyKind.TRANSFER, {"head": HeadSolver.SGD})):
        adamw = build(kind, optimizer=OptimizerKind.ADAMW, **options).phases[0]
        sgd = build(kind, optimizer=OptimizerKind.SGD, **options).phases[0]
        assert sgd.head_learning_rate == pytest.approx(10 * adamw.head_learning_rate)
        assert (adamw.weight_decay, sgd.weight_decay) == (0.01, 5e-4)


def test_a_head_by_batches_takes_the_options() -> None:
    (phase,) = build(
        StrategyKind.TRANSFER,
        head=HeadSolver.SGD,
        epochs=5,
        learning_rate=0.2,
        optimizer=OptimizerKind.SGD,
        views=6,
        flip=False,
        balance_classes=True,
    ).phases
    assert (phase.epochs, phase.head_learning_rate, phase.optimizer) == (5, 0.2, OptimizerKind.SGD)
    assert (phase.views, phase.augmentation, phase.flip, phase.balance_classes) == (6, Augmentation.LIGHT, False, True)
    (plain,) = build(StrategyKind.TRANSFER, head=HeadSolver.SGD).phases
    assert (plain.epochs, plain.views, plain.augmentation) == (20, 1, Augmentation.NONE)


def test_one_view_means_no_augmentation() -> None:
    assert build(StrategyKind.FINETUNE, views=1).phases[0].augmentation is Augmentation.NONE
    assert build(StrategyKind.FINETUNE, views=2).phases[0].augmentation is Augmentation.STANDARD


@pytest.mark.parametrize("kind", list(StrategyKind))
def test_flip_and_balance_reach_every_phase_that_can_use_them(kind: StrategyKind) -> None:
    phases = build(kind, flip=False, balance_classes=True).phases
    assert all(phase.balance_classes for phase in phases)
    assert all(not phase.flip for phase in phases if phase.head is not HeadSolver.CONVEX)


@pytest.mark.parametrize(
    ("kind", "name", "preset"),
    [
        (StrategyKind.LAST_STAGE, "last stage", Preset.LAST_STAGE),
        (StrategyKind.NORM_BIAS, "norms and biases", Preset.NORM_BIAS),
        (StrategyKind.LORA, "adapters", Preset.LORA),
    ],
)
def test_ways_between_train_a_preset_from_the_start(kind: StrategyKind, name: str, preset: Preset) -> None:
    tree = build_layer_tree(find_backbone(DEFAULT_BACKBONE), num_classes=3, image_size=64)
    for num_train, norm in ((100, NormPolicy.AFFINE), (1000, NormPolicy.AFFINE), (5000, NormPolicy.FULL)):
        strategies = {
            other: build_strategy(other, tree, num_train=num_train, is_convolutional=True)
            for other in (kind, StrategyKind.FINETUNE)
        }
        (phase,), (whole,) = (strategy.phases for strategy in strategies.values())
        assert strategies[kind].kind is kind
        assert (phase.name, phase.plan) == (name, preset_plan(tree, preset, norm=norm))
        assert phase.head_learning_rate == pytest.approx(whole.head_learning_rate)
        assert (phase.epochs, phase.augmentation) == (whole.epochs, whole.augmentation)


def test_few_parameters_take_larger_steps_in_all_stages() -> None:
    tree = build_layer_tree(find_backbone(DEFAULT_BACKBONE), num_classes=3, image_size=64)
    for is_convolutional in (True, False):
        few, whole = (
            build_strategy(kind, tree, num_train=500, is_convolutional=is_convolutional).phases[0]
            for kind in (StrategyKind.NORM_BIAS, StrategyKind.FINETUNE)
        )
        assert few.learning_rate == pytest.approx(30 * whole.learning_rate)
        assert few.layer_decay == 1
        assert whole.layer_decay == (1 if is_convolutional else 0.75)
    (wanted,) = build_strategy(
        StrategyKind.NORM_BIAS,
        tree,
        num_train=500,
        is_convolutional=True,
        options=StrategyOptions(learning_rate=3e-2),
    ).phases
    assert (wanted.learning_rate, wanted.head_learning_rate) == (3e-2, pytest.approx(1e-2))


def test_a_way_between_that_finds_nothing_but_the_head_is_transfer() -> None:
    assert build(StrategyKind.NORM_BIAS).phases == build(StrategyKind.TRANSFER).phases


def test_custom_trains_the_plan() -> None:
    (phase,) = build(StrategyKind.CUSTOM, plan=PARTLY).phases
    assert phase.plan == PARTLY
    assert phase.name == "custom"
    assert phase.head_learning_rate == pytest.approx(10 * phase.learning_rate)
    assert build(StrategyKind.CUSTOM).phases[0].plan == FreezePlan()
    head = build(StrategyKind.CUSTOM, plan=HEAD_ONLY).phases
    assert head == build(StrategyKind.TRANSFER).phases


def test_custom_keeps_the_norm_policy_of_a_head_only_plan() -> None:
    plan = FreezePlan(HEAD_ONLY.frozen, norm=NormPolicy.FULL)
    assert build(StrategyKind.CUSTOM, plan=plan).phases[0].plan == plan


def test_gradual_unfreezing_goes_from_the_head_to_the_front_evenly() -> None:
    strategy = build(StrategyKind.GRADUAL, epochs=10)
    assert [phase.name for phase in strategy.phases] == ["thaw head", "thaw b", "thaw a"]
    assert [sorted(phase.plan.frozen) for phase in strategy.phases] == [["a", "b"], ["a"], []]
    assert [phase.epochs for phase in strategy.phases] == [3, 3, 4]
    assert [phase.continues for phase in strategy.phases] == [False, True, True]
    (whole,) = build(StrategyKind.FINETUNE, epochs=10).phases
    for phase in strategy.phases:
        assert (phase.learning_rate, phase.head_learning_rate) == (whole.learning_rate, whole.head_learning_rate)
        assert phase.layer_decay < 1
        assert phase.plan.norm is whole.plan.norm
    assert sum(phase.epochs for phase in build(StrategyKind.GRADUAL).phases) == 30
    assert len(build(StrategyKind.GRADUAL, epochs=1).phases) == 1


def test_a_custom_strategy_thaws_by_its_schedule_with_the_rates_of_the_plan() -> None:
    plan = FreezePlan(norm=NormPolicy.EVAL).with_rate("b", 0.1)
    strategy = build_strategy(
        StrategyKind.CUSTOM,
        TREE,
        num_train=1000,
        is_convolutional=True,
        plan=plan,
        thaw=ThawSchedule((("a", 8),)),
        options=StrategyOptions(epochs=10),
    )
    assert [(phase.name, phase.epochs, phase.views) for phase in strategy.phases] == [
        ("thaw b, head", 8, 0),
        ("thaw a", 2, 0),
    ]
    assert {phase.plan.rate_factors for phase in strategy.phases} == {plan.rate_factors}


@pytest.mark.parametrize("plan", [None, HEAD_ONLY, PARTLY])
def test_a_schedule_that_divides_nothing_changes_nothing(plan: FreezePlan | None) -> None:
    for thaw in (ThawSchedule(), ThawSchedule((("gone", 3),)), ThawSchedule((("a", 2), ("b", 2), ("head", 2)))):
        found = build_strategy(StrategyKind.CUSTOM, TREE, num_train=1000, is_convolutional=True, plan=plan, thaw=thaw)
        assert found == build(StrategyKind.CUSTOM, plan=plan)


@pytest.mark.parametrize("frozen", [{"a", "b", "head"}, {"other"}])
def test_custom_refuses_plans_that_cannot_train(frozen: set[str]) -> None:
    with pytest.raises(InputError):
        build(StrategyKind.CUSTOM, plan=FreezePlan(frozenset(frozen)))


@pytest.mark.parametrize(
    ("kind", "plan"), [(StrategyKind.TRANSFER, None), (StrategyKind.CUSTOM, HEAD_ONLY)], ids=["transfer", "custom"]
)
@pytest.mark.parametrize(
    ("option", "flag"),
    [
        ({"learning_rate": 0.1}, "--lr"),
        ({"optimizer": OptimizerKind.SGD}, "--optimizer"),
        ({"views": 2}, "--views"),
        ({"mixup": 0.2}, "--mixup"),
    ],
)
def test_an_exactly_solved_head_has_no_rate(
    kind: StrategyKind, plan: FreezePlan | None, option: dict[str, Any], flag: str
) -> None:
    with pytest.raises(UsageError, match=flag) as caught:
        build(kind, plan=plan, **option)
    assert "--head sgd" in caught.value.remedy
    assert build(kind, plan=plan, head=HeadSolver.SGD, **option).phases[0].head is HeadSolver.SGD


@pytest.mark.parametrize("kind", [StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.CUSTOM])
def test_a_target_is_for_the_hybrid(kind: StrategyKind) -> None:
    with pytest.raises(UsageError, match="--target"):
        build(kind, target=0.9)


@pytest.mark.parametrize(("kind", "plan"), [(StrategyKind.FINETUNE, None), (StrategyKind.CUSTOM, PARTLY)])
@pytest.mark.parametrize("head", list(HeadSolver))
def test_a_head_solver_is_for_a_head_alone(kind: StrategyKind, plan: FreezePlan | None, head: HeadSolver) -> None:
    with pytest.raises(UsageError, match="--head"):
        build(kind, plan=plan, head=head)


@pytest.mark.parametrize("kind", [StrategyKind.FINETUNE, StrategyKind.HYBRID])
@pytest.mark.parametrize(
    "option",
    [{"epochs": 0}, {"epochs": -1}, {"learning_rate": 0.0}, {"learning_rate": math.nan}, {"views": -1}],
    ids=str,
)
def test_impossible_values_are_refused_and_never_replaced(kind: StrategyKind, option: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        build(kind, **option)


@pytest.mark.parametrize("kind", [StrategyKind.FINETUNE, StrategyKind.HYBRID])
@pytest.mark.parametrize("mixup", [0.0, -0.2, 1.01, math.nan, math.inf])
def test_impossible_mixup(kind: StrategyKind, mixup: float) -> None:
    with pytest.raises(UsageError, match="Mixup must be a number above 0 and up to 1"):
        build(kind, mixup=mixup)


@pytest.mark.parametrize("kind", list(StrategyKind))
def test_nothing_is_mixed_unless_somebody_wants_it(kind: StrategyKind) -> None:
    assert all(phase.mixup == 0 for phase in build(kind).phases)


@pytest.mark.parametrize("target", [0.0, 1.5, math.nan])
def test_impossible_targets(target: float) -> None:
    with pytest.raises(InputError, match="target"):
        build(StrategyKind.HYBRID, target=target)


@pytest.mark.parametrize("kind", list(StrategyKind))
def test_strategies_are_files_that_can_be_read_back(kind: StrategyKind) -> None:
    strategy = build(kind)
    assert Strategy.from_json(strategy.to_json()) == strategy


@pytest.mark.parametrize(
    ("preset", "wanted", "views"),
    [
        (Preset.LAST_STAGE, None, 4),
        (Preset.LAST_STAGE, 0, 0),
        (Preset.LAST_STAGE, 7, 7),
        (Preset.FINETUNE, None, 0),
    ],
)
def test_a_frozen_front_makes_few_views_the_default(preset: Preset, wanted: int | None, views: int) -> None:
    entry = find_backbone(DEFAULT_BACKBONE)
    tree = build_layer_tree(entry, num_classes=3, image_size=64)
    strategy = build_strategy(
        StrategyKind.CUSTOM,
        tree,
        num_train=500,
        is_convolutional=True,
        plan=preset_plan(tree, preset),
        options=StrategyOptions(views=wanted),
    )
    assert strategy.phases[0].views == views
    few_epochs = build_strategy(
        StrategyKind.CUSTOM,
        tree,
        num_train=500,
        is_convolutional=True,
        plan=preset_plan(tree, preset),
        options=StrategyOptions(views=wanted, epochs=4),
    )
    assert few_epochs.phases[0].views == (wanted or 0)
