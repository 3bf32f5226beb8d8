"""Heat as a value: ratios, parts taken together, and what is no heat."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.training_samples import tiny_net, tiny_tree
from tlft_desktop.core.values.heat import Heat, heat_by_node, heat_by_stage, together

TREE = tiny_tree(tiny_net())
OWNERS = {"conv1": Heat(3.0, 4.0, 3.0, 6.0), "bn1": Heat(4.0, 3.0, 4.0, 8.0), "head": Heat(1.0, 2.0)}


def test_ratios_and_what_has_none() -> None:
    heat = Heat(1.0, 4.0, 2.0, 8.0)
    assert (heat.relative_gradient, heat.relative_change) == (0.25, 0.25)
    new = Heat(1.0, 0.0)
    assert (new.relative_gradient, new.relative_change) == (None, None)


def test_parts_together_are_one_vector() -> None:
    assert together([OWNERS["conv1"], OWNERS["bn1"]]) == Heat(5.0, 5.0, 5.0, 10.0)
    assert together([]) == Heat(0.0, 0.0)


def test_nodes_and_stages_have_the_heat_of_all_below_them() -> None:
    nodes = heat_by_node(TREE, OWNERS)
    assert set(nodes) == {"", "conv1", "bn1", "head"}
    assert nodes["conv1"] == OWNERS["conv1"]
    assert nodes[""].gradient == pytest.approx(math.sqrt(26))
    assert heat_by_stage(TREE, OWNERS) == {"stage1": Heat(5.0, 5.0, 5.0, 10.0), "head": Heat(1.0, 2.0)}
    assert list(heat_by_stage(TREE, dict(reversed(OWNERS.items())))) == ["stage1", "head"]


def test_owner_that_the_tree_does_not_know_counts_for_the_node_above() -> None:
    owners = {"conv1.low_rank.down": Heat(3.0, 1.0), "conv1": Heat(4.0, 1.0), "new.layer": Heat(1.0, 1.0)}
    nodes = heat_by_node(TREE, owners)
    assert nodes["conv1"].gradient == 5.0
    assert nodes[""].gradient == pytest.approx(math.sqrt(26))
    assert set(nodes) == {"", "conv1"}
    assert set(heat_by_stage(TREE, owners)) == {"stage1"}


def test_json_keeps_six_digits() -> None:
    assert Heat(1 / 3, 2e-9, 0.0, 12345678.0).to_json() == [0.333333, 2e-9, 0.0, 12345700.0]
    heat = Heat(0.5, 1.0, 0.25, 2.0)
    assert Heat.from_json(heat.to_json()) == heat


@pytest.mark.parametrize(
    "data",
    [
        [], [1.0, 2.0, 3.0], [1.0] * 5, [1.0, 2.0, 3.0, -1.0], [1.0, 2.0, 3.0, math.nan], [math.inf, 1.0, 1.0, 1.0],
        [1.0, 2.0, 3.0, None], [1.0, 2.0, 3.0, "4"], [True, 2.0, 3.0, 4.0], "1234", None, 7, {"a": 1}, [[1.0], 2, 3, 4],
    ],
)  # fmt: skip
def test_what_is_not_four_norms_is_refused(data: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        Heat.from_json(data)
