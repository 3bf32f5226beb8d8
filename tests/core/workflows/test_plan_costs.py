"""Costs of strategies on this machine: measured once, kept, and never in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.run_samples import new_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import exclude
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.micro_run import MachineTimes, OperationTimes
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, Phase, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows import plan_costs
from tlft_desktop.core.workflows.experiment import TrainOptions, batch_of, strategy_for, strategy_options
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.core.workflows.plan_costs import machine_costs, strategy_costs
from tlft_desktop.paths import AppPaths


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


@pytest.fixture
def paths(profile: Path) -> AppPaths:
    return AppPaths.below(profile)


@pytest.fixture(autouse=True)
def anything_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run beside each other."""
    monkeypatch.setattr(plan_costs, "_HAD_ENOUGH", 0.0)


def costs_of(project: Project, paths: AppPaths) -> dict[StrategyKind, StrategyCost]:
    costs, _was_disturbed = strategy_costs(project, paths=paths, control=Control())
    return {item.strategy: item for item in costs}


def never(*_args: object, **_options: object) -> None:
    raise AssertionError("measured again")


def test_costs_are_measured_once_and_kept(project: Project, paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    first = costs_of(project, paths)
    assert set(first) == set(StrategyKind)
    assert first[StrategyKind.TRANSFER].total < first[StrategyKind.FINETUNE].total
    assert first[StrategyKind.TRANSFER].memory < first[StrategyKind.FINETUNE].memory
    assert first[StrategyKind.TRANSFER].cache > 0 == first[StrategyKind.FINETUNE].cache
    assert first[StrategyKind.HYBRID].total > first[StrategyKind.TRANSFER].total
    monkeypatch.setattr(plan_costs, "measure_machine", never)
    # All but the time of loading an image is a sum over what was kept.
    monkeypatch.setattr(plan_costs, "_loading_seconds", lambda *_: 0.0)
    second = costs_of(project, paths)
    assert {kind: item.memory for kind, item in second.items()} == {kind: item.memory for kind, item in first.items()}


def test_a_schedule_costs_the_sum_of_its_phases(project: Project, paths: AppPaths) -> None:
    config, manifest = project.config, project.edited_manifest
    costs = machine_costs(config.backbone, len(manifest.classes), config.image_size, paths=paths, control=Control())
    tree, plan, options = layer_tree_of(project), FreezePlan(), TrainOptions(epochs=9)
    last = "blocks.6"
    later = ThawSchedule(tuple((stage, 6) for stage in tree.stages if stage not in ("head", last)))
    thaw = later.with_epoch(last, 3)
    custom = costs.of_strategy(StrategyKind.CUSTOM, manifest, plan=plan, thaw=thaw, options=options)
    whole = costs.of_strategy(StrategyKind.CUSTOM, manifest, plan=plan, options=options)
    gradual = costs.of_strategy(StrategyKind.GRADUAL, manifest, plan=plan, options=options)
    strategy = strategy_for(
        StrategyKind.CUSTOM,
        find_backbone(config.backbone),
        manifest,
        config.image_size,
        plan=plan,
        thaw=thaw,
        options=strategy_options(options),
    )
    batch = batch_of(manifest, options)
    phases = [costs.of_phase(phase, manifest, batch=batch) for phase in strategy.phases]
    assert [phase.epochs for phase in strategy.phases] == [3, 3, 3]
    # The head alone trains batch by batch here: each epoch takes a pass of the whole network.
    assert phases[0].epoch > costs.of_phase(head_solved(strategy.phases[0]), manifest, batch=batch).epoch
    assert phases[0].epoch < phases[1].epoch < phases[2].epoch
    assert custom.total == pytest.approx(sum(phase.total for phase in phases))
    assert custom.total < whole.total
    assert gradual.total < whole.total
    assert custom.memory == whole.memory


def head_solved(phase: Phase) -> Phase:
    return replace(phase, head=HeadSolver.CONVEX)


def test_what_was_measured_beside_other_programs_is_told_and_not_kept(
    project: Project, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_costs, "_HAD_ENOUGH", 1e9)
    costs, was_disturbed = strategy_costs(project, paths=paths, control=Control())
    assert costs
    assert was_disturbed
    assert not list(paths.cache.glob("times/*"))
    monkeypatch.setattr(plan_costs, "_HAD_ENOUGH", 0.0)
    assert not strategy_costs(project, paths=paths, control=Control())[1]
    assert list(paths.cache.glob("times/*"))


@pytest.mark.parametrize("content", [b"", b"{}", b'{"operations": [{}]}', b"\xff\xfe", b"[]"])
def test_a_damaged_file_is_measured_anew(project: Project, paths: AppPaths, content: bytes) -> None:
    costs_of(project, paths)
    (kept,) = (paths.cache / "times").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(content)
    assert costs_of(project, paths)[StrategyKind.FINETUNE].total > 0
    assert len(kept.read_bytes()) > len(whole) / 2


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "-1.0", '"soon"', "null"])
@pytest.mark.parametrize("field", ["front", "forward", "had", "saved_bytes"])
def test_what_is_no_time_is_measured_anew(
    project: Project, paths: AppPaths, monkeypatch: pytest.MonkeyPatch, field: str, number: str
) -> None:
    times = MachineTimes((OperationTimes("classifier", ("classifier",), 1.0, 1.0, 1.0, 1),), 1.0, 1.0, 32, 1.0)
    monkeypatch.setattr(plan_costs, "measure_machine", lambda *_, **__: times)
    costs_of(project, paths)
    (kept,) = (paths.cache / "times").iterdir()
    whole = kept.read_text()
    kept.write_text(re.sub(rf'"{field}": [\d.]+', f'"{field}": {number}', whole, count=1))
    assert kept.read_text() != whole
    costs_of(project, paths)
    assert kept.read_text() == whole


def test_costs_are_told_where_they_cannot_be_kept(project: Project, paths: AppPaths, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"in the way")
    elsewhere = replace(paths, cache=blocked)
    assert costs_of(project, elsewhere)[StrategyKind.TRANSFER].total > 0
    assert blocked.read_bytes() == b"in the way"


def test_ticks_that_train_nothing_are_left_out(project: Project, paths: AppPaths) -> None:
    project.save(replace(project.config, plan=FreezePlan(frozenset(layer_tree_of(project).owners))))
    assert set(costs_of(project, paths)) == set(StrategyKind) - {StrategyKind.CUSTOM}


def test_a_network_that_cannot_be_traced_is_named(
    project: Project, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise UntraceableError("It decides by values.")

    monkeypatch.setattr(plan_costs, "measure_machine", fail)
    with pytest.raises(InputError, match="cannot be told in advance"):
        costs_of(project, paths)


def test_a_project_without_images_to_train_on_is_refused(project: Project, paths: AppPaths) -> None:
    manifest = project.edited_manifest
    project.edits.append(exclude(manifest, [record.path for record in manifest.used(Split.TRAIN)]))
    with pytest.raises(InputError, match="no image for training"):
        costs_of(project, paths)
