"""Freeze plans: immutable, equal by content, exact in JSON."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_samples import json_values
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy, is_bias, is_within

NAMES = st.text("abc._0", min_size=1, max_size=8)
POLICIES = st.sampled_from(list(NormPolicy))
PLANS = st.builds(
    FreezePlan,
    frozen=st.frozensets(NAMES, max_size=6),
    norm=POLICIES,
    norm_overrides=st.dictionaries(NAMES, POLICIES, max_size=4).map(lambda pairs: tuple(pairs.items())),
    rate_factors=st.dictionaries(NAMES | st.just(""), st.floats(0.001, 100), max_size=4).map(
        lambda pairs: tuple(pairs.items())
    ),
    adapters=st.dictionaries(NAMES | st.just(""), st.integers(0, 256), max_size=4).map(
        lambda pairs: tuple(pairs.items())
    ),
    biases=st.booleans(),
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


def test_what_is_rare_stands_in_json_only_where_it_is() -> None:
    assert "biases" not in FreezePlan().to_json()
    assert FreezePlan(biases=True).to_json()["biases"] is True
    assert "adapters" not in FreezePlan(adapters=(("", 0),)).to_json()
    assert FreezePlan(adapters=(("b", 4), ("a", 8))).to_json()["adapters"] == {"a": 8, "b": 4}


def test_adapters_hold_for_what_lies_below() -> None:
    plan = FreezePlan().with_adapter("", 8).with_adapter("blocks.3", 0).with_adapter("blocks.3.1", 4)
    ranks = [
        plan.adapter_rank(path) for path in ("blocks.2", "blocks.3", "blocks.3.0.fc", "blocks.3.1.fc", "blocks.30")
    ]
    assert ranks == [8, 0, 0, 4, 8]
    assert plan.with_adapter("blocks.3", 8).adapters == (("", 8),)
    assert plan.with_adapter("", 0) == FreezePlan()
    assert FreezePlan().with_adapter("blocks", 0) == FreezePlan()


@pytest.mark.parametrize("rank", [-1, 257, 10**400, 2.0, True, None, "8", math.nan])
def test_impossible_ranks(rank: Any) -> None:
    with pytest.raises(InputError, match="whole number from 1 to 256"):
        FreezePlan(adapters=(("a", rank),))
    with pytest.raises(InputError):
        FreezePlan.from_json({"frozen": [], "adapters": {"a": rank}})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fc1.bias", True),
        ("bias", True),
        ("blocks.0.attn.q_bias", True),
        ("attention.in_proj_bias", True),
        ("fc1.weight", False),
        ("bias.weight", False),
        ("attn.relative_position_bias_table", False),
        ("", False),
    ],
)
def test_biases_are_known_by_their_names(name: str, expected: bool) -> None:
    assert is_bias(name) is expected


@given(
    json_values()
    | st.fixed_dictionaries({"frozen": json_values()}, optional={"norm": json_values(), "rate_factors": json_values()})
)
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
        {"frozen": [], "rate_factors": []},
        {"frozen": [], "rate_factors": 0.5},
        {"frozen": [], "rate_factors": {"a": "0.5"}},
        {"frozen": [], "rate_factors": {"a": True}},
        {"frozen": [], "rate_factors": {"a": None}},
        {"frozen": [], "rate_factors": {"a": math.nan}},
        {"frozen": [], "rate_factors": {"a": math.inf}},
        {"frozen": [], "rate_factors": {"a": -0.5}},
        {"frozen": [], "rate_factors": {"a": 0.00099}},
        {"frozen": [], "rate_factors": {"a": 100.1}},
        {"frozen": [], "rate_factors": {"a": 10**400}},
        {"frozen": [], "adapters": []},
        {"frozen": [], "adapters": 8},
        {"frozen": [], "adapters": None},
        {"frozen": [], "biases": 1},
        {"frozen": [], "biases": "true"},
        {"frozen": [], "biases": None},
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


def test_nearest_factor_wins_and_is_1_where_there_is_none() -> None:
    plan = FreezePlan().with_rate("blocks", 0.3).with_rate("blocks.1.bn", 1).with_rate("head", 3)
    assert [plan.rate_of(path) for path in ("blocks.0.bn", "blocks.1.bn", "blocks.1.bn2")] == [0.3, 1.0, 0.3]
    assert [plan.rate_of(path) for path in ("blocksy", "head", "")] == [1.0, 3.0, 1.0]
    assert plan.with_rate("", 0.1).rate_factors == (("", 0.1),)
    assert plan.with_rate("", 0.1).rate_of("stem") == 0.1


def test_factor_of_a_part_replaces_those_inside_and_can_be_inherited_again() -> None:
    plan = FreezePlan().with_rate("a.b", 0.1).with_rate("c", 3).with_rate("a", 0.5)
    assert plan.rate_factors == (("a", 0.5), ("c", 3.0))
    assert plan.with_inherited_rate("c").rate_factors == (("a", 0.5),)
    assert plan.with_inherited_rate("a.b") == plan
    assert plan.with_inherited_rate("") == FreezePlan()
    # What holds without an entry needs none.
    assert plan.with_rate("", 1) == FreezePlan()


def test_factors_in_json_are_there_only_where_there_are_some() -> None:
    assert "rate_factors" not in FreezePlan().to_json()
    data = FreezePlan().with_rate("b", 2).with_rate("a", 0.25).with_rate("", 3).with_rate("c", 1).to_json()
    assert data["rate_factors"] == {"": 3.0, "c": 1.0}
    assert FreezePlan.from_json({"frozen": [], "rate_factors": {}}) == FreezePlan()


@pytest.mark.parametrize("factor", [0, -1, 0.0009, 101, math.nan, math.inf, True, "1", None])
def test_factors_out_of_range_are_refused_in_words(factor: Any) -> None:
    with pytest.raises(
        InputError, match=r"factor on the learning rate of 'a' must be a number from 0\.001 to 100"
    ) as error:
        FreezePlan().with_rate("a", factor)
    assert ("freeze them" in str(error.value)) is (factor == 0)


def test_within_is_about_whole_names() -> None:
    assert is_within("a.b", "a")
    assert is_within("a", "a")
    assert is_within("a", "")
    assert not is_within("ab", "a")
    assert not is_within("a", "a.b")
