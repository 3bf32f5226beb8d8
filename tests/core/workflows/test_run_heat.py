"""Drift of a trained network from the pretrained one, and the heat of a network before it trains, on real networks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.run_samples import end_of, new_project, run_all
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import exclude
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.evaluation.drift import Drift
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.heat import read_heat
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.heat import EpochHeat
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows import drift as drift_module
from tlft_desktop.core.workflows.drift import measured_drift
from tlft_desktop.core.workflows.experiment import TrainOptions
from tlft_desktop.core.workflows.first_heat import first_heat
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


def drift_of(project: Project, run: str, profile: Path, control: Control | None = None) -> tuple[int, Drift]:
    *steps, drift = measured_drift(project, run, paths=AppPaths.below(profile), control=control or Control())
    assert all(isinstance(step, ProbeProgress) for step in steps)
    assert isinstance(drift, Drift)
    return len(steps), drift


def test_frozen_front_did_not_drift_at_all_and_what_trained_did(project: Project, profile: Path) -> None:
    tree = layer_tree_of(project)
    project.save(replace(project.config, plan=preset_plan(tree, Preset.LAST_STAGE)))
    options = TrainOptions(epochs=2, batch_size=8, threads=1, learning_rate=0.01)
    run = end_of(run_all(project, profile, StrategyKind.CUSTOM, options=options)).run
    before = sorted(path.name for path in project.root.rglob("*"))
    num_steps, drift = drift_of(project, run, profile)
    assert drift.problem == ""
    assert num_steps > 1
    *front, last = drift.similarity
    assert [drift.similarity[stage] for stage in front] == [1.0] * len(front)
    assert len(front) == len(tree.stages) - 2
    assert 0.0 < drift.of(last) < 1.5  # type: ignore[operator]
    assert drift.num_images == len(project.edited_manifest.used(Split.VAL))
    assert drift_of(project, run, profile) == (0, drift), "it is kept"
    assert sorted(path.name for path in project.root.rglob("*")) == before, "nothing is written into the project"
    (heat, _) = read_heat(RunStore(project.root), run).epochs
    assert {tree.node(owner).stage for owner in heat.owners} == set(tree.stages[-2:])


def test_a_head_alone_has_no_heat_and_no_drift(project: Project, profile: Path) -> None:
    run = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))).run
    assert "solved exactly" in read_heat(RunStore(project.root), run).problem
    _, drift = drift_of(project, run, profile)
    assert set(drift.similarity.values()) == {1.0}


def test_what_stands_in_the_way_of_a_drift_is_said(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))).run

    def fail(*_: object, **__: object) -> None:
        raise UntraceableError("It is a knot.")

    with monkeypatch.context() as patch:
        patch.setattr(drift_module, "find_cuts", fail)
        assert "It is a knot." in drift_of(project, run, profile)[1].problem
    with monkeypatch.context() as patch:
        patch.setattr(drift_module, "MIN_IMAGES", 1000)
        assert "validation images" in drift_of(project, run, profile)[1].problem
    assert "cannot be measured" in drift_of(project, "01JD8X3V2Q4N5P6R7S8T9VABCD", profile)[1].problem
    stopped = Control()
    stopped.request_stop()
    with pytest.raises(StoppedError):
        drift_of(project, run, profile, stopped)
    (RunStore(project.root).folder(run) / "final" / "model.safetensors").write_bytes(b"garbage")
    assert "cannot be measured" in drift_of(project, run, profile)[1].problem


def test_heat_before_training_is_of_all_layers_but_the_head_and_the_same_each_time(
    project: Project, profile: Path
) -> None:
    found = []
    for _ in range(2):
        *steps, heat = first_heat(project, paths=AppPaths.below(profile), control=Control())
        assert isinstance(heat, EpochHeat)
        assert all(isinstance(step, ProbeProgress) for step in steps)
        found.append(heat)
    tree = layer_tree_of(project)
    assert set(found[0].owners) == set(tree.owners) - set(tree.head_owners)
    assert all(heat.gradient > 0 and heat.weight > 0 for heat in found[0].owners.values())
    assert {heat.relative_change for heat in found[0].owners.values()} == {None}
    for owner, heat in found[0].owners.items():
        assert heat.gradient == pytest.approx(found[1].owners[owner].gradient, rel=1e-3)


def test_heat_before_training_needs_images_of_two_classes_and_can_be_stopped(project: Project, profile: Path) -> None:
    stopped = Control()
    stopped.request_stop()
    with pytest.raises(StoppedError):
        list(first_heat(project, paths=AppPaths.below(profile), control=stopped))
    manifest = project.edited_manifest
    others = [record.path for record in manifest.used(Split.TRAIN) if record.label != "class 0"]
    project.edits.append(exclude(manifest, others))
    with pytest.raises(InputError, match="two classes"):
        list(first_heat(project, paths=AppPaths.below(profile), control=Control()))
