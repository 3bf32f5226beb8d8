"""The plots of the page Compare: points with their front, curves over epochs and seconds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from tests.gui.fakes import make_project
from tests.gui.run_files import make_run
from tlft_desktop.core.runs.store import METRICS_FILE, RunStore
from tlft_desktop.core.settings import Theme
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.plots.overlay_plot import MAX_CURVES, OverlayPlot
from tlft_desktop.gui.plots.scatter_plot import ScatterPlot
from tlft_desktop.gui.plots.scatters import make_run_scatter
from tlft_desktop.gui.run_history import OverX, RunHistory, read_history
from tlft_desktop.gui.spots import run_spots

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def summary(number: int, seconds: float, accuracy: float | None, name: str = "") -> RunSummary:
    low, high = (None, None) if accuracy is None else (accuracy - 0.05, accuracy + 0.05)
    return RunSummary(
        run=f"{number:02}", name=name or f"run {number}", strategy="transfer", state=RunState.COMPLETED,
        val_accuracy=accuracy, low=low, high=high, total_seconds=seconds,
    )  # fmt: skip


RUNS = (summary(1, 10, 0.8), summary(2, 60, 0.7), summary(3, 50, 0.9), summary(4, 5, None))


@pytest.fixture
def scatter(context: AppContext, window: QWidget) -> ScatterPlot:
    plot = make_run_scatter(context)
    plot.setParent(window)
    plot.resize(600, 400)
    return plot


def show_runs(
    plot: ScatterPlot, runs: Sequence[RunSummary], shown: Sequence[RunSummary], chosen: Sequence[RunSummary]
) -> None:
    plot.show_spots(run_spots(runs, shown), {run.run for run in chosen})


@pytest.fixture
def overlay(context: AppContext, window: QWidget) -> OverlayPlot:
    plot = OverlayPlot(context, window)
    plot.resize(600, 400)
    return plot


def test_points_with_their_front(scatter: ScatterPlot) -> None:
    show_runs(scatter, RUNS, RUNS, RUNS[:1])
    assert [spot.key for spot in scatter.shown] == ["01", "02", "03"], "a run without a result has no point"
    front = next(curve for curve in scatter.curves() if curve.name == "front")
    assert list(zip(front.x, front.y, strict=True)) == [(10.0, 80.0), (50.0, 90.0)]
    spoken = scatter.view.accessibleDescription()
    assert "run 2: 70.0 % [65.0, 75.0], 1 min 00 s of training" in spoken
    assert "On the front of accuracy and time: run 1, run 3" in spoken


def test_times_far_apart_get_a_logarithmic_axis_and_back(scatter: ScatterPlot) -> None:
    far = (*RUNS, summary(5, 4_000, 0.95))
    show_runs(scatter, far, far, ())
    first, last = scatter.view.getViewBox().viewRange()[0]
    assert first < math.log10(10) < math.log10(4_000) < last
    show_runs(scatter, RUNS, RUNS, ())
    first, last = scatter.view.getViewBox().viewRange()[0]
    assert first < 10 < 60 < last


def test_a_click_on_a_point_names_its_run(scatter: ScatterPlot, qtbot: Any) -> None:
    show_runs(scatter, RUNS, RUNS, ())
    with qtbot.waitSignal(scatter.spot_clicked) as clicked:
        scatter.clicked.emit(50.0, 90.0)
    assert clicked.args == ["03"]
    with qtbot.assertNotEmitted(scatter.spot_clicked):
        scatter.clicked.emit(30.0, 85.0)


def test_the_read_out_names_the_nearest_run(scatter: ScatterPlot) -> None:
    show_runs(scatter, RUNS, RUNS, ())
    found = scatter.readout_at(58.0, 71.0)
    assert found is not None
    assert found[1][:2] == ["run 2", "accuracy 70.0 % [65.0, 75.0]"]
    assert not any("front" in line for line in found[1])
    show_runs(scatter, (), (), ())
    assert scatter.readout_at(1.0, 1.0) is None


def test_labels_cover_no_point(scatter: ScatterPlot) -> None:
    crowd = tuple(summary(number, 10 + number, 0.8, "<b>a rather long name</b>") for number in range(12))
    show_runs(scatter, crowd, crowd, crowd[-1:])
    shown = [label for label in scatter._labels if label.isVisible()]
    assert 0 < len(shown) < len(crowd), "the ones without room are left out"
    assert scatter._labels[-1].isVisible(), "the chosen one comes first"
    assert shown[0].textItem.toPlainText() == "<b>a rather long name</b>"
    box = scatter.view.getViewBox()
    for label in shown:
        area = label.mapRectToScene(label.boundingRect()).adjusted(4, 4, -4, -4)
        points = [box.mapViewToScene(QPointF(*scatter._position(spot))) for spot in scatter.shown]
        assert not any(area.contains(point) for point in points)


CROWDS = {
    "photos": [
        (2.1, 0.919, "transfer 1"), (26, 0.944, "fine-tuning 2"), (23, 0.925, "hybrid 3"), (3.5, 0.919, "transfer 4"),
        (16, 0.825, "fine-tuning 5"), (13, 0.919, "hybrid 6"), (21, 0.863, "fine-tuning 7"), (17, 0.938, "hybrid 8"),
    ],
    "digits": [
        (3.8, 0.922, "transfer 1"), (35, 0.989, "fine-tuning 2"), (28, 0.972, "hybrid 3"), (2.8, 0.922, "transfer 4"),
        (20, 0.917, "fine-tuning 5"), (14, 0.922, "hybrid 6"), (13.5, 0.778, "fine-tuning 7"), (16, 0.928, "hybrid 8"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("crowd", CROWDS)
@pytest.mark.parametrize("num_chosen", [1, 8])
def test_runs_as_near_as_those_of_a_race_all_have_their_names(
    scatter: ScatterPlot, crowd: str, num_chosen: int, qtbot: Any
) -> None:
    scatter.setFixedSize(496, 232)
    scatter.show()
    box = scatter.view.getViewBox()
    qtbot.waitUntil(lambda: abs(box.width() - 440) < 10)
    runs = [
        replace(summary(number, time, accuracy, name), low=accuracy - 0.06, high=accuracy + 0.03)
        for number, (time, accuracy, name) in enumerate(CROWDS[crowd], start=1)
    ]
    show_runs(scatter, runs, runs, runs[:num_chosen])
    hidden = [label.textItem.toPlainText() for label in scatter._labels if not label.isVisible()]
    assert hidden == []


@pytest.mark.parametrize("accuracy", [0.0, 1.0, math.nan])
def test_extreme_results_are_drawn(scatter: ScatterPlot, accuracy: float) -> None:
    only = (replace(summary(1, 0.001, accuracy), low=0.0, high=1.0),)
    show_runs(scatter, only, only, only)
    scatter.grab()


def histories(*runs: RunSummary) -> dict[str, RunHistory]:
    return {
        run.run: RunHistory(run.run, (1, 2, 3), (4.0, 8.0, 12.0), (0.5, 0.6, 0.7), (0.4,) * 3, (0.8,) * 3)
        for run in runs
    }


def test_curves_of_chosen_runs(overlay: OverlayPlot) -> None:
    overlay.show_runs(RUNS, RUNS[:2], histories(*RUNS))
    assert [curve.name for curve in overlay.curves()] == ["run 1", "run 2"]
    assert list(overlay.curves()[0].y) == pytest.approx([50, 60, 70])
    overlay.show_over(OverX.SECONDS)
    assert list(overlay.curves()[0].x) == [4.0, 8.0, 12.0]
    assert overlay.text.x_label == "seconds of training"
    overlay.show_runs(RUNS, RUNS[2:3], histories(*RUNS))
    assert [curve.name for curve in overlay.curves()] == ["run 3"]
    assert "run 3: 70.0 % after epoch 3" in overlay.view.accessibleDescription()


def test_steps_towards_a_solved_head_are_one_point_before_the_epochs(overlay: OverlayPlot) -> None:
    solved = replace(RUNS[0], is_head_solved=True, solver_steps=3, best_epoch=3)
    hybrid = replace(RUNS[1], solver_steps=2, best_epoch=3)
    overlay.show_runs(RUNS, (solved, hybrid), histories(*RUNS))
    first, second = overlay.curves()
    assert (list(first.x), list(first.y)) == ([0.0], pytest.approx([70]))
    assert (list(second.x), list(second.y)) == ([0.0, 1.0], pytest.approx([60, 70]))
    spoken = overlay.view.accessibleDescription()
    assert "run 1: 70.0 % with its head solved" in spoken
    assert "run 2: 70.0 % after epoch 1" in spoken
    overlay.show_over(OverX.SECONDS)
    assert list(first.x) == [4.0, 8.0, 12.0]
    # One that was killed among its steps shows where it came to.
    overlay.show_runs(RUNS, (replace(solved, solver_steps=9),), histories(*RUNS))
    overlay.show_over(OverX.EPOCHS)
    assert list(overlay.curves()[0].x) == [0.0]


def test_names_are_no_markup_in_the_legend(overlay: OverlayPlot) -> None:
    tagged = (summary(1, 10, 0.8, "<img src=x> & <b>bold</b>"),)
    overlay.show_runs(tagged, tagged, histories(*tagged))
    _sample, label = overlay._legend.items[0]
    assert label.item.toPlainText() == "<img src=x> & <b>bold</b>"


def test_another_theme_keeps_the_size_of_the_marks(overlay: OverlayPlot, context: AppContext) -> None:
    overlay.show_runs(RUNS, RUNS[:1], histories(*RUNS))
    before = overlay.curves()[0].item.opts["symbolSize"]
    context.theme.apply(Theme.DARK)
    assert overlay.curves()[0].item.opts["symbolSize"] == before


def test_more_curves_than_can_be_told_apart(overlay: OverlayPlot) -> None:
    many = tuple(summary(number, 10, 0.8) for number in range(40))
    overlay.show_runs(many, many, histories(*many))
    assert len(overlay.curves()) == MAX_CURVES


def test_runs_without_a_course_leave_the_plot_empty(overlay: OverlayPlot) -> None:
    overlay.show_runs(RUNS, RUNS, {"01": RunHistory("01", problem="damaged")})
    assert overlay.curves() == ()
    overlay.grab()


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[tuple[RunStore, str]]:
    project = make_project(tmp_path / "p.tlft")
    yield RunStore(project.root), make_run(project, 0.8, seconds=20, epochs=4)
    project.close()


def test_a_course_is_read_with_its_times(stored: tuple[RunStore, str]) -> None:
    history = read_history(*stored)
    assert history.epochs == (1, 2, 3, 4)
    assert history.seconds == (5.0, 10.0, 15.0, 20.0)
    assert history.accuracy[-1] == 0.8
    assert history.low[-1] < 0.8 < history.high[-1]
    assert history.timed == (0, 1, 2, 3)


def test_a_damaged_course_is_as_long_as_it_is_whole(stored: tuple[RunStore, str]) -> None:
    store, run = stored
    path = store.folder(run) / METRICS_FILE
    path.write_bytes(path.read_bytes()[:-20])
    assert read_history(store, run).epochs == (1, 2, 3)
    path.unlink()
    assert read_history(store, run).epochs == ()
    (store.folder(run) / METRICS_FILE).mkdir()
    assert read_history(store, store.new_id()).problem


def test_times_that_are_missing_or_run_backwards_are_left_out() -> None:
    history = RunHistory("01", (1, 2, 3, 4), (5.0, math.nan, 4.0, 9.0), (0.1,) * 4, (0.0,) * 4, (0.2,) * 4)
    assert history.timed == (0, 3)
