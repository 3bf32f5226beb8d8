"""The learning rate of a strategy as a whole, and the same strategy at another one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan_samples import line_tree
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.freezing.strategies import StrategyOptions, at_rate, build_strategy, peak_rate
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.layer_tree import build_layer_tree
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, Strategy, StrategyKind

TREE = line_tree("a", "b", "head")
HEAD_ONLY = preset_plan(TREE, Preset.TRANSFER)


def build(kind: StrategyKind, *, plan: FreezePlan | None = None, **options: Any) -> Strategy:
    return build_strategy(
        kind, TREE, num_train=1000, is_convolutional=True, plan=plan, options=StrategyOptions(**options)
    )


@pytest.fixture(scope="module")
def network() -> LayerTree:
    """Return the tree of a whole network, with norms and layers for adapters."""
    return build_layer_tree(find_backbone(DEFAULT_BACKBONE), num_classes=3, image_size=64)


@pytest.mark.parametrize("is_convolutional", [True, False])
@pytest.mark.parametrize("num_train", [100, 1000, 50_000])
@pytest.mark.parametrize("kind", [kind for kind in StrategyKind if kind is not StrategyKind.TRANSFER])
def test_another_rate_is_what_the_option_makes_of_it(
    kind: StrategyKind, num_train: int, is_convolutional: bool, network: LayerTree
) -> None:
    def built(rate: float | None = None) -> Strategy:
        options = StrategyOptions(learning_rate=rate)
        size = {"num_train": num_train, "is_convolutional": is_convolutional}
        return build_strategy(kind, network, **size, options=options)  # type: ignore[arg-type]

    default = built()
    usual = peak_rate(default)
    assert usual is not None
    assert at_rate(default, usual) == default
    for rate in (1e-4, 0.0027, usual * 10):
        assert at_rate(default, rate) == built(rate)
        assert peak_rate(at_rate(default, rate)) == rate


def test_a_head_that_is_solved_exactly_has_no_rate() -> None:
    assert peak_rate(build(StrategyKind.TRANSFER)) is None
    assert peak_rate(build(StrategyKind.CUSTOM, plan=HEAD_ONLY)) is None
    by_batches = build(StrategyKind.TRANSFER, head=HeadSolver.SGD)
    assert peak_rate(by_batches) == 1e-3
    assert at_rate(by_batches, 0.02) == build(StrategyKind.TRANSFER, head=HeadSolver.SGD, learning_rate=0.02)
    hybrid = build(StrategyKind.HYBRID, head=HeadSolver.SGD)
    assert at_rate(hybrid, 0.02) == build(StrategyKind.HYBRID, head=HeadSolver.SGD, learning_rate=0.02)
