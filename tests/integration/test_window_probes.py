"""What the window measures by probes comes from the core, with how far the whole is."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from tests.run_samples import new_project
from tlft_desktop.core.advice.depth_curve import DepthCurve
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.values.sweep import Candidate, Over, Sweep, SweepPoint
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.workers.task import Progress
from tlft_desktop.paths import AppPaths


@pytest.fixture
def engine(profile: Path) -> CoreEngine:
    made = CoreEngine(AppPaths.below(profile))
    made.load()
    return made


def test_networks_are_compared_and_told_one_by_one(engine: CoreEngine, profile: Path) -> None:
    with new_project(profile) as project:
        *steps, sweep = engine.sweep(project, Over.BACKBONE, "cpu", Control())
        config = project.config
    assert isinstance(sweep, Sweep)
    expected = [Candidate(f"timm:tf_efficientnet_lite{size}", config.image_size) for size in range(3)]
    assert expected[0].backbone == config.backbone
    assert [step.candidate for step in steps if isinstance(step, SweepPoint)] == expected
    progress = [step for step in steps if isinstance(step, Progress)]
    assert len(progress) + len(expected) == len(steps)
    shares = [step.done / step.total for step in progress]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_depth_curve_comes_after_its_progress(engine: CoreEngine, profile: Path) -> None:
    with new_project(profile) as project:
        *steps, curve = engine.depth_curve(project, "cpu", Control())
    assert isinstance(curve, DepthCurve)
    assert steps
    assert all(isinstance(step, Progress) for step in steps)


def test_a_comparison_ends_when_a_stop_is_asked_for(engine: CoreEngine, profile: Path) -> None:
    control = Control()
    control.request_stop()
    with new_project(profile) as project, pytest.raises(StoppedError):
        list(engine.sweep(project, Over.IMAGE_SIZE, "cpu", control))
