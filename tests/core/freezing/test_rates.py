"""Layer-wise decay as factors of a plan."""

from __future__ import annotations

import math

import pytest

from tests.layer_samples import make_layer_tree
from tests.plan_samples import line_tree
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.rates import with_layer_decay
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.workflows.networks import layer_tree

LINE = line_tree("a", "b", "c", "head")


def test_rates_fall_from_the_last_stage_to_the_first() -> None:
    plan = with_layer_decay(LINE, FreezePlan(), 0.5)
    assert plan.rate_factors == (("a", 0.25), ("b", 0.5))
    assert [plan.rate_of(path) for path in LINE.owners] == [0.25, 0.5, 1.0, 1.0]


def test_ticks_and_norms_stay_and_other_factors_go() -> None:
    before = FreezePlan(frozenset({"a"})).with_norm(NormPolicy.EVAL, "b")
    assert with_layer_decay(LINE, before.with_rate("head", 7), 0.5).with_inherited_rate("") == before
    assert with_layer_decay(LINE, before.with_rate("head", 7), 1) == before


def test_a_stage_is_named_by_its_largest_parts() -> None:
    plan = with_layer_decay(make_layer_tree(num_blocks=3), FreezePlan(), 0.8)
    assert plan.rate_factors == (("blocks.0", 0.64), ("blocks.1", 0.8), ("stem", 0.512))


def test_no_factor_falls_below_what_a_plan_can_hold() -> None:
    tree = line_tree(*(f"layer{number}" for number in range(20)), "head")
    plan = with_layer_decay(tree, FreezePlan(), 0.1)
    assert plan.rate_of("layer0") == plan.rate_of("layer16") == 0.001
    assert plan.rate_of("layer17") == 0.01


@pytest.mark.parametrize("name", ["timm:tf_efficientnet_lite0", "timm:vit_tiny_patch16_224", "torchvision:resnet18"])
def test_factors_in_real_networks_are_powers_by_stage(name: str) -> None:
    tree = layer_tree(name, 3, 224)
    plan = with_layer_decay(tree, FreezePlan(), 0.8)
    body = [stage for stage in tree.stages if stage != "head"]
    for owner in tree.owners:
        stage = tree.node(owner).stage
        power = 0 if stage == "head" else len(body) - 1 - body.index(stage)
        assert plan.rate_of(owner) == pytest.approx(0.8**power, rel=1e-5), owner


def test_a_network_of_nothing_but_a_head() -> None:
    assert with_layer_decay(line_tree("head"), FreezePlan(), 0.5) == FreezePlan()


@pytest.mark.parametrize("decay", [0, -0.5, 1.01, math.nan, math.inf])
def test_decay_out_of_range(decay: float) -> None:
    with pytest.raises(InputError, match="layer-wise decay must be above 0 and at most 1"):
        with_layer_decay(LINE, FreezePlan(), decay)
