"""Sizes before the crop are those of timm; JSON gives the same value back."""

from __future__ import annotations

import json
from typing import Any

from timm.data import create_transform

import pytest

from tlft_desktop.core.models.catalog import backbones
from tlft_desktop.core.values.preprocessing import Preprocessing

PRE = Preprocessing(224, 0.875, (0.5, 0.4, 0.3), (0.2, 0.25, 0.3), "bilinear")


def test_round_trip() -> None:
    assert Preprocessing.from_json(json.loads(json.dumps(PRE.to_json()))) == PRE


def test_at_size_changes_the_size_only() -> None:
    smaller = PRE.at_size(96)
    assert (smaller.input_size, smaller.resize_side) == (96, 109)
    assert smaller.at_size(224) == PRE


@pytest.mark.parametrize("size", [64, 96, 224, 288])
def test_short_side_is_that_of_timm(size: int) -> None:
    for crop_pct in {entry.preprocessing.crop_pct for entry in backbones()}:
        transform: Any = create_transform(input_size=(3, size, size), crop_pct=crop_pct)
        assert Preprocessing(size, crop_pct, PRE.mean, PRE.std).resize_side == transform.transforms[0].size


@pytest.mark.parametrize("change", [{"mean": [0.5]}, {"std": 3}, {"input_size": "x"}, {"crop_pct": None}])
def test_unusable(change: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Preprocessing.from_json({**PRE.to_json(), **change})
