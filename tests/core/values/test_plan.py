"""Freeze plans: immutable, equal by content, exact in JSON."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_samples import json_values
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy, is_within

NAMES = st.text("abc._0", min_size=1, max_size=8)
POLICIES = st.sampled_from(list(NormPolicy))
PLANS = st.builds(
    FreezePlan,
    frozen=st.frozensets(NAMES, max_size=6),
    norm=POLICIES,
    norm_overrides=st.dictionaries(NAMES, POLICIES, max_size=4).map(lambda pairs: tuple(pairs.items())),
)


@given(PLANS)
def test_json_round_trip(plan: FreezePlan) -> None:
    text = json.dumps(plan.to_json(), allow_nan=False)
    again = FreezePlan.from_json(json.loads(text))
    assert again == plan
    assert hash(again) == hash(plan)
    assert json.dumps(again.to_json()) == text


def test_json_is_sorted_whatever_the_order_of_making() -> None:
    pairs = (("b", NormPolicy.EVAL), ("a", NormPolicy.FULL))
    first = FreezePlan(frozenset({"z", "y", "x"}), norm_overrides=pairs)
    second = FreezePlan(frozenset({"x", "y", "z"}), norm_overrides=pairs[::-1])
    assert first == second
    assert first.to_json() == {
        "frozen": ["x", "y", "z"],
        "norm": "affine",
        "norm_overrides": {"a": "full", "b": "eval"},
    }
    assert list(first.to_json()["norm_overrides"]) == ["a", "b"]


def test_defaults_of_json() -> None:
    assert FreezePlan.from_json({"frozen": []}) == FreezePlan()


@given(json_values() | st.fixed_dictionaries({"frozen": json_values()}, optional={"norm": json_values()}))
def test_json_of_anything_else_is_an_input_error(data: Any) -> None:
    try:
        plan = FreezePlan.from_json(data)
    except InputError:
        return
    assert FreezePlan.from_json(plan.to_json()) == plan


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"frozen": "conv"},
        {"frozen": [1]},
        {"frozen": [""]},
        {"frozen": [], "norm": "other"},
        {"frozen": [], "norm": None},
        {"frozen": [], "norm_overrides": []},
        {"frozen": [], "norm_overrides": {"a": "other"}},
        {"frozen": [], "norms": "full"},
        [],
        None,
    ],
)
def test_unusable_json(data: Any) -> None:
    with pytest.raises(InputError):
        FreezePlan.from_json(data)


def test_plans_do_not_change() -> None:
    plan = FreezePlan(frozenset({"a"}))
    with pytest.raises(FrozenInstanceError):
        plan.norm = NormPolicy.FULL  # type: ignore[misc]
    assert plan.freeze(["b"]).frozen == {"a", "b"}
    assert plan.unfreeze(["a", "c"]).frozen == frozenset()
    assert plan.with_norm(NormPolicy.FULL).norm is NormPolicy.FULL
    assert plan == FreezePlan(frozenset({"a"}))


def test_the_root_is_no_owner() -> None:
    with pytest.raises(ValueError, match="root"):
        FreezePlan(frozenset({""}))


@given(PLANS, st.frozensets(NAMES, max_size=4))
def test_freeze_and_unfreeze_are_inverse(plan: FreezePlan, owners: frozenset[str]) -> None:
    assert plan.freeze(owners).unfreeze(owners).frozen == plan.frozen - owners
    assert plan.unfreeze(owners).freeze(owners).frozen == plan.frozen | owners


def test_nearest_override_wins() -> None:
    plan = FreezePlan().with_norm(NormPolicy.FULL, "blocks").with_norm(NormPolicy.EVAL, "blocks.1.bn")
    assert plan.norm_policy_of("blocks.0.bn") is NormPolicy.FULL
    assert plan.norm_policy_of("blocks.1.bn") is NormPolicy.EVAL
    assert plan.norm_policy_of("blocks.1.bn2") is NormPolicy.FULL
    assert plan.norm_policy_of("blocksy") is NormPolicy.AFFINE


def test_policy_of_a_part_replaces_those_inside() -> None:
    plan = (
        FreezePlan().with_norm(NormPolicy.EVAL, "a.b").with_norm(NormPolicy.EVAL, "c").with_norm(NormPolicy.FULL, "a")
    )
    assert plan.norm_overrides == (("a", NormPolicy.FULL), ("c", NormPolicy.EVAL))
    assert plan.with_norm(NormPolicy.FULL).norm_overrides == ()


def test_a_part_can_follow_what_holds_above_it_again() -> None:
    plan = FreezePlan(norm=NormPolicy.FULL).with_norm(NormPolicy.EVAL, "a").with_norm(NormPolicy.AFFINE, "a.b")
    assert plan.with_inherited_norm("a.b").norm_overrides == (("a", NormPolicy.EVAL),)
    assert plan.with_inherited_norm("a").norm_overrides == ()
    assert plan.with_inherited_norm("other") == plan
    assert plan.with_inherited_norm("") == FreezePlan(norm=NormPolicy.FULL)
    assert plan.keeps_norm("a.bn")
    assert not plan.keeps_norm("a.b.bn")
    assert not FreezePlan().keeps_norm("a")


def test_within_is_about_whole_names() -> None:
    assert is_within("a.b", "a")
    assert is_within("a", "a")
    assert is_within("a", "")
    assert not is_within("ab", "a")
    assert not is_within("a", "a.b")
