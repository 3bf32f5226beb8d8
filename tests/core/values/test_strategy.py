"""Strategies and phases: exact in JSON, and strict about files that people write."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_samples import json_values
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import (
    Augmentation,
    HeadSolver,
    OptimizerKind,
    Phase,
    Strategy,
    StrategyKind,
)

PHASE = Phase(
    name="tuning",
    plan=FreezePlan(frozenset({"stem"})),
    epochs=7,
    head=HeadSolver.CONVEX,
    optimizer=OptimizerKind.SGD,
    learning_rate=1e-3,
    head_learning_rate=0.1,
    layer_decay=0.7,
    weight_decay=5e-4,
    warmup_share=0.1,
    label_smoothing=0.2,
    balance_classes=True,
    augmentation=Augmentation.STANDARD,
    views=0,
    patience=4,
    flip=False,
    mixup=0.3,
    continues=True,
)
MINIMAL = {"name": "a", "plan": {"frozen": []}, "epochs": 1}
STRATEGY = Strategy(StrategyKind.CUSTOM, (replace(PHASE, name="first", continues=False), PHASE), target=0.9)


def test_strategy_round_trip() -> None:
    text = json.dumps(STRATEGY.to_json(), allow_nan=False)
    assert Strategy.from_json(json.loads(text)) == STRATEGY


def test_json_holds_plain_types_only() -> None:
    def check(value: object) -> None:
        if type(value) is dict:
            assert all(type(key) is str for key in value)
            value = list(value.values())
        if type(value) is list:
            for item in value:
                check(item)
        else:
            assert value is None or type(value) in (str, int, float, bool), value

    check(STRATEGY.to_json())


def test_missing_optional_settings_take_their_defaults() -> None:
    assert Phase.from_json(MINIMAL) == Phase("a", FreezePlan(), 1)
    data = {"schema": 1, "kind": "custom", "phases": [MINIMAL]}
    assert Strategy.from_json(data) == Strategy(StrategyKind.CUSTOM, (Phase("a", FreezePlan(), 1),))


def test_whole_rates_may_be_written_without_a_point() -> None:
    assert Phase.from_json({**MINIMAL, "learning_rate": 1}).learning_rate == 1.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 0),
        ("epochs", 2.5),
        ("epochs", True),
        ("epochs", "3"),
        ("epochs", None),
        ("epochs", math.inf),
        ("views", -1),
        ("views", 1.0),
        ("patience", -1),
        ("learning_rate", 0),
        ("learning_rate", -1e-3),
        ("learning_rate", math.nan),
        ("learning_rate", math.inf),
        ("learning_rate", 10**400),
        ("learning_rate", "fast"),
        ("learning_rate", True),
        ("head_learning_rate", 0.0),
        ("head_learning_rate", math.nan),
        ("layer_decay", 0.0),
        ("layer_decay", 1.01),
        ("layer_decay", math.nan),
        ("weight_decay", -0.1),
        ("weight_decay", math.nan),
        ("weight_decay", math.inf),
        ("warmup_share", 1.0),
        ("warmup_share", math.nan),
        ("label_smoothing", 1.0),
        ("label_smoothing", -0.1),
        ("mixup", -0.1),
        ("mixup", 1.01),
        ("mixup", math.nan),
        ("mixup", "strong"),
        ("balance_classes", 1),
        ("flip", "false"),
        ("continues", 1),
        ("continues", "no"),
        ("name", 5),
        ("name", None),
        ("head", "other"),
        ("head", []),
        ("optimizer", "adam"),
        ("augmentation", {}),
        ("plan", None),
        ("plan", {"frozen": "stem"}),
    ],
)
def test_wrong_settings_of_a_phase_are_named(name: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        Phase.from_json({**MINIMAL, name: value})
    assert str(caught.value)


def test_out_of_range_names_the_setting_and_the_phase() -> None:
    with pytest.raises(InputError, match=r"'layer_decay' of phase 'a' is out of range: 2\.0"):
        Phase.from_json({**MINIMAL, "layer_decay": 2})


@pytest.mark.parametrize("missing", ["name", "plan", "epochs"])
def test_missing_settings_of_a_phase(missing: str) -> None:
    with pytest.raises(InputError, match=missing):
        Phase.from_json({key: value for key, value in MINIMAL.items() if key != missing})


def test_misspelt_settings_are_refused_and_named() -> None:
    with pytest.raises(InputError, match="learnig_rate"):
        Phase.from_json({**MINIMAL, "learnig_rate": 1.0})
    with pytest.raises(InputError, match="goal"):
        Strategy.from_json({**STRATEGY.to_json(), "goal": 0.5})


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"schema": True},
        {"schema": "1"},
        {"kind": "other"},
        {"kind": None},
        {"phases": []},
        {"phases": None},
        {"phases": [None]},
        {"phases": ["x"]},
        {"phases": [MINIMAL, MINIMAL]},
        {"phases": [{**MINIMAL, "continues": True}]},
        {"target": 0},
        {"target": 1.1},
        {"target": math.nan},
        {"target": "0.9"},
        {"target": True},
    ],
)
def test_wrong_strategies(change: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Strategy.from_json({**STRATEGY.to_json(), **change})


@pytest.mark.parametrize("missing", ["schema", "kind", "phases"])
def test_missing_parts_of_a_strategy(missing: str) -> None:
    with pytest.raises(InputError, match=f"{missing}' is missing"):
        Strategy.from_json({key: value for key, value in STRATEGY.to_json().items() if key != missing})


@given(json_values())
def test_json_of_anything_is_an_input_error(data: Any) -> None:
    for kind in (Phase, Strategy):
        with pytest.raises(InputError):
            kind.from_json(data)


@given(st.sampled_from(sorted(PHASE.to_json())), json_values())
def test_a_phase_with_anything_in_one_place_is_read_exactly_or_refused(name: str, value: Any) -> None:
    try:
        phase = Phase.from_json({**PHASE.to_json(), name: value})
    except InputError:
        return
    assert Phase.from_json(phase.to_json()) == phase
    if name != "plan":
        assert phase.to_json()[name] == value


@given(st.sampled_from(sorted(STRATEGY.to_json())), json_values())
def test_a_strategy_with_anything_in_one_place_is_read_exactly_or_refused(name: str, value: Any) -> None:
    try:
        strategy = Strategy.from_json({**STRATEGY.to_json(), name: value})
    except InputError:
        return
    assert strategy.to_json()[name] == value
