"""What is written of a run comes back equal, in plain types."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from tlft_desktop.core.values.numerics import DataType, MemoryFormat, Numerics
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunConfig, RunState, RunSummary
from tlft_desktop.core.values.strategy import Phase, Strategy, StrategyKind

CONFIG = RunConfig(
    run="01J",
    strategy=Strategy(StrategyKind.CUSTOM, (Phase("a", FreezePlan(frozenset({"x"})), 3),), 0.8),
    backbone="timm:resnet18",
    weights_sha256="ab" * 32,
    image_size=96,
    manifest="cd" * 32,
    classes=("cat", "dog"),
    seed=3,
    data_seed=4,
    numerics=Numerics("cuda:1", 4, 1, DataType.BFLOAT16, MemoryFormat.CONTIGUOUS, 32, 8),
    versions={"torch": "2.13"},
    started="2026-01-02T03:04:05+00:00",
    budget_seconds=77.5,
)


@pytest.mark.parametrize("config", [CONFIG, replace(CONFIG, budget_seconds=None)])
def test_configuration_round_trip(config: RunConfig) -> None:
    text = json.dumps(config.to_json(), allow_nan=False)
    assert RunConfig.from_json(json.loads(text)) == config
    assert set(config.to_json()) == {"schema", *(item.name for item in fields(config))}


@pytest.mark.parametrize("missing", sorted({*CONFIG.to_json()} - {"schema"}))
def test_missing_parts_are_named(missing: str) -> None:
    data = CONFIG.to_json()
    del data[missing]
    with pytest.raises(KeyError, match=missing):
        RunConfig.from_json(data)


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema 2"):
        RunConfig.from_json({**CONFIG.to_json(), "schema": 2})


def test_summary_is_plain() -> None:
    data: dict[str, Any] = RunSummary("01J", "first", "hybrid", RunState.STOPPED, val_accuracy=0.5).to_json()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data.pop("phase_peak_memory_bytes") == data.pop("seconds_by_part") == {}
    assert all(value is None or type(value) in (str, int, float, bool) for value in data.values())
    promised = {
        "run", "name", "strategy", "state", "val_accuracy", "low", "high", "best_epoch", "total_seconds",
        "peak_memory_bytes", "trainable_parameters", "frozen_proof", "started",
    }  # fmt: skip
    assert promised <= set(data)
