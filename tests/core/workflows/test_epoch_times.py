"""The newest measured epoch of a network: what estimates are scaled from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.layer_samples import make_layer_tree
from tlft_desktop.core import fsio
from tlft_desktop.core.runs.store import METRICS_FILE, TIMINGS_FILE, RunStore
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.numerics import DataType, MemoryFormat, Numerics
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.core.workflows.epoch_times import newest_measured_epoch

NUMERICS = Numerics("cpu", 1, 1, DataType.FLOAT32, MemoryFormat.CONTIGUOUS, 16, 16)
TUNED = FreezePlan(frozenset({"stem"}))


@pytest.fixture
def tree() -> LayerTree:
    return make_layer_tree()


def head_plan(tree: LayerTree) -> FreezePlan:
    return FreezePlan(frozenset(tree.owners) - {"head"})


def add_run(store: RunStore, phases: tuple[Phase, ...], seconds: dict[str, list[float]], **changes: object) -> str:
    """Make a run whose phases took `seconds` in their epochs."""
    config = RunConfig(
        run=store.new_id(),
        strategy=Strategy(StrategyKind.CUSTOM, phases),
        backbone="fake:tiny",
        weights_sha256="0" * 64,
        image_size=32,
        manifest="0" * 64,
        classes=("a", "b"),
        seed=0,
        data_seed=0,
        numerics=NUMERICS,
        versions={},
        started="2026-01-02T03:04:05+00:00",
    )
    config = replace(config, **changes)  # type: ignore[arg-type]
    folder = store.create(config)
    rows = [(phase, value) for phase, values in seconds.items() for value in values]
    metrics, timings = fsio.AppendLog(folder / METRICS_FILE), fsio.AppendLog(folder / TIMINGS_FILE)
    for epoch, (phase, value) in enumerate(rows, start=1):
        metrics.append({"seq": epoch, "event": "epoch_end", "phase": phase, "epoch": epoch})
        timings.append({"seq": epoch, "epoch": epoch, "epoch_seconds": value})
    metrics.close()
    timings.close()
    return config.run


def test_nothing_was_measured(tmp_path: Path, tree: LayerTree) -> None:
    store = RunStore(tmp_path)
    assert newest_measured_epoch(store, tree, image_size=32) is None
    phase = Phase("head", head_plan(tree), 5, head=HeadSolver.CONVEX)
    add_run(store, (phase,), {"head": [0.01, 0.01]})
    assert newest_measured_epoch(store, tree, image_size=32) is None, "a head on kept features tells nothing"


def test_the_median_of_the_newest_run_without_its_first_epoch(tmp_path: Path, tree: LayerTree) -> None:
    store = RunStore(tmp_path)
    add_run(store, (Phase("tune", FreezePlan(), 3),), {"tune": [1.0]})
    phases = (Phase("head", head_plan(tree), 3, head=HeadSolver.CONVEX), Phase("tune", TUNED, 4))
    run = add_run(store, phases, {"head": [0.01] * 3, "tune": [60.0, 10.0, 12.0, 11.0]})
    measured = newest_measured_epoch(store, tree, image_size=32)
    assert measured is not None
    assert (measured.run, measured.plan, measured.seconds, measured.batch) == (run, TUNED, 11.0, 16)


def test_other_networks_and_damaged_runs_are_passed_over(tmp_path: Path, tree: LayerTree) -> None:
    store = RunStore(tmp_path)
    phases = (Phase("tune", TUNED, 2),)
    good = add_run(store, phases, {"tune": [5.0, 4.0]})
    add_run(store, phases, {"tune": [9.0]}, backbone="other:net")
    add_run(store, phases, {"tune": [9.0]}, image_size=64)
    add_run(store, phases, {})
    (store.folder(add_run(store, phases, {"tune": [9.0]})) / "run.json").write_text("{", encoding="utf-8")
    measured = newest_measured_epoch(store, tree, image_size=32)
    assert measured is not None
    assert (measured.run, measured.seconds) == (good, 4.0)
