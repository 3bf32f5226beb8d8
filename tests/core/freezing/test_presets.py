"""Plans by name, depth and pattern, on networks of the catalogue and on a small tree."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_samples import line_tree
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.freezing import presets
from tlft_desktop.core.freezing.presets import (
    Preset,
    freeze_matching,
    freeze_up_to,
    frozen_prefix_length,
    frozen_without_saving,
    is_head_only,
    matching_preset,
    preset_plan,
    require_trainable,
    train_from,
    unfreeze_matching,
    with_adapters,
    with_preset,
)
from tlft_desktop.core.patterns import search_each
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy, is_within
from tlft_desktop.core.workflows.networks import layer_tree

BACKBONES = (
    "timm:tf_efficientnet_lite0",
    "timm:vit_tiny_patch16_224",
    "timm:convnext_tiny",
    "timm:swin_tiny_patch4_window7_224",
    "timm:densenet121",
    "torchvision:resnet18",
    "torchvision:mobilenet_v3_large",
    "torchvision:vit_b_16",
)
LINE = line_tree("a", "b", "c", "d", "head")


@pytest.fixture(params=BACKBONES)
def tree(request: pytest.FixtureRequest) -> LayerTree:
    return layer_tree(request.param, 3, 224)


def trained(tree: LayerTree, plan: FreezePlan) -> set[str]:
    return set(tree.owners) - plan.frozen


@pytest.mark.parametrize("pattern", ["[", r"\d{99999999999}", "(" * 3000 + ")" * 3000])
def test_a_pattern_that_cannot_be_read_is_wrong_usage(pattern: str) -> None:
    with pytest.raises(UsageError, match="is not a regular expression"):
        freeze_matching(LINE, FreezePlan(), pattern)


def test_transfer_trains_exactly_the_head(tree: LayerTree) -> None:
    plan = preset_plan(tree, Preset.TRANSFER)
    assert trained(tree, plan) == set(tree.head_owners)
    assert tree.trainable_parameters(plan) == tree.node(tree.head_path).parameters
    assert is_head_only(tree, plan)
    assert frozen_without_saving(tree, plan) == ()


def test_finetune_trains_everything(tree: LayerTree) -> None:
    plan = preset_plan(tree, Preset.FINETUNE, norm=NormPolicy.FULL)
    assert plan == FreezePlan(norm=NormPolicy.FULL)
    assert tree.trainable_parameters(plan) == tree.root.parameters
    assert not is_head_only(tree, plan)


def test_last_stage_trains_the_head_and_the_stage_before_it(tree: LayerTree) -> None:
    plan = preset_plan(tree, Preset.LAST_STAGE)
    body = {owner for owner in trained(tree, plan) if not is_within(owner, tree.head_path)}
    assert {tree.node(owner).stage for owner in body} == {tree.stages[-2]}
    assert set(tree.head_owners) < trained(tree, plan)
    assert body == {owner for owner in tree.owners if tree.node(owner).stage == tree.stages[-2]}
    # Everything in front of the stage is frozen, so that no gradient has to pass through it.
    assert frozen_without_saving(tree, plan) == ()
    assert 0 < tree.trainable_parameters(plan) < tree.root.parameters


def test_norm_bias_trains_the_head_norm_layers_and_biases(tree: LayerTree) -> None:
    plan = preset_plan(tree, Preset.NORM_BIAS)
    nodes = [tree.node(owner) for owner in trained(tree, plan)]
    assert all(node.is_norm or node.path in tree.head_owners for node in nodes)
    others = [tree.node(owner) for owner in plan.frozen]
    assert not any(node.is_norm for node in others)
    biases = sum(node.biases for node in others)
    assert tree.trainable_parameters(plan) == sum(node.parameters for node in nodes) + biases
    assert tree.trainable_parameters(plan) < 0.1 * tree.root.parameters
    assert not is_head_only(tree, plan)
    # What has neither norm nor bias saves nothing where it lies behind one.
    assert set(frozen_without_saving(tree, plan)) <= {node.path for node in others if not node.biases}


def test_lora_trains_the_head_and_small_factors(tree: LayerTree) -> None:
    plan = preset_plan(tree, Preset.LORA)
    assert trained(tree, plan) == set(tree.head_owners)
    adapters = tree.adapters(plan)
    assert adapters
    assert set(adapters.values()) <= set(range(1, 9))
    factors = sum(rank * sum(tree.node(owner).matrix) for owner, rank in adapters.items())
    assert tree.trainable_parameters(plan) == factors + tree.node(tree.head_path).parameters
    assert tree.trainable_parameters(plan) < 0.2 * tree.root.parameters
    assert not is_head_only(tree, plan)
    assert tree.untouched(plan) == plan.frozen - set(adapters)


def test_adapters_freeze_the_layers_that_they_stand_beside(tree: LayerTree) -> None:
    plan = with_adapters(tree, FreezePlan(), "", 4)
    assert plan.frozen == set(tree.adapters(plan))
    assert not plan.frozen & set(tree.head_owners)
    assert set(tree.adapters(plan).values()) <= {1, 2, 3, 4}
    assert with_adapters(tree, plan, "", 0) == FreezePlan(plan.frozen)
    one = next(iter(plan.frozen))
    assert tree.adapters(with_adapters(tree, FreezePlan(), one, 2)) == {one: min(2, *tree.node(one).matrix)}


@pytest.mark.parametrize("rank", [1, 8])
def test_no_adapter_fits_at_the_head_or_a_norm_layer(tree: LayerTree, rank: int) -> None:
    norm = next(owner for owner in tree.owners if tree.node(owner).is_norm)
    for path in (tree.head_path, norm):
        with pytest.raises(InputError, match="No adapter fits"):
            with_adapters(tree, FreezePlan(), path, rank)
    with pytest.raises(InputError, match="no layer 'nowhere'"):
        with_adapters(tree, FreezePlan(), "nowhere", rank)


def test_adapters_at_layers_that_the_network_does_not_have_are_refused(tree: LayerTree) -> None:
    with pytest.raises(InputError, match="no layer 'nowhere'"):
        require_trainable(tree, FreezePlan(adapters=(("nowhere", 8),)))


@pytest.mark.parametrize("preset", [preset for preset in Preset if preset is not Preset.NORM_BIAS])
def test_other_presets_take_training_of_biases_back(tree: LayerTree, preset: Preset) -> None:
    plan = with_preset(tree, preset_plan(tree, Preset.NORM_BIAS, norm=NormPolicy.FULL), preset)
    assert plan == preset_plan(tree, preset, norm=NormPolicy.FULL)


def test_biases_alone_are_more_than_the_head(tree: LayerTree) -> None:
    plan = replace(preset_plan(tree, Preset.TRANSFER), biases=True)
    assert not is_head_only(tree, plan)
    assert matching_preset(tree, plan) is None
    assert frozen_prefix_length(tree, plan) < len(tree.owners) - 1


def test_presets_are_recognised_whatever_the_norm_policy(tree: LayerTree) -> None:
    for preset in Preset:
        assert matching_preset(tree, preset_plan(tree, preset, norm=NormPolicy.FULL)) is preset
    assert matching_preset(tree, FreezePlan(frozenset(tree.owners[:1]))) is None


def test_freezing_up_to_a_layer_is_training_from_the_next(tree: LayerTree) -> None:
    body = [owner for owner in tree.owners if not is_within(owner, tree.head_path)]
    start = FreezePlan(norm=NormPolicy.FULL).with_norm(NormPolicy.EVAL, body[0]).with_rate(body[0], 0.5)
    for index in range(0, len(body) - 1, max(1, len(body) // 17)):
        plan = freeze_up_to(tree, start, body[index])
        assert plan == train_from(tree, start, body[index + 1])
        assert plan.frozen == set(body[: index + 1])
        assert replace(plan, frozen=start.frozen) == start
        assert frozen_prefix_length(tree, plan) == index + 1
        assert frozen_without_saving(tree, plan) == ()


def test_depth_may_be_a_module_with_layers_inside(tree: LayerTree) -> None:
    stage_path = next(node.path for node in tree.root.walk() if node.children and node.path and len(node.owners()) > 3)
    inside = set(tree.node(stage_path).owners())
    plan = freeze_up_to(tree, FreezePlan(), stage_path)
    assert inside <= plan.frozen
    assert not inside & train_from(tree, plan, stage_path).frozen


def test_up_to_the_whole_network_leaves_nothing_to_train(tree: LayerTree) -> None:
    for path in (tree.head_path, ""):
        with pytest.raises(InputError, match="nothing would be trained"):
            freeze_up_to(tree, FreezePlan(), path)
    assert train_from(tree, FreezePlan(), "").frozen == frozenset()
    assert matching_preset(tree, train_from(tree, FreezePlan(), tree.head_path)) is Preset.TRANSFER


def test_frozen_layers_behind_a_trained_one_save_nothing() -> None:
    plan = FreezePlan(frozenset({"a", "c", "d"}))
    assert frozen_prefix_length(LINE, plan) == 1
    assert frozen_without_saving(LINE, plan) == ("c", "d")
    assert frozen_without_saving(LINE, FreezePlan(frozenset({"a", "b"}))) == ()
    assert frozen_prefix_length(LINE, FreezePlan(frozenset(LINE.owners))) == 5
    assert frozen_without_saving(LINE, FreezePlan()) == ()


@given(st.frozensets(st.sampled_from(LINE.owners)))
def test_prefix_and_the_rest_are_all_that_is_frozen(frozen: frozenset[str]) -> None:
    plan = FreezePlan(frozen)
    prefix = set(LINE.owners[: frozen_prefix_length(LINE, plan)])
    assert prefix | set(frozen_without_saving(LINE, plan)) == frozen
    assert not prefix & set(frozen_without_saving(LINE, plan))


@given(st.frozensets(st.sampled_from(LINE.owners)))
def test_head_only_is_what_trains_the_head_and_nothing_else(frozen: frozenset[str]) -> None:
    assert is_head_only(LINE, FreezePlan(frozen)) == (trained(LINE, FreezePlan(frozen)) == {"head"})


def test_a_network_of_nothing_but_a_head() -> None:
    alone = line_tree("head")
    assert preset_plan(alone, Preset.LAST_STAGE).frozen == frozenset()


def test_patterns_add_to_the_plan() -> None:
    plan = freeze_matching(LINE, FreezePlan(frozenset({"d"})), "^[ab]$")
    assert plan.frozen == {"a", "b", "d"}
    assert unfreeze_matching(LINE, plan, "a|d").frozen == {"b"}


@pytest.mark.parametrize("change", [freeze_matching, unfreeze_matching])
def test_wrong_patterns(change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError, match="not a regular expression"):
        change(LINE, FreezePlan(), "(")
    with pytest.raises(InputError, match=r"No layer of test:line matches 'zzz'"):
        change(LINE, FreezePlan(), "zzz")


def test_a_pattern_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presets, "search_each", partial(search_each, seconds=0.3))
    tree = line_tree(40 * "a" + "!", "head")
    with pytest.raises(UsageError, match=r"takes longer than 0\.3 s\. Repetitions within"):
        freeze_matching(tree, FreezePlan(), "(a+)+$")


def test_everything_frozen_is_refused() -> None:
    with pytest.raises(InputError, match="Every layer is frozen"):
        freeze_matching(LINE, FreezePlan(), ".")
    with pytest.raises(InputError, match="Every layer is frozen"):
        require_trainable(LINE, FreezePlan(frozenset(LINE.owners)))


def test_a_plan_of_another_network_is_refused() -> None:
    with pytest.raises(InputError, match=r"test:line has no layer 'x'; 2 names"):
        require_trainable(LINE, FreezePlan(frozenset({"a", "x", "y"})))
    with pytest.raises(InputError, match=r"test:line has no layer 'z'; 1 names"):
        require_trainable(LINE, FreezePlan(frozenset({"a"})).with_rate("z", 0.1).with_rate("a", 0.1))


def test_unknown_depth() -> None:
    for split in (freeze_up_to, train_from):
        with pytest.raises(InputError, match="no layer 'x'"):
            split(LINE, FreezePlan(), "x")
