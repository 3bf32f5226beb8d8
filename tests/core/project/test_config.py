"""The choices in a project file."""

from __future__ import annotations

from typing import Any

import pytest

from storage_samples import make_config
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.config import ProjectConfig


def test_choices_survive_json() -> None:
    config = make_config(name="a\ud800b", group_by="^(\\w+)_", test_fraction=0.1)
    assert ProjectConfig.from_json(config.to_json()) == config


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
        ("plan", {"frozen": "all"}),
        ("plan", {"frozen": [], "norm": "other"}),
    ],
)
def test_a_value_that_cannot_be_is_refused(key: str, value: Any) -> None:
    with pytest.raises(InputError):
        ProjectConfig.from_json({**make_config().to_json(), key: value})


def test_a_missing_value_is_named() -> None:
    data = make_config().to_json()
    for key in list(data):
        with pytest.raises(InputError, match=key):
            ProjectConfig.from_json({name: value for name, value in data.items() if name != key})
