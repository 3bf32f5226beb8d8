"""What the window tells of costs comes from the core, measured on real operations."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from tests.run_samples import new_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StoppedError, TlftError
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.paths import AppPaths

FINETUNE, TRANSFER, CUSTOM = StrategyKind.FINETUNE, StrategyKind.TRANSFER, StrategyKind.CUSTOM


def test_costs_follow_settings_ticks_and_the_limit_of_time(profile: Path) -> None:
    engine = CoreEngine(AppPaths.below(profile))
    engine.load()
    with new_project(profile) as project:
        config, manifest = project.config, project.edited_manifest
        owners = layer_tree_of(project).owners
        costs = engine.costs(config.backbone, manifest, config.image_size, "auto", Control())
        short = costs.of(FINETUNE, FreezePlan(), TrainSettings(epochs=2), manifest)
        long = costs.of(FINETUNE, FreezePlan(), TrainSettings(epochs=20), manifest)
        assert long.total == pytest.approx(10 * short.total)
        assert long.memory == short.memory
        limited = costs.of(FINETUNE, FreezePlan(), TrainSettings(epochs=20, budget_seconds=long.total / 2), manifest)
        assert limited.total == long.total / 2
        half = FreezePlan(frozenset(owners[: len(owners) // 2]))
        cheaper = costs.of(CUSTOM, half, TrainSettings(epochs=2), manifest)
        assert cheaper.epoch < short.epoch
        assert cheaper.memory < short.memory
        assert costs.of(TRANSFER, half, TrainSettings(), manifest).total < long.total
        with pytest.raises(TlftError):
            costs.of(CUSTOM, FreezePlan(frozenset(owners)), TrainSettings(), manifest)
        with pytest.raises(InputError, match="not available"):
            engine.costs(config.backbone, manifest, config.image_size, "cuda:9", Control())


def test_a_measurement_ends_when_a_stop_is_asked_for(profile: Path) -> None:
    paths = AppPaths.below(profile)
    engine, control = CoreEngine(paths), Control()
    engine.load()
    control.request_stop()
    with new_project(profile) as project, pytest.raises(StoppedError):
        engine.costs(project.config.backbone, project.manifest, project.config.image_size, "auto", control)
    assert not list(paths.cache.glob("times/*"))
