"""Plans under names: unique, ordered, bounded."""

from __future__ import annotations

from typing import Any

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.named_plans import (
    MOST_PLANS,
    NamedPlan,
    checked_plan_name,
    plan_named,
    read_named_plans,
    with_plan,
    without_plan,
)
from tlft_desktop.core.values.plan import FreezePlan


def named(name: str, *frozen: str) -> NamedPlan:
    return NamedPlan(name, "fake:tiny", FreezePlan(frozenset(frozen)))


def test_plans_are_kept_in_the_order_of_their_names_and_replaced() -> None:
    plans = with_plan(with_plan((), named("b")), named(" A "))
    assert [item.name for item in plans] == ["A", "b"]
    plans = with_plan(plans, named("b", "stem"))
    assert [item.name for item in plans] == ["A", "b"]
    assert plan_named(plans, " b ").plan.frozen == {"stem"}
    assert without_plan(plans, "A") == (named("b", "stem"),)
    assert read_named_plans([item.to_json() for item in plans]) == plans


def test_a_name_that_is_not_there_is_refused_and_the_others_are_told() -> None:
    plans = (named("a"), named("b"))
    for call in (plan_named, without_plan):
        with pytest.raises(InputError, match=r"no plan 'c'\. There are 'a', 'b'\."):
            call(plans, "c")
    with pytest.raises(InputError, match=r"no plan 'c'\.$"):
        plan_named((), "c")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0", "x" * 101, None, 3, "\ud800", "a\u202eb"])
def test_names_that_cannot_be(name: Any) -> None:
    with pytest.raises(InputError, match="name of a plan"):
        checked_plan_name(name)


def test_names_may_be_in_any_script() -> None:
    assert checked_plan_name(" Größe Ⅳ 図 ") == "Größe Ⅳ 図"
    assert len(checked_plan_name("x" * 100)) == 100


def test_there_may_not_be_too_many_nor_too_large_ones() -> None:
    plans = tuple(named(f"{number:03}") for number in range(MOST_PLANS))
    with pytest.raises(InputError, match="keeps 100 plans"):
        with_plan(plans, named("new"))
    assert len(with_plan(plans, named("000", "stem"))) == MOST_PLANS
    with pytest.raises(InputError, match="too large"):
        with_plan((), named("large", *(f"{'block' * 20}.{number}" for number in range(6000))))


@pytest.mark.parametrize(
    "data",
    [
        {},
        None,
        "plans",
        [None],
        [[]],
        [{}],
        [{"name": "a", "backbone": "x"}],
        [{"name": "a", "backbone": "x", "plan": []}],
        [{"name": "a", "backbone": "x", "plan": {}}],
        [{"name": "a", "backbone": 1, "plan": {"frozen": []}}],
        [{"name": "", "backbone": "x", "plan": {"frozen": []}}],
        [{"name": "a", "backbone": "x", "plan": {"frozen": []}}] * 2,
    ],
)
def test_unusable_json(data: Any) -> None:
    with pytest.raises(InputError):
        read_named_plans(data)
