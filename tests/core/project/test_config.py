"""The choices in a project file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storage_samples import make_config
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.values.named_plans import NamedPlan
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.thaw import ThawSchedule


def test_choices_survive_json() -> None:
    thaw = ThawSchedule((("blocks.1", 3),))
    plans = (NamedPlan("careful", "timm:x", FreezePlan().with_rate("a", 0.5)),)
    config = make_config(plans=plans, name="a\ud800b", group_by="^(\\w+)_", test_fraction=0.1, thaw=thaw)
    assert ProjectConfig.from_json(config.to_json()) == config
    for answer in (True, False):
        answered = replace(config, flip=answer)
        assert ProjectConfig.from_json(answered.to_json()) == answered


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", 3),
        ("name", None),
        ("data_source", "a\0b"),
        ("seed", True),
        ("seed", 1.5),
        ("seed", 10**40),
        ("val_fraction", "0.2"),
        ("val_fraction", 1.0),
        ("val_fraction", -0.1),
        ("val_fraction", float("nan")),
        ("val_fraction", 10**400),
        ("test_fraction", 0.9),
        ("image_size", 0),
        ("image_size", 10**6),
        ("manifest", "abc"),
        ("id", "../x"),
        ("plan", []),
        ("plans", {}),
        ("plans", [{"name": "a"}]),
        ("plan", {"frozen": "all"}),
        ("plan", {"frozen": [], "norm": "other"}),
        ("flip", 1),
        ("flip", "no"),
        ("flip", []),
        ("thaw", None),
        ("thaw", [["stem", 1]]),
        ("thaw", {"stem": True}),
        ("thaw", {"stem": -1}),
        ("thaw", {"stem": 1.5}),
        ("thaw", {"stem": "1"}),
    ],
)
def test_a_value_that_cannot_be_is_refused(key: str, value: Any) -> None:
    with pytest.raises(InputError):
        ProjectConfig.from_json({**make_config().to_json(), key: value})


def test_a_missing_value_is_named() -> None:
    data = make_config().to_json()
    for key in set(data) - {"thaw"}:
        with pytest.raises(InputError, match=key):
            ProjectConfig.from_json({name: value for name, value in data.items() if name != key})


def test_plans_with_names_are_in_the_file_only_where_there_are_some() -> None:
    data = make_config().to_json()
    assert "plans" not in data
    assert ProjectConfig.from_json(data).plans == ()


def test_a_project_without_an_answer_has_none_in_its_file() -> None:
    data = make_config().to_json()
    assert "flip" not in data
    assert ProjectConfig.from_json(data).flip is None


def test_a_project_from_before_there_were_schedules_has_none() -> None:
    data = make_config().to_json()
    del data["thaw"]
    assert ProjectConfig.from_json(data).thaw == ThawSchedule()
